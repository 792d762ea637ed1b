import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStore } from '../../static/js/state/store.js';

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
