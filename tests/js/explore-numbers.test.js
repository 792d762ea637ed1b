import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, flowOf, stepped } from '../../static/js/explore/digits/flow.js';
import { asksReading, select, toldOf } from '../../static/js/explore/digits/selection.js';
import { pathOf } from '../../static/js/explore/figures/curve.js';
import { toPlace } from '../../static/js/explore/place.js';
import { subjectOf } from '../../static/js/explore/subject.js';
import { besideOf, epsilonAt, keys } from '../../static/js/explore/wants.js';
import { restOf } from '../../static/js/explore/fool/distort.js';
import { answerOf } from '../../static/js/explore/fool/push.js';
import {
  extentOf,
  fitOf,
  middles,
  mixInto,
  nearestTo,
  onScreen,
  spread,
  startsOf,
  towards,
  WHOLE,
  zoomed,
} from '../../static/js/explore/map/frame.js';
import { createThumbs, shrunk } from '../../static/js/explore/map/thumbs.js';
import { createTrail } from '../../static/js/explore/map/trail.js';
import { changeFigure, mostLost } from '../../static/js/explore/neurons/figures.js';
import { scaleOf } from '../../static/js/explore/neurons/profile.js';
import {
  activationOf,
  bestConcept,
  isTold,
  leaning,
  sentence,
  together,
  toldDigits,
} from '../../static/js/explore/neurons/sentence.js';
import { wishWords } from '../../static/js/explore/neurons/wish.js';
import { surest } from '../../static/js/explore/questions/choice.js';
import {
  binOf,
  changes,
  matrixFigure,
  shades,
  worstOf,
} from '../../static/js/explore/results/figures.js';
import { verdictOf } from '../../static/js/explore/results/guess.js';
import { curveWithIntervals } from '../../static/js/views/plot/look.js';
import { kept, stepOf, verdict } from '../../static/js/explore/why/removal.js';
import { kernelOf } from '../../static/js/views/kernels.js';
import { createNumbers } from '../../static/js/page/words.js';

const numbers = createNumbers('en');
const LABELS = {
  split: 'test',
  total: 6,
  labels: Uint8Array.of(3, 3, 5, 5, 3, 8),
  disputed: new Map([[4, { index: 4, label: 3, guess: 5, given: 1, guessed: 4, neither: 0 }]]),
};
const SAID = {
  split: 'test',
  total: 6,
  predictions: Uint8Array.of(3, 5, 5, 3, 5, 8),
  confidences: Float32Array.of(0.85, 0.6, 0.7, 0.8, 0.95, 0.5),
  label_probabilities: Float32Array.of(0.9, 0.3, 0.7, 0.1, 0.05, 0.5),
};
const ALL = { label: '', read: '', only: '', sort: 'place' };

test('digits are filtered by label, answer, right or wrong and doubt, and sorted by certainty', () => {
  const chosen = (some) => [...select(LABELS, SAID, { ...ALL, ...some })];
  assert.deepEqual(chosen({}), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(chosen({ label: '3' }), [0, 1, 4]);
  assert.deepEqual(chosen({ label: '3', read: '5', sort: 'sure' }), [4, 1]);
  assert.deepEqual(chosen({ only: 'wrong', sort: 'sure' }), [4, 3, 1]);
  assert.deepEqual(chosen({ only: 'right', sort: 'unsure' }), [5, 2, 0]);
  assert.deepEqual(chosen({ only: 'disputed' }), [4]);
  assert.deepEqual(chosen({ sure: 'half' }), [0, 1, 2, 3, 5]);
  assert.deepEqual(chosen({ sure: 'high', label: '3' }), [4]);
  assert.deepEqual(chosen({ sort: 'doubt' }), [4, 3, 1, 5, 2, 0]);
});

test('before it is known what the network says, labels alone are filtered', () => {
  assert.deepEqual(
    [...select(LABELS, null, { ...ALL, label: '5', only: 'wrong', sort: 'sure' })],
    [2, 3],
  );
  assert.deepEqual(toldOf(null, null, 4), {
    index: 4,
    label: null,
    read: null,
    confidence: null,
    isWrong: false,
    disputed: null,
  });
  assert.equal(toldOf(LABELS, SAID, 4).isWrong, true);
});

test('only the rows in sight are painted, and each place knows its digit', () => {
  const flow = flowOf({ width: 400, height: 100, top: 1000 }, 70_000, 40);
  assert.deepEqual([flow.across, flow.cell, flow.rows], [10, 40, 7000]);
  assert.deepEqual([flow.first, flow.last], [250, 280]);
  assert.equal(at(flow, 85, 1001, 70_000), 252);
  assert.equal(at(flow, -1, 0, 70_000), null);
  assert.equal(at(flow, 399, 280_001, 70_000), null);
  assert.deepEqual(flowOf({ width: 0, height: 0, top: 0 }, 0, 40).rows, 0);
});

test('keys walk over the digits and stop at the ends', () => {
  const flow = flowOf({ width: 400, height: 100, top: 0 }, 95, 40);
  assert.equal(stepped('ArrowRight', 4, flow, 95), 5);
  assert.equal(stepped('ArrowDown', 4, flow, 95), 14);
  assert.equal(stepped('ArrowDown', 90, flow, 95), 90);
  assert.equal(stepped('ArrowLeft', 0, flow, 95), 0);
  assert.equal(stepped('End', 0, flow, 95), 94);
  assert.equal(stepped('PageDown', 80, flow, 95), 94);
  assert.equal(stepped('a', 0, flow, 95), null);
});

test('a map fits its window with its shape kept, up is up, and a zoom keeps what is under the pointer', () => {
  const points = Float32Array.of(0, 0, 10, 5, 10, 0, 5, 2.5);
  const extent = extentOf(points);
  const fit = fitOf(extent, 456, 256, WHOLE);
  assert.equal(fit.scale, 40);
  assert.deepEqual(onScreen(fit, 0, 0), [28, 228]);
  assert.deepEqual(onScreen(fit, 10, 5), [428, 28]);
  const before = [100, 60]; // from the middle
  const sight = zoomed(WHOLE, 2, ...before);
  const [x, y] = onScreen(
    fitOf(extent, 456, 256, sight),
    (228 + 100 - fit.left) / fit.scale,
    (fit.top - 128 - 60) / fit.scale,
  );
  assert.ok(Math.hypot(x - 328, y - 188) < 1e-6);
  assert.deepEqual(zoomed(sight, 0.01, 0, 0), WHOLE, 'never smaller than the whole');
});

test('the dot that is meant is the nearest, and arrows go to the next one that way', () => {
  const points = Float32Array.of(0, 0, 1, 0, 5, 0.2, 0, 1, -2, -2);
  const fit = fitOf(extentOf(points), 400, 400, WHOLE);
  assert.equal(nearestTo(points, fit, ...onScreen(fit, 1.01, 0), 14), 1);
  assert.equal(nearestTo(points, fit, ...onScreen(fit, 3, 1.5), 14), null);
  assert.equal(towards(points, 0, 'ArrowRight'), 1);
  assert.equal(towards(points, 0, 'ArrowUp'), 3);
  assert.equal(towards(points, 2, 'ArrowRight'), null);
});

test('from map to map each digit walks from where it stood', () => {
  const before = { points: Float32Array.of(1, 1, 2, 2), indices: Uint16Array.of(7, 9) };
  const after = { points: Float32Array.of(5, 5, 6, 6, 7, 7), indices: Uint16Array.of(9, 4, 7) };
  const starts = startsOf(before, after);
  assert.deepEqual([...starts], [2, 2, 6, 6, 1, 1]);
  assert.deepEqual(
    [...mixInto(starts, after.points, 0.5, new Float32Array(6))],
    [3.5, 3.5, 6, 6, 4, 4],
  );
});

test('a digit is named where most of its points are, not where one strays', () => {
  const found = middles(Float32Array.of(0, 0, 1, 1, 100, 100), Uint8Array.of(4, 4, 4));
  assert.deepEqual(found[4], [1, 1]);
  assert.equal(found[0], null);
});

test('a small digit is the mean of what lies under each of its cells, and is made once', () => {
  const pixels = Uint8Array.from({ length: 784 }, (_, i) => (i % 28 < 14 ? 200 : 0));
  assert.deepEqual([...shrunk(pixels, 2)], [200, 0, 200, 0]);
  assert.deepEqual([...shrunk(pixels, 28)], [...pixels]);
  assert.equal(shrunk(pixels, 9).length, 81);
  let asked = 0;
  const thumbs = createThumbs((index) => (index === 7 ? null : (asked++, pixels)));
  assert.equal(thumbs(9)(3), thumbs(9)(3));
  assert.equal(asked, 1);
  assert.equal(thumbs(9)(7), null, 'still on its way');
});

test('the trail is of one stroke and one map', () => {
  const trail = createTrail();
  trail.follow([0, 0], false, 'a');
  trail.follow([1, 0], true, 'a');
  trail.follow([2, 0], true, 'a');
  assert.deepEqual(trail.points(), [
    [1, 0],
    [2, 0],
  ]);
  trail.follow([3, 0], true, 'b');
  assert.deepEqual(trail.points(), [[3, 0]]);
  trail.follow(null, true, 'b');
  assert.deepEqual(trail.points(), []);
});

test('what is blamed most goes first, and only ink can go', () => {
  assert.deepEqual(kept([0, 200, 90, 10], [9, 0.1, 0.5, -1], 2), [0, 0, 0, 10]);
  assert.deepEqual(kept([0, 200, 90, 10], [9, 0.1, 0.5, -1], 0), [0, 200, 90, 10]);
  const deletion = { pixels: [0, 10, 20, 30], flips_at: 20 };
  assert.equal(stepOf(-1, deletion), 2, 'shown where the answer changes');
  assert.equal(stepOf(1, deletion), 1);
  assert.equal(stepOf(9, { ...deletion, flips_at: null }), 3);
  assert.deepEqual([0.9, -0.7, 0.4, 0.1].map(verdict), ['much', 'much', 'some', 'little']);
});

test('a sentence names the digits that a unit tells, and nothing that it does not', () => {
  const said = [];
  const t = (key, values = {}) => (
    said.push([key, values]), key === 'unit.named' ? `${values.digit}` : key
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
  assert.equal(sentence({ classes, concepts }, t, numbers), 'unit.both unit.concept');
  assert.deepEqual(said.find(([key]) => key === 'unit.concept')[1], {
    feature: 'concept.not.tall',
    share: '92.0%',
  });
  assert.deepEqual(
    said.filter(([key]) => key === 'unit.named').map(([, { digit, share }]) => [digit, share]),
    [
      ['0', '95.0%'],
      ['3', '82.0%'],
      ['1', '90.0%'],
    ],
    'less active for 1 than for another in nine of ten pairs',
  );
  assert.equal(together({ concepts }, true, t), 'unit.together');
  const upper = { concepts: [...concepts, { name: 'upper', auc: 0.94 }] };
  assert.equal(together(upper, true, t), 'unit.together unit.lower');
  assert.equal(together(upper, false, t), 'unit.together', 'it has no weights of pixels');
  assert.equal(
    sentence({ classes: [{ name: '1', auc: 0.5 }], concepts: [] }, t, numbers),
    'unit.neither',
  );
  assert.equal(bestConcept([{ name: 'loop', auc: null }]), null);
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
  assert.equal(sentence({ classes: [], concepts }, t, numbers), 'unit.neither unit.weak');
  assert.deepEqual(told.at(-1), { feature: 'concept.short.not.straight', share: '75.0%' });
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

test('before the answers are there, no digit is said to be read right, wrong or surely', () => {
  const none = { read: '', sure: '', only: '' };
  const asked = (/** @type {object} */ change) => asksReading({ ...none, ...change });
  assert.deepEqual([asked({}), asked({ only: 'disputed' })], [false, false]);
  for (const change of [{ read: '3' }, { sure: 'low' }, { only: 'right' }, { only: 'wrong' }])
    assert.ok(asked(change));
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

test('the surest mistakes come first, and those are counted whose label people doubt', () => {
  const { count, disputed, first } = surest(/** @type {any} */ (LABELS), /** @type {any} */ (SAID));
  assert.deepEqual([count, disputed], [3, 1]);
  assert.deepEqual(first[0], { index: 4, label: 3, read: 5 });
});

test('what is told of a network is told of its edits: under another edit nothing of it is found', () => {
  const subject = (/** @type {any[]} */ edits) =>
    /** @type {any} */ (
      subjectOf(/** @type {any} */ ({ model: { id: 'cnn' }, edits: { cnn: edits } }))
    );
  const [one, other] = [[{ kind: 'off', unit: 1 }], [{ kind: 'off', unit: 2 }]].map(subject);
  const own = /** @type {any} */ ([]);
  /** @type {[string, any[]][]} */
  const asked = [
    ['predictions', ['test']],
    ['confusion', []],
    ['layer', ['conv1']],
    ['unit', ['conv1', 3]],
    ['map', ['pool2', 'tsne']],
    ['ascent', ['conv1', 3, 0.5]],
    ['own', ['conv1', 3, own]],
    ['robustness', ['fgsm']],
  ];
  for (const [name, rest] of asked) {
    const of = /** @type {any} */ (keys)[name];
    assert.notEqual(of(one, ...rest), of(other, ...rest), name);
    assert.equal(of(one, ...rest), of(subject([{ kind: 'off', unit: 1 }]), ...rest), name);
  }
  const free = new Set(['labels', 'run', ...asked.map(([name]) => name)]);
  assert.deepEqual(new Set(Object.keys(keys)), free, 'a new one is asked about here as well');
});

test('a network is not held against itself, but an edited one against what was learned', () => {
  const at = (/** @type {string} */ beside, /** @type {any[]} */ edits = []) =>
    besideOf(toPlace(`view=confusion&beside=${beside}`), { id: 'cnn', edits, key: 'cnn' })?.id ??
    null;
  assert.deepEqual([at('cnn'), at('lstm'), at('none'), at('')], [null, 'lstm', null, null]);
  assert.deepEqual([at('cnn', [{}]), at('', [{}])], ['cnn', 'cnn']);
});

test('a push that nobody chose is as small as it can be', () => {
  const at = (/** @type {string} */ amount) => epsilonAt(toPlace(`view=fool&amount=${amount}`));
  assert.deepEqual([at(''), at('0'), at('0.25'), at('7'), at('x')], [null, 0, 0.25, null, null]);
});

test('an option that says a digit says one', () => {
  const { options } = toPlace('view=dataset&label=77&read=7&only=wrong');
  assert.deepEqual([options.label, options.read, options.only], ['', '7', 'wrong']);
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

test('for which digit most is lost is told, unless hardly anything is', () => {
  const of = (...recalls) =>
    /** @type {any} */ ({ classes: recalls.map((recall) => ({ recall })) });
  assert.equal(mostLost(of(0.9, 0.8, 1), of(0.89, 0.3, 1)), 1);
  assert.equal(mostLost(of(0.9, 0.8), of(0.9, 0.795)), null);
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

test('whether it is the network or the label is said as far as it can be told', () => {
  const found = { label: 7, read: 2, disputed: null };
  assert.equal(verdictOf('7', found), 'guess.so.right');
  assert.equal(verdictOf('2', found), 'guess.so.look');
  assert.equal(verdictOf('1', found), 'guess.so.unclear');
  assert.equal(verdictOf('', found), 'guess.so.network');
  const disputed = { index: 0, label: 7, guess: 2, given: 1, guessed: 4, neither: 0 };
  for (const guess of ['7', '2', ''])
    assert.equal(verdictOf(guess, { ...found, disputed }), 'guess.so.doubt');
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
