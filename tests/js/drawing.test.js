import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDrawing } from '../../static/js/sessions/drawing.js';
import { createHistory } from '../../static/js/state/history.js';
import { emptyState } from '../../static/js/state/store.js';

const STROKE = [
  [0.2, 0.2],
  [0.8, 0.8],
];

/** A pad in front of a network that is shown to have read 11 rows. */
function drawing() {
  let state = { ...emptyState(), row: 11 };
  const read = [];
  const pad = createDrawing({
    store: {
      get: () => state,
      set: (change) => {
        state = { ...state, ...change };
      },
    },
    history: createHistory(),
    reader: { read: (each) => read.push(each) },
    tell: () => {},
  });
  return { pad, read, state: () => state, reads: (row) => (state = { ...state, row }) };
}

test('an LSTM reads all rows of what is drawn anew, however many of the last drawing it had read', () => {
  const { pad, state, reads, read } = drawing();
  pad.onDraw(STROKE);
  assert.equal(state().row, null);
  for (const act of [() => pad.onStroke(STROKE), pad.onUndo, pad.onRedo, pad.onClear]) {
    reads(11);
    act();
    assert.equal(state().row, null);
  }
  assert.equal(read.length, 5);
});
