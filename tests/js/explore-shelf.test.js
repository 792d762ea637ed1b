import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createShelf, isMissed } from '../../static/js/explore/shelf.js';
import { ProblemError } from '../../static/js/server/api.js';
import { createState, settle } from './explore-state.js';

test('a thing is asked for once, and what runs is asked again until it is done', async () => {
  const store = createState();
  const values = [
    { state: 'running', progress: 0.25 },
    { state: 'running', progress: 0.5 },
    { state: 'done', points: [1] },
  ];
  let asked = 0;
  const seen = [];
  const shelf = createShelf(store, async () => void seen.push(store.get().loaded.map.progress));
  const want = { key: 'map', load: async () => values[asked++] };
  shelf.need([want]);
  shelf.need([want]);
  await settle();
  await settle();
  assert.equal(asked, 3);
  assert.deepEqual(seen, [0.25, 0.5]);
  assert.equal(store.get().loaded.map.state, 'done');
  shelf.need([want]);
  assert.equal(asked, 3);
});

test('what is no longer wanted is given up, what is stopped says so, and both can be had again', async () => {
  const store = createState();
  const signals = [];
  const shelf = createShelf(store);
  const want = { key: 'map', load: (signal) => (signals.push(signal), new Promise(() => {})) };
  shelf.need([want]);
  shelf.need([]);
  assert.ok(signals[0].aborted);
  assert.equal(store.get().loaded.map, undefined);
  shelf.need([want]);
  shelf.cancel('map');
  assert.ok(signals[1].aborted);
  assert.equal(store.get().loaded.map.state, 'cancelled');
  shelf.need([want]);
  assert.equal(signals.length, 2, 'not by itself');
  shelf.again(want);
  assert.equal(signals.length, 3);
});

test('what comes after another is asked for once that has come, or will not', async () => {
  const store = createState();
  const asked = [];
  const shelf = createShelf(store);
  const want = (/** @type {string} */ key, after = '', load = async () => 1) => ({
    key,
    after,
    load: () => (asked.push(key), load()),
  });
  const no = async () => {
    throw new ProblemError({ status: 422, code: 'not_finite', detail: 'No.' });
  };
  const wants = [want('unit'), want('with', 'unit', no), want('without', 'with')];
  shelf.need(wants);
  assert.deepEqual(asked, ['unit']);
  await settle();
  shelf.need(wants);
  assert.deepEqual(asked, ['unit', 'with']);
  await settle();
  shelf.need(wants);
  assert.deepEqual(asked, ['unit', 'with', 'without']);
});

test('what failed says why, and room is made by letting the oldest go', async () => {
  const store = createState();
  const shelf = createShelf(store);
  const busy = new ProblemError({ status: 503, code: 'busy', detail: 'too much' });
  for (const [error, problem] of /** @type {[Error, string][]} */ ([
    [busy, 'too much'],
    [new Error('HTTP 500'), ''], // no words that a visitor would read
    [new DOMException('signal timed out', 'TimeoutError'), ''],
  ])) {
    const { message } = error;
    shelf.need([{ key: `bad ${message}`, load: () => Promise.reject(error) }]);
    await settle();
    const { state, problem: told } = store.get().loaded[`bad ${message}`];
    assert.deepEqual([state, told], ['failed', problem]);
  }
  const unknown = new ProblemError({ status: 404, code: 'unknown_model', detail: 'Expected …' });
  shelf.need([{ key: 'deleted', load: () => Promise.reject(unknown) }]);
  await settle();
  assert.equal(store.get().loaded.deleted.state, 'gone');
  for (let i = 0; i < 100; i++) {
    shelf.need([{ key: `k${i}`, load: async () => i }]);
    await settle();
  }
  const left = Object.keys(store.get().loaded);
  assert.ok(left.length <= 60);
  assert.ok(!left.includes('bad too much') && left.includes('k99'));
});

test('a server that starts anew is asked again until it answers, and it is said meanwhile', async () => {
  const store = createState();
  const seen = [];
  const shelf = createShelf(
    store,
    async (delay) => void seen.push([delay, store.get().loaded.map.state]),
  );
  const answers = [
    () => Promise.resolve({ state: 'running', progress: 0.5 }),
    () => Promise.reject(new TypeError('Failed to fetch')),
    () => Promise.reject(new Error('HTTP 502')),
    () => Promise.resolve({ state: 'done' }),
  ];
  let asked = 0;
  shelf.need([{ key: 'map', load: () => answers[asked++]() }]);
  await settle();
  await settle();
  assert.deepEqual(seen, [
    [250, 'running'],
    [500, 'lost'],
    [1000, 'lost'],
  ]);
  assert.equal(store.get().loaded.map.state, 'done');
  shelf.need([{ key: 'gone', load: () => Promise.reject(new TypeError('Failed to fetch')) }]);
  shelf.cancel('gone');
  await settle();
  assert.equal(store.get().loaded.gone.state, 'cancelled', 'until nobody wants to wait');
});

test('what is missed is of the network that is shown, not of one that it is held against', () => {
  const loaded = /** @type {any} */ ({ 'confusion a': { state: 'gone' } });
  const wants = /** @type {any} */ ([{ key: 'confusion a' }, { key: 'confusion ab' }]);
  const subject = (/** @type {string} */ key) => ({ id: key, edits: [], key });
  assert.ok(isMissed({ loaded }, subject('a'), wants));
  assert.ok(!isMissed({ loaded }, subject('ab'), wants));
});
