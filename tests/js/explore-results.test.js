// The matrix, its pairs, certainty and curves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellTowards } from '../../static/js/explore/results/matrix.js';
import { pathOf } from '../../static/js/explore/figures/curve.js';
import { restOf } from '../../static/js/explore/fool/distort.js';
import { answerOf } from '../../static/js/explore/fool/push.js';
import { scaleOf } from '../../static/js/explore/neurons/profile.js';
import { digitAt } from '../../static/js/explore/questions/previews.js';
import { surest } from '../../static/js/explore/questions/choice.js';
import {
  binOf,
  changes,
  matrixFigure,
  shades,
  worstOf,
} from '../../static/js/explore/results/figures.js';
import { agreement, verdictWords } from '../../static/js/explore/results/guess.js';
import { divide, divisionWords, readingsWords } from '../../static/js/explore/results/whose.js';
import { curveWithIntervals } from '../../static/js/views/plot/look.js';
import { createNumbers } from '../../static/js/page/words.js';
import { LABELS, SAID } from './explore-state.js';

const numbers = createNumbers('en');

test('the surest mistakes come first, and those are counted whose label people doubt', () => {
  const { count, disputed, first } = surest(/** @type {any} */ (LABELS), /** @type {any} */ (SAID));
  assert.deepEqual([count, disputed], [3, 1]);
  assert.deepEqual(first[0], { index: 4, label: 3, read: 5 });
});

test('the certainty that the title asks about lies in one bin, if anything is that sure', () => {
  const bins = [
    { low: 0.8, high: 0.9, count: 5 },
    { low: 0.9, high: 1, count: 7 },
  ];
  const of = (/** @type {number} */ sure) => binOf(/** @type {any} */ (bins), sure)?.count ?? null;
  assert.deepEqual([of(0.9), of(0.89), of(0.1)], [7, 5, null]);
  assert.equal(binOf(/** @type {any} */ ([{ low: 0, high: 1, count: 0 }]), 0.9), null);
});

test('the matrix colours what is confused, and a change by its sign', () => {
  const matrix = [
    [90, 4],
    [1, 80],
  ];
  const colors = shades(matrix);
  assert.deepEqual([colors[0][0], colors[0][1], colors[1][0]], [null, 1, 0.5]);
  const { differences, shades: signs } = changes(
    [
      [91, 3],
      [5, 76],
    ],
    matrix,
  );
  assert.deepEqual(differences, [
    [1, -1],
    [4, -4],
  ]);
  const worse = [
    [-0.5, -0.5],
    [1, 1],
  ];
  assert.deepEqual(signs, worse, 'fewer right ones are worse, as more mistakes are');
});

test('the pair that is confused most often is named, and none where nothing is', () => {
  const found = worstOf([
    [900, 3, 0],
    [28, 800, 4],
    [0, 12, 700],
  ]);
  assert.deepEqual(found, { label: 1, read: 0, count: 28 });
  assert.equal(
    worstOf([
      [9, 0],
      [0, 9],
    ]),
    null,
  );
});

test('a count of four figures is written small enough for its cell on a phone', () => {
  const rows = Array.from({ length: 10 }, (_, i) =>
    Array.from({ length: 10 }, (_, j) => (i === j ? 1128 : 7)),
  );
  const of = /** @type {any} */ ({ matrix: rows });
  const { layout } = matrixFigure(of, null, null, (key) => key, numbers)(() => '#000000');
  const [right, wrong] = layout.annotations;
  assert.deepEqual([right.text, wrong.text], ['1128', '7']);
  assert.ok(0.6 * right.font.size * right.text.length < 25, 'a figure is 0.6 em wide');
  assert.equal(wrong.font.size, 13);
});

/** Two other networks: one reads digit 1 right, both misread digit 3; the first is the network itself. */
const SHIPPED = [
  { model: 'mlp', readings: new Map([[1, 5]]) },
  { model: 'wide', readings: new Map([[3, 8]]) },
  {
    model: 'cnn',
    readings: new Map([
      [1, 8],
      [3, 3],
    ]),
  },
];

test('each mistake is one of its own, one that others make, too, or one whose label is in doubt', () => {
  const division = divide(/** @type {any} */ (LABELS), /** @type {any} */ (SAID), SHIPPED, 'mlp');
  assert.deepEqual(division.counts, { alone: 0, some: 1, all: 1, doubt: 1 });
  assert.deepEqual([division.wrong, division.others], [3, 2]);
  assert.deepEqual([1, 3, 4].map(division.groupOf), ['some', 'all', 'doubt']);
  assert.deepEqual(division.readings(1), [3, 8]);
  const saved = divide(/** @type {any} */ (LABELS), /** @type {any} */ (SAID), SHIPPED, 'mine');
  assert.equal(saved.others, 3, 'one that does not ship is held against all that do');
  const alone = divide(/** @type {any} */ (LABELS), /** @type {any} */ (SAID), [SHIPPED[0]], 'x');
  assert.deepEqual(alone.counts, { alone: 1, some: 0, all: 1, doubt: 1 });
});

test('while the other networks are asked nothing is said of them', () => {
  const division = divide(/** @type {any} */ (LABELS), /** @type {any} */ (SAID), null, 'mlp');
  assert.deepEqual(
    [division.groupOf(1), division.readings(1), division.others],
    [null, null, null],
  );
  const told = divisionWords(division, echo, numbers);
  assert.match(told, /^miss.answer .*"count":"3"/);
  assert.doesNotMatch(told, /miss.divided/);
  assert.match(verdictWords(found, division, echo), /coming/);
});

const echo = (/** @type {string} */ key, values = {}) => `${key} ${JSON.stringify(values)}`;
const found = /** @type {any} */ ({ index: 1, label: 3, read: 5, disputed: null });

test('whether it is the network or the label does not hang on the guess', () => {
  const division = divide(/** @type {any} */ (LABELS), /** @type {any} */ (SAID), SHIPPED, 'mlp');
  assert.equal(
    verdictWords(found, division, echo),
    'guess.so.some {"others":2,"every":3,"right":1}',
  );
  assert.match(verdictWords({ ...found, index: 3, label: 5 }, division, echo), /so\.all/);
  assert.match(verdictWords({ ...found, index: 4 }, division, echo), /so\.doubt/);
  const as = (/** @type {string} */ guess) => agreement(guess, found);
  assert.deepEqual(
    [as('3'), as('5'), as('1')],
    ['guess.as.label', 'guess.as.network', 'guess.as.neither'],
  );
});

test('how the others read a digit is counted, the most first', () => {
  assert.equal(
    readingsWords([7, 2, 2], echo),
    'guess.many {"count":2,"digit":2}, guess.one {"count":1,"digit":7}',
  );
});

test('bars keep zero, and a line breaks where a number is missing', () => {
  const scale = scaleOf([-1, 3]);
  assert.deepEqual([scale(-1), scale(0), scale(3), scale(9)], [0, 0.25, 1, 1]);
  const same = (/** @type {number} */ value) => value;
  assert.equal(pathOf([0, 1, 2, 3], [0, 1, null, 3], same, same), 'M0.0 0.0L1.0 1.0M3.0 3.0');
  assert.equal(answerOf([0.1, 0.7, 0.2]), 1);
  assert.equal(restOf('turn', [-2, -1, 0, 1]), 2);
  assert.equal(restOf('scale', [0.5, 1, 2]), 1);
});

test('a point of a curve carries its interval, and one that has none is bare', () => {
  const { error_y: bars, customdata } = curveWithIntervals((name) => name, {
    x: [0, 1],
    y: [0.5, 0.75],
    intervals: [[0.25, 0.625], null],
    told: ['a', 'b'],
  });
  assert.deepEqual(
    [bars.array, bars.arrayminus, customdata],
    [
      [0.125, 0],
      [0.25, 0],
      ['a', 'b'],
    ],
  );
});

test('keys walk over the cells of the matrix and stop at its edges', () => {
  const walk = (...keys) => keys.reduce((at, key) => cellTowards(at, key, 10), [4, 9]);
  assert.deepEqual(walk('ArrowRight', 'ArrowDown'), [5, 9]);
  assert.deepEqual(walk('ArrowUp', 'ArrowLeft'), [3, 8]);
  assert.deepEqual(
    [walk('Home'), walk('Home', 'End')],
    [
      [4, 0],
      [4, 9],
    ],
  );
  assert.equal(cellTowards([0, 0], 'a', 10), null);
});

test('of the mistakes beside the question the one that is clicked is meant', () => {
  const at = (/** @type {number} */ x, /** @type {number} */ y) => digitAt(x, y, 148, 96, 5);
  assert.deepEqual([at(2, 2), at(60, 10), at(110, 40), at(10, 60)], [0, 1, 2, 3]);
  assert.deepEqual([at(110, 60), at(-1, 5), at(160, 5), at(5, 110)], [null, null, null, null]);
});
