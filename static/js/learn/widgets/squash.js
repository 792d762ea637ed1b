// A neuron on the sigmoid, on axes that stay: over its z, and over its weighted sum, where the bias is what
// shifts the curve.

import { make } from '../../page/dom.js';
import { sigmoid } from './matrix/product.js';
import { createPlot, pointsOf } from './plot.js';

/** @import { State } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Page } from './make.js' */

const [SHARES, HALF] = [[0, 0.5, 1], 0.5];

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
 */
export function createSquash({ state, quantities }, t, numbers, isShifted) {
  const plot = createPlot(t(isShifted ? 'squash.shifted' : 'squash.label'));
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
    const half = { at: /** @type {[number, number]} */ ([-bias, HALF]), kind: 'second' };
    plot.show({
      x,
      y,
      curves: [
        ...(isShifted && Math.abs(learned - bias) > 0.005
          ? [{ points: curve(learned), kind: 'was' }]
          : []),
        { points: curve(bias) },
      ],
      dots: [
        ...(isShifted && isKnown
          ? [{ ...half, before: true, words: t('squash.half', { at: numbers.two(-bias) }) }]
          : []),
        ...(isKnown
          ? [
              {
                ...dot,
                words: `${isShifted ? 'Σ' : 'z'} = ${numbers.two(at)}, a = ${numbers.two(sigmoid(z))}`,
              },
            ]
          : []),
      ],
    });
  }
  return { element, quantities: {}, update, apply() {} };
}
