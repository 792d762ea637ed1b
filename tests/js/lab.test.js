import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  edgeDetector,
  mirrored,
  reached,
  smoothed,
  stroked,
} from '../../static/js/draw/lab/painting/brush.js';
import { typed } from '../../static/js/draw/lab/dial.js';
import {
  changesIn,
  changesTold,
  editAt,
  paintedWeights,
  withEdit,
  without,
  withWeights,
} from '../../static/js/draw/lab/edits.js';
import { createPlaces, measured } from '../../static/js/draw/lab/edited.js';
import { createSession } from '../../static/js/draw/lab/session.js';
import { createSubject, strongest } from '../../static/js/draw/lab/subject.js';
import { columnOf, unitOf } from '../../static/js/draw/lab/unit.js';
import { createNumbers } from '../../static/js/page/words.js';
import { createClock } from './clock.js';

const numbers = createNumbers('en');

const IMAGE = { rows: 28, columns: 28, maps: 1 };
const UNIT = { layer: 'hidden1', unit: 2 };

test('there is one edit for a kind and a place, painted weights first', () => {
  const bias = { kind: 'bias', ...UNIT, shift: 1 };
  const scale = { kind: 'scale', ...UNIT, factor: 2 };
  const forget = { kind: 'bias', layer: 'lstm', unit: 2, gate: 'f', shift: 1 };
  let edits = withEdit(withEdit([], bias), scale);
  assert.deepEqual(edits, [scale, bias]);
  edits = withEdit(edits, { ...bias, shift: 3 });
  assert.equal(editAt(edits, { kind: 'bias', ...UNIT }).shift, 3);
  assert.equal(withEdit(edits, forget).length, 3);
  assert.deepEqual(withEdit(edits, { ...bias, shift: 0 }), [scale]);
  assert.deepEqual(without(edits, scale), [{ ...bias, shift: 3 }]);
});

test('what is changed is told in weights, neurons and steps, not in edits', () => {
  const t = (key, { count }) => `${key} ${count}`;
  const weights = { kind: 'weights', ...UNIT, inputs: [1, 2], values: [0, 0] };
  const learn = { kind: 'learn', pixels: [], label: 1, learning_rate: 0.1, times: 3 };
  const told = changesIn([weights, { kind: 'off', ...UNIT }, learn], t, numbers);
  assert.equal(told, 'edited.weights 2, edited.off.one 1, edited.learn 3');
  assert.equal(changesIn([weights, { ...weights, unit: 3 }], t, numbers), 'edited.weights 4');
});

test('one or two changes are told by their place, more by how many there are', () => {
  const t = (key, values) => `${key} ${Object.values(values ?? {}).join(' ')}`.trim();
  const layers = [
    { name: 'conv1', arithmetic: 'sum', shape: [28, 28, 8] },
    { name: 'lstm', arithmetic: 'gates', shape: [28, 64] },
    { name: 'output', arithmetic: 'sum', shape: [10] },
  ];
  const b = { shape: [10], data: Float64Array.of(0, 0, 0, 0, 0, 0, 0, 2.69, 0, 0) };
  const state = { model: { layers }, learned: new Map([['output/b', b]]) };
  const told = (...edits) => changesTold(edits, state, t, numbers);
  const bias = { kind: 'bias', layer: 'output', unit: 7, shift: -9 };
  assert.equal(told(bias), 'neuron.output 7: b 2.69 → −6.31');
  const off = { kind: 'off', layer: 'conv1', unit: 2 };
  assert.equal(told(bias, off), `${told(bias)}; edited.at.off edited.map layer.conv 1 3`);
  const gate = { kind: 'bias', layer: 'lstm', unit: 37, gate: 'f', shift: 1 };
  assert.equal(told(gate), 'edited.unit layer.lstm 38, lab.gate.f: b +1.00');
  assert.equal(told({ ...gate, kind: 'scale', gate: null, factor: 2 }).split(': ')[1], 'w × 2.00');
  assert.equal(told(bias, off, gate), 'edited.bias 2, edited.off.one 1');
  assert.equal(told(bias, { kind: 'prune', share: 0.5 }), 'edited.bias.one 1, edited.prune.one 1');
  assert.equal(
    changesTold([bias], { ...state, learned: null }, t, numbers),
    'neuron.output 7: b −9.00',
  );
});

test('only weights that differ from the learned ones are edits', () => {
  const learned = Float32Array.of(0.1, 0.2, 0.3);
  const painted = paintedWeights([], UNIT, learned);
  painted[1] = 1.23456;
  const edits = withWeights([], UNIT, learned, painted);
  assert.deepEqual(edits, [{ kind: 'weights', ...UNIT, inputs: [1], values: [1.2346] }]);
  assert.deepEqual([...paintedWeights(edits, UNIT, learned)], [learned[0], 1.2346, learned[2]]);
  assert.deepEqual(withWeights(edits, UNIT, learned, learned), []);
});

test('a brush reaches the cells around it, in its own map alone', () => {
  assert.deepEqual(reached(IMAGE, 784, 30, 1), [30]);
  assert.deepEqual(reached(IMAGE, 784, 30, 3), [1, 2, 3, 29, 30, 31, 57, 58, 59]);
  assert.deepEqual(reached(IMAGE, 784, 0, 3), [0, 1, 28, 29]);
  assert.deepEqual(reached({ rows: 2, columns: 2, maps: 2 }, 8, 1, 1), [1]);
  assert.ok(reached({ rows: 5, columns: 5, maps: 8 }, 200, 9, 5).every((i) => i % 8 === 1));
  assert.deepEqual(
    [stroked(0.5, 'raise', 1), stroked(0.5, 'lower', 1), stroked(0.5, 'erase', 1)],
    [1.5, -0.5, 0],
  );
});

test('mirroring twice is the same again, and left is right once', () => {
  const weights = Float64Array.from({ length: 24 }, (_, i) => i);
  const cells = { rows: 3, columns: 4, maps: 2 };
  const once = mirrored(weights, cells);
  assert.deepEqual([...once.slice(0, 8)], [6, 7, 4, 5, 2, 3, 0, 1]);
  assert.deepEqual(mirrored(once, cells), weights);
});

test('smoothing takes the mean of the neighbours there are', () => {
  const weights = new Float64Array(9);
  weights[0] = 36;
  assert.deepEqual(
    [...smoothed(weights, { rows: 3, columns: 3, maps: 1 })],
    [9, 6, 0, 6, 4, 0, 0, 0, 0],
  );
});

test('an edge detector is a positive strip in a negative surround, and adds up to nothing', () => {
  for (const cells of [IMAGE, { rows: 3, columns: 3, maps: 8 }, { rows: 5, columns: 5, maps: 1 }]) {
    const weights = edgeDetector(cells, 2);
    assert.equal(weights.length, cells.rows * cells.columns * cells.maps);
    assert.ok(Math.abs(weights.reduce((sum, each) => sum + each, 0)) < 1e-9);
    assert.equal(Math.max(...weights), 2);
    assert.ok(Math.min(...weights) < 0);
  }
});

test('numbers may be typed with a comma, a point and a real minus', () => {
  assert.deepEqual([' 1,5', '−2.25', '-3', '0'].map(typed), [1.5, -2.25, -3, 0]);
  assert.deepEqual(['', 'x', '1.2.3', 'Infinity', 'NaN'].map(typed), [
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('places of a convolution share a filter, rows of an LSTM a unit', () => {
  const layers = [
    { name: 'conv1', kind: 'conv2d', arithmetic: 'sum', shape: [28, 28, 8], parameters: 80 },
    { name: 'pool1', kind: 'max_pooling2d', arithmetic: 'pool', shape: [14, 14, 8], parameters: 0 },
    { name: 'lstm', kind: 'lstm', arithmetic: 'gates', shape: [28, 64], parameters: 9 },
    { name: 'output', kind: 'dense', arithmetic: 'sum', shape: [10], parameters: 9 },
  ];
  const unit = (layer, index) => unitOf({ layers }, { layer, index });
  assert.deepEqual(unit('conv1', 8 * 5 + 3), { layer: 'conv1', unit: 3, gates: false });
  assert.deepEqual(unit('lstm', 64 * 27 + 9), { layer: 'lstm', unit: 9, gates: true });
  assert.deepEqual(unit('output', 7), { layer: 'output', unit: 7, gates: false });
  assert.equal(unit('pool1', 3), null);
  const kernel = { shape: [2, 1, 1, 2], data: Float32Array.of(1, 2, 3, 4) };
  const weights = new Map([['conv1/W', kernel]]);
  assert.deepEqual([...columnOf(weights, { layer: 'conv1', unit: 1, gates: false })], [2, 4]);
});

function harness() {
  const clock = createClock();
  const asked = [];
  const model = {
    id: 'm',
    kind: 'mlp',
    accuracy: { mnist_test: 0.9 },
    outputs: [{ kind: 'classes' }],
  };
  let state = { model, edits: {}, evaluation: null, canUndoEdit: false };
  const store = { get: () => state, set: (change) => (state = { ...state, ...change }) };
  const api = {
    evaluate: (id, edits) => new Promise((resolve) => asked.push({ id, edits, resolve })),
    save: async (base, edits, title) => ({ id: 'kept', base, edits, title }),
    models: async () => ({ models: [{ id: 'm' }, { id: 'kept' }] }),
    remove: async () => {},
  };
  const picked = [];
  let read = 0;
  const page = {
    onEdited: () => (read += 1),
    onPick: (id) => picked.push(id),
    tell: () => {},
    isRefusal: () => false,
  };
  return {
    session: createSession(api, store, page, clock),
    store,
    asked,
    clock,
    picked,
    reads: () => read,
  };
}
const shift = (by) => [{ kind: 'bias', ...UNIT, shift: by }];

test('a gesture is one step back, and reset is a step too', () => {
  const { session, store, reads } = harness();
  for (const by of [1, 2, 3]) session.edit(shift(by), 'bias');
  session.settle();
  session.edit(shift(4), 'bias');
  session.settle();
  assert.deepEqual([store.get().edits.m[0].shift, reads()], [4, 4]);
  session.reset();
  assert.deepEqual(store.get().edits.m, []);
  session.undo();
  session.undo();
  assert.equal(store.get().edits.m[0].shift, 3);
  session.undo();
  assert.deepEqual([store.get().edits.m, store.get().canUndoEdit], [[], false]);
  session.undo();
});

test('what begins anew has nothing to undo before it', () => {
  const { session, store } = harness();
  session.edit(shift(1), 'bias');
  session.begin(shift(5));
  assert.deepEqual([store.get().edits.m[0].shift, store.get().canUndoEdit], [5, false]);
  session.undo();
  assert.equal(store.get().edits.m[0].shift, 5);
  session.edit(shift(6), 'bias');
  session.begin([]);
  assert.deepEqual([store.get().edits.m, store.get().canUndoEdit], [[], false]);
});

test('a network that does not say how it reads the test set is read once as it was learned', async () => {
  const { session, store, asked, clock } = harness();
  session.follow();
  await clock.paint();
  assert.equal(asked.length, 0); // its description says it
  const trained = { ...store.get().model, id: 'run-1-9', accuracy: { validation: 0.8 } };
  store.set({ model: trained });
  assert.equal(measured(store.get(), numbers).text, '…');
  for (let i = 0; i < 3; i++) session.follow();
  await clock.paint();
  assert.deepEqual(
    asked.map(({ id, edits }) => [id, edits]),
    [['run-1-9', []]],
  );
  asked[0].resolve({ accuracy: 0.75, edits: [] });
  await clock.paint();
  assert.equal(measured(store.get(), numbers).text, '75.0%');
  session.follow();
  await clock.paint();
  assert.equal(asked.length, 1);
});

test('the newest edits are evaluated, one request at a time', async () => {
  const { session, store, asked, clock } = harness();
  session.edit(shift(1), 'bias');
  await clock.paint();
  session.edit(shift(2), 'bias');
  session.edit(shift(3), 'bias');
  await clock.paint();
  assert.equal(asked.length, 1);
  asked[0].resolve({ accuracy: 0.5, edits: asked[0].edits });
  await clock.settle();
  await clock.paint();
  assert.deepEqual([asked.length, asked[1].edits[0].shift], [2, 3]);
  assert.equal(store.get().evaluation.accuracy, 0.5);
  session.follow();
  await clock.paint();
  assert.equal(asked.length, 2);
});

test('what is saved reads on, and the original is as it was learned', async () => {
  const { session, store, picked } = harness();
  session.edit(shift(1), 'bias');
  await session.save('mine');
  assert.deepEqual([picked, store.get().edits.m], [['kept'], []]);
  await session.remove();
  assert.deepEqual(picked, ['kept', 'm']);
});

/** A neuron of two, which reads four pixels. */
function shown(edits = []) {
  const layer = { name: 'hidden1', arithmetic: 'sum', shape: [2], parameters: 10, window: null };
  const learned = new Map([
    ['hidden1/W', { shape: [4, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) }],
    ['hidden1/b', { shape: [2], data: Float32Array.of(0.5, -0.5) }],
  ]);
  const state = {
    model: { id: 'm', input_shape: [4], layers: [layer], outputs: [{ kind: 'classes' }] },
    reading: { input: { pixels: [0, 255, 51, 255] }, layers: [] },
    learned,
    weights: learned,
    edits: { m: edits },
  };
  const cells = { rows: 2, columns: 2, maps: 1 };
  const neuron = { layer: 'hidden1', index: 1 };
  return { state, neuron, cells, isPainted: true, isImage: true, full: 8 };
}

test('what is painted changes the weights that were touched, and these alone', () => {
  const made = [];
  const subject = createSubject((edits, gesture) => made.push({ edits, gesture }));
  assert.equal(subject.painted(), null);
  assert.equal(subject.take(shown()), true);
  assert.deepEqual([...subject.painted().weights], [2, 4, 6, 8]);
  subject.setWeights(Float64Array.of(-1, -1, -1, -1), 'paint', new Set([2]));
  const edit = { kind: 'weights', layer: 'hidden1', unit: 1, inputs: [2], values: [-1] };
  assert.deepEqual(made, [{ edits: [edit], gesture: 'paint' }]);
  subject.take(shown([edit]));
  assert.deepEqual([...subject.painted().weights], [2, 4, -1, 8]);
});

test('a change adds to the edits of the model that is shown', () => {
  const made = [];
  const off = { kind: 'off', layer: 'hidden1', unit: 0 };
  const subject = createSubject((edits) => made.push(edits));
  subject.take(shown([off]));
  subject.change({ kind: 'prune', share: 0.5 }, 'prune');
  assert.deepEqual(made, [[off, { kind: 'prune', share: 0.5 }]]);
});

test('the weight that is chosen first is the one that gives most; without a picture the first', () => {
  assert.equal(strongest(shown()), 3); // 1 × 8; 1 × 4 is less, and 0.2 × 6
  assert.equal(strongest({ ...shown(), cells: null }), 0);
});

test('the way back from what is undone stands until one looks at something else', () => {
  const placeOf = createPlaces();
  const one = { kind: 'strokes', strokes: [] };
  const state = { model: { id: 'cnn' }, readOf: one, penDown: false, inspecting: true };
  const first = placeOf(state);
  assert.equal(placeOf(state), first);
  const drawn = { ...state, readOf: { ...one } };
  assert.equal(placeOf({ ...drawn, penDown: true }), first, 'nothing moves under the pen');
  assert.notEqual(placeOf(drawn), first);
  assert.notEqual(placeOf({ ...state, inspecting: false }), placeOf(state));
  assert.notEqual(placeOf({ ...state, model: { id: 'lstm' } }), placeOf(state));
});
