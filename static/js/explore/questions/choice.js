// What the opening questions are set up on.

import { select } from '../digits/selection.js';

/** @import { Labels, Predictions } from '../types.js' */

export const UNIT = 6; // neuron 7, counted from 1
const SHOWN = 9;

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
