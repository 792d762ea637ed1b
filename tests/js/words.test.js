import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNumbers, createTranslate, withParticles } from '../../static/js/page/words.js';

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
  assert.equal(numbers.probability(1), '>99.9%'); // a softmax is never sure
  assert.equal(numbers.probability(0.123), '12.3%');
});

test('Korean particles follow the sound of what stands before them', () => {
  const read = Array.from({ length: 11 }, (_, digit) => withParticles(`${digit}(으)로`));
  assert.deepEqual(read, [
    '0으로',
    '1로',
    '2로',
    '3으로',
    '4로',
    '5로',
    '6으로',
    '7로',
    '8로',
    '9로',
    '10으로',
  ]);
  assert.equal(
    withParticles('손글씨(으)로, 모델(으)로, 예제 셋(으)로'),
    '손글씨로, 모델로, 예제 셋으로',
  );
  assert.equal(
    withParticles('CNN은(는) 뉴런을(를), 7이(가) 숫자과(와)'),
    'CNN은 뉴런을, 7이 숫자와',
  );
  assert.equal(withParticles("'모델 1'(으)로"), "'모델 1'로");
  assert.equal(withParticles('ReLU (σ) of {x}'), 'ReLU (σ) of {x}');
});
