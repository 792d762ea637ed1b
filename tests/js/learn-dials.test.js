// The dials of a network: counted, sent round the loop, set at random.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countDense, inAll, sumOf } from '../../static/js/learn/widgets/dials/count.js';
import { roundOf } from '../../static/js/learn/widgets/dials/loop.js';
import { settings } from '../../static/js/learn/widgets/dials/luck.js';
import { heights } from '../../static/js/learn/widgets/dials/sizes.js';

test('the dials of dense layers are counted layer by layer, biases last', () => {
  const counted = countDense([784, 30, 10], String);
  assert.deepEqual(
    counted.map(({ sum, count }) => [sum, count]),
    [
      ['784 · 30', 23520],
      ['30 · 10', 300],
      ['30 + 10', 40],
    ],
  );
  assert.equal(inAll(counted), 23860);
  assert.equal(inAll(countDense([784, 16, 16, 10], String)), 13002);
  assert.equal(sumOf({ kind: 'conv', weights: 200, biases: 8 }, String), '8 · (25 + 1)');
});

test('the settings of 13,002 dials with two positions have 3,914 digits', () => {
  assert.equal(settings(10), '1024');
  assert.equal(settings(13002).length, 3914);
});

test('neurons stand one below the other, in order and inside', () => {
  const found = heights(60);
  assert.ok(found.every((y, i) => y > 0 && y < 300 && (i === 0 || y > found[i - 1])));
});

test('the loop shows the loss of the target, and what a round moved in the mean', () => {
  const now = {
    label: () => 4,
    p: (/** @type {number} */ digit) => (digit === 4 ? 0.25 : 0.5),
    prediction: () => 2,
    steps_learned: () => 0,
    turned: () => 0,
    parameters: () => 100,
  };
  const page = /** @type {any} */ ({ quantities: () => now });
  const first = roundOf(page);
  assert.equal(first.loss, -Math.log(0.25));
  assert.deepEqual([first.answer, first.sure, first.moved], [2, 0.5, null]);
  Object.assign(now, { steps_learned: () => 1, turned: () => 5, label: () => 4 });
  assert.equal(roundOf(page).moved, 0.05);
  Object.assign(now, { label: () => -1 });
  assert.equal(roundOf(page).loss, null); // a drawing of one's own has no target
});
