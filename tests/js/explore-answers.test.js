import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doubted } from '../../static/js/explore/digits/selection.js';
import { epsilonWords, levelsWords } from '../../static/js/explore/figures/amounts.js';
import { amongWords, labelled } from '../../static/js/explore/map/among.js';
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

test('of the digits that are read wrong those count whose label people doubt', () => {
  const labels = {
    split: 'test',
    total: 4,
    labels: Uint8Array.from([1, 2, 3, 4]),
    disputed: new Map([0, 1].map((index) => [index, { index }])),
  };
  const said = {
    total: 4,
    predictions: Uint8Array.from([1, 7, 8, 4]),
    confidences: new Float32Array(4),
    label_probabilities: new Float32Array(4),
  };
  assert.deepEqual(doubted(/** @type {any} */ (labels), /** @type {any} */ (said)), {
    total: 4,
    wrong: 2,
    disputed: 1,
  });
});

test('who multiplies ε as it is written by 255 gets the grey levels beside it', () => {
  for (let step = 1; step <= 512; step++) {
    const epsilon = step / 1024;
    const [written, levels] = [epsilonWords(epsilon, numbers), levelsWords(epsilon, numbers)];
    const error = Math.abs(255 * Number(written) - Number(levels));
    const digit = levels.includes('.') ? 0.1 : 1;
    assert.ok(error <= 0.65 * digit, `${written} is not ${levels}`);
  }
  assert.deepEqual(
    [epsilonWords(0.00547, numbers), levelsWords(0.00547, numbers)],
    ['0.0055', '1.4'],
  );
});
