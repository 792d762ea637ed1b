// The small networks that a reader trains: gradients of their losses, pixels turned over.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyOutputs } from '../../static/js/learn/widgets/blank.js';
import { turnedOver } from '../../static/js/learn/widgets/pixels.js';
import { forward, gradients, weightsOf } from '../../static/js/learn/widgets/deep.js';
import { answer, gradient, loss, step } from '../../static/js/learn/widgets/tiny.js';

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
