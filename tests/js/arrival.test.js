import assert from 'node:assert/strict';
import test from 'node:test';
import { arrivalOf } from '../../static/js/sessions/arrival.js';
import { createHistory } from '../../static/js/state/history.js';

test("another problem's steps take the place of those on the screen, which are kept for the way back", () => {
  const digit = { kind: /** @type {const} */ ('strokes'), strokes: [] };
  const house = {
    kind: /** @type {const} */ ('features'),
    features: { rooms: 3 },
    index: null,
    target: null,
  };
  const history = createHistory({ steps: [digit], now: 0 });
  /** @type {Record<string, import('../../static/js/state/history.js').Steps>} */
  const kept = { houses: { steps: [house], now: 0 } };
  const { drawing, show } = arrivalOf(history, kept, 'digits', 'houses', kept.houses);
  assert.equal(drawing, house);
  assert.equal(history.current(), digit); // until its network has read
  assert.deepEqual(show(), { problem: 'houses', drawing: house, canUndo: false, canRedo: false });
  assert.deepEqual(Object.keys(kept), ['digits']);
  arrivalOf(history, kept, 'houses', 'digits', kept.digits).show();
  assert.equal(history.current(), digit);
});
