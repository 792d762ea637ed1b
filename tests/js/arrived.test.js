import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived } from '../../static/js/draw/embedded/arrived.js';

function harness(model) {
  let state = { model };
  const listeners = new Set();
  const store = {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      for (const each of [...listeners]) each(state);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  let came = false;
  const wait = (id) => arrived(store, id).then(() => (came = true));
  const hasCome = () => new Promise((done) => setImmediate(() => done(came)));
  return { store, wait, hasCome, listeners };
}

test('what a step sets up waits for a network, on a server that is slow to name one', async () => {
  const { store, wait, hasCome, listeners } = harness(null);
  wait();
  assert.equal(await hasCome(), false);
  store.set({ model: { id: 'mlp-sigmoid' } });
  assert.equal(await hasCome(), true);
  assert.equal(listeners.size, 0);
});

test('it waits for the network of the step, not for the one before', async () => {
  const { store, wait, hasCome } = harness({ id: 'mlp-sigmoid' });
  wait('cnn');
  store.set({ drawing: null });
  assert.equal(await hasCome(), false);
  store.set({ model: { id: 'cnn' } });
  assert.equal(await hasCome(), true);
});

test('what stands there already is not waited for', async () => {
  const { wait, hasCome } = harness({ id: 'cnn' });
  wait('cnn');
  assert.equal(await hasCome(), true);
});
