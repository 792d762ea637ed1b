import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChanged, createStore, emptyState, isSheet } from '../../static/js/state/store.js';

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

test('a view is told what changed since it was last told, by name', () => {
  const changed = createChanged();
  const reading = { digits: [1] };
  assert.deepEqual(changed({ reading, row: undefined }), new Set(['reading', 'row'])); // at first all
  assert.equal(changed({ reading, row: undefined }), null);
  assert.deepEqual(changed({ reading, row: 3 }), new Set(['row']));
  assert.deepEqual(changed({ reading: { digits: [1] }, row: 3 }), new Set(['reading'])); // another, if alike
});

test('what does not count changes nothing', () => {
  const changed = createChanged();
  assert.deepEqual(changed({ row: 1, hovered: 1 }, 'row'), new Set(['row']));
  assert.equal(changed({ row: 1, hovered: 2 }, 'row'), null);
  assert.deepEqual(changed({ row: 2, hovered: 2 }, 'row'), new Set(['row']));
});
