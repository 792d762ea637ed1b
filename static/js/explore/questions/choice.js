// What the opening questions are set up on.

import { select } from '../digits/selection.js';

/** @import { Attack, Labels, Predictions } from '../types.js' */

const SHOWN = 24;

/** The mistakes that it was surest of, and how many there are. @param {Labels} labels @param {Predictions} said */
export function surest(labels, said) {
  const all = select(labels, said, { label: '', read: '', only: 'wrong', sort: 'sure' });
  return {
    count: all.length,
    first: [...all.slice(0, SHOWN)].map((index) => ({
      index,
      label: labels.labels[index],
      read: said.predictions[index],
    })),
  };
}

const STEP = 100; // of the dial, in 1
const MOST = 0.5; // ε of the dial

/** The place of the dial where the answer has just flipped; null where the dial does not reach it.
 * @param {Pick<Attack, 'smallest_epsilon'> | null} attack */
export function leastOf(attack) {
  const least = attack?.smallest_epsilon ?? null;
  if (least === null || least > MOST) return null;
  return Math.ceil(least * STEP) / STEP;
}

/** The same push with another ε: each pixel moves the same way, as far as paper and ink let it.
 * @param {Pick<Attack, 'pixels' | 'change'>} attack by the gradient's sign, at an ε that is no smaller
 * @param {number} epsilon */
export function pushedBy({ pixels, change }, epsilon) {
  const less = change.map((each) => Math.sign(each) * Math.min(Math.abs(each), epsilon));
  return { pixels: pixels.map((value, i) => value - change[i] + less[i]), change: less };
}
