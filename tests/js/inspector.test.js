import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FUNCTIONS, reachOf } from '../../static/js/draw/inspector/curve.js';
import { rangeOf, unitSeries } from '../../static/js/draw/inspector/gates.js';
import { cellsOf, summed, weightScale } from '../../static/js/draw/inspector/summed.js';
import { cellOf, extentOf, squareOf } from '../../static/js/views/pictures.js';
import { power } from '../../static/js/draw/inspector/softmax.js';
import { listed } from '../../static/js/draw/inspector/terms.js';

test('contributions are listed by size or by place, all of them or those of one sign', () => {
  const values = [0.5, 0, -2, 1, -0.25];
  assert.deepEqual(listed(values, 'size', 'all'), [2, 3, 0, 4, 1]);
  assert.deepEqual(listed(values, 'size', 'counts'), [2, 3, 0, 4]);
  assert.deepEqual(listed(values, 'place', 'all'), [0, 1, 2, 3, 4]);
  assert.deepEqual(listed(values, 'place', 'raises'), [0, 3]);
  assert.deepEqual(listed(values, 'size', 'lowers'), [2, 4]);
});

test('cells: an image as it is, maps beside one another, a plain layer as a square', () => {
  assert.deepEqual(cellOf({ rows: 28, columns: 28, maps: 1 }, 29), { x: 1, y: 1 });
  const maps = { rows: 5, columns: 5, maps: 8 };
  assert.deepEqual(cellOf(maps, 0), { x: 0, y: 0 });
  assert.deepEqual(cellOf(maps, 3), { x: 0, y: 6 }); // three maps in a line
  assert.deepEqual(cellOf(maps, 8 * 6 + 1), { x: 6 + 1, y: 1 }); // map 1, row 1, column 1
  assert.deepEqual(extentOf(maps), { wide: 17, high: 17 });
  assert.deepEqual(squareOf(16), { rows: 4, columns: 4, maps: 1 });
  assert.deepEqual(squareOf(10), { rows: 3, columns: 4, maps: 1 });
  const places = Array.from({ length: 200 }, (_, i) => JSON.stringify(cellOf(maps, i)));
  assert.equal(new Set(places).size, 200); // no two in one cell
});

test('the pictures follow what the neuron reads', () => {
  const window = { size: [5, 5], strides: [1, 1], before: [2, 2] };
  const model = {
    layers: [
      {
        name: 'conv1',
        kind: 'conv2d',
        arithmetic: 'sum',
        input_shape: [28, 28, 1],
        shape: [28, 28, 8],
        window,
      },
      {
        name: 'pool1',
        kind: 'max_pooling2d',
        arithmetic: 'pool',
        shape: [14, 14, 8],
        window: null,
      },
      { name: 'output', kind: 'dense', arithmetic: 'sum', shape: [10], window: null },
    ],
  };
  assert.deepEqual(cellsOf(model, { layer: 'output', index: 1 }, 1568), {
    rows: 14,
    columns: 14,
    maps: 8,
  });
  assert.deepEqual(cellsOf(model, { layer: 'conv1', index: 0 }, 9), {
    rows: 3,
    columns: 3,
    maps: 1,
  });
  const dense = {
    layers: [{ name: 'hidden1', kind: 'dense', arithmetic: 'sum', shape: [16], window: null }],
  };
  assert.deepEqual(cellsOf(dense, { layer: 'hidden1', index: 0 }, 784), {
    rows: 28,
    columns: 28,
    maps: 1,
  });
});

test('full colour is nearly the largest weight, whatever its sign', () => {
  assert.equal(weightScale(Array.from({ length: 1000 }, (_, i) => (i % 2 ? i : -i))), 994);
  assert.equal(weightScale([0, 0]), 1);
});

test('the curve is the activation’s, and its axis reaches as far as z', () => {
  assert.equal(FUNCTIONS.sigmoid(0), 0.5);
  assert.equal(FUNCTIONS.relu(-3), 0);
  assert.deepEqual([0, 5.9, -6.1, 13].map(reachOf), [6, 6, 12, 24]);
});

test('a unit’s gates are taken step by step from between the others', () => {
  const numbers = (start) => Array.from({ length: 6 }, (_, i) => start + i);
  const gates = { i: numbers(0), f: numbers(10), g: numbers(20), o: numbers(30) };
  const layer = { shape: [3, 2], gates, z: numbers(40), a: numbers(50) };
  assert.deepEqual(unitSeries(layer, 1), {
    i: [1, 3, 5],
    f: [11, 13, 15],
    g: [21, 23, 25],
    o: [31, 33, 35],
    c: [41, 43, 45],
    h: [51, 53, 55],
  });
  assert.deepEqual(rangeOf('i', [0.2]), [0, 1]);
  assert.deepEqual(rangeOf('g', [0.2]), [-1, 1]);
  assert.deepEqual(rangeOf('c', [0.2, -3.4]), [-4, 4]);
});

test('powers keep some digits, however large or small they are', () => {
  assert.equal(power(21.514), '21.51');
  assert.equal(power(0.00037871), '3.79 × 10⁻⁴');
  assert.equal(power(67360.4), '6.74 × 10⁴');
  assert.equal(power(1.2e-11), '1.20 × 10⁻¹¹');
});

/** A network of two layers, and what a reading of it holds. */
function small({ features = [], arithmetic = 'sum', learned = null } = {}) {
  const layers = [
    { name: 'hidden1', kind: 'dense', arithmetic, shape: [2], window: null, exposure: 4 },
    { name: 'output', kind: 'dense', arithmetic: 'sum', shape: [1], window: null, exposure: 1 },
  ];
  const weights = new Map([
    ['hidden1/W', { shape: [4, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) }],
    ['hidden1/b', { shape: [2], data: Float32Array.of(0.5, -0.5) }],
    ['output/W', { shape: [2, 1], data: Float32Array.of(-3, 2) }],
    ['output/b', { shape: [1], data: Float32Array.of(0) }],
  ]);
  const read = [
    { ...layers[0], activation: 'relu', a: [1, 2], z: [1, 2] },
    { ...layers[1], activation: 'linear', a: [1], z: [1] },
  ];
  const input = { shape: [4], pixels: [0, 51, 102, 255] };
  const model = { id: 'm', input_shape: [4], features, layers, outputs: [{ kind: 'number' }] };
  return { model, weights, learned, reading: { input, layers: read } };
}

test('a sum over pixels is an image of ink, a sum over a table is a row with signs', () => {
  const ofPixels = summed(small(), { layer: 'hidden1', index: 0 }, weightScale);
  assert.deepEqual(
    [ofPixels.source, ofPixels.isImage, ofPixels.signed, ofPixels.exposure],
    ['input', true, false, 1],
  );
  assert.deepEqual([...ofPixels.all.weights], [1, 3, 5, 7]);
  const table = small({ features: [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }] });
  const ofTable = summed(table, { layer: 'hidden1', index: 0 }, weightScale);
  assert.deepEqual([ofTable.isImage, ofTable.signed, ofTable.exposure], [false, true, 3]);
});

test('a later sum reads a layer up to its exposure, and full colour is that of what was learned', () => {
  const page = small();
  const output = { layer: 'output', index: 0 };
  const plain = summed(page, output, weightScale);
  assert.deepEqual([plain.source, plain.exposure, plain.isImage], ['hidden1', 4, false]);
  assert.equal(plain.most, weightScale([-3, 2]));
  const learned = new Map([['output/W', { shape: [2, 1], data: Float32Array.of(9, 9) }]]);
  assert.equal(summed({ ...page, learned }, output, weightScale).most, 9);
  assert.equal(summed({ ...page, weights: null }, output, weightScale), null); // on their way
});
