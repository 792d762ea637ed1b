import assert from 'node:assert/strict';
import test from 'node:test';
import { createChoice } from '../../static/js/draw/choice.js';
import { emptyState } from '../../static/js/state/store.js';

/** @param {Partial<import('../../static/js/state/types.js').State>} [start] */
function choosing(start) {
  let state = { ...emptyState(), ...start };
  const choice = createChoice({
    get: () => state,
    set: (change) => {
      state = { ...state, ...change };
    },
  });
  return { ...choice, state: () => state };
}
const unit = { layer: 'hidden1', index: 3 };

test('a click keeps a neuron, a second one lets it go', () => {
  const { onKeep, state } = choosing({ tracing: true });
  onKeep(unit);
  assert.deepEqual(state().selected, unit);
  onKeep({ ...unit });
  assert.equal(state().selected, null);
  assert.equal(state().tracing, false); // there is nothing left to trace
});

test('while a neuron is looked into, a tap takes another, never none and no pixel', () => {
  const { onTap, state } = choosing({ inspecting: true, selected: unit });
  onTap(null);
  onTap({ layer: 'input', index: 5 });
  assert.deepEqual(state().selected, unit);
  onTap({ layer: 'hidden1', index: 4 });
  assert.equal(state().selected?.index, 4);
});

test('Escape lets a kept neuron go first where it does not lie in a sheet, and only in sight', () => {
  const { layers, state } = choosing({ selected: unit });
  const [kept] = layers(() => false);
  assert.ok(kept.isOpen());
  assert.ok(!layers(() => true)[0].isOpen());
  kept.close();
  assert.equal(state().selected, null);
  assert.ok(
    !choosing({ selected: unit, comparing: true })
      .layers(() => false)[0]
      .isOpen(),
  );
});

test('a unit that a question named leads back to that question, with the other digit it asked for', () => {
  const { units, onBack, onSelect, state } = choosing({ against: 1 });
  units.onGo(unit);
  assert.deepEqual([state().selected, state().against], [unit, null]);
  units.onGo({ layer: 'hidden1', index: 4 }); // and on from there
  onBack();
  assert.deepEqual([state().selected, state().against], [null, 1]);
  units.onGo(unit);
  onSelect(null); // closed for good
  onBack();
  assert.equal(state().against, null);
  onSelect(unit); // a circle that was tapped has no question behind it
  onBack();
  assert.deepEqual([state().selected, state().against], [null, null]);
});
