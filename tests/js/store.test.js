import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStore, emptyState, isSheet } from '../../static/js/state/store.js';

test('the store tells its listeners once for many changes', () => {
  const scheduled = [];
  const store = createStore({ a: 1, b: 1 }, (callback) => scheduled.push(callback));
  const seen = [];
  const end = store.subscribe((state) => seen.push(state));
  store.set({ a: 2 });
  store.set({ b: 3 });
  assert.equal(scheduled.length, 1);
  scheduled.pop()();
  assert.deepEqual(seen, [{ a: 2, b: 3 }]);
  end();
  store.set({ a: 5 });
  scheduled.pop()();
  assert.equal(seen.length, 1);
});

test('a kept unit lies in its sheet, unless a question, a step or another panel is there', () => {
  const reading = { prediction: 7 };
  const kept = { ...emptyState(), selected: { layer: 'output', index: 7 }, reading };
  assert.equal(isSheet(kept), true);
  assert.equal(isSheet({ ...kept, selected: null }), false);
  for (const over of [
    { against: 3 },
    { teaching: true },
    { comparing: true },
    { inspecting: true },
  ])
    assert.equal(isSheet({ ...kept, ...over }), false);
  assert.equal(
    isSheet({ ...kept, against: 3, reading: null }),
    true,
    'nothing is told of a blank pad',
  );
});
