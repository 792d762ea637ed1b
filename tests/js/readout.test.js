import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareOf, strongest } from '../../static/js/draw/readout/lines.js';
import { createNumbers } from '../../static/js/page/words.js';
import { outgoing, tellInput } from '../../static/js/draw/readout/units.js';

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

test('a share is one of all sizes', () => {
  assert.equal(shareOf([1, -3, 0], 1), 0.75);
});

/** What is told of an input without a layer that reads it whole. */
const told = (input, index, model = {}) =>
  tellInput(
    { reading: { input }, model: { layers: [{ name: 'conv1' }], ...model }, weights: null },
    { index },
    null,
    createNumbers('en'),
  );

test('an input is told with what made it: its grey, the column it stands in, or the step of a pen', () => {
  assert.deepEqual(told({ pixels: [0, 51] }, 1), { a: 0.2, formula: ['a', '=', '51', '/', '255'] });
  const features = [{ name: 'rooms', mean: 3.456, sd: 2 }];
  const house = told({ values: [0.5], features: { rooms: 4 } }, 0, { features });
  assert.deepEqual(house, { a: 0.5, formula: ['a', '≈', '(', '4', '−', '3.46', ')', '/', '2'] });
  const pen = told({ steps: [0, 0, 0, 0, 1, 0.25] }, 5);
  assert.deepEqual(pen, { a: 0.25, formula: ['x', '='] });
});
