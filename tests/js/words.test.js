import assert from 'node:assert/strict';
import { test } from 'node:test';
import { following } from '../../static/js/learn/text.js';
import { arithmetic, equals } from '../../static/js/page/sums.js';
import { createNumbers, createTranslate, withParticles } from '../../static/js/page/words.js';

test('texts are filled in, and a missing one is an error', () => {
  const t = createTranslate({ 'a.b': '{x} of {y}' });
  assert.equal(t('a.b', { x: 1, y: 2 }), '1 of 2');
  assert.throws(() => t('a.c'), /a\.c/);
});

test('where there is no mouse the words are those for a finger', (context) => {
  const catalogue = { point: 'Point at it', 'point.touch': 'Tap it', other: 'Other' };
  assert.equal(createTranslate(catalogue)('point'), 'Point at it');
  globalThis.matchMedia = (query) => ({ matches: query === '(hover: none)' });
  context.after(() => delete globalThis.matchMedia);
  const t = createTranslate(catalogue);
  assert.deepEqual([t('point'), t('other')], ['Tap it', 'Other']);
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

test('no line begins with the particle of a sign', () => {
  const t = createTranslate({ share: '{share}이(가) Σ|w·a|의 몫(일부)입니다', it: 'a|b' }, false);
  assert.equal(t('share', { share: '62.2%' }), '62.2%⁠가 Σ|w·a|⁠의 몫(일부)⁠입니다');
  assert.equal(t('it'), 'a|b');
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
  const cut = '\0고리 1개\0이(가) 아닌'; // what stands in a choice of its own decides it, too
  assert.equal(withParticles(cut), '\0고리 1개\0가 아닌');
  assert.equal(
    withParticles('밀집층(Dense)은(는) 합성곱(convolution)과(와)'),
    '밀집층(Dense)은 합성곱(convolution)과',
  );
  assert.equal(withParticles('ReLU (σ) of {x}'), 'ReLU (σ) of {x}');
});

/** How each particle ends behind a number: after a consonant, after ㄹ, after a vowel. */
const BEHIND = {
  consonant: ['이라서', '은', '이', '을', '과', '으로'],
  l: ['이라서', '은', '이', '을', '과', '로'],
  vowel: ['라서', '는', '가', '를', '와', '로'],
};
const WRITTEN = ['(이)라서', '은(는)', '이(가)', '을(를)', '과(와)', '(으)로'];
// 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구
const DIGITS = [
  'consonant',
  'l',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'l',
  'l',
  'vowel',
];
const READ = /** @type {[string, keyof typeof BEHIND][]} */ ([
  ...DIGITS.flatMap((sound, digit) =>
    [
      `${digit}`,
      `−${digit}`,
      `0.5${digit}`,
      `−9.9${digit}`,
      `1,23${digit}`.replace('30', '40'),
    ].map((number) => [number, sound]),
  ),
  ...['10', '100', '1,000', '10,000', '13,000', '200,000,000', '0.10', '1.000'].map((number) => [
    number,
    'consonant',
  ]),
  ...['94.7%', '0.0%', '>99.9%', '−3%', '$150,000', '90°'].map((number) => [number, 'vowel']),
]);

test('particles behind a live number follow how it is read aloud', () => {
  for (const [number, sound] of READ) {
    const said = WRITTEN.map((particle) =>
      withParticles(`값은 ${number}${particle}`).slice(`값은 ${number}`.length),
    );
    assert.deepEqual(said, BEHIND[sound], number);
  }
  assert.equal(withParticles('0.57(이)라고'), '0.57이라고');
  assert.equal(withParticles('보기 (이) 가운데'), '보기 (이) 가운데');
  assert.equal(following('−6.34', '(이)'), '\u2060');
  assert.equal(following('12.26', '(이)'), '\u2060이');
});

test('what is not known is never written as a number, nor as none', () => {
  for (const [name, said] of Object.entries(createNumbers('ko'))) {
    if (typeof said !== 'function') continue;
    for (const unknown of [undefined, null, Number.NaN]) assert.equal(said(unknown), '–', name);
  }
});

test('a line is equal where its numbers as they are written give its result, else about equal', () => {
  assert.equal(equals(2.084 - 1.433, '0.652'), '≈');
  assert.equal(equals(2.084 - 1.432, '0.652'), '=');
  assert.equal(equals(0.929 * 3.437, '3.19'), '='); // to as many digits as are written
  assert.equal(equals(-0.0004, '0.000'), '=');
  assert.equal(equals(13_002, '13,002'), '=');
  assert.equal(arithmetic([['−3.238', '0.581']], '−1.88'), '−3.238 × 0.581 = ');
  const cell = [
    ['0.93', '−1.20'],
    ['0.50', '−0.44'],
  ];
  assert.equal(arithmetic(cell, '−1.338'), '0.93 × (−1.20) + 0.50 × (−0.44) ≈ ');
});
