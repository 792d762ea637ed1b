import assert from 'node:assert/strict';
import test from 'node:test';
import { createRooms } from '../../static/js/explore/rooms.js';

/** As much of an element as a room needs. */
const element = () => {
  const made = {
    children: [],
    dataset: {},
    hidden: false,
    textContent: '',
    setAttribute() {},
    append: (...more) => made.children.push(...more),
    remove: () => (made.isGone = true),
  };
  return made;
};
const at = (view) => /** @type {any} */ ({ place: { view } });
const settled = () => new Promise((resolve) => setImmediate(resolve));

let spoken = 0;
/** @param {any} t @param {Record<string, () => Promise<any>>} load */
function rooms(t, load) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const before = globalThis.document;
  globalThis.document = /** @type {any} */ ({ createElement: element });
  t.after(() => (globalThis.document = before));
  const container = element();
  const words = (/** @type {string} */ key) => key;
  const made = createRooms(
    /** @type {any} */ (container),
    /** @type {any} */ ({}),
    words,
    /** @type {any} */ ({}),
    () => Promise.resolve(spoken++),
    /** @type {any} */ (load),
  );
  return { container, made };
}

test('a view that cannot be had while the server is away says so, and comes later', async (t) => {
  let tries = 0;
  const shown = [];
  const { container, made } = rooms(t, {
    why: async () => {
      tries += 1;
      if (tries === 1) throw new TypeError('Failed to fetch dynamically imported module');
      return { create: () => ({ update: (state) => shown.push(state.place.view), destroy() {} }) };
    },
  });
  made.update(at('why'));
  await settled();
  const [room] = container.children;
  const [said] = room.children;
  assert.equal(said.textContent, 'waiting.lost');
  assert.deepEqual(shown, []);
  t.mock.timers.tick(300);
  await settled();
  assert.deepEqual([tries, said.isGone, shown], [2, true, ['why']]);
});

test('a view hears that another is shown now', async (t) => {
  const left = [];
  const view = (name) => async () => ({
    create: () => ({ update() {}, leave: () => left.push(name), destroy() {} }),
  });
  const { made } = rooms(t, { why: view('why'), map: view('map') });
  for (const name of ['why', 'why', 'map', 'why']) {
    made.update(at(name));
    await settled();
  }
  assert.deepEqual(left, ['why', 'map']);
});

test('the words of the views come with the first of them, and the questions need none', async (t) => {
  const view = async () => ({ create: () => ({ update() {}, destroy() {} }) });
  const { made } = rooms(t, { questions: view, map: view });
  const before = spoken;
  made.update(at('questions'));
  await settled();
  assert.equal(spoken, before);
  made.update(at('map'));
  await settled();
  assert.equal(spoken, before + 1);
});
