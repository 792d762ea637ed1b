import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestDigits } from '../../static/js/sessions/test-digits.js';

function harness(chance) {
  const asked = [];
  const api = {
    async testDigit({ label, offset }) {
      asked.push([label, offset]);
      const total = label === null ? 100 : 10;
      return { total, digits: [{ index: offset, label: label ?? 1, pixels: [offset] }] };
    },
  };
  return { digits: createTestDigits(api, () => chance), asked };
}

test('the digit that greets is the first of all', async () => {
  const { digits } = harness(0.5);
  assert.deepEqual(await digits.first(), { kind: 'pixels', pixels: [0], label: 1, index: 0 });
});

test('a digit is drawn among all of its class, whose size is asked once', async () => {
  const { digits, asked } = harness(0.75);
  assert.equal((await digits.next(3)).index, 7);
  assert.deepEqual(asked, [
    [3, 0],
    [3, 7],
  ]);
  await digits.next(3);
  assert.equal(asked.length, 3);
  assert.equal((await digits.next(null)).index, 75);
});

test('the same digit does not come twice in a row', async () => {
  const { digits } = harness(0.99);
  assert.equal((await digits.next(5)).index, 9);
  assert.equal((await digits.next(5)).index, 0);
});
