import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createActions } from '../../static/js/train/actions.js';
import { createFilm } from '../../static/js/train/run/playback.js';

const RUN = 'run-0123456789ab';
const checkpoints = [0, 10, 20].map((batch) => ({ batch, loss: 1, validation_loss: 1 }));

function harness(state, server = {}) {
  let now = {
    recipe: { title: 'one' },
    other: null,
    starting: false,
    slow: false,
    runs: [{ id: RUN, state: 'done' }],
    watched: RUN,
    beside: null,
    details: { [RUN]: { run: { id: RUN, state: 'done' }, checkpoints } },
    batch: null,
    playing: false,
    said: '',
    ...state,
  };
  const store = { get: () => now, set: (change) => (now = { ...now, ...change }) };
  const watcher = { hurry: async () => {}, forget: () => {} };
  const parts = { server, store, watcher, release: async () => {}, tell: () => {}, onName() {} };
  return { store, actions: createActions(parts, (key) => key) };
}

test('a start that failed is asked for again by the same key; what was set anew has another', async () => {
  const keys = [];
  let fails = true;
  const server = {
    start: async ({ title }, key) => {
      keys.push(key);
      if (fails) throw new Error('HTTP 502');
      return { id: RUN, title };
    },
  };
  const { store, actions } = harness({}, server);
  await actions.onStart();
  await actions.onStart();
  assert.equal(new Set(keys).size, 1);
  store.set({ recipe: { title: 'two' } });
  await actions.onStart();
  assert.equal(new Set(keys).size, 2);
  fails = false;
  await actions.onStart();
  assert.equal(keys[3], keys[2]);
  await actions.onStart(); // the last start was answered: this is one more
  assert.equal(new Set(keys).size, 3);
});

test('of two runs that start together the one that was answered is not started twice', async () => {
  const keys = {};
  let fails = true;
  const server = {
    start: async ({ title }, key) => {
      (keys[title] ??= []).push(key);
      if (fails && title === 'b') throw new Error('HTTP 502');
      return { id: `${RUN.slice(0, -1)}${title}`, title };
    },
  };
  const { store, actions } = harness({ recipe: { title: 'a' }, other: { title: 'b' } }, server);
  await actions.onStart();
  fails = false;
  await actions.onStart();
  assert.equal(new Set(keys.a).size, 1);
  assert.equal(new Set(keys.b).size, 1);
  assert.equal(store.get().beside, `${RUN.slice(0, -1)}b`);
});

test('who looks at a checkpoint or another run stops the film', () => {
  const { store, actions } = harness({ playing: true });
  actions.onBatch(10);
  assert.deepEqual([store.get().playing, store.get().batch], [false, 10]);
  store.set({ playing: true });
  actions.onWatch('run-0123456789ac');
  assert.deepEqual([store.get().playing, store.get().batch], [false, null]);
});

test('the film shows each checkpoint once the last one stands, ends with the newest, and begins anew', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { store } = harness({});
  let shown = `${RUN}-0`;
  const film = createFilm(store, () => ({ model: { id: shown } }));
  film.toggle();
  assert.deepEqual([store.get().playing, store.get().batch], [true, 0], 'from the first');
  t.mock.timers.tick(140);
  assert.equal(store.get().batch, 10);
  t.mock.timers.tick(1000);
  assert.equal(store.get().batch, 10, 'it does not stand yet');
  shown = `${RUN}-10`;
  t.mock.timers.tick(140);
  assert.equal(store.get().batch, 20);
  shown = `${RUN}-20`;
  t.mock.timers.tick(140);
  assert.deepEqual([store.get().playing, store.get().batch], [false, null]);
  film.toggle();
  film.toggle();
  assert.equal(store.get().playing, false, 'a second press stops it');
});
