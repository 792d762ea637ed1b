import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epsilonWords } from '../../static/js/explore/figures/amounts.js';
import { amongWords, labelled, placedWords } from '../../static/js/explore/map/among.js';
import {
  around,
  isExpected,
  movedOf,
  sumRows,
  sumWords,
} from '../../static/js/explore/fool/sums.js';
import { changeWords, leastWords } from '../../static/js/explore/fool/push.js';
import { comparedWords } from '../../static/js/explore/results/confusion.js';
import { divide, divisionWords } from '../../static/js/explore/results/whose.js';
import { createNumbers } from '../../static/js/page/words.js';

const numbers = createNumbers('en');
const near = (...labels) => labels.map((label) => ({ label }));
const told = (key, values) => `${key} ${JSON.stringify(values)}`;

test('of as many the label of the nearer one leads', () => {
  assert.deepEqual(labelled(near(5, 9, 9, 5, 1)), [
    [5, 2],
    [9, 2],
    [1, 1],
  ]);
});

test('a drawing lies among digits of one label, or between two, or nowhere yet', () => {
  const among = (...labels) => amongWords(near(...labels), 'hidden 1', told);
  assert.equal(amongWords([], 'hidden 1', told), '');
  const one = { total: 10, layer: 'hidden 1', label: 9, count: 6 };
  assert.equal(among(5, 9, 9, 9, 9, 9, 9, 5, 5, 5), told('among.one', one));
  assert.equal(
    among(5, 9, 9, 9, 9, 9, 1, 5, 5, 5),
    told('among.two', { ...one, count: 5, other: 5, more: 4 }),
  );
  assert.equal(among(2, 2), told('among.one', { ...one, total: 2, label: 2, count: 2 }));
});

test('ε is a share of full ink, each step of which is told from the next', () => {
  const written = Array.from({ length: 512 }, (_, i) => epsilonWords((i + 1) / 512, numbers));
  assert.equal(new Set(written).size, 512, 'so fine is the smallest looked for');
  assert.deepEqual([written[0], written[12], written[511]], ['0.2%', '2.5%', '100.0%']);
});

test('a change is shown as many times as strong as it is smaller than full ink', () => {
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join(' ');
  const of = (/** @type {number} */ largest) =>
    changeWords({ change: [largest, 0, -largest], largest }, t, numbers);
  assert.equal(of(0.0254), 'fool.change.about 2 784 2.5% 39');
  assert.equal(of(0.4), 'fool.change.about 2 784 40.0% 2.5');
  assert.equal(of(0), 'fool.change.none');
});

test('where no push leads to the goal, the answer that comes instead is told', () => {
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join(' ');
  const curve = [7, 7, 3, 3].map((prediction, i) => ({
    epsilon: i / 4,
    prediction,
    probability: 0.5,
  }));
  const of = (/** @type {object} */ change) =>
    leastWords({ target: 8, label: 7, smallest_epsilon: null, curve, ...change }, t, numbers);
  assert.equal(of({}), 'fool.least.other 8 3 50.0%');
  assert.equal(of({ curve: curve.slice(0, 2) }), 'fool.least.never 8');
  assert.equal(of({ target: null }), 'fool.least.none');
  assert.equal(of({ target: 7 }), 'fool.least.there 7');
  assert.equal(of({ smallest_epsilon: 0.0254 }), 'fool.least 2.5%');
});

test('what ≈ means is said where one is shown, and nowhere else', () => {
  const t = (/** @type {string} */ key) => key;
  const attack = {
    score: { before: -7.7, expected: -1.47, after: -1.4 },
    change: [0.1],
    largest: 0.1,
  };
  assert.equal(sumWords(attack, [['', '−1.47']], t, numbers), 'fool.sum.about');
  assert.equal(sumWords(attack, [['', '≈ −1.47']], t, numbers), 'fool.sum.about fool.sum.rounded');
});

test('two networks are held side by side, and only one network has a before', () => {
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join('|');
  const [now, old] = [
    { accuracy: 0.9695, correct: 9695 },
    { accuracy: 0.9953, correct: 9953 },
  ];
  const models = [{ id: 'cnn', title: 'CNN', saved: true }];
  const of = (/** @type {string} */ beside) =>
    comparedWords(
      /** @type {any} */ ({ place: { options: { beside } }, models }),
      now,
      old,
      t,
      numbers,
    );
  assert.equal(of('cnn'), 'conf.compared.other|CNN|99.5%|97.0%|−258');
  assert.equal(of('learned'), 'conf.compared||99.5%|97.0%|−258');
});

test('the counts of right and wrong digits add up, and the share is the one beside the name', () => {
  const labels = { total: 10_000, labels: new Uint8Array(10_000), disputed: new Map() };
  const said = {
    predictions: Uint8Array.from({ length: 10_000 }, (_, i) => (i < 305 ? 1 : 0)),
    confidences: new Float32Array(10_000),
  };
  const found = divide(/** @type {any} */ (labels), /** @type {any} */ (said), null, 'mlp');
  const words_said = divisionWords(found, told, numbers);
  const words = { right: '9,695', total: '10,000', share: numbers.percent(0.9695), count: '305' };
  assert.equal(words_said, told('miss.answer', words));
  assert.equal(words.share, '97.0%');
});

test('those pixels are counted that move, and a sum that its rounded parts miss is said to be about that', () => {
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join(' ');
  const change = [0.1, 0, -0.1, 0];
  assert.equal(movedOf(change), 2);
  const shown = (/** @type {number} */ before, /** @type {number} */ expected) =>
    sumRows({ score: { before, expected, after: 0.3 }, change }, t, numbers).map(([, v]) => v);
  assert.deepEqual(shown(-7.696, -1.464), ['−7.70', '+6.23', '≈ −1.46', '0.30']);
  assert.deepEqual(shown(-7.7, -1.47), ['−7.70', '+6.23', '−1.47', '0.30']);
  const [, pushes] = sumRows({ score: { before: 0, expected: 1, after: 1 }, change }, t, numbers);
  assert.equal(pushes[0], 'fool.pushes 2');
});

test('an expectation fails where what is measured is far from it', () => {
  assert.equal(isExpected({ before: -7.7, expected: -1.47, after: 0.05 }), true);
  assert.equal(isExpected({ before: -6.13, expected: 10.11, after: 0.06 }), false);
});

test('the curves of all drawings are on one axis, and have the point that the pictures show', () => {
  const curve = Array.from({ length: 33 }, (_, i) => ({
    epsilon: i / 32,
    prediction: i > 1 ? 2 : 8,
    probability: 1 - i / 32,
  }));
  const told = {
    curve,
    epsilon: 0.037,
    smallest_epsilon: 0.037,
    prediction: 2,
    target: null,
    label: 1,
  };
  const of = (more = {}) =>
    around(/** @type {any} */ ({ ...told, after: [0.5, 0.4], ...more })).map(
      ({ epsilon, probability }) => [epsilon, probability],
    );
  assert.deepEqual(of().slice(0, 4), [
    [0, 1],
    [1 / 32, 31 / 32],
    [0.037, 0.4],
    [2 / 32, 30 / 32],
  ]);
  const ends = (more = {}) => of(more).at(-1)?.[0];
  assert.deepEqual(
    [ends(), ends({ epsilon: 0.4 }), ends({ smallest_epsilon: 0.2, epsilon: 0 })],
    [0.5, 0.5, 0.5],
    'the slider reaches as far',
  );
  assert.deepEqual(
    [ends({ smallest_epsilon: 0.6, epsilon: 0.6 }), ends({ smallest_epsilon: null })],
    [1, 1],
    'further only where it flips further out, or never',
  );
  assert.equal(of({ smallest_epsilon: null }).length, 34);
});

test('what is nearest is said to be near in many numbers, and far where it is', () => {
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join('|');
  const at = (/** @type {number} */ distance, method = 'pca', layer = 'lstm2') =>
    placedWords(
      { neighbours: [{ index: 1, label: 2, distance }], numbers: 16, usual: 0.5, layer },
      /** @type {any} */ (method),
      t,
      numbers,
    );
  const one = 'among.one|1|lstm2|2|1';
  assert.equal(at(0.22), `${one} among.in.pca|among.what.layer|16|lstm2`);
  assert.equal(at(0.22, 'tsne'), `${one} among.in.tsne|among.what.layer|16|lstm2`);
  assert.match(at(0.22, 'pca', 'input'), / among.in.pca\|among.what.input\|16\|layer.input$/);
  assert.equal(
    at(0.9),
    'among.far|0.90|0.50|lstm2|1|1|2',
    'in place of all that: it takes no line more',
  );
  assert.equal(
    placedWords({ neighbours: [], numbers: 16, usual: 1, layer: 'x' }, 'pca', t, numbers),
    '',
  );
});
