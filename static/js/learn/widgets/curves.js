// Two curves to read off: the loss −ln p, and the sigmoid with its slope where a neuron stands.

import { make, say } from '../../page/dom.js';
import { sigmoid } from './matrix/product.js';
import { createPlot, pointsOf } from './plot.js';

/** @import { Numbers } from '../../page/words.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Page } from './make.js' */
/** @import { Picture } from './plot.js' */
/** @typedef {NonNullable<Picture['dots']>} Dots */

const LEAST = 0.005; // of the probabilities that are shown
const RANGE = 6; // of z, on either side
/** Where the curves have their names, off both. @type {Record<'loss' | 'squares', [number, number]>} */
const NAMED = { loss: [0.15, 2.2], squares: [0, 0.32] };
const ABOVE = 0.72; // the last p beside whose point there is room for words above the curve

/** The loss for a probability given to what is right. @param {number} p */
export const surprise = (p) => -Math.log(p);

/** The slope of the sigmoid at z, a(1 − a). @param {number} z */
export const slopeAt = (z) => sigmoid(z) * (1 - sigmoid(z));

/** The tangent of the sigmoid at z, so far on either side. @param {number} z @param {number} [far]
 * @returns {[number, number][]} */
export const tangentAt = (z, far = 1.5) =>
  [-far, far].map((by) => [z + by, sigmoid(z) + by * slopeAt(z)]);

/** −ln p, the answer for the drawing on it, and a dial to try others with.
 * @param {Pick<Page, 'quantities'>} page @param {Translate} t @param {Numbers} numbers */
export function createSurprise({ quantities }, t, numbers) {
  const plot = createPlot(t('surprise.label'));
  const range = make('input', {
    type: 'range',
    min: 0.01,
    max: 1,
    step: 0.01,
    value: 0.5,
    'aria-label': t('surprise.p'),
    'data-testid': 'surprise-p',
  });
  const said = ['loss', 'squares'].map((name) =>
    make('p', { class: 'number', 'data-testid': `surprise-${name}` }),
  );
  const dial = make('div', { class: 'surprise-dial' }, range, make('div', {}, ...said));
  const element = make('div', { class: 'surprise' }, plot.element, dial);
  const points = pointsOf(surprise, LEAST, 1, 200);
  const squares = pointsOf((share) => (1 - share) ** 2, 0, 1); // never above 1

  /** The drawing's point, and its name where no curve runs: the loss falls, so it is free above to the right.
   * @param {number} p @returns {Dots} */
  function mine(p) {
    const by = Math.min(p, ABOVE);
    return [
      { at: [p, surprise(p)] },
      { at: [by, surprise(by)], kind: 'name', words: t('surprise.now'), side: 'above' },
    ];
  }

  function update() {
    const label = Number(quantities().label?.() ?? -1);
    const own = label >= 0 ? quantities().p?.(label) : null;
    const p = Number(range.value);
    say(said[0], `−ln ${numbers.two(p)} = ${numbers.two(surprise(p))}`);
    say(said[1], `(1 − ${numbers.two(p)})² = ${numbers.two((1 - p) ** 2)}`);
    plot.show({
      x: { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1], name: t('surprise.p') },
      y: { from: 0, to: 5.3, ticks: [0, 1, 2, 3, 4, 5], name: t('tiny.loss') },
      curves: [{ points: squares, kind: 'was' }, { points }],
      dots: [
        { at: [p, surprise(p)], kind: 'tried' },
        { at: NAMED.loss, kind: 'name', words: '−ln p' },
        { at: NAMED.squares, kind: 'name', words: '(1 − p)²', side: 'beside' },
        ...(typeof own === 'number' ? mine(own) : []),
      ],
    });
  }
  range.addEventListener('input', update);
  return { element, quantities: {}, update, apply() {} };
}

/** The sigmoid with the tangent where the neuron stands that is kept or pointed at, and below it the slope
 * of the whole curve.
 * @param {Pick<Page, 'quantities'>} page @param {Translate} t */
export function createSlope({ quantities }, t) {
  const plot = createPlot(t('slope.label'));
  const element = make('div', { class: 'slope' }, plot.element);
  const curve = pointsOf(sigmoid, -RANGE, RANGE);
  const slopes = pointsOf(slopeAt, -RANGE, RANGE);

  function update() {
    const now = quantities();
    const z = now.z?.(now.layer?.() ?? '', now.unit?.() ?? -1);
    const isShown = typeof z === 'number' && String(now.layer?.()).startsWith('hidden');
    plot.show({
      x: { from: -RANGE, to: RANGE, ticks: [-6, -3, 0, 3, 6], name: 'z' },
      y: { from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1], name: 'a' },
      curves: [
        { points: curve },
        { points: slopes, kind: 'second' },
        ...(isShown ? [{ points: tangentAt(z), kind: 'tangent' }] : []),
      ],
      dots: [
        ...(isShown
          ? [{ at: /** @type {[number, number]} */ ([z, sigmoid(z)]), words: t('slope.here') }]
          : []),
        { at: [0, 0.25], kind: 'second', words: t('slope.most') },
      ],
    });
  }
  return { element, quantities: {}, update, apply() {} };
}
