// Small pushes: each pixel moves by at most ε the way the gradient points, and together they move
// the sum so far that the answer is another.

import { createSelect, createSlider } from '../choice.js';
import { inkedDrawing } from '../digits/drawing.js';
import { createTable } from '../table.js';
import { pushRows } from '../figures/rows.js';
import { createCurve } from '../figures/curve.js';
import { createPixels } from '../figures/pixels.js';
import { createSaid } from '../head.js';
import { make, say } from '../../page/dom.js';
import { epsilonWords, timesWords } from '../figures/amounts.js';
import { SIDE } from '../../state/units.js';
import { MOST, around, movedOf, sumRows, sumWords } from './sums.js';

/** @import { Attack } from '../types.js' */
/** @import { Page } from '../rooms.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const DIGITS = Array.from({ length: 10 }, (_, i) => String(i));

/** The most probable digit. @param {number[]} probabilities */
export const answerOf = (probabilities) => probabilities.indexOf(Math.max(...probabilities));

/** What the picture of the change shows. @param {Pick<Attack, 'change' | 'largest'>} told
 * @param {Translate} t @param {Numbers} numbers */
export function changeWords({ change, largest }, t, numbers) {
  if (!largest) return t('fool.change.none');
  return t('fool.change.about', {
    moved: numbers.whole(movedOf(change)),
    total: numbers.whole(SIDE * SIDE),
    largest: epsilonWords(largest, numbers),
    times: timesWords(largest, numbers),
  });
}

/** How little makes it say something else, or what is asked for.
 * @param {Pick<Attack, 'target' | 'label' | 'smallest_epsilon' | 'curve'>} told @param {Translate} t @param {Numbers} numbers */
export function leastWords({ target, label, smallest_epsilon: flips, curve }, t, numbers) {
  if (target === label) return t('fool.least.there', { digit: label });
  if (flips !== null) return t('fool.least', { epsilon: epsilonWords(flips, numbers) });
  if (target === null) return t('fool.least.none');
  const other = curve.find(({ prediction }) => prediction !== label);
  if (!other) return t('fool.least.never', { target });
  const { epsilon, prediction: digit } = other;
  return t('fool.least.other', { target, digit, epsilon: epsilonWords(epsilon, numbers) });
}

/**
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createPush(page, t, numbers) {
  const target = createSelect('fool-target', t('fool.target'), (value) =>
    page.onOptions({ target: value }),
  );
  const amount = createSlider(
    'fool-amount',
    t('fool.amount'),
    { min: 0, max: MOST, step: 0.01 },
    (value) => page.onOptions({ amount: value.toFixed(2) }),
  );
  const [before, change, after] = [
    ['fool-before', 'fool.before'],
    ['fool-change', 'fool.change'],
    ['fool-after', 'fool.after'],
  ].map(([name, key]) => createPixels(name, t(key)));
  const sums = make('dl', { class: 'fool-sums', 'data-testid': 'fool-sums' });
  const least = createSaid('fool-least');
  const about = make('p', { class: 'small soft', 'data-testid': 'fool-sum-said' });
  const curve = createCurve('fool-curve', t('fool.curve'), t('fool.curve.axis'));
  const table = createTable(t);
  const curveAbout = make('p', { class: 'small soft' });
  const put = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'fool-pad' },
    t('digit.pad'),
  );
  const noise = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'fool-noise', title: t('fool.noise.hint') },
    t('fool.noise'),
  );
  const signs = ['+', '='].map((sign) =>
    make('span', { class: 'fool-sign', 'aria-hidden': 'true' }, sign),
  );
  const element = make(
    'div',
    { class: 'push' },
    make(
      'div',
      { class: 'fool-row' },
      before.element,
      signs[0],
      change.element,
      signs[1],
      after.element,
    ),
    make('div', { class: 'room-controls' }, amount.element, put, noise),
    make(
      'div',
      { class: 'fool-numbers' },
      make('div', {}, sums, about),
      make('div', {}, curve.element, curveAbout, table.element),
    ),
  );
  /** @type {Attack | null} */
  let shown = null;
  let theme = '';
  put.addEventListener('click', () => shown && page.onDrawing(inkedDrawing(shown.pixels)));
  noise.addEventListener('click', () => page.onNoise(shown?.target ?? null));

  /** @param {number[]} probabilities */
  const says = (probabilities) => {
    const digit = answerOf(probabilities);
    return t('fool.says', { digit, sure: numbers.probability(probabilities[digit]) });
  };

  return {
    element,
    target,
    answer: least,
    /** @param {Attack | null} told @param {{target: string, epsilon: number | null, theme: string}} now */
    show(told, now) {
      target.show(
        [
          ['', t('fool.any')],
          ...DIGITS.map((each) => /** @type {[string, string]} */ ([each, each])),
        ],
        now.target,
      );
      const epsilon = now.epsilon ?? told?.epsilon ?? 0; // as little as it takes, unless one was chosen
      amount.show(epsilon, epsilonWords(epsilon, numbers));
      if (!told || (told === shown && theme === now.theme)) return;
      [shown, theme] = [told, now.theme];
      before.ink(told.input.pixels, 255, says(told.before));
      change.signed(told.change, changeWords(told, t, numbers), told.largest || 1);
      after.ink(told.pixels, 1, says(told.after));
      after.element.classList.toggle('fooled', told.prediction !== told.label);
      after.canvas.dataset.prediction = String(told.prediction);
      const rows = sumRows(told, t, numbers);
      say(about, sumWords(told, rows, t, numbers));
      sums.replaceChildren(
        ...rows.map(([name, value]) =>
          make('div', {}, make('dt', { class: 'small soft' }, name), make('dd', {}, value)),
        ),
      );
      say(least, leastWords(told, t, numbers));
      const goal = told.target === null ? told.label : told.target;
      const seen = around(told);
      curve.show(
        seen.map(({ epsilon }) => epsilon),
        [{ values: seen.map(({ probability }) => probability), kind: 'first' }],
        told.epsilon,
        (x) => epsilonWords(x, numbers),
      );
      table.show(pushRows(told, t, numbers));
      say(curveAbout, t('fool.curve.about', { digit: goal }));
    },
  };
}
