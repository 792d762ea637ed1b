// What is said and drawn of a unit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spread } from '../../static/js/explore/map/frame.js';
import { changeFigure } from '../../static/js/explore/neurons/figures.js';
import { mostLost } from '../../static/js/explore/neurons/lost.js';
import { lossWords } from '../../static/js/explore/neurons/words.js';
import {
  activationOf,
  bestConcept,
  digitsTold,
  featureTold,
  isTold,
  leaning,
  pairs,
  together,
  toldDigits,
} from '../../static/js/explore/neurons/sentence.js';
import {
  soundsLikePlace,
  cardWords,
  differ,
  extremes,
  looksFor,
  thirdOf,
  topWords,
  verdict,
  whereWords,
} from '../../static/js/explore/neurons/lead.js';
import { wishWords } from '../../static/js/explore/neurons/wish.js';
import { litShare } from '../../static/js/explore/neurons/gallery.js';
import { kernelOf } from '../../static/js/views/kernels.js';
import { createNumbers } from '../../static/js/page/words.js';

const numbers = createNumbers('en');

test('a sentence names the digits that a unit tells, and nothing that it does not', () => {
  const said = [];
  const t = (key, values = {}) => (
    said.push([key, values]), key.startsWith('unit.named') ? `${values.digit}` : key
  );
  const classes = [0.95, 0.1, 0.5, 0.82, null].map((auc, i) => ({ name: String(i), auc }));
  const { active, silent } = toldDigits(classes);
  assert.deepEqual(
    [active.map(({ name }) => name), silent.map(({ name }) => name)],
    [['0', '3'], ['1']],
  );
  const concepts = [
    { name: 'loop', auc: 0.6 },
    { name: 'tall', auc: 0.08 },
    { name: 'upper', auc: null },
  ];
  assert.equal(bestConcept(concepts).name, 'tall');
  assert.equal(digitsTold(classes, t, numbers), 'unit.both');
  assert.equal(featureTold(concepts, t, numbers), 'unit.concept');
  assert.deepEqual(said.find(([key]) => key === 'unit.concept')[1], {
    pair: 'concept.pair.not.tall',
    share: '92',
  });
  assert.deepEqual(
    said
      .filter(([key]) => key.startsWith('unit.named'))
      .map(([key, { digit, share }]) => [digit, share, key]),
    [
      ['0', '95', 'unit.named'],
      ['3', '82', 'unit.named'],
      ['1', '10', 'unit.named.silent'],
    ],
    'the numbers of the table',
  );
  assert.equal(together({ concepts }, true, t), 'unit.together');
  const upper = { concepts: [...concepts, { name: 'upper', auc: 0.94 }] };
  assert.equal(together(upper, true, t), 'unit.together unit.lower');
  assert.equal(together(upper, false, t), 'unit.together', 'it has no weights of pixels');
  assert.equal(digitsTold([{ name: '1', auc: 0.5 }], t, numbers), 'unit.neither');
  assert.equal(featureTold([], t, numbers), '');
  assert.equal(bestConcept([{ name: 'loop', auc: null }]), null);
});

test('what a neuron looks for is one sentence, of what its measures name and of nothing else', () => {
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join('|');
  const low = {
    kernel: { shape: [784, 1], data: Float32Array.from({ length: 784 }, (_, i) => i / 784 - 0.7) },
    unit: 0,
  };
  const nowhere = { kernel: undefined, unit: 0 };
  const digits = (/** @type {number[]} */ ...aucs) =>
    aucs.map((auc, i) => ({ name: String(i), auc }));
  const upper = [{ name: 'upper', auc: 0.92 }];
  const loop = [{ name: 'loop', auc: 0.1 }];
  const of = (classes, concepts, weights) => looksFor({ classes, concepts }, weights, t);
  const place = 'unit.answer.place|unit.where.bottom';
  assert.equal(
    of(digits(0.9, 0.5, 0.1), loop, low),
    `unit.answer|${place}, concept.not.loop`,
    'a place is one answer: its digits are told below',
  );
  assert.equal(of(digits(0.5), upper, low), `unit.answer|${place}`, 'what sounds like a place');
  assert.deepEqual(
    [
      soundsLikePlace(upper[0], low),
      soundsLikePlace(upper[0], nowhere),
      soundsLikePlace(loop[0], low),
    ],
    [true, false, false],
  );
  assert.equal(of(digits(0.5), upper, nowhere), 'unit.answer|concept.upper');
  assert.equal(of(digits(0.9, 0.8), [], nowhere), 'unit.usually.more|0, 1|');
  assert.equal(of(digits(0.5, 0.15), [], nowhere), 'unit.usually.less||1');
  assert.equal(of(digits(0.5), [{ name: 'loop', auc: 0.7 }], nowhere), 'unit.answer.none');
});

test('the verdict is what a neuron looks for and the digit that the network reads worse without it, on the card too', () => {
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join('|');
  const page = { classes: [{ name: '3', auc: 0.9 }], concepts: [] };
  const kernel = {
    shape: [784, 1],
    data: Float32Array.from({ length: 784 }, (_, i) => +(i > 600)),
  };
  const place = 'unit.answer|unit.answer.place|unit.where.bottom';
  const low = { kernel, unit: 0 };
  assert.equal(verdict(page, low, 8, t), `${place} unit.needed|8`);
  assert.equal(verdict(page, low, null, t), `${place} unit.needed.little`);
  assert.equal(verdict(page, low, undefined, t), place, 'not counted yet, or it cannot be off');
  assert.equal(cardWords(page, low, 0, t), `${place} unit.needed|0 opening.neuron.top`);
  assert.equal(
    cardWords(page, { kernel: undefined, unit: 0 }, 8, t),
    'unit.usually.more|3| unit.needed|8 opening.neuron.top',
  );
  const of = (/** @type {number[]} */ ...recalls) =>
    /** @type {any} */ ({
      accuracy: recalls[0],
      interval: [0.1, 0.2],
      classes: recalls.map((recall) => ({ recall })),
    });
  const said = 'unit.off.said|90.0%|80.0%|10.0%|20.0%';
  assert.equal(
    lossWords(of(0.9, 0.8), of(0.8, 0.3), t, numbers),
    `${said} unit.off.most|1|80.0%|30.0%`,
  );
  assert.equal(
    lossWords(of(0.9, 0.8), of(0.9, 0.8), t, numbers),
    'unit.off.said|90.0%|90.0%|10.0%|20.0% unit.off.little',
  );
});

test('a digit that stands among the most and the least active has its range said', () => {
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join('|');
  const list = (/** @type {[number, number][]} */ ...of) =>
    of.map(([label, activation], index) => ({ index, label, activation }));
  const top = list([0, 0.9], [3, 0.8], [0, 0.7]);
  const said = 'unit.extremes|3|10,000';
  const of = (/** @type {typeof top} */ bottom) =>
    extremes({ top, bottom, digits: 10_000 }, t, numbers);
  assert.equal(
    of(list([6, 0], [0, 0.1], [0, 0.2])),
    `${said} unit.extremes.both|unit.extremes.range|0|0.100|0.900`,
  );
  assert.equal(of(list([6, 0], [4, 0.1], [4, 0.2])), said);
});

test('of 100 pairs all are said only where it is all', () => {
  assert.deepEqual(
    [0.894, 0.9949, 0.9962, 0.99999, 1].map((auc) => pairs(auc, numbers)),
    ['89', '99', '99.6', '>99.9', '100'],
  );
});

test('names that lie on one another move apart, and no further than that', () => {
  const far = (/** @type {number[]} */ a, /** @type {number[]} */ b) =>
    Math.hypot(a[0] - b[0], a[1] - b[1]);
  const [one, none, other, alone] = spread([[10, 10], null, [16, 10], [90, 90]], 20);
  assert.deepEqual([none, alone], [null, [90, 90]]);
  assert.deepEqual(
    [one, other],
    [
      [3, 10],
      [23, 10],
    ],
  );
  const many = spread(
    Array.from({ length: 6 }, () => [5, 5]),
    20,
  );
  many.forEach((a, i) => many.forEach((b, j) => i < j && assert.ok(far(a, b) > 18)));
});

test('a feature has one name and one number wherever it is told', () => {
  assert.deepEqual(leaning({ name: 'straight', auc: 0.25 }), { name: 'not.straight', auc: 0.75 });
  assert.deepEqual(leaning({ name: 'loop', auc: 0.5 }), { name: 'loop', auc: 0.5 });
  assert.deepEqual(
    [0.8, 0.2, 0.79, 0.21, 0.5].map((auc) => isTold({ auc })),
    [true, true, false, false, false],
  );
  const told = [];
  const t = (key, values) => (told.push(values), key);
  const concepts = [{ name: 'straight', auc: 0.25 }];
  assert.equal(featureTold(concepts, t, numbers), 'unit.weak');
  assert.deepEqual(told.at(-1), { pair: 'concept.pair.not.straight', share: '75' });
});

test('a small change does not fill the picture, and its axis tells it apart from none', () => {
  const of = (...recalls) => ({ classes: recalls.map((recall) => ({ recall })) });
  const axis = (/** @type {number} */ change) =>
    changeFigure(
      /** @type {any} */ (of(0.9, 0.8)),
      /** @type {any} */ (of(0.9 + change, 0.8)),
      (key) => key,
      numbers,
    )(() => '').layout.yaxis;
  const [tiny, small, large] = [0.002, -0.03, -0.4].map(axis);
  assert.deepEqual([tiny.range, small.range, large.range], [[-0.01, 0.01], undefined, undefined]);
  assert.deepEqual(
    [tiny, small, large].map(({ tickformat }) => tickformat),
    ['.1~%', '.1~%', '.0%'],
  );
});

test("a unit counts with its value, its map's mean, or its last state", () => {
  const layers = [
    { name: 'dense', shape: [3], a: [1, 2, 3] },
    { name: 'maps', shape: [1, 2, 2], a: [1, 10, 3, 20] },
    { name: 'lstm', shape: [2, 2], a: [1, 2, 3, 4] },
  ];
  const of = (layer, unit) => activationOf(/** @type {any} */ ({ layers }), layer, unit);
  assert.deepEqual([of('dense', 1), of('maps', 0), of('maps', 1), of('lstm', 1)], [2, 2, 15, 4]);
  assert.equal(activationOf(null, 'dense', 0), null);
});

test('a bar is full where a unit is as active as for any test digit, also of a map whose mean is small', () => {
  assert.deepEqual(
    [litShare(0.089, 0.178), litShare(-0.2, 0.4), litShare(0.3, 0.2), litShare(0.3, 0)],
    [0.5, 0.5, 1, 0],
  );
});

test('weights are a picture only where they look at pixels', () => {
  const dense = kernelOf(
    { shape: [784, 2], data: Float32Array.from({ length: 1568 }, (_, i) => i) },
    1,
  );
  assert.deepEqual([dense.height, dense.width, dense.at(1, 2)], [28, 28, 2 * 30 + 1]);
  const filter = kernelOf(
    { shape: [2, 2, 1, 3], data: Float32Array.from({ length: 12 }, (_, i) => i) },
    2,
  );
  assert.equal(filter.at(1, 0), 8);
  assert.equal(kernelOf({ shape: [16, 10], data: new Float32Array(160) }, 0), null);
});

test('for which digit most is lost is told, unless hardly anything is', () => {
  const of = (...recalls) =>
    /** @type {any} */ ({ classes: recalls.map((recall) => ({ recall })) });
  assert.equal(mostLost(of(0.9, 0.8, 1), of(0.89, 0.3, 1)), 1);
  assert.equal(mostLost(of(0.9, 0.8), of(0.9, 0.795)), null);
});

test('what excites a unit most is told beside the best digit, and why it may be less', () => {
  const t = (/** @type {string} */ key) => key;
  const said = (/** @type {number} */ activation, regularisation = 0.5, from_digit = false) =>
    wishWords(
      { activation, regularisation, from_digit, best_digit: { index: 7, activation: 0.2 } },
      t,
      numbers,
    );
  assert.equal(said(0.4), 'unit.wished');
  assert.equal(said(0.1), 'unit.wished unit.wished.held');
  assert.equal(said(0.19999), 'unit.wished', 'the numbers that are shown are the same');
  assert.equal(said(0.4, 0), 'unit.wished unit.wished.free');
  assert.equal(said(0.9, 0.5, true), 'unit.wished.digit');
  assert.equal(said(0.9, 0, true), 'unit.wished.digit', 'what began with a digit is no noise');
});

test('where a unit looks and which digits excite it is told in words, as counted', () => {
  const kernel = (/** @type {(row: number, column: number) => number} */ weight) => ({
    shape: [784, 2],
    data: Float32Array.from({ length: 1568 }, (_, i) =>
      i % 2 ? weight(Math.floor(i / 56), Math.floor(i / 2) % 28) : 9,
    ),
  });
  const low = kernel((row) => (row >= 19 ? 2 : row < 10 ? -5 : 1));
  const { place, share } = thirdOf(low, 1);
  assert.equal(place, 'bottom');
  assert.ok(
    Math.abs(share - (9 * 2) / (9 * 2 + 9)) < 1e-9,
    'rows 19 to 27 of weight 2, 10 to 18 of 1',
  );
  assert.equal(
    thirdOf(
      kernel((_, column) => (column < 10 ? 1 : 0)),
      1,
    ).place,
    'left',
  );
  assert.equal(
    thirdOf(
      kernel(() => -1),
      1,
    ),
    null,
  );
  assert.equal(thirdOf({ shape: [16, 2], data: new Float32Array(32) }, 1), null);
  const top = [0, 2, 0, 0, 0, 3, 8].map((label, index) => ({ label, index, activation: 1 }));
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join('|');
  const where = (/** @type {any} */ of) => whereWords({ kernel: of, unit: 1 }, t, numbers);
  assert.equal(where(low), 'unit.where|unit.where.bottom|66.7%');
  assert.equal(where(kernel(() => 1)), 'unit.where.all');
  assert.equal(where(undefined), '');
  assert.equal(
    topWords({ top }, t),
    'unit.leads|7|unit.leads.digit|0|4, unit.leads.digit|2|1, unit.leads.digit|3|1, unit.leads.digit|8|1',
  );
  assert.equal(topWords({ top: [] }, t), '');
  const classes = [0.5, 0.5, 0.5, 0.9].map((auc, i) => ({ name: String(i), auc }));
  const ones = [8, 1, 1, 1].map((label, index) => ({ label, index, activation: 1 }));
  const one = [{ name: '1', auc: 0.9 }];
  assert.equal(differ({ top: ones, classes: one }, null, t), '', 'not the first alone leads');
  assert.equal(differ({ top, classes }, null, t), 'unit.differ');
  assert.equal(differ({ top: top.slice(5), classes }, 3, t), '');
  assert.equal(differ({ top: top.slice(5), classes }, 8, t), 'unit.differ');
  assert.equal(differ({ top, classes: [] }, null, t), '', 'there is one measure only');
});
