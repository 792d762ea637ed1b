import assert from 'node:assert/strict';
import { test } from 'node:test';
import { denseKernel, incoming } from '../../static/js/state/contributions.js';
import { fullStrength, roundDown } from '../../static/js/views/network/scale.js';
import { createEvenSelector, createSelector } from '../../static/js/views/network/strongest.js';

/** Numbers that look random and are the same every time. */
function createNoise(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The sizes that sorting everything would choose, largest first. */
function sorted({ shape: [inputs, units], data }, a, most) {
  const all = [];
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < units; j++) all.push(Math.abs(Math.fround(data[i * units + j] * a[i])));
  }
  const total = all.reduce((sum, size) => sum + size, 0);
  const chosen = all
    .sort((p, q) => q - p)
    .slice(0, most)
    .filter((size) => size > 0);
  return { chosen, share: total ? chosen.reduce((sum, size) => sum + size, 0) / total : 0 };
}

function sizes(edges) {
  return [...edges.value.subarray(0, edges.count)].map(Math.abs).sort((p, q) => q - p);
}

test('the strongest edges are those that sorting all of them finds', () => {
  const noise = createNoise(1);
  const select = createSelector(400);
  for (let round = 0; round < 300; round++) {
    const [inputs, units] = [1 + Math.floor(noise() * 30), 1 + Math.floor(noise() * 20)];
    const grain = round % 3 ? 1e6 : 2; // every third: many edges of equal size
    const data = Float32Array.from(
      { length: inputs * units },
      () => Math.round((2 * noise() - 1) * grain) / grain,
    );
    const a = Array.from({ length: inputs }, () => (noise() < 0.4 ? 0 : Math.fround(noise() * 3)));
    const most = Math.floor(noise() * 60);
    const edges = select({ shape: [inputs, units], data }, a, most);
    const wanted = sorted({ shape: [inputs, units], data }, a, most);
    assert.deepEqual(sizes(edges), wanted.chosen);
    assert.ok(Math.abs(edges.share - wanted.share) < 1e-5);
    assert.equal(edges.total, inputs * units);
    for (let k = 0; k < edges.count; k++) {
      const weight = data[edges.from[k] * units + edges.to[k]];
      assert.equal(edges.value[k], Math.fround(weight * a[edges.from[k]]));
    }
  }
});

const KERNEL = { shape: [3, 2], data: Float32Array.of(1, -2, 3, 4, -5, 6) };

test('the edges into one neuron or out of one source are chosen alone', () => {
  const select = createSelector(10);
  const into = select(KERNEL, [1, 0, 2], 10, { to: 1 });
  assert.deepEqual([...into.value.subarray(0, into.count)], [-2, 12]);
  assert.deepEqual([...into.from.subarray(0, into.count)], [0, 2]);
  assert.equal(into.total, 3);
  const out = select(KERNEL, [1, 0, 2], 10, { from: 2 });
  assert.deepEqual([...out.value.subarray(0, out.count)], [-10, 12]);
  assert.deepEqual([...out.to.subarray(0, out.count)], [0, 1]);
  assert.equal(out.share, 1);
});

test('a network at rest and a count of nothing have no edges', () => {
  const select = createSelector(10);
  const rest = select(KERNEL, [0, 0, 0], 10);
  assert.equal(rest.count, 0);
  assert.equal(rest.share, 0);
  assert.equal(select(KERNEL, [1, 1, 1], 0).count, 0);
});

test('no more edges are chosen than there is room for', () => {
  assert.deepEqual(sizes(createSelector(2)(KERNEL, [1, 1, 1], 99)), [6, 5]);
});

test('the scale is a round number of the model: weights and exposures alone', () => {
  assert.deepEqual([0.04, 1, 4.99, 5, 6.66, 15.8, 20].map(roundDown), [0.02, 1, 2, 5, 5, 10, 20]);
  const layers = [
    { name: 'input', count: 1, exposure: 1 },
    { name: 'hidden1', count: 2, exposure: 4 },
    { name: 'output', count: 1, exposure: 1 },
  ];
  const weights = new Map([
    ['hidden1/W', { shape: [1, 2], data: Float32Array.of(3, -0.5) }],
    ['output/W', { shape: [2, 1], data: Float32Array.of(-1.5, 1.5) }],
  ]);
  assert.equal(fullStrength(layers, weights), 5); // 1.5 x 4, rounded down
  assert.equal(fullStrength(layers, new Map()), 1);
});

test('all that reaches a neuron adds up: Σ w·a + b', () => {
  const state = {
    model: { layers: [{ name: 'output' }] },
    reading: { input: { pixels: [255, 0, 51] }, layers: [] },
    weights: new Map([
      ['output/W', KERNEL],
      ['output/b', { shape: [2], data: Float32Array.of(0.5, -0.25) }],
    ]),
  };
  const parts = incoming(state, { layer: 'output', index: 1 });
  assert.deepEqual([...parts.weights], [-2, 4, 6]);
  assert.ok(Math.abs(parts.sum - (-2 + 6 * 0.2)) < 1e-6);
  assert.equal(parts.bias, -0.25);
  assert.equal(incoming({ ...state, weights: null }, { layer: 'output', index: 1 }), null);
});

test('only a matrix that fits its sources is taken for dense weights', () => {
  const weights = new Map([
    ['dense/W', KERNEL],
    ['conv/W', { shape: [3, 3, 1, 8], data: new Float32Array(72) }],
  ]);
  assert.equal(denseKernel(weights, 'dense', 3), KERNEL);
  assert.equal(denseKernel(weights, 'dense', 784), null);
  assert.equal(denseKernel(weights, 'conv', 3), null);
  assert.equal(denseKernel(null, 'dense', 3), null);
});

test('evenly: every neuron gets the strongest of its own, the first what is left over', () => {
  const random = createNoise(5);
  const kernel = {
    shape: [40, 10],
    data: Float32Array.from({ length: 400 }, () => random() - 0.5),
  };
  for (let i = 0; i < 40; i++) kernel.data[i * 10 + 4] *= 20; // crowds out all others by size
  const a = Array.from({ length: 40 }, () => random());
  const even = createEvenSelector(100);
  const neurons = [7, 0, 1, 2, 3, 4, 5, 6, 8, 9];
  const found = even(kernel, a, 53, neurons);
  const drawn = Array.from({ length: 10 }, () => []);
  for (let k = 0; k < found.count; k++) drawn[found.to[k]].push(found.from[k]);
  assert.deepEqual(
    drawn.map(({ length }) => length),
    [5, 5, 5, 5, 5, 5, 5, 8, 5, 5],
  );
  const size = (i, unit) => Math.abs(Math.fround(kernel.data[i * 10 + unit] * a[i]));
  let carried = 0;
  for (let unit = 0; unit < 10; unit++) {
    const best = Array.from(a.keys()).sort((i, j) => size(j, unit) - size(i, unit));
    assert.deepEqual(
      drawn[unit],
      best.slice(0, drawn[unit].length).sort((i, j) => i - j),
    );
    for (const i of drawn[unit]) carried += size(i, unit);
  }
  const sum = Array.from(a.keys()).reduce(
    (all, i) => all + neurons.reduce((part, unit) => part + size(i, unit), 0),
    0,
  );
  assert.ok(Math.abs(found.share - carried / sum) < 1e-6);
  assert.equal(found.total, 400);
});

test('evenly between two neurons: nobody else gets an edge', () => {
  const kernel = { shape: [3, 4], data: Float32Array.from({ length: 12 }, (_, i) => i + 1) };
  const found = createEvenSelector(20)(kernel, [1, 1, 1], 20, [3, 1]);
  assert.deepEqual([...found.to.subarray(0, found.count)], [3, 3, 3, 1, 1, 1]);
  assert.equal(found.share, 1);
});
