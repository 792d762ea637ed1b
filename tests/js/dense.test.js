import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseSafetensors } from '../../static/js/server/safetensors.js';
import { answer, bends, denseLayers, partsOf } from '../../static/js/draw/problems/houses/dense.js';

const file = readFileSync(new URL('../../nnviz/models/houses-mlp.safetensors', import.meta.url));
const weights = parseSafetensors(
  file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength),
);
const dense = (name, activation) => ({ name, arithmetic: 'sum', shape: [1], activation });
const model = {
  layers: [dense('hidden1', 'relu'), dense('hidden2', 'relu'), dense('output', 'linear')],
};
const HOUSE = [1.2, 1.4, 0.9, -0.1, 2.3, 0.8, 0.2, 1.6];
const POOR = [-0.9, -1.5, -1.7, 0.3, -0.6, -1.0, 0.2, -2.2];

/** The same by the definition: the mean slope over many places of the way, by differences. */
function parts(layers, x, places = 4000) {
  return x.map((value, i) => {
    let sum = 0;
    for (let k = 0; k < places; k++) {
      const at = x.map((each) => (each * (k + 0.5)) / places);
      const [up, down] = [1e-5, -1e-5].map((by) =>
        answer(
          layers,
          at.map((each, j) => (j === i ? each + by : each)),
        ),
      );
      sum += (up - down) / 2e-5;
    }
    return (value * sum) / places;
  });
}

for (const [name, x] of [
  ['dear', HOUSE],
  ['cheap', POOR],
]) {
  test(`the parts of a ${name} house add up, and are the mean slope times the value`, () => {
    const layers = denseLayers(model, weights);
    const found = partsOf(layers, x);
    const total = answer(layers, x) - answer(layers, new Array(8).fill(0));
    assert.ok(Math.abs(found.reduce((sum, each) => sum + each, 0) - total) < 1e-9);
    parts(layers, x).forEach((part, i) =>
      assert.ok(Math.abs(part - found[i]) < 2e-3, `${i}: ${part}, ${found[i]}`),
    );
    assert.ok(bends(layers, Float64Array.from(x)).length > 2);
  });
}

test('of a linear network each part is weight times input, and the way has no bend', () => {
  const layers = [{ W: [2, -3], b: [5], activation: 'linear' }];
  assert.deepEqual([...partsOf(layers, [1.5, 2])], [3, -6]);
  assert.deepEqual(bends(layers, Float64Array.from([1.5, 2])), [0, 1]);
  assert.equal(answer(layers, [1.5, 2]), 2);
});

test('a sum that is 0 at the average house, and one that never moves, end the way all the same', () => {
  const layers = [
    { W: [1, -1, 0], b: [0, 0, 0], activation: 'relu' },
    { W: [1, 1, 1], b: [0], activation: 'linear' },
  ];
  assert.deepEqual([...partsOf(layers, [2])], [2]);
  assert.deepEqual([...partsOf(layers, [-2])], [2]);
});

test('where the activation bends everywhere the parts add up nearly', () => {
  const layers = [
    { W: [1, -2, 0.5, 1], b: [0.1, 0.2], activation: 'tanh' },
    { W: [1.5, -1], b: [0.3], activation: 'linear' },
  ];
  const sum = partsOf(layers, [0.7, -1.2]).reduce((total, each) => total + each, 0);
  assert.ok(Math.abs(sum - (answer(layers, [0.7, -1.2]) - answer(layers, [0, 0]))) < 1e-4);
});

test('a network with other layers is none of those', () => {
  assert.equal(
    denseLayers(
      { layers: [{ name: 'lstm', arithmetic: 'gates', shape: [2, 1], activation: 'tanh' }] },
      weights,
    ),
    null,
  );
  assert.equal(denseLayers(model, null), null);
});
