// Filters that slide, examples that are sorted, neurons that are on: what the widgets of the last chapters work out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  apart,
  bestOf,
  filtersOf,
  mapOf,
  nearness,
  sumAt,
} from '../../static/js/learn/widgets/kinds/filter.js';
import { SORTINGS, sorted } from '../../static/js/learn/widgets/kinds/sort.js';
import { mostGained } from '../../static/js/learn/widgets/neurons/rivals.js';
import { reachOf, rectified } from '../../static/js/learn/widgets/rectify.js';

const SIDE = 28;

test('a filter is read off W as (rows, columns, channels, filters), and slides over the picture', () => {
  const data = Float32Array.from({ length: 18 }, (_, i) => i); // 3 x 3, one channel, two filters
  const weights = new Map([
    ['conv1/W', { data, shape: [3, 3, 1, 2] }],
    ['conv1/b', { data: Float32Array.of(0.5, -1000), shape: [2] }],
  ]);
  const [first, second] = filtersOf(weights, 'conv1');
  assert.deepEqual([...first.weights], [0, 2, 4, 6, 8, 10, 12, 14, 16]);
  assert.equal(first.bias, 0.5);
  const pixels = Array(SIDE * SIDE).fill(0);
  pixels[5 * SIDE + 7] = 1;
  assert.equal(sumAt(first, pixels, 5 * SIDE + 7), 8.5); // the middle weight
  assert.equal(sumAt(first, pixels, 4 * SIDE + 6), 16.5); // the picture is below and to the right
  assert.equal(sumAt(first, pixels, 0), 0.5);
  const corner = Array(SIDE * SIDE).fill(1);
  assert.equal(sumAt(first, corner, 0), 0.5 + 8 + 10 + 14 + 16); // beyond the edge is paper
  assert.ok(mapOf(second, pixels).every((value) => value === 0)); // the ReLU
  assert.equal(filtersOf(new Map(), 'conv1'), null);
});

test('a guess is as far off as the brightest place is, whichever of several', () => {
  const map = new Float64Array(SIDE * SIDE);
  map[3 * SIDE + 3] = map[20 * SIDE + 20] = 2;
  assert.equal(nearness(map, 3 * SIDE + 5), 2);
  assert.equal(nearness(map, 21 * SIDE + 20), 1);
  assert.equal(bestOf(map, 3 * SIDE + 5), 3 * SIDE + 3);
  assert.equal(bestOf(map, 21 * SIDE + 20), 20 * SIDE + 20);
  assert.equal(apart(0, 27), 27);
  assert.equal(apart(27, 28), 27); // the end of one row and the start of the next
});

test('nine kinds of data and six tasks are sorted, and counted where they belong', () => {
  const [data, kinds] = SORTINGS;
  assert.deepEqual(
    [data, kinds].map(({ right }) => Object.keys(right).length),
    [9, 6],
  );
  for (const { groups, right } of SORTINGS)
    assert.deepEqual(new Set(Object.values(right)), new Set(groups)); // none is left out
  assert.equal(sorted(kinds, {}), 0);
  assert.equal(sorted(kinds, { house: 'standard', speech: 'convolutional' }), 1);
  assert.equal(sorted(data, data.right), 9);
});

test('ReLU is off below 0; its axes reach as far as the neuron', () => {
  assert.deepEqual([rectified(-3), rectified(2.5)], [0, 2.5]);
  assert.deepEqual([reachOf(0), reachOf(-5), reachOf(9.6)], [6, 6, 12]);
  assert.equal(mostGained([0.9, 0.8, 0.7], [0.95, 0.95, 0.6]), 1);
});
