// The small networks that a reader trains: gradients of their losses, pixels turned over.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyOutputs } from '../../static/js/learn/widgets/blank.js';
import { onSigmoid, shiftOf } from '../../static/js/learn/widgets/squash.js';
import { turnedOver } from '../../static/js/learn/widgets/pixels.js';
import { slopeAt, surprise, tangentAt } from '../../static/js/learn/widgets/curves.js';
import {
  forward,
  gradients,
  reach,
  sizesAt,
  weightsOf,
} from '../../static/js/learn/widgets/deep.js';
import { placeIn } from '../../static/js/learn/widgets/plot.js';
import { multiplied } from '../../static/js/learn/widgets/products/signs.js';
import { answer, curveOf, gradient, loss, step } from '../../static/js/learn/widgets/tiny.js';

test('the small network: its gradient is that of its loss, and it can be learned', () => {
  const dials = { row: -1, column: 1, bias: 0.5 };
  const slope = gradient(dials);
  for (const name of ['row', 'column', 'bias']) {
    const h = 1e-5;
    const up = loss({ ...dials, [name]: dials[name] + h });
    const down = loss({ ...dials, [name]: dials[name] - h });
    assert.ok(Math.abs((up - down) / (2 * h) - slope[name]) < 1e-8, name);
  }
  assert.ok(loss(dials) > 0.3);
  let learned = dials;
  for (let i = 0; i < 60; i += 1) learned = step(learned, 3);
  assert.ok(loss(learned) < 0.3);
  assert.ok(answer(learned, [10, 11, 12, 13, 14]) > 0.8);
});

test('the deep network: its gradients are those of its loss', () => {
  const x = [0.5, 0, 1, 0.25];
  const label = 2;
  for (const kind of ['sigmoid', 'relu']) {
    const weights = weightsOf([4, 5, 5, 10], 3);
    const found = gradients(weights, x, label, kind);
    const value = () => -Math.log(forward(weights, x, kind).at(-1)[label]);
    weights.forEach((w, layer) => {
      for (const i of [0, 7, w.length - 1]) {
        const [kept, h] = [w[i], 1e-6];
        w[i] = kept + h;
        const up = value();
        w[i] = kept - h;
        const down = value();
        w[i] = kept;
        assert.ok(
          Math.abs((up - down) / (2 * h) - found[layer][i]) < 1e-6,
          `${kind} ${layer} ${i}`,
        );
      }
    });
  }
  assert.deepEqual(weightsOf([3, 2], 1), weightsOf([3, 2], 1));
});

test('a pixel that is turned over twice is what it was', () => {
  for (const first of [0, 100, 200, 255])
    assert.equal(turnedOver(turnedOver(first, first), first), first);
  assert.deepEqual([turnedOver(100, 100), turnedOver(200, 200)], [255, 0]);
});

test('the outputs for an empty picture follow from the biases, layer by layer', () => {
  const tensor = (/** @type {number[]} */ ...data) => ({
    data: Float32Array.from(data),
    shape: [],
  });
  const layers = [
    { name: 'hidden1', kind: 'dense', activation: 'relu' },
    { name: 'output', kind: 'dense', activation: 'softmax' },
  ];
  const weights = new Map([
    ['hidden1/W', tensor(9, 9, 9, 9)], // nothing comes in: they do not matter
    ['hidden1/b', tensor(0.5, -1)],
    ['output/W', tensor(2, 0, 5, 5)],
    ['output/b', tensor(0, 1)],
  ]);
  const state = /** @type {any} */ ({ model: { layers }, weights });
  assert.deepEqual(emptyOutputs(state), [0.5, 0.5]); // z = 0.5 · 2 + 0 and 0.5 · 0 + 1
  weights.set('output/b', tensor(Math.log(3), 1));
  const [three, one] = emptyOutputs(state) ?? [];
  assert.ok(Math.abs(three / one - 3) < 1e-5 && Math.abs(three + one - 1) < 1e-9);
  const other = { ...layers[0], kind: 'conv2d' };
  assert.equal(emptyOutputs(/** @type {any} */ ({ ...state, model: { layers: [other] } })), null);
  assert.equal(emptyOutputs({ ...state, weights: null }), null);
});

test('the curve of the loss begins where the dials stood, and its axes hold all of it', () => {
  const { x, y, points } = curveOf([1.2, 3.5, 0.2]);
  assert.deepEqual(points, [
    [0, 1.2],
    [1, 3.5],
    [2, 0.2],
  ]);
  assert.ok(y.to >= 3.5 && x.to >= 60);
  assert.deepEqual(x.ticks, [0, 20, 40, 60]);
  assert.ok(curveOf(Array(401).fill(1)).x.to === 400);
});

test('a bar of the gradients is a sixth shorter where it is ten times smaller', () => {
  assert.equal(reach(1, 1), 100);
  assert.ok(Math.abs(reach(0.001, 1) - 50) < 1e-9);
  assert.equal(reach(1e-12, 1), 1); // still to be seen
});

test('the sigmoids of five layers leave hidden 2 a smaller gradient than the output', () => {
  const sizes = sizesAt(5, Array(784).fill(0.5), 7);
  assert.deepEqual([sizes.sigmoid.length, sizes.relu.length], [5, 5]); // hidden 2 to 5, and the output
  assert.ok(sizes.sigmoid[4] / sizes.sigmoid[0] > 50);
  assert.ok(sizes.relu[4] / sizes.relu[0] < 10);
});

test('the loss and the slope that are drawn are those of their formulas', () => {
  assert.ok(Math.abs(surprise(0.5) - Math.LN2) < 1e-12);
  assert.equal(slopeAt(0), 0.25);
  const h = 1e-6;
  for (const z of [-2, 0.845]) {
    const sigmoid = (at) => 1 / (1 + Math.exp(-at));
    assert.ok(Math.abs((sigmoid(z + h) - sigmoid(z - h)) / (2 * h) - slopeAt(z)) < 1e-8);
    const [[x0, y0], [x1, y1]] = tangentAt(z);
    assert.ok(Math.abs((y1 - y0) / (x1 - x0) - slopeAt(z)) < 1e-12);
    assert.ok(Math.abs((y0 + y1) / 2 - sigmoid(z)) < 1e-12); // it touches the curve
  }
});

test('a place lies where its axes say, and at the edge where it is outside', () => {
  const axis = { from: 0, to: 2, ticks: [], name: '' };
  const place = placeIn({ x: axis, y: axis, curves: [] });
  const [[left, low], [right, high], middle] = [place([0, 0]), place([2, 2]), place([1, 1])];
  assert.deepEqual(middle, [(left + right) / 2, (low + high) / 2]);
  assert.ok(left < right && high < low);
  assert.deepEqual(place([-5, 9]), [left, high]);
});

test('a neuron is on the sigmoid where its layer has one; a bias was moved by its edits', () => {
  const model = {
    id: 'm',
    layers: [
      { name: 'hidden1', activation: 'sigmoid' },
      { name: 'output', activation: 'softmax' },
    ],
  };
  const unit = { layer: 'hidden1', index: 5 };
  const edits = {
    m: [
      { kind: 'bias', layer: 'hidden1', unit: 5, shift: -3 },
      { kind: 'bias', layer: 'hidden1', unit: 4, shift: 7 },
      { kind: 'scale', layer: 'hidden1', unit: 5, factor: 2 },
    ],
  };
  const state = /** @type {any} */ ({ model, edits, hovered: null, selected: unit });
  assert.deepEqual(onSigmoid(state), unit);
  assert.equal(onSigmoid({ ...state, hovered: { layer: 'output', index: 1 } }), null);
  assert.equal(onSigmoid(null), null);
  assert.deepEqual([shiftOf(state, unit), shiftOf({ ...state, edits: {} }, unit)], [-3, 0]);
});

test('two factors give their product as all three are written, with no more decimals than it takes', () => {
  assert.deepEqual(multiplied(0.99, -0.23), ['0.99', '−0.23', '−0.23']);
  assert.deepEqual(multiplied(0, -0.3), ['0.00', '−0.30', '0.00']);
  assert.deepEqual(multiplied(0.996, 1.558), ['0.996', '1.558', '1.55']);
  for (let k = 0; k <= 255; k += 1) {
    const [ink, weight, product] = multiplied(k / 255, 1.5573);
    assert.equal((Number(ink) * Number(weight)).toFixed(2), product, String(k));
  }
});
