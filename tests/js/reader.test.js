import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal, ProblemError } from '../../static/js/server/api.js';
import { createReader } from '../../static/js/sessions/reader.js';
import { createClock } from './clock.js';

const MODELS = {
  small: {
    id: 'small',
    input_shape: [784],
    layers: [{ name: 'hidden1', shape: [16] }],
    weights: { url: '/small' },
  },
  houses: {
    id: 'houses',
    problem: 'houses',
    input_shape: [8],
    layers: [{ name: 'hidden1', shape: [6] }],
    weights: { url: '/houses' },
  },
  wide: {
    id: 'wide',
    input_shape: [784],
    layers: [{ name: 'hidden1', shape: [128] }],
    weights: { url: '/wide' },
  },
};
const BLANK = { kind: 'strokes', strokes: [] };
const A = { kind: 'strokes', strokes: [[[0.1, 0.1]]] };
const B = { kind: 'strokes', strokes: [[[0.2, 0.2]]] };

function harness(drawing = BLANK, enter = undefined) {
  const clock = createClock();
  const asked = { model: [], weights: [], read: [], edited: [] };
  const later = (list, entry) =>
    new Promise((resolve, reject) => list.push({ ...entry, resolve, reject }));
  const api = {
    model: (id) => later(asked.model, { id }),
    weights: (url) => later(asked.weights, { url }),
    read: (id, of, center, edits) => later(asked.read, { id, of, center, edits }),
    editedWeights: (id, edits) => later(asked.edited, { id, edits }),
  };
  let state = { drawing, center: true, model: null, weights: null, reading: null, readOf: null };
  state = { ...state, edits: {}, learned: null, stale: false, hovered: null, selected: null };
  const store = { get: () => state, set: (change) => (state = { ...state, ...change }) };
  const told = {};
  const tell = (source) => (status) => (told[source] = status);
  const reader = createReader(api, store, tell, { clock, enter });
  /** The description of the model asked for last arrives. */
  const arrive = async (id) => {
    asked.model.find((one) => one.id === id).resolve(MODELS[id]);
    await clock.settle();
    await clock.paint();
  };
  const answer = async (i) => {
    asked.read[i].resolve({ model: asked.read[i].id, answer: i });
    await clock.settle();
  };
  return { reader, store, clock, asked, told, arrive, answer };
}

test('the first model is shown as soon as it is known, its answer when it comes', async () => {
  const { reader, store, asked, arrive, answer } = harness(A);
  reader.pick('small');
  await arrive('small');
  assert.equal(store.get().model, MODELS.small);
  assert.equal(store.get().reading, null);
  assert.equal(asked.read[0].of, A);
  await answer(0);
  assert.deepEqual([store.get().reading.answer, store.get().readOf], [0, A]);
});

test('another model is shown together with its answer, never with an older one', async () => {
  const { reader, store, asked, arrive, answer } = harness(A);
  reader.pick('small');
  await arrive('small');
  await answer(0);
  reader.pick('wide');
  await arrive('wide');
  assert.deepEqual([store.get().model.id, store.get().reading.model], ['small', 'small']);
  assert.equal(asked.read[1].id, 'wide');
  await answer(1);
  assert.deepEqual([store.get().model.id, store.get().reading.model], ['wide', 'wide']);
});

test('a reply of the model that was left is dropped', async () => {
  const { reader, store, clock, arrive, answer } = harness(A);
  reader.pick('small');
  await arrive('small');
  reader.pick('wide');
  await arrive('wide');
  await answer(0);
  assert.equal(store.get().reading, null);
  await answer(1);
  await clock.paint();
  assert.equal(store.get().reading.model, 'wide');
});

test('of two picks the later wins, whichever description comes first', async () => {
  const { reader, store, arrive, answer, asked } = harness(A);
  const first = reader.pick('small');
  const second = reader.pick('wide');
  await arrive('wide');
  await arrive('small');
  await answer(0);
  assert.deepEqual([await first, await second], [false, true]);
  assert.equal(store.get().model.id, 'wide');
  assert.deepEqual(
    asked.read.map(({ id }) => id),
    ['wide'],
  );
});

test('weights are fetched once a model and come to the model that is shown', async () => {
  const { reader, store, clock, asked, arrive, answer } = harness(A);
  reader.pick('small');
  await arrive('small');
  await answer(0);
  asked.weights[0].resolve('small weights');
  await clock.settle();
  assert.equal(store.get().weights, 'small weights');
  reader.pick('wide');
  await arrive('wide');
  await answer(1);
  assert.equal(store.get().weights, null);
  reader.pick('small');
  await clock.settle();
  await clock.paint();
  await answer(2);
  assert.equal(store.get().weights, 'small weights');
  assert.deepEqual(
    asked.weights.map(({ url }) => url),
    ['/small', '/wide'],
  );
});

test('a blank pad is not asked about and has no reading', async () => {
  const { reader, store, clock, asked, arrive, answer } = harness(A);
  reader.pick('small');
  await arrive('small');
  await answer(0);
  reader.read(BLANK);
  await clock.paint();
  assert.deepEqual([store.get().reading, store.get().readOf], [null, null]);
  assert.equal(asked.read.length, 1);
});

test('it is waiting until the newest drawing is read, not an older one', async () => {
  const { reader, store, clock, arrive, answer } = harness(A);
  reader.pick('small');
  await arrive('small');
  assert.equal(store.get().waiting, true);
  reader.read(B);
  await answer(0);
  assert.equal(store.get().waiting, true);
  await clock.paint();
  await answer(1);
  assert.deepEqual([store.get().waiting, store.get().readOf], [false, B]);
  reader.read(A);
  reader.read(BLANK);
  assert.equal(store.get().waiting, false);
});

test('what is pointed at stays when the other model has such a neuron', async () => {
  const { reader, store, arrive, answer } = harness(A);
  reader.pick('wide');
  await arrive('wide');
  await answer(0);
  store.set({ hovered: { layer: 'hidden1', index: 3 }, selected: { layer: 'hidden1', index: 99 } });
  reader.pick('small');
  await arrive('small');
  await answer(1);
  assert.deepEqual(store.get().hovered, { layer: 'hidden1', index: 3 });
  assert.equal(store.get().selected, null);
});

test('an option that changed has the same drawing read again', async () => {
  const { reader, store, clock, asked, arrive, answer } = harness();
  reader.pick('small');
  await arrive('small');
  reader.read(B);
  await clock.paint();
  await answer(0);
  store.set({ center: false });
  reader.again();
  await clock.paint();
  assert.deepEqual(
    asked.read.map(({ of, center }) => [of, center]),
    [
      [B, true],
      [B, false],
    ],
  );
});

test('a refusal is final, a failure or a full server is not', () => {
  const problem = (status) => new ProblemError({ status, code: 'c', detail: 'd' });
  assert.ok(isRefusal(problem(422)));
  for (const error of [problem(500), problem(503), problem(429), problem(408), new Error('x')]) {
    assert.ok(!isRefusal(error));
  }
});

test('an edited network is shown with the weights it read with, both at once', async () => {
  const { reader, store, clock, asked, arrive, answer } = harness(A);
  reader.pick('small');
  await arrive('small');
  await answer(0);
  asked.weights[0].resolve('learned');
  await clock.settle();
  const edits = [{ kind: 'off', layer: 'hidden1', unit: 2 }];
  store.set({ edits: { small: edits } });
  reader.again();
  await clock.paint();
  assert.equal(asked.read[1].edits, edits);
  await answer(1);
  assert.equal(store.get().reading.answer, 0);
  asked.edited[0].resolve('edited');
  await clock.settle();
  assert.deepEqual([store.get().reading.answer, store.get().weights], [1, 'edited']);
  assert.equal(store.get().learned, 'learned');
  reader.read(B);
  await clock.paint();
  await answer(2);
  assert.deepEqual([store.get().weights, asked.edited.length], ['edited', 1]);
  store.set({ edits: {} });
  reader.again();
  await clock.paint();
  await answer(3);
  assert.equal(store.get().weights, 'learned');
});

const HOUSE = { kind: 'features', features: { bedrooms: 3 }, index: null, target: null };
/** Another problem's input, shown with the first network of it. */
const enter = async ({ problem }) =>
  problem ? { drawing: HOUSE, show: () => ({ drawing: HOUSE, problem }) } : null;

test('a network of another problem comes with its own input, all at once', async () => {
  const { reader, store, asked, arrive, answer } = harness(A, enter);
  reader.pick('small');
  await arrive('small');
  await answer(0);
  store.set({ selected: { layer: 'hidden1', index: 2 } });
  reader.pick('houses');
  await arrive('houses');
  assert.deepEqual([asked.read[1].id, asked.read[1].of], ['houses', HOUSE]);
  assert.deepEqual([store.get().model.id, store.get().drawing], ['small', A]);
  reader.read(B); // drawn meanwhile: not for this network
  assert.equal(asked.read.length, 2);
  await answer(1);
  const { model, drawing, problem, selected, readOf } = store.get();
  assert.deepEqual(
    [model.id, drawing, problem, selected, readOf],
    ['houses', HOUSE, 'houses', null, HOUSE],
  );
});

test('who goes back before the other problem was read goes on with what is on the screen', async () => {
  const { reader, store, clock, asked, arrive, answer } = harness(A, enter);
  reader.pick('small');
  await arrive('small');
  await answer(0);
  reader.pick('houses');
  await arrive('houses');
  reader.pick('wide');
  await arrive('wide');
  assert.deepEqual([asked.read.at(-1).id, asked.read.at(-1).of], ['wide', A]);
  await answer(asked.read.length - 1);
  assert.deepEqual([store.get().model.id, store.get().drawing], ['wide', A]);
  reader.read(B);
  await clock.paint();
  assert.equal(asked.read.at(-1).of, B);
});

test('a pick that was overtaken asks for no more than its description', async () => {
  const { reader, asked, arrive } = harness(A);
  const first = reader.pick('small');
  reader.pick('wide');
  await arrive('small');
  assert.equal(await first, false);
  assert.deepEqual([asked.read, asked.weights], [[], []]);
});

test('weights that come before the answer wait for it, late ones go to no other network', async () => {
  const { reader, store, clock, asked, arrive, answer } = harness(A);
  reader.pick('small');
  await arrive('small');
  await answer(0);
  reader.pick('wide');
  await arrive('wide');
  asked.weights[1].resolve('wide weights');
  await clock.settle();
  assert.deepEqual([store.get().model.id, store.get().weights], ['small', null]);
  await answer(1);
  asked.weights[0].resolve('small weights');
  await clock.settle();
  assert.deepEqual([store.get().model.id, store.get().weights], ['wide', 'wide weights']);
});

test('of very many networks the oldest are fetched anew, never the one that reads', async () => {
  const { reader, store, clock, asked } = harness(BLANK);
  const pick = async (i) => {
    reader.pick(`run-${i}`);
    const found = asked.model.filter(({ id }) => id === `run-${i}`).at(-1);
    found?.resolve({ ...MODELS.small, id: `run-${i}` });
    await clock.settle();
  };
  for (let i = 0; i < 120; i++) await pick(i);
  await pick(0); // the oldest, and the one that reads
  assert.equal(asked.model.length, 120);
  await pick(120); // one too many
  await pick(0);
  assert.equal(asked.model.length, 121);
  await pick(1); // forgotten in its place
  assert.equal(asked.model.length, 122);
  assert.equal(store.get().model.id, 'run-1');
});
