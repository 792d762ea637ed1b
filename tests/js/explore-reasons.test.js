// What is blamed, pushed and compared: of which network, and how far.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNumbers } from '../../static/js/page/words.js';
import { fooledWords } from '../../static/js/explore/questions/reasons.js';
import { toPlace } from '../../static/js/explore/place.js';
import { subjectOf } from '../../static/js/explore/subject.js';
import { besideOf, epsilonAt, keys } from '../../static/js/explore/wants.js';
import { reasonWords, trustWords } from '../../static/js/explore/why/plain.js';
import { kept, stepOf, trustIn, verdict } from '../../static/js/explore/why/removal.js';

test('what speaks most for the output goes first, and only ink that speaks for it', () => {
  assert.deepEqual(kept([0, 200, 90, 10], [9, 0.1, 0.5, -1], 1), [0, 200, 0, 10]);
  assert.deepEqual(kept([0, 200, 90, 10], [9, 0.1, 0.5, -1], 9), [0, 0, 0, 10]);
  assert.deepEqual(kept([0, 200, 90, 10], [9, 0.1, 0.5, -1], 0), [0, 200, 90, 10]);
  const deletion = { pixels: [0, 10, 17, 20, 30], flips_at: 17 };
  assert.equal(stepOf(-1, deletion), 2, 'shown where the answer changes');
  assert.equal(stepOf(1, deletion), 1);
  assert.equal(stepOf(9, { ...deletion, flips_at: null }), 4);
  assert.equal(stepOf(-1, { ...deletion, flips_at: null }), 4, 'else with nothing blue any more');
  assert.deepEqual([0.9, -0.7, 0.4, 0.1].map(verdict), ['much', 'little', 'some', 'little']);
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
  const free = new Set(['labels', 'misreadings', 'run', ...asked.map(([name]) => name)]);
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

/** A reply as far as the sentences need it: four inked pixels, of which the first three are blue.
 * @param {object} change @param {object} [other] */
const told = (change = {}, other = {}) => {
  const [pixels, values] = [0, 0].map(() => new Array(784).fill(0));
  [255, 200, 100, 50].forEach((ink, i) => (pixels[29 * i] = ink));
  [0.5, 1, 2, -3].forEach((part, i) => (values[29 * i] = part));
  return /** @type {any} */ ({
    output: 7,
    prediction: 7,
    random_similarity: 0.1,
    input: { pixels },
    values,
    deletion: {
      pixels: [0, 1, 2, 3],
      probabilities: [0.9, 0.6, 0.2, 0.1],
      random_probabilities: [0.9, 0.88, 0.8, 0.1],
      predictions: [7, 7, 3, 3],
      area: 0.1,
      random_area: 0.5,
      random_areas: [0.3, 0.7],
      flips_at: 2,
      ...change,
    },
    ...other,
  });
};

test('one verdict weighs whether the answer goes with what is blue and whether chance marks the same', () => {
  const of = (/** @type {number} */ area, /** @type {number | null} */ random_similarity) =>
    trustIn(told({ area }, { random_similarity }));
  assert.deepEqual(
    [of(0.1, 0.1), of(0.1, 0.48), of(0.1, -0.7), of(0.1, 0.7), of(0.25, null)],
    ['good', 'some', 'good', 'alike', 'alone'],
  );
  assert.deepEqual([of(0.29, 0.1), of(0.3, 0.1), of(0.46, 0.1)], ['part', 'chance', 'slow']);
  const unlikely = { probabilities: [0.009, 0, 0, 0] };
  assert.equal(trustIn(told({ ...unlikely, area: 0.001 })), 'unlikely');
  assert.equal(trustIn(told({ pixels: [0], probabilities: [0.9] })), 'none');
});

test('a plain sentence says why with the numbers of the picture, and never "because" without proof', () => {
  const t = (/** @type {string} */ key, /** @type {any} */ said = {}) => ({ key, ...said });
  const numbers = /** @type {any} */ ({ whole: String, probability: String });
  const say = (/** @type {any} */ one) =>
    /** @type {any} */ (reasonWords(one, /** @type {any} */ (t), numbers));
  const most = say(told());
  assert.equal(most.key, 'why.said.most');
  assert.deepEqual([most.count, most.total, most.other], ['2', '4', 3]);
  assert.equal(most.place.key, 'blame.at.c', 'in the box around all of the ink');
  const partly = say(told({ flips_at: null, predictions: [7, 7, 7, 7] }));
  assert.deepEqual([partly.key, partly.all, partly.after], ['why.said.partly', '3', '0.1']);
  const all = { pixels: [0, 1, 2, 4], flips_at: 4, predictions: [7, 7, 7, 5] };
  assert.equal(say(told(all)).key, 'why.said.ink');
  assert.equal(say(told({ area: 0.49 })).key, 'why.said.unknown');
  assert.equal(say(told({}, { prediction: 3 })).key, 'why.said.other');
  const none = { pixels: [0], probabilities: [0.9], predictions: [7], flips_at: null };
  assert.equal(say(told(none)).key, 'why.said.none');
  const trust = /** @type {any} */ (trustWords(told(), /** @type {any} */ (t), numbers));
  assert.deepEqual(
    [trust.key, trust.count, trust.random, trust.share],
    ['why.trust.good', '2', '0.8', '0.2'],
    'the two at the count of the first sentence',
  );
  const last = /** @type {any} */ (trustWords(told(all), /** @type {any} */ (t), numbers));
  assert.deepEqual([last.count, last.random], ['2', '0.8'], 'of no ink at all nothing is told');
  const slow = /** @type {any} */ (
    trustWords(told({ area: 0.49 }), /** @type {any} */ (t), numbers)
  );
  assert.deepEqual(
    [slow.key, slow.area, slow.random, slow.best, slow.orders],
    ['why.trust.slow', '0.49', '0.5', '0.3', '2'],
  );
});

test('the card of how little fools it says what is read instead', () => {
  const t = (/** @type {string} */ key, /** @type {any} */ said = {}) => ({ key, ...said });
  const told = { label: 7, prediction: 3, largest: 0.08, smallest_epsilon: 0.078 };
  const of = (/** @type {any} */ one) =>
    /** @type {any} */ (fooledWords(one, /** @type {any} */ (t), createNumbers('en')));
  const { key, digit, other, epsilon } = of(told);
  assert.deepEqual([key, digit, other, epsilon], ['opening.fool.said', 7, 3, '7.8%']);
  assert.equal(of({ ...told, smallest_epsilon: null }).key, 'fool.least.none');
});
