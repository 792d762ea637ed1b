import assert from 'node:assert/strict';
import { ofOwn } from '../../static/js/draw/compare/card.js';
import { furtherOf } from '../../static/js/draw/lab/edited.js';
import { test } from 'node:test';
import { answerOf, answering, headOf, rivalsOf } from '../../static/js/state/ends.js';
import { incoming } from '../../static/js/state/contributions.js';
import { leadOf } from '../../static/js/state/lead.js';
import { className, layerName, neuronName } from '../../static/js/state/names.js';
import { readUpTo } from '../../static/js/state/steps.js';
import { layerBefore, outputsOf, pictureLayers } from '../../static/js/state/units.js';
import { furtherWords } from '../../static/js/views/further.js';
import { firstOutput, isOutput, layOut, readBy } from '../../static/js/views/network/layout.js';
import { kit } from '../../static/js/views/network/kit.js';
import { walk } from '../../static/js/views/network/walking.js';
import { fullStrength } from '../../static/js/views/network/scale.js';
import { createNumbers } from '../../static/js/page/words.js';
import { lossWords } from '../../static/js/step/step.js';
import { toPython } from '../../static/js/draw/sharing/python.js';

const dense = (name, units, activation) => ({
  name,
  kind: 'dense',
  arithmetic: 'sum',
  shape: [units],
  activation,
  exposure: 1,
});
const MODEL = {
  id: 'two',
  input_shape: [784],
  outputs: [
    { name: 'digit', kind: 'classes' },
    { name: 'loops', kind: 'classes' },
  ],
  layers: [
    dense('hidden1', 16, 'sigmoid'),
    dense('hidden2', 2, 'sigmoid'),
    dense('digit', 10, 'softmax'),
    dense('loops', 3, 'softmax'),
  ],
};
const ONE = { ...MODEL, outputs: [{ name: 'digit' }], layers: MODEL.layers.slice(0, 3) };

const A = [0.5, 0.25];
const LOOPS = Float32Array.from([1, -2, 3, 4, 0, -8]); // 2 × 3
const Z = [0, 1, 2].map((unit) => A[0] * LOOPS[unit] + A[1] * LOOPS[3 + unit]);
const digits = {
  name: 'digit',
  kind: 'classes',
  probabilities: [...Array(9).fill(0.02), 0.82],
  prediction: 9,
};
const loops = { name: 'loops', kind: 'classes', probabilities: [0.7, 0.1, 0.2], prediction: 0 };
const READING = {
  model: 'two',
  input: { shape: [28, 28], pixels: [] },
  layers: [
    { ...dense('hidden1', 16, 'sigmoid'), a: Array(16).fill(0) },
    { ...dense('hidden2', 2, 'sigmoid'), a: A, z: A },
    { ...dense('digit', 10, 'softmax'), a: digits.probabilities, z: Array(10).fill(0) },
    { ...dense('loops', 3, 'softmax'), a: loops.probabilities, z: Z },
  ],
  ...digits,
  outputs: [digits, loops],
};
const WEIGHTS = new Map([
  ['loops/W', { shape: [2, 3], data: LOOPS }],
  ['loops/b', { shape: [3], data: Float32Array.from([0, 0, 0]) }],
]);
const STATE = { model: MODEL, reading: READING, weights: WEIGHTS, row: null };

test('every output reads the last layer of the trunk', () => {
  assert.deepEqual(
    outputsOf(MODEL).map(({ name }) => name),
    ['digit', 'loops'],
  );
  assert.equal(layerBefore(MODEL, 'loops').name, 'hidden2');
  assert.equal(layerBefore(MODEL, 'digit').name, 'hidden2');
  assert.equal(layerBefore(MODEL, 'hidden2').name, 'hidden1');
  assert.equal(layerBefore(ONE, 'digit').name, 'hidden2');
  const all = incoming(STATE, { layer: 'loops', index: 1 });
  assert.deepEqual([...all.contributions], [-1, 0]);
});

test('an output is asked by its place, and says what the reading tells of it', () => {
  assert.deepEqual(answerOf(READING), {
    layer: 'digit',
    probabilities: digits.probabilities,
    prediction: 9,
  });
  assert.deepEqual(answering(READING, 1), { layer: 'loops', index: 0 });
  assert.equal(answerOf(READING, 2), null);
  assert.equal(answering(null, 1), null);
  assert.equal(
    answering({ ...READING, outputs: [digits, { ...loops, prediction: null }] }, 1),
    null,
  );
  assert.deepEqual(
    [headOf(READING, 'digit'), headOf(READING, 'loops'), headOf(READING, 'hidden2')],
    [0, 1, -1],
  );
});

test('two answers of the further output are held against each other', () => {
  assert.deepEqual(rivalsOf(READING, 'next', 1), { first: 0, second: 2, head: 1 });
  const lead = leadOf(STATE, { first: 0, second: 2, head: 1 });
  assert.deepEqual([lead.layer, lead.source, lead.head], ['loops', 'hidden2', 1]);
  assert.ok(Math.abs(lead.total - (Z[0] - Z[2])) < 1e-9);
  assert.ok(Math.abs(lead.sum + lead.bias - lead.total) < 1e-9);
});

test('both outputs stand behind the trunk, apart from one another, at every width', () => {
  const layers = pictureLayers(MODEL);
  assert.equal(firstOutput(layers), 3);
  assert.deepEqual(layers.map((_, at) => readBy(layers, at)).slice(1), [0, 1, 2, 2]);
  assert.deepEqual(
    [2, 3, 4].map((at) => isOutput(layers, at)),
    [false, true, true],
  );
  for (const width of [340, 400, 700, 1200]) {
    const { figures, sideways, height, top } = layOut(layers, {
      width,
      height: 520,
      rem: 16,
      ratio: 1,
      kit,
    });
    const [trunk, digit, further] = figures.slice(2).map(({ place }) => place);
    const [side, across] = sideways ? ['x', 'y'] : ['y', 'x'];
    const long = sideways ? 'height' : 'width';
    assert.equal(digit[side], further[side], 'at one distance');
    assert.ok(trunk[side] + (sideways ? trunk.width : trunk.height) < digit[side]);
    assert.ok(digit[across] + digit[long] + 16 <= further[across], `${width}: room for a name`);
    assert.ok(digit[across] >= (sideways ? top - 1 : 0));
    assert.ok(further[across] + further[long] <= (sideways ? height : width) + 1);
    assert.ok(
      Math.abs((digit.pitchX ?? 0) - further.pitchX) < 1e-9 &&
        Math.abs(digit.pitchY - further.pitchY) < 1e-9,
      'circles of one size',
    );
  }
});

test('a network of one output stands as it did', () => {
  const layers = pictureLayers(ONE);
  assert.ok(layers.every(({ from }) => from === undefined));
  assert.equal(firstOutput(layers), 3);
});

test('keys lead from output to output, and from either back to the trunk', () => {
  for (const [width, on, back] of [
    [1200, 'ArrowDown', 'ArrowLeft'],
    [360, 'ArrowRight', 'ArrowUp'],
  ]) {
    const layout = layOut(pictureLayers(MODEL), { width, height: 520, rem: 16, ratio: 1, kit });
    assert.deepEqual(walk(layout, { layer: 'digit', index: 9 }, on), { layer: 'loops', index: 0 });
    assert.equal(walk(layout, { layer: 'loops', index: 1 }, back).layer, 'hidden2');
    assert.equal(walk(layout, { layer: 'loops', index: 1 }, 'PageUp').layer, 'hidden2');
    assert.equal(walk(layout, { layer: 'digit', index: 1 }, 'PageDown').layer, 'digit');
    assert.equal(walk(layout, { layer: 'hidden2', index: 1 }, 'PageDown').layer, 'digit');
  }
});

test('the scale of edges counts every output by what it reads', () => {
  const layers = pictureLayers(MODEL);
  layers[3].exposure = 100; // no layer reads the digit's output
  assert.equal(fullStrength(layers, WEIGHTS), 2); // 4 of the six weights, rounded down
});

test('outputs have names of their own, and the further answer is said in words', () => {
  const t = (key, values) => `${key} ${JSON.stringify(values ?? {})}`;
  assert.match(layerName('loops', t), /^layer\.loops/);
  assert.match(neuronName({ layer: 'digit', index: 3 }, t, MODEL), /^neuron\.output .*"digit":3/);
  assert.match(neuronName({ layer: 'loops', index: 2 }, t, MODEL), /^neuron\.loops\.2/);
  assert.equal(className(0, { layer: 'digit', index: 4 }, t), '4');
  assert.match(className(1, { layer: 'loops', index: 1 }, t), /^neuron\.short\.loops\.1/);
  const numbers = createNumbers('en');
  assert.match(
    furtherWords({ reading: READING, held: null }, 1, t, numbers),
    /^answer\.loops\.0 .*"sure":"70\.0%"/,
  );
  assert.equal(
    furtherWords({ reading: READING, held: { layer: 'hidden1', index: 0 } }, 1, t, numbers),
    '',
  );
});

test('an answer after some steps is worked out for every output', () => {
  const lstm = {
    name: 'lstm',
    kind: 'lstm',
    arithmetic: 'gates',
    shape: [3, 2],
    a: [1, 0, 0, 1, ...A],
    z: [],
  };
  const reading = { ...READING, layers: [lstm, ...READING.layers.slice(2)] };
  const weights = new Map([
    ...WEIGHTS,
    ['digit/W', { shape: [2, 10], data: new Float32Array(20) }],
    ['digit/b', { shape: [10], data: Float32Array.from({ length: 10 }, (_, i) => i) }],
  ]);
  const early = readUpTo(reading, weights, 1);
  assert.equal(early.prediction, 9);
  assert.equal(early.outputs[1].prediction, 2); // z = 1, −2, 3
  assert.deepEqual(early.layers.at(-1).z, [1, -2, 3]);
  assert.deepEqual(early.outputs[0].probabilities, early.probabilities);
});

test('the Python lines print every output', async () => {
  const state = {
    model: MODEL,
    models: [],
    reading: READING,
    edits: {},
    selected: null,
    row: null,
  };
  assert.match(
    await toPython(state),
    /print\(probabilities\[0\]\)\nprint\(shown\["loops"\]\["a"\]\[0\]\) {2}# loops/,
  );
});

test("a step tells each output's loss, and the mean that goes down", () => {
  const t = (key, values) => `${key} ${JSON.stringify(values ?? {})}`;
  const numbers = createNumbers('en');
  const one = {
    name: 'digit',
    label: 1,
    loss_name: 'cross_entropy',
    loss: 0.2,
    target: [],
    probabilities: [0, 0.82],
  };
  const two = {
    name: 'loops',
    label: 2,
    loss_name: 'cross_entropy',
    loss: 0.6,
    target: [],
    probabilities: [0, 0, 0.55],
  };
  const [first, second, mean] = lossWords({ loss: 0.4, outputs: [one, two] }, t, numbers).split(
    ' · ',
  );
  assert.match(first, /step\.cross_entropy .*"label":"1".*"loss":"0\.200"/);
  assert.match(second, /neuron\.short\.loops\.2.*"loss":"0\.600"/);
  assert.match(mean, /step\.mean .*"parts":"0\.200 \+ 0\.600","count":2,"loss":"0\.400"/);
  assert.match(lossWords({ loss: 0.2, outputs: [one] }, t, numbers), /^step\.cross_entropy [^·]*$/);
});

test('an edit shows what it does to the loops on the test set, too', () => {
  const model = { outputs: MODEL.outputs, accuracy: { mnist_test: 0.96, mnist_test_loops: 0.9 } };
  assert.deepEqual(furtherOf(model, null), [{ name: 'loops', before: 0.9, now: null }]);
  assert.deepEqual(furtherOf(model, { digit: 0.95, loops: 0.8 }), [
    { name: 'loops', before: 0.9, now: 0.8 },
  ]);
  assert.deepEqual(furtherOf({ outputs: MODEL.outputs, accuracy: {} }, { loops: 0.8 }), [
    { name: 'loops', before: null, now: 0.8 },
  ]);
  assert.deepEqual(furtherOf({ outputs: [{ name: 'digit' }], accuracy: {} }, {}), []);
});

test('the same digit is pointed at in a network whose first output has a name of its own', () => {
  assert.deepEqual(ofOwn(MODEL, { layer: 'output', index: 3 }), { layer: 'digit', index: 3 });
  assert.deepEqual(ofOwn(ONE, { layer: 'output', index: 3 }), { layer: 'digit', index: 3 });
  const hidden = { layer: 'hidden1', index: 3 };
  assert.equal(ofOwn(MODEL, hidden), hidden);
  assert.equal(ofOwn(MODEL, null), null);
});
