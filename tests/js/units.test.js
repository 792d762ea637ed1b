import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldName, neuronName, shortLayerName, shortName } from '../../static/js/state/names.js';
import { firstRead, incoming, pooled } from '../../static/js/state/contributions.js';
import { createUpTo, readUpTo, stepsOf } from '../../static/js/state/steps.js';
import {
  fieldNow,
  fieldOf,
  isPictured,
  layerBefore,
  placeOf,
  windowOf,
} from '../../static/js/state/units.js';

const t = (key, values = {}) => `${key} ${JSON.stringify(values)}`;
const convolution = {
  name: 'conv1',
  kind: 'conv2d',
  arithmetic: 'sum',
  input_shape: [28, 28, 1],
  shape: [28, 28, 2],
  window: { size: [3, 3], strides: [1, 1], before: [1, 1] },
  receptive_field: { size: [3, 3], stride: [1, 1], start: [-1, -1], from_first: false },
};
const pooling = {
  name: 'pool1',
  kind: 'max_pooling2d',
  arithmetic: 'pool',
  input_shape: [28, 28, 2],
  shape: [14, 14, 2],
  window: { size: [2, 2], strides: [2, 2], before: [0, 0] },
  receptive_field: { size: [4, 4], stride: [2, 2], start: [-1, -1], from_first: false },
};
const flatten = {
  name: 'flatten',
  kind: 'flatten',
  arithmetic: 'none',
  shape: [392],
  window: null,
};
const output = {
  name: 'output',
  kind: 'dense',
  arithmetic: 'sum',
  shape: [10],
  window: null,
  receptive_field: null,
};
const cnn = { layers: [convolution, pooling, flatten, output] };
const memory = {
  name: 'lstm',
  kind: 'lstm',
  arithmetic: 'gates',
  input_shape: [28, 28],
  shape: [28, 3],
  window: null,
  receptive_field: { size: [1, 28], stride: [1, 0], start: [0, 0], from_first: true },
};
const lstm = { layers: [memory, output] };
const at = (row, column, map) => (row * 28 + column) * 2 + map;

test('a unit of a map has a row, a column and a map; one of a sequence a row and a place', () => {
  assert.deepEqual(placeOf([28, 28, 2], at(4, 9, 1)), { row: 4, column: 9, map: 1 });
  assert.deepEqual(placeOf([28, 64], 2 * 64 + 5), { row: 2, column: 0, map: 5 });
  assert.deepEqual(placeOf([10], 7), { row: 7, column: 0, map: 0 });
});

test('who sees all sees only the rows up to the one under the slider', () => {
  const whole = { layer: 'output', index: 1 };
  assert.equal(fieldNow({ model: lstm, row: null }, whole), null);
  assert.deepEqual(fieldNow({ model: { ...lstm, input_shape: [48, 5] }, row: 12 }, whole), {
    top: 0,
    left: 0,
    bottom: 11,
    right: 4,
  });
  const own = { layer: 'lstm', index: 2 * 3 };
  assert.deepEqual(fieldNow({ model: lstm, row: 1 }, own), fieldOf(lstm, own));
});

test('what a unit sees is cut off at the edge of the image', () => {
  const inside = { layer: 'conv1', index: at(4, 9, 1) };
  assert.deepEqual(fieldOf(cnn, inside), { top: 3, left: 8, bottom: 5, right: 10 });
  const corner = { layer: 'conv1', index: at(0, 27, 0) };
  assert.deepEqual(fieldOf(cnn, corner), { top: 0, left: 26, bottom: 1, right: 27 });
  const later = { layer: 'pool1', index: (1 * 14 + 2) * 2 };
  assert.deepEqual(fieldOf(cnn, later), { top: 1, left: 3, bottom: 4, right: 6 });
  assert.deepEqual(windowOf(cnn, later), { top: 2, left: 4, bottom: 3, right: 5 });
  assert.equal(fieldOf(cnn, { layer: 'output', index: 1 }), null);
  assert.equal(windowOf(cnn, { layer: 'output', index: 1 }), null);
});

test('a recurrent unit sees all rows up to its own; a pixel sees itself', () => {
  const unit = { layer: 'lstm', index: 4 * 3 + 1 };
  assert.deepEqual(fieldOf(lstm, unit), { top: 0, left: 0, bottom: 4, right: 27 });
  assert.deepEqual(fieldOf(lstm, { layer: 'input', index: 29 }), {
    top: 1,
    left: 1,
    bottom: 1,
    right: 1,
  });
});

test('what a unit sees is said in words, counted from one', () => {
  assert.equal(fieldName(null, t), t('field.all'));
  assert.equal(
    fieldName({ top: 0, left: 0, bottom: 4, right: 27 }, t),
    t('field.rows', { top: 1, bottom: 5, left: 1, right: 28 }),
  );
  assert.match(
    fieldName({ top: 3, left: 8, bottom: 5, right: 10 }, t),
    /^field\.part .*"left":9,"right":11/,
  );
});

test('units are named by map and place, or by row and unit', () => {
  const values = { row: 5, column: 10, map: 2 };
  const neuron = { layer: 'conv1', index: at(4, 9, 1) };
  const layer = t('layer.conv', { number: '1' });
  assert.equal(neuronName(neuron, t, cnn), t('neuron.map', { layer, ...values }));
  assert.equal(shortName(neuron, t, cnn), t('neuron.short.map', values));
  assert.match(
    neuronName({ layer: 'lstm', index: 4 }, t, lstm),
    /^neuron\.step .*"row":2.*"map":2/,
  );
  assert.equal(shortLayerName('pool2', t), t('layer.short.pool', { number: '2' }));
  assert.equal(shortLayerName('output', t), t('layer.output'));
});

test('layers that only pass values on are not pictured and read by nobody', () => {
  assert.deepEqual(cnn.layers.map(isPictured), [true, true, false, true]);
  assert.equal(layerBefore(cnn, 'output'), pooling);
  assert.equal(layerBefore(cnn, 'conv1'), undefined);
});

test('all that reaches a unit of a map: its window, weight by weight', () => {
  const pixels = Array.from({ length: 784 }, (_, i) => (i * 7) % 256);
  const kernel = { shape: [3, 3, 1, 2], data: Float32Array.from({ length: 18 }, (_, i) => i - 8) };
  const bias = { shape: [2], data: Float32Array.of(0.5, -1) };
  const state = {
    model: cnn,
    reading: { input: { pixels }, layers: [] },
    weights: new Map([
      ['conv1/W', kernel],
      ['conv1/b', bias],
    ]),
  };
  for (const [row, column] of [
    [4, 9],
    [0, 27],
    [27, 0],
  ]) {
    let expected = 0;
    let count = 0;
    for (let i = -1; i <= 1; i++) {
      for (let j = -1; j <= 1; j++) {
        const [y, x] = [row + i, column + j];
        if (y < 0 || y > 27 || x < 0 || x > 27) continue;
        expected += (pixels[y * 28 + x] / 255) * kernel.data[((i + 1) * 3 + j + 1) * 2 + 1];
        count++;
      }
    }
    const found = incoming(state, { layer: 'conv1', index: at(row, column, 1) });
    assert.equal(found.contributions.length, count);
    assert.ok(Math.abs(found.sum - expected) < 1e-5);
    assert.equal(found.bias, -1);
    found.at.forEach((place, i) => {
      assert.ok(Math.abs(found.sources[i] - pixels[place] / 255) < 1e-6);
    });
  }
});

test('a pooling unit takes the values of its window, in its own map', () => {
  const a = Array.from({ length: 28 * 28 * 2 }, (_, i) => i);
  const state = { model: cnn, reading: { layers: [{ name: 'conv1', a }] } };
  const { at: places, values } = pooled(state, { layer: 'pool1', index: (1 * 14 + 2) * 2 + 1 });
  assert.deepEqual(places, [at(2, 4, 1), at(2, 5, 1), at(3, 4, 1), at(3, 5, 1)]);
  assert.deepEqual(values, places);
});

const a = Array.from({ length: 28 * 3 }, (_, i) => Math.sin(i));
const weights = new Map([
  ['output/W', { shape: [3, 10], data: Float32Array.from({ length: 30 }, (_, i) => Math.cos(i)) }],
  ['output/b', { shape: [10], data: Float32Array.from({ length: 10 }, (_, i) => i / 10) }],
]);
const reading = {
  layers: [
    { name: 'lstm', shape: [28, 3], a, z: a },
    { name: 'output', shape: [10], a: Array(10).fill(0.1), z: Array(10).fill(0) },
  ],
  probabilities: Array(10).fill(0.1),
  prediction: 0,
};

test('an output reads the state of the last row, or of the row that is asked for', () => {
  assert.equal(firstRead(memory, null), 27 * 3);
  assert.equal(firstRead(memory, 5), 4 * 3);
  assert.equal(firstRead(output, 5), 0);
  const state = { model: lstm, reading, weights, row: 5 };
  const found = incoming(state, { layer: 'output', index: 2 });
  assert.deepEqual([...found.at], [12, 13, 14]);
  const early = readUpTo(reading, weights, 5);
  assert.ok(Math.abs(found.sum + found.bias - early.layers[1].z[2]) < 1e-6);
});

test('a reading up to a row is the softmax of what that row’s state gives', () => {
  assert.equal(stepsOf(reading), 28);
  const early = readUpTo(reading, weights, 5);
  const kernel = weights.get('output/W').data;
  const z = Array.from({ length: 10 }, (_, unit) =>
    [0, 1, 2].reduce((sum, i) => sum + a[12 + i] * kernel[i * 10 + unit], Math.fround(unit / 10)),
  );
  const powers = z.map(Math.exp);
  const total = powers.reduce((x, y) => x + y);
  early.probabilities.forEach((p, i) => assert.ok(Math.abs(p - powers[i] / total) < 1e-6));
  assert.equal(early.prediction, z.indexOf(Math.max(...z)));
  assert.equal(early.layers[0], reading.layers[0]);
  assert.equal(readUpTo(reading, weights, 28), reading);
  const blank = { ...reading, prediction: null };
  assert.equal(readUpTo(blank, weights, 5), blank, 'nothing drawn has no answer at any row');
});

test('the same reading up to the same row is made once, and a whole one is itself', () => {
  const upTo = createUpTo();
  assert.equal(upTo(reading, weights, null), reading);
  assert.equal(upTo(reading, null, 5), reading);
  assert.equal(upTo(null, weights, 5), null);
  const first = upTo(reading, weights, 5);
  assert.equal(upTo(reading, weights, 5), first);
  assert.notEqual(upTo(reading, weights, 6), first);
});
