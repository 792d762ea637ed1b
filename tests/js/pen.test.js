import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProblems } from '../../static/js/draw/problems/switch.js';
import { stepsOnPad } from '../../static/js/views/pad/way.js';
import { rivalsOf } from '../../static/js/draw/compare/rivals.js';
import { toPython } from '../../static/js/draw/sharing/python.js';
import { createApi } from '../../static/js/server/api.js';
import { inputOf, labelOf } from '../../static/js/state/ends.js';
import { withStroke } from '../../static/js/state/history.js';
import { fieldName, neuronName } from '../../static/js/state/names.js';
import { readUpTo, stepsOf } from '../../static/js/state/steps.js';
import { extentOf, fieldOf, pictureLayers } from '../../static/js/state/units.js';
import { kit } from '../../static/js/views/network/kit.js';
import { layOut } from '../../static/js/views/network/layout.js';
import { words } from '../../static/js/views/answer.js';
import { createNumbers } from '../../static/js/page/words.js';
import { packed } from './tensors.js';

const MODEL = {
  id: 'pen-lstm',
  problem: 'pen',
  input_shape: [48, 5],
  outputs: [{ name: 'digit', kind: 'classes' }],
  features: [],
  layers: [
    {
      name: 'lstm',
      kind: 'lstm',
      arithmetic: 'gates',
      shape: [48, 32],
      activation: 'tanh',
      exposure: 1,
      receptive_field: { size: [1, 5], stride: [1, 0], start: [0, 0], from_first: true },
    },
    {
      name: 'output',
      kind: 'dense',
      arithmetic: 'sum',
      shape: [10],
      activation: 'softmax',
      exposure: 1,
      receptive_field: null,
    },
  ],
};
const t = (key, values) => `${key} ${JSON.stringify(values ?? {})}`;

test('the steps lie on the strokes that they were made of', () => {
  const strokes = [
    [
      [0.2, 0.3],
      [0.6, 0.3],
    ],
    [[0.6, 0.5]],
  ];
  const steps = [-1, -0.5, 0, 0, 0, 1, -0.5, 8, 0, 0, 1, 0.5, 0, 8, 1];
  const [first, second, third] = stepsOnPad(steps, strokes);
  const near = (one, other) => assert.ok(Math.abs(one - other) < 1e-9, `${one} for ${other}`);
  [
    [first, 0.2, 0.3],
    [second, 0.6, 0.3],
    [third, 0.6, 0.5],
  ].forEach(([at, x, y]) => (near(at.x, x), near(at.y, y)));
  assert.deepEqual([first.lifted, third.lifted], [false, true]);
});

test('a movement goes in as numbers with a sign, one row for every step beside the LSTM that reads it', () => {
  assert.deepEqual(
    inputOf({ input: { shape: [1, 5], steps: [1, -1, 0, 0.5, 1] } }),
    [1, -1, 0, 0.5, 1],
  );
  const layers = pictureLayers(MODEL);
  assert.equal(layers[0].kind, 'movement');
  for (const width of [360, 800]) {
    const { figures, sideways } = layOut(layers, { width, height: 520, rem: 16, ratio: 1, kit });
    const [input, lstm] = figures.map(({ place }) => place);
    assert.deepEqual([input.columns, input.rows, lstm.rows], [5, 48, 48]);
    assert.equal(input.pitchY, lstm.pitchY);
    if (sideways) assert.equal(input.y, lstm.y);
  }
});

test('a number of a step has its name, and a unit has read the steps up to its own', () => {
  assert.match(
    neuronName({ layer: 'input', index: 11 * 5 + 3 }, t, MODEL),
    /^pen\.input .*"step":12,"number":"8Δy"/,
  );
  assert.deepEqual(extentOf(MODEL), [48, 5]);
  assert.deepEqual(extentOf({ input_shape: [784] }), [28, 28]);
  const field = fieldOf(MODEL, { layer: 'lstm', index: 9 * 32 });
  assert.deepEqual(field, { top: 0, left: 0, bottom: 9, right: 4 });
  assert.match(fieldName(field, t, MODEL), /^field\.rows .*"top":1,"bottom":10/);
});

test("a stroke over somebody else's drawing begins anew, over one's own it is added", () => {
  const mine = { kind: 'strokes', strokes: [[[0, 0]]] };
  assert.equal(withStroke(mine, [[1, 1]]).strokes.length, 2);
  assert.deepEqual(withStroke({ ...mine, label: 3, index: 7 }, [[1, 1]]), {
    kind: 'strokes',
    strokes: [[[1, 1]]],
  });
  assert.deepEqual([labelOf({ ...mine, label: 3 }), labelOf(mine), labelOf(null)], [3, null, null]);
});

test('while the pen is down the answer is one so far, of a drawing that is read by its way', () => {
  const numbers = createNumbers('en');
  const reading = { probabilities: [0.2, 0.8], prediction: 1, layers: [], strokes: [[[0, 0]]] };
  assert.match(
    words({ reading, readOf: null, penDown: true }, t, numbers).early,
    /^answer\.so\.far/,
  );
  assert.match(
    words({ reading, readOf: null, penDown: true }, t, numbers).spoken,
    /^answer\.so\.far/,
  );
  assert.equal(words({ reading, readOf: null, penDown: false }, t, numbers).early, '');
  assert.equal(
    words({ reading: { ...reading, strokes: undefined }, readOf: null, penDown: true }, t, numbers)
      .early,
    '',
  );
});

test('networks are compared within their problem', () => {
  const models = [
    { id: 'mlp', problem: 'digits' },
    { id: 'pen', problem: 'pen' },
  ];
  assert.deepEqual(
    rivalsOf({ models, edits: {}, problem: 'pen' }).map(({ id }) => id),
    ['pen'],
  );
});

test('a reading keeps the strokes that nothing else in it tells of, and they are asked with again', async () => {
  const sent = [];
  const reply = {
    model: 'pen-lstm',
    input: { shape: [48, 5], steps: [] },
    layers: [],
    prediction: 1,
  };
  const api = createApi(async (_, options) => {
    sent.push(JSON.parse(options.body));
    return new Response(packed(reply));
  });
  const strokes = [
    [
      [0, 0],
      [1, 1],
    ],
  ];
  const found = await api.read('pen-lstm', { kind: 'strokes', strokes }, true, []);
  assert.deepEqual(found.strokes, strokes);
  await api.details(found, 'lstm', []).catch(() => {});
  assert.deepEqual(sent[1].strokes, strokes);
  assert.equal(sent[1].pixels, undefined);
});

test('the Python lines hold the steps as they went in', async () => {
  const reading = {
    model: 'pen-lstm',
    input: { shape: [48, 5], steps: Array(240).fill(0.5) },
    layers: [],
    probabilities: [1],
    prediction: 0,
  };
  const lines = await toPython({
    model: MODEL,
    models: [],
    reading,
    edits: {},
    selected: null,
    row: null,
  });
  assert.match(lines, /np\.float32\)\.reshape\(48, 5\)/);
  assert.match(lines, /network\.forward\(steps\[None\]\)/);
});

test("rows are steps while a pen's way is read, and rows again afterwards", () => {
  globalThis.document = { querySelectorAll: () => [] };
  const catalogue = { 'network.row': 'rows', 'pen:network.row': 'steps', other: 'same' };
  const store = { get: () => ({ problem: 'digits' }) };
  const problems = createProblems(
    { store, history: null, firstDigit: null, catalogue, addWords: null, panel: null },
    {},
  );
  problems.update({ problem: 'pen' });
  assert.deepEqual([catalogue['network.row'], catalogue.other], ['steps', 'same']);
  problems.update({ problem: 'digits' });
  assert.equal(catalogue['network.row'], 'rows');
  delete globalThis.document;
});

test('a dropout between the LSTM and the output does not hide the steps', () => {
  const lstm = {
    name: 'lstm',
    kind: 'lstm',
    arithmetic: 'gates',
    shape: [3, 1],
    a: [0, 1, 2],
    activation: 'tanh',
  };
  const dropout = {
    name: 'dropout',
    kind: 'dropout',
    arithmetic: 'none',
    shape: [1],
    a: [2],
    activation: 'linear',
  };
  const output = {
    name: 'output',
    kind: 'dense',
    arithmetic: 'sum',
    shape: [2],
    a: [0.5, 0.5],
    activation: 'softmax',
  };
  const reading = {
    model: 'pen',
    input: { shape: [3, 5], steps: [] },
    layers: [lstm, dropout, output],
    probabilities: [0.5, 0.5],
    prediction: 0,
  };
  assert.equal(stepsOf(reading), 3);
  const weights = new Map([
    ['output/W', { shape: [1, 2], data: Float32Array.of(0, 1) }],
    ['output/b', { shape: [2], data: Float32Array.of(0, 0) }],
  ]);
  assert.deepEqual(readUpTo(reading, weights, 2).layers.at(-1).z, [0, 1]);
  assert.equal(readUpTo(reading, weights, 2).prediction, 1);
});
