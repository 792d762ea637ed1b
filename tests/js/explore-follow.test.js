import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accompanied, followedBy } from '../../static/js/explore/follow.js';
import { toPlace } from '../../static/js/explore/place.js';
import { ProblemError } from '../../static/js/server/api.js';
import { MODEL, createState, later, settle } from './explore-state.js';

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

/** The interface with a reply of what goes with a drawing for each request, and a clock. */
function following() {
  const store = createState();
  const replies = [];
  const readings = [];
  const clock = { at: 0, wake: [] };
  const api = accompanied(
    { read: () => (readings.push(later()), readings.at(-1).promise) },
    /** @type {any} */ ({ attribution: () => (replies.push(later()), replies.at(-1).promise) }),
    store,
    () => {},
    () => {},
    (act) => clock.wake.push(act),
    () => clock.at,
  );
  const read = (drawing) => {
    const seen = { isThere: false };
    api.read('mlp', drawing, true, [], AbortSignal.timeout(9999)).then(() => (seen.isThere = true));
    return seen;
  };
  return { store, replies, readings, clock, read };
}
const drawn = (count) => ({
  kind: 'strokes',
  strokes: Array.from({ length: count }, () => [[0, 0]]),
});

test('what is there before the reading waits for it: nothing is shown of a drawing that is not', async () => {
  const { store, replies, readings, read } = following();
  read(drawn(1));
  replies[0].resolve({ of: 1 });
  await settle();
  assert.deepEqual(store.get().followed, {}, 'its reading is not there');
  readings[0].resolve(READING);
  await settle();
  assert.deepEqual(store.get().followed.blamed.value, { of: 1 });
});

test('after one that came late the next are shown with their readings again', async () => {
  const { store, replies, readings, clock, read } = following();
  read(drawn(1)); // one in time: so it is known how long it takes
  clock.at = 10;
  replies[0].resolve({ of: 1 });
  readings[0].resolve(READING);
  await settle();
  const second = read(drawn(2));
  readings[1].resolve(READING);
  await settle();
  clock.wake.at(-1)();
  await settle();
  assert.ok(second.isThere, 'the answer waits no longer than that');
  const third = read(drawn(3));
  readings[2].resolve(READING);
  clock.at = 80;
  replies[1].resolve({ of: 2 });
  await settle();
  assert.deepEqual(store.get().followed.blamed.value, { of: 2 });
  assert.ok(!third.isThere, 'it waits for what stood behind the late one');
  replies[2].resolve({ of: 3 });
  await settle();
  assert.ok(third.isThere);
  assert.deepEqual(store.get().followed.blamed.value, { of: 3 });
});

test('behind what usually takes long no answer waits', async () => {
  const { replies, readings, clock, read } = following();
  read(drawn(1));
  readings[0].resolve(READING);
  clock.at = 500;
  replies[0].resolve({ of: 1 });
  await settle();
  read(drawn(2));
  readings[1].resolve(READING);
  await settle();
  const third = read(drawn(3));
  readings[2].resolve(READING);
  await settle();
  assert.ok(third.isThere);
});

test('a network that is picked is shown with what goes with the drawing: it is asked before it is shown', async () => {
  const store = createState();
  store.set({ place: toPlace('#view=map&layer=last') });
  const asked = [];
  const api = accompanied(
    {
      model: async (id) => ({ id, layers: [{ name: 'last', kind: 'dense', shape: [10] }] }),
      read: async () => READING,
    },
    /** @type {any} */ ({
      place: async ({ id }, _, { layer }) => (asked.push([id, layer]), { of: id, neighbours: [] }),
    }),
    store,
    () => {},
    () => {},
  );
  await api.read('other', drawn(1), true, [], AbortSignal.timeout(9999));
  assert.deepEqual(asked, [], 'nothing is known of it');
  await api.model('other');
  await api.read('other', drawn(1), true, [], AbortSignal.timeout(9999));
  assert.deepEqual(asked, [['other', 'last']]);
  const { model, value } = store.get().followed.placed;
  assert.deepEqual([model, value], ['other', { of: 'other', neighbours: [] }]);
});

test('that a network is gone the reading tells, and only it', async () => {
  const [seen, asked] = [[], []];
  const refused = (/** @type {string} */ code) => async () => {
    throw Object.assign(new ProblemError({ status: 404, code, detail: 'no' }));
  };
  const gone = accompanied(
    { model: async () => MODEL, read: refused('unknown_model') },
    /** @type {any} */ ({
      attribution: (...given) => (asked.push(given), refused('unknown_model')()),
    }),
    createState(),
    (kind, problem) => problem && seen.push([kind, problem]),
    (id) => seen.push(id),
  );
  await assert.rejects(gone.read('mlp', DRAWING, true, [], AbortSignal.timeout(9999)));
  assert.deepEqual(seen, ['mlp']);
  const before = asked.length;
  assert.ok(before > 0);
  await assert.rejects(gone.read('mlp', DRAWING, true, [], AbortSignal.timeout(9999)));
  assert.equal(asked.length, before, 'nothing more is asked of what is not there');
  seen.splice(1);
  const other = accompanied(
    { model: async () => MODEL, read: refused('bad_drawing') },
    /** @type {any} */ ({ attribution: refused('bad_drawing') }),
    createState(),
    (kind, problem) => problem && seen.push([kind, problem]),
    (id) => seen.push(id),
  );
  await assert.rejects(other.read('mlp', DRAWING, true, [], AbortSignal.timeout(9999)));
  assert.deepEqual(seen, ['mlp', ['blamed', 'no']]);
});
