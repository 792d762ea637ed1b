// Dense layers as products of matrices, worked out in the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answerOf,
  denseOf,
  into,
  most,
  sums,
} from '../../static/js/learn/widgets/matrix/product.js';
import { PICTURES, ROWS, columnsOf, matched } from '../../static/js/learn/widgets/matrix/match.js';
import { decimalsOf, workOut } from '../../static/js/learn/widgets/matrix/lines.js';
import { looped, timeLoop } from '../../static/js/learn/widgets/matrix/race.js';
import { powersOf } from '../../static/js/learn/widgets/matrix/powers.js';

import { best, clearness } from '../../static/js/learn/widgets/neurons/loops.js';
import { sharesOf } from '../../static/js/learn/widgets/neurons/digits.js';
import { inOrder, valueFor } from '../../static/js/learn/widgets/neurons/strokes.js';
import { movedAlong, shuffledPlaces } from '../../static/js/learn/widgets/matrix/shuffled.js';

const WEIGHTS = new Map([
  ['hidden1/W', { shape: [3, 2], data: [1, -2, 0.5, 4, -1, 0.25] }], // a row an input
  ['hidden1/b', { shape: [2], data: [10, -10] }],
  ['output/W', { shape: [2, 3], data: [0, 1, 0, 0, 0, 2] }],
  ['output/b', { shape: [3], data: [0.1, 0, 0] }],
  ['conv/W', { shape: [5, 5, 1, 8], data: [] }],
  ['conv/b', { shape: [8], data: [] }],
]);

test('a layer is its product: a row of W times a is the weighted sum of one neuron', () => {
  const layer = denseOf(WEIGHTS, 'hidden1');
  assert.deepEqual([layer.inputs, layer.units], [3, 2]);
  assert.deepEqual([...sums(layer, [2, 0, 3])], [2 * 1 + 3 * -1, 2 * -2 + 3 * 0.25]);
  assert.deepEqual([...into(layer, [2, 0, 3])], [9, -13.25]);
  assert.equal(most([1, -7, 3]), 7);
});

test('what is no dense layer is none', () => {
  for (const name of ['conv', 'hidden9']) assert.equal(denseOf(WEIGHTS, name), null);
  assert.equal(denseOf(null, 'hidden1'), null);
});

test('the answer of all layers is the output with the largest z', () => {
  const layers = ['hidden1', 'output'].map((name) => denseOf(WEIGHTS, name));
  assert.equal(answerOf(layers, [2, 0, 3]), 1); // hidden: almost 1 and almost 0
  assert.equal(answerOf(layers, [-20, 0, 0]), 2); // almost 0 and almost 1
});

test('a network whose weights change places with the pixels answers the same', () => {
  const places = shuffledPlaces(784);
  assert.deepEqual([...places].sort((a, b) => a - b).slice(0, 3), [0, 1, 2]);
  assert.equal(new Set(places).size, 784);
  assert.ok(places.filter((from, at) => Math.abs(from - at) > 56).length > 600); // most are far away
  const [first, last] = ['hidden1', 'output'].map((name) => denseOf(WEIGHTS, name));
  const moved = movedAlong(first, [2, 0, 1]);
  for (const [a, b, c] of [
    [2, 0, 3],
    [-20, 0, 0],
    [0, 5, 1],
  ])
    assert.equal(answerOf([moved, last], [c, a, b]), answerOf([first, last], [a, b, c]));
});

test('softmax by hand: each power and their sum', () => {
  const { powers, sum } = powersOf([0, Math.log(2), Math.log(5)]);
  assert.ok(Math.abs(sum - 8) < 1e-12);
  assert.ok(Math.abs(powers[1] / sum - 0.25) < 1e-12);
});

test('a neuron below 0.5 tells as well as one as far above', () => {
  assert.ok(Math.abs(clearness(0.17) - 0.83) < 1e-12);
  assert.ok(Math.abs(best([0.6, null, 0.17, 0.7]) - 0.83) < 1e-12);
});

test('of each digit the share that is read as what it is', () => {
  const confusion = [
    [8, 2],
    [1, 3],
  ];
  assert.deepEqual(sharesOf(confusion), [0.8, 0.75]);
});

test('a painted neuron is tried on seven strokes of a kind, from one side to the other', () => {
  const posts = inOrder('post');
  assert.equal(posts.length, 7);
  const lefts = posts.map((inked) => Math.min(...inked.map((pixel) => pixel % 28)));
  assert.deepEqual(lefts, [10, 11, 12, 13, 14, 15, 16]);
  assert.equal(inOrder('block').length, 1);
  const dense = denseOf(WEIGHTS, 'hidden1');
  const z = 10 + 1 - 1; // its bias, and the weights of inputs 0 and 2
  assert.ok(Math.abs(valueFor(dense, 0, [0, 2]) - 1 / (1 + Math.exp(-z))) < 1e-12);
});

test('a loop over every product has what the product has, and is timed for as many digits as it read', () => {
  const layers = ['hidden1', 'output'].map((name) => denseOf(WEIGHTS, name));
  const x = [0.25, 0, 1];
  const a = [...into(layers[0], x)].map((z) => 1 / (1 + Math.exp(-z)));
  const z = [...into(layers[1], a)];
  [...looped(layers, x)].forEach((found, i) => assert.ok(Math.abs(found - z[i]) < 1e-12));
  let now = 5; // ms, and 25 more with each look at the clock
  const clock = () => (now += 25);
  assert.deepEqual(timeLoop(layers, [x, x], clock), { digits: 6, ms: 75 });
});

test('of three rows of W each has one picture, in another order, and those in their place are counted', () => {
  assert.deepEqual(ROWS.toSorted(), PICTURES.toSorted());
  const right = ROWS.map((unit) => PICTURES.indexOf(unit));
  assert.ok(right.some((picture, row) => picture !== row));
  assert.equal(matched([null, null, null]), 0);
  assert.equal(matched([right[0], null, right[0]]), 1);
  assert.equal(matched(right), 3);
  assert.deepEqual(
    [columnsOf(0), columnsOf(27)],
    [
      [1, 28],
      [757, 784],
    ],
  ); // of 784
});

test('each line of code works out its numbers from those of the line before it', () => {
  const layers = ['hidden1', 'output'].map((name) => denseOf(WEIGHTS, name));
  const x = [2, 0, 3];
  assert.equal(workOut(0, x, layers), x);
  const a = workOut(1, x, layers);
  assert.deepEqual([...a], [1 / (1 + Math.exp(-9)), 1 / (1 + Math.exp(13.25))]);
  const z = workOut(2, a, layers);
  assert.deepEqual([...z], [0.1, a[0], 2 * a[1]]);
  const p = workOut(3, z, layers);
  const sum = Math.exp(z[0]) + Math.exp(z[1]) + Math.exp(z[2]);
  assert.deepEqual(
    [...p],
    [0, 1, 2].map((unit) => Math.exp(z[unit]) / sum),
  );
  assert.deepEqual([0, 4e-6, 6e-6, 3].map(decimalsOf), [9, 5, 4, 0]);
});
