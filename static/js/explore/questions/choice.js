// What the opening questions are set up on.

import { select } from '../digits/selection.js';

/** @import { Labels, Predictions } from '../types.js' */

const SHOWN = 24;

/** The mistakes that it was surest of, how many there are, and of how many of these people doubt the label.
 * @param {Labels} labels @param {Predictions} said */
export function surest(labels, said) {
  const all = select(labels, said, { label: '', read: '', only: 'wrong', sort: 'sure' });
  return {
    count: all.length,
    disputed: all.filter((index) => labels.disputed.has(index)).length,
    first: [...all.slice(0, SHOWN)].map((index) => ({
      index,
      label: labels.labels[index],
      read: said.predictions[index],
    })),
  };
}
