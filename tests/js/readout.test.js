import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outgoing } from '../../static/js/state/contributions.js';
import { strongest } from '../../static/js/draw/readout/lines.js';

test('the largest by size come first, whatever their sign; zeros do not count', () => {
  assert.deepEqual(strongest([0.1, -3, 0, 2, -0.5], 3), [1, 3, 4]);
  assert.deepEqual(strongest([0, 0], 3), []);
  assert.deepEqual(strongest([1, -1, 1], 2), [0, 1]);
});

test('it chooses as sorting would', () => {
  const values = Array.from({ length: 784 }, (_, i) => Math.sin(i * i));
  const sorted = [...values.keys()].sort((i, j) => Math.abs(values[j]) - Math.abs(values[i]));
  assert.deepEqual(strongest(values, 6), sorted.slice(0, 6));
});

test('a pixel gives each neuron of the first layer its weight times its grey', () => {
  const kernel = { shape: [784, 2], data: new Float32Array(1568).fill(0.5) };
  kernel.data.set([2, -4], 2 * 10);
  const state = {
    model: { layers: [{ name: 'hidden1' }, { name: 'output' }] },
    reading: { input: { pixels: Array(784).fill(51) } },
    weights: new Map([['hidden1/W', kernel]]),
  };
  const { target, weights, sources, contributions } = outgoing(state, 10);
  assert.equal(target, 'hidden1');
  assert.deepEqual([...weights], [2, -4]);
  assert.deepEqual([...sources], [0.2, 0.2]);
  assert.deepEqual([...contributions], [0.4, -0.8]);
  assert.equal(outgoing({ ...state, weights: null }, 10), null);
});
