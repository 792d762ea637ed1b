import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accompanied, followedBy } from '../../static/js/explore/follow.js';
import { createState, later, settle } from './explore-state.js';

const READING = { prediction: 3 };
const DRAWING = { kind: 'strokes', strokes: [[[0.1, 0.1]]] };

test('what goes with a drawing is there before its reading is shown', async () => {
  const store = createState();
  const [reply, reading] = [later(), later()];
  const api = accompanied(
    { read: () => reading.promise },
    /** @type {any} */ ({ attribution: () => reply.promise }),
    store,
    () => {},
    () => {},
  );
  let isRead = false;
  api.read('mlp', DRAWING, true, [], AbortSignal.timeout(9999)).then(() => (isRead = true));
  reading.resolve(READING);
  await settle();
  assert.ok(!isRead, 'it waits a moment');
  reply.resolve({ values: [1] });
  await settle();
  assert.ok(isRead);
  store.set({ reading: READING, readOf: DRAWING });
  const { blamed } = store.get().followed;
  assert.deepEqual([blamed.of, blamed.value], [DRAWING, { values: [1] }]);
  assert.deepEqual(followedBy(store.get(), 'blamed', blamed.key), {
    value: { values: [1] },
    isNow: true,
  });
  assert.equal(followedBy(store.get(), 'blamed', 'another method'), null);
  assert.equal(
    followedBy(
      { ...store.get(), edits: { mlp: [{ kind: 'prune', share: 0.1 }] } },
      'blamed',
      blamed.key,
    ),
    null,
  );
});

test('what takes long keeps neither the answer nor the server: one in flight, the newest next', async () => {
  const store = createState();
  const replies = [];
  const asked = [];
  let wake = () => {};
  const server = {
    attribution: (_, drawn) => (
      asked.push(drawn.strokes.length), replies.push(later()), replies.at(-1).promise
    ),
  };
  const api = accompanied(
    { read: async () => READING },
    /** @type {any} */ (server),
    store,
    () => {},
    (act) => (wake = act),
  );
  const drawn = (count) => ({
    kind: 'strokes',
    strokes: Array.from({ length: count }, () => [[0, 0]]),
  });
  const first = api.read('mlp', drawn(1), true, [], AbortSignal.timeout(9999));
  await settle();
  wake();
  assert.equal(await first, READING, 'the answer waits no longer than that');
  for (const count of [2, 3])
    await api.read('mlp', drawn(count), true, [], AbortSignal.timeout(9999));
  assert.deepEqual(asked, [1]);
  replies[0].resolve({});
  await settle();
  assert.deepEqual(asked, [1, 3], 'the one between is left out');
});
