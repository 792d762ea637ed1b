import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNumbers, createTranslate } from '../../static/js/page/words.js';

test('texts are filled in, and a missing one is an error', () => {
  const t = createTranslate({ 'a.b': '{x} of {y}' });
  assert.equal(t('a.b', { x: 1, y: 2 }), '1 of 2');
  assert.throws(() => t('a.c'), /a\.c/);
});

test('numbers have fixed decimals and a real minus sign, and almost all is not all', () => {
  const numbers = createNumbers('en');
  assert.equal(numbers.three(-0.5), '−0.500');
  assert.equal(numbers.three(-0.00001), '0.000');
  assert.equal(numbers.whole(13002), '13,002');
  assert.equal(numbers.percent(0.123), '12.3%');
  assert.equal(numbers.percent(0.9997), '>99.9%');
  assert.equal(numbers.percent(1), '100.0%');
});
