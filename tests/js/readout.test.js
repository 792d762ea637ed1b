import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strongest } from '../../static/js/readout.js';

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
