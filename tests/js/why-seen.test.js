import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seenWords } from '../../static/js/draw/why/seen.js';
import { ninthsOf } from '../../static/js/state/ninths.js';

const SIDE = 28;
/** @param {[row: number, column: number, part: number][]} parts */
function pixels(parts) {
  const values = new Array(SIDE * SIDE).fill(0);
  for (const [row, column, part] of parts) values[SIDE * row + column] = part;
  return values;
}
const t = (key, values = {}) => `${key} ${Object.values(values).join(' ')}`.trim();
const numbers = { two: (value) => value.toFixed(2) };
const names = { first: '7', second: '1' };

test('each ninth of the box around the ink has the sum of its pixels', () => {
  const sums = ninthsOf(
    pixels([
      [6, 9, 1],
      [7, 9, 0.5],
      [6, 14, 0.25], // the middle of the top
      [23, 20, -2],
    ]),
  );
  assert.deepEqual(sums, [1.5, 0.25, 0, 0, 0, 0, 0, 0, -2]);
  const all = pixels([...Array(200)].map((_, i) => [5 + (i % 18), 4 + (i % 13), (i % 7) - 3.1]));
  const total = all.reduce((sum, part) => sum + part, 0);
  assert.ok(
    Math.abs(ninthsOf(all).reduce((sum, part) => sum + part, 0) - total) < 1e-9,
    'nothing is left out',
  );
  assert.deepEqual(ninthsOf(pixels([])), new Array(9).fill(0));
});

const words = (values, lead, blank) => seenWords({ values, lead, blank }, names, t, numbers);

test('what was seen names the ink that speaks most for each answer, and only where some does', () => {
  const both = pixels([
    [6, 9, 3],
    [23, 20, -2],
  ]);
  const told = words(both, 1.5, 0.5);
  assert.ok(told.startsWith('why.seen 7 1 why.at.nw 3.00 why.at.se 2.00 '), told);
  const one = pixels([
    [6, 9, 1],
    [23, 20, 2],
  ]);
  assert.ok(words(one, 4, 1).startsWith('why.seen.all 7 1 why.at.se 2.00 '), words(one, 4, 1));
  const other = words(
    one.map((part) => -part),
    1,
    4,
  );
  assert.ok(other.startsWith('why.seen.none 7 1 why.at.se'), other);
});

test('it ends in the answer: what all ink adds up to, and the biases where they decide', () => {
  const more = pixels([
    [6, 9, 5],
    [23, 20, -3],
  ]);
  assert.ok(
    words(more, 1.25, -0.75).endsWith('why.ink 7 1 1 2.00 0.75 1.25'),
    'against the biases',
  );
  assert.ok(words(more, 2.5, 0.5).endsWith('why.ink 7 1 7 2.00 0.50 2.50'), 'with them');
  assert.ok(words(more, 2.5, -0.004).includes('why.even 7 1'), 'no lead is told as one of 0.00');
  const less = pixels([
    [6, 9, 5.39],
    [23, 20, -8.89],
  ]);
  assert.ok(words(less, 0.88, 4.38).endsWith('why.biases 7 1 7 3.50 4.38 0.88'), 'for them');
});
