// A run that is followed: by increments, until it ends, is deleted, or the server fails.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createActions } from '../../static/js/train/actions.js';
import { createAsked } from '../../static/js/train/asked.js';
import { createWatcher } from '../../static/js/train/run/watcher.js';
import { ProblemError } from '../../static/js/server/api.js';
import { createClock } from './clock.js';
import { run, details } from './a-run.js';

function watching(server) {
  let state = { runs: [], watched: run.id, beside: null, details: {}, batch: null, playing: false };
  const store = { get: () => state, set: (change) => (state = { ...state, ...change }) };
  const clock = createClock();
  const told = [];
  const watcher = createWatcher(server, store, (status) => told.push(status), clock);
  return { watcher, store, clock, told };
}

test('a run is followed by increments until nothing more can come', async () => {
  const asked = [];
  let now = details([1, 2], [0, 2]);
  const { watcher, store, clock } = watching({
    runs: async () => ({ runs: [now.run], usage: null, trouble: null }),
    run: async (_id, after) => {
      asked.push(after);
      return now;
    },
  });
  await watcher.hurry();
  now = { ...details([3], []), run: { ...run, state: 'done' } };
  await clock.pass(400);
  assert.deepEqual(asked, [null, 2]);
  assert.deepEqual(store.get().details[run.id].curve.batch, [1, 2, 3]);
  await clock.pass(10000);
  assert.deepEqual(asked, [null, 2]);
});

test('a run that is gone is forgotten, a server that fails is asked again and told of', async () => {
  let fails = true;
  const { watcher, store, clock, told } = watching({
    runs: async () => ({ runs: [run], usage: null, trouble: 'worker' }),
    run: async () => {
      if (fails) throw new Error('HTTP 502');
      throw new ProblemError({ status: 404, code: 'unknown_run', detail: '' });
    },
  });
  await watcher.hurry();
  assert.deepEqual(told, []);
  await clock.pass(500);
  assert.deepEqual(told, ['failing']);
  fails = false;
  await clock.pass(1000);
  assert.equal(store.get().watched, null);
  assert.deepEqual(store.get().runs, []);
  assert.equal(told.at(-1), 'ok');
});

test('a list that was asked for before a run was deleted does not bring it back', async () => {
  let answer;
  const other = { ...run, id: 'run-00000000000b' };
  const { watcher, store } = watching({
    runs: () => new Promise((resolve) => (answer = resolve)),
    run: async () => details([1], [0]),
  });
  const look = watcher.hurry();
  let isQuiet = false;
  const quiet = watcher.quiet().then(() => (isQuiet = true));
  watcher.forget(run.id);
  assert.equal(isQuiet, false);
  answer({ runs: [run, other], usage: null, trouble: null });
  await Promise.all([look, quiet]);
  assert.deepEqual(store.get().runs, [other]);
});

test('nothing is asked about a run any more when it is deleted; one that stays is watched again', async () => {
  const order = [];
  let fails = false;
  const { watcher, store } = watching({});
  store.set({ batch: 3, beside: null });
  const actions = createActions(
    {
      server: {
        remove: async () => {
          order.push('removed');
          if (fails) throw new Error('HTTP 502');
        },
      },
      store,
      watcher,
      release: async () => {
        order.push(store.get().watched);
      },
      tell: () => {},
      onName: () => {},
    },
    (key) => key,
  );
  fails = true;
  await actions.onDelete(run.id);
  assert.equal(store.get().watched, run.id);
  assert.equal(store.get().batch, 3);
  fails = false;
  await actions.onDelete(run.id);
  assert.deepEqual(order, [null, 'removed', null, 'removed']);
  assert.equal(store.get().watched, null);
});

test('a run that is complete is seen to be gone when the list has it no longer, and is named', async () => {
  const done = { ...run, state: 'done', title: 'A' };
  let runs = [done];
  const { watcher, store, clock } = watching({
    runs: async () => ({ runs, usage: null, trouble: null }),
    run: async () => {
      if (runs.length) return { ...details([1], [0]), run: done };
      throw new ProblemError({ status: 404, code: 'unknown_run', detail: '' });
    },
  });
  await watcher.hurry(true);
  assert.equal(store.get().watched, run.id);
  runs = []; // another window has deleted it
  await watcher.hurry(true);
  await clock.pass(100);
  assert.equal(store.get().watched, null);
  assert.equal(store.get().gone, 'A');
});

test('what was pressed while the server was away is no trouble when it is back; a refusal stays', () => {
  const told = [];
  const asked = createAsked(
    (status) => told.push(status),
    () => {},
  );
  asked.hear('ok');
  assert.deepEqual(told, []);
  asked.tell('failing');
  asked.hear('failing');
  assert.deepEqual(told, ['failing']);
  asked.hear('ok');
  assert.deepEqual(told, ['failing', 'ok']);
  asked.tell('refused', 'why');
  asked.hear('ok');
  assert.equal(told.at(-1), 'refused');
});
