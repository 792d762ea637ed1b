// A neuron on the sigmoid, on axes that stay: over its z, and over its weighted sum, where the bias is what
// shifts the curve; there also a bias that is only spoken of.

import { make } from '../../page/dom.js';
import { sigmoid } from './matrix/product.js';
import { createPlot, pointsOf } from './plot.js';

/** @import { State } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Page } from './make.js' */

const [SHARES, HALF] = [[0, 0.5, 1], 0.5];
const EDGE = 0.0001;
const FAINT = 0.005; // two decimals would call it 0
const HEIGHT = 132; // what is asked below it is in sight on a school's laptop
const BESIDE = /** @type {const} */ ('beside');

/** Where words beside a point of a rising curve lie free of it, and of the words at its half.
 * @param {number} a @param {boolean} hasHalf @returns {import('./plot.js').Side} */
export function sideOf(a, hasHalf) {
  if (a < EDGE) return 'above'; // so far to the left there is room at its right only
  if (a < 0.25) return 'before';
  return hasHalf && a >= HALF && a < 0.85 ? 'before' : 'below';
}

/** The neuron that is pointed at or kept, if it has a sigmoid. @param {State | null} state */
export function onSigmoid(state) {
  const unit = state?.hovered ?? state?.selected;
  const layer = state?.model?.layers.find(({ name }) => name === unit?.layer);
  return unit && layer?.activation === 'sigmoid' ? unit : null;
}

/** How far a neuron's bias has been moved. @param {State} state @param {{layer: string, index: number}} unit */
export const shiftOf = ({ edits, model }, { layer, index }) =>
  (edits[model?.id ?? ''] ?? []).reduce(
    (all, edit) =>
      edit.kind === 'bias' && edit.layer === layer && edit.unit === index ? all + edit.shift : all,
    0,
  );

/**
 * @param {Pick<Page, 'state' | 'quantities'>} page
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {boolean} isShifted over the weighted sum, with the bias in the curve
 * @param {number | null} [spoken] a bias whose curve stands there, too
 */
export function createSquash({ state, quantities }, t, numbers, isShifted, spoken = null) {
  const plot = createPlot(t(isShifted ? 'squash.shifted' : 'squash.label'), HEIGHT);
  const element = make('div', { class: 'squash', 'data-testid': 'squash' }, plot.element);
  const x = isShifted
    ? { from: -10, to: 30, ticks: [-10, 0, 10, 20, 30], name: 'Σ w·a' }
    : { from: -12, to: 12, ticks: [-12, -6, 0, 6, 12], name: 'z' };
  const y = { from: 0, to: 1, ticks: SHARES, name: 'a' };
  /** @param {number} by */
  const curve = (by) => pointsOf((at) => sigmoid(at + by), x.from, x.to, 160);
  let painted = '';

  function update() {
    const [shown, now] = [state(), quantities()];
    const unit = onSigmoid(shown);
    const of = (/** @type {string} */ name) => (unit ? now[name]?.(unit.layer, unit.index) : null);
    const [z, sum, b] = [of('z'), of('total'), of('b')];
    const learned = shown && unit && typeof b === 'number' ? b - shiftOf(shown, unit) : 0;
    const seen = JSON.stringify([z, sum, b, learned]);
    if (seen === painted) return;
    painted = seen;
    const isKnown = typeof z === 'number' && typeof sum === 'number' && typeof b === 'number';
    const bias = isShifted && isKnown ? b : 0;
    const at = isKnown ? (isShifted ? sum : z) : 0;
    const dot = { at: /** @type {[number, number]} */ ([at, isKnown ? sigmoid(z) : 0]) };
    const over = spoken ?? bias;
    const half = { at: /** @type {[number, number]} */ ([-over, HALF]), kind: 'second' };
    const a = isKnown ? sigmoid(z) : 0;
    const here = { at: numbers.three(at), a: a < FAINT ? numbers.short(a) : numbers.three(a) };
    const words = t(isShifted ? 'squash.here.sum' : 'squash.here.z', here).split(' · ');
    plot.show({
      x,
      y,
      curves: [
        ...(isShifted && Math.abs(learned - bias) > 0.005
          ? [{ points: curve(learned), kind: 'was' }]
          : []),
        { points: curve(bias) },
        ...(spoken === null ? [] : [{ points: curve(spoken), kind: 'second' }]),
      ],
      dots: [
        ...(isShifted && isKnown
          ? [{ ...half, words: [t('squash.half', { at: numbers.three(-over) })], side: BESIDE }]
          : []),
        ...(isKnown
          ? [{ ...dot, words, side: spoken === null ? sideOf(a, isShifted) : 'between' }]
          : []),
      ],
    });
  }
  return { element, quantities: {}, update, apply() {} };
}
