// Steps taken on one's own drawing, as edits of the network that is looked at.

/** @import { Edit, LearnEdit } from '../state/types.js' */

const MOST = 100; // steps that one edit may hold

/** @param {Edit | undefined} edit @param {LearnEdit} step */
const isSame = (edit, step) =>
  edit?.kind === 'learn' &&
  edit.label === step.label &&
  edit.learning_rate === step.learning_rate &&
  edit.times + step.times <= MOST &&
  edit.pixels.every((pixel, i) => pixel === step.pixels[i]);

/**
 * The edits with more steps behind them; the same step again only counts up.
 * @param {Edit[]} edits @param {LearnEdit} step @returns {Edit[]}
 */
export function withStep(edits, step) {
  const last = edits.at(-1);
  if (!isSame(last, step)) return [...edits, step];
  const { times } = /** @type {LearnEdit} */ (last);
  return [...edits.slice(0, -1), { ...step, times: times + step.times }];
}

/** How many steps were taken in all. @param {Edit[]} edits */
export const stepsIn = (edits) =>
  edits.reduce((total, edit) => total + (edit.kind === 'learn' ? edit.times : 0), 0);
