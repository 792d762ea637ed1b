// Taking away what a picture blames: which pixels go, and what their going proves.

/** @import { Attribution } from '../types.js' */

/**
 * The drawing without its most blamed pixels. Only ink can go.
 * @param {ArrayLike<number>} pixels 0..255 @param {ArrayLike<number>} values @param {number} count
 * @returns {number[]}
 */
export function kept(pixels, values, count) {
  const left = Array.from(pixels);
  const inked = left.flatMap((ink, i) => (ink > 0 ? [i] : []));
  inked.sort((a, b) => values[b] - values[a] || a - b);
  for (const i of inked.slice(0, count)) left[i] = 0;
  return left;
}

/** The step that is shown: the one chosen, else the first at which the answer is another.
 * @param {number} chosen −1 for none @param {Attribution['deletion']} deletion */
export function stepOf(chosen, { pixels, flips_at: flips }) {
  if (chosen >= 0) return Math.min(chosen, pixels.length - 1);
  const first = flips === null ? -1 : pixels.findIndex((count) => count >= flips);
  return first < 0 ? Math.floor((pixels.length - 1) / 2) : first;
}

/** What a rank correlation with random weights says of a picture. @param {number} similarity */
export const verdict = (similarity) =>
  Math.abs(similarity) >= 0.6 ? 'much' : Math.abs(similarity) >= 0.3 ? 'some' : 'little';

const SOONER = 0.5; // of the area in random order: what goes so much sooner was used

/**
 * One verdict of both tests: whether the answer goes with what is blamed, and whether a network that has learned
 * nothing blames the same. @param {Pick<Attribution, 'deletion' | 'random_similarity'>} told
 * @returns {'good' | 'some' | 'alike' | 'slow'}
 */
export function trustIn({ deletion: { area, random_area: random }, random_similarity: alike }) {
  const likeness = verdict(alike ?? 0);
  if (likeness === 'much') return 'alike';
  if (area > SOONER * random) return 'slow';
  return likeness === 'some' ? 'some' : 'good';
}
