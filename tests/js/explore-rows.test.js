import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as rows from '../../static/js/explore/figures/rows.js';

const t = (key, values = {}) => [key, ...Object.values(values)].join(' ');
const percent = (share) => `${(100 * share).toFixed(1)}%`;
const numbers = { percent, probability: percent, whole: String, short: String };
/** All that a table says. */
const all = ({ count, rows: some }) => some(0, count);
const told = ({ head, ...table }) => {
  for (const row of all(table)) assert.equal(row.length, head.length);
  return all(table);
};

test('the bins of the calibration are rows, and an empty one says nothing', () => {
  const bin = {
    low: 0.9,
    high: 1,
    count: 50,
    confidence: 0.97,
    accuracy: 0.96,
    interval: [0.9, 0.99],
  };
  const none = { low: 0, high: 0.1, count: 0, confidence: null, accuracy: null, interval: null };
  assert.deepEqual(told(rows.calibrationRows({ calibration: [none, bin] }, t, numbers)), [
    ['0.0%–10.0%', '0', '–', '–', '–'],
    ['90.0%–100.0%', '50', '97.0%', '96.0%', '90.0%–99.0%'],
  ]);
});

test('what a digit loses and how robust a network is are told number by number', () => {
  const of = (...recalls) => ({ classes: recalls.map((recall) => ({ recall })) });
  assert.deepEqual(told(rows.changeRows(of(0.9, null), of(0.4, null), t, numbers)), [
    ['0', '90.0%', '40.0%'],
    ['1', '–', '–'],
  ]);
  const tests = {
    kind: 'shift_x',
    amounts: [0, 2],
    accuracies: [1, 0.5],
    intervals: [
      [0.9, 1],
      [0.4, 0.6],
    ],
  };
  const table = rows.robustRows(tests, t, numbers);
  assert.equal(table.head[0], 'distort.unit.shift-x');
  assert.deepEqual(told(table), [
    ['0', '100.0%', '90.0%–100.0%'],
    ['2', '50.0%', '40.0%–60.0%'],
  ]);
});

test('the pixels with a part are told, the largest first, and where they are', () => {
  const values = Array(784).fill(0);
  const input = { pixels: Array(784).fill(0) };
  [values[29], values[783], input.pixels[783]] = [0.25, -2, 255];
  const random = Array(784).fill(0.5);
  assert.deepEqual(told(rows.pixelRows({ values, random_weights: random, input }, t, numbers)), [
    ['table.place 28 28', '100.0%', '-2', '0.5'],
    ['table.place 2 2', '0.0%', '0.25', '0.5'],
  ]);
});

test('every curve that follows the drawing is a table as well', () => {
  const deletion = {
    pixels: [0, 9],
    probabilities: [1, 0.25],
    random_probabilities: [1, 0.75],
    predictions: [7, 3],
  };
  assert.deepEqual(told(rows.removalRows({ output: 7, deletion }, t, numbers)), [
    ['0', '100.0%', '100.0%', '7'],
    ['9', '25.0%', '75.0%', '3'],
  ]);
  const curve = [{ epsilon: 0.5, probability: 0.1, prediction: 3 }];
  const push = rows.pushRows({ target: null, label: 7, curve }, t, numbers);
  assert.deepEqual([push.head[1], ...told(push)], ['table.probability 7', ['50.0%', '10.0%', '3']]);
  const dial = { amounts: [-2], probabilities: [[0.2, 0.8]], predictions: [1] };
  assert.deepEqual(told(rows.dialRows(dial, 0, (amount) => `${amount} px`, t, numbers)), [
    ['-2 px', '20.0%', '1'],
  ]);
});
