// Taking away what a picture blames: which pixels go, and what their going proves.

/** @import { Attribution } from '../types.js' */

/**
 * The drawing without the pixels that speak most for the output. Only ink that speaks for it can go.
 * @param {ArrayLike<number>} pixels 0..255 @param {ArrayLike<number>} values @param {number} count
 * @returns {number[]}
 */
export function kept(pixels, values, count) {
  const left = Array.from(pixels);
  const blue = left.flatMap((ink, i) => (ink > 0 && values[i] > 0 ? [i] : []));
  blue.sort((a, b) => values[b] - values[a] || a - b);
  for (const i of blue.slice(0, count)) left[i] = 0;
  return left;
}

/** The step that is shown: the one chosen, else the one at which the answer is another, else the last.
 * @param {number} chosen −1 for none @param {Pick<Attribution['deletion'], 'pixels' | 'flips_at'>} deletion */
export function stepOf(chosen, { pixels, flips_at: flips }) {
  const last = pixels.length - 1;
  if (chosen >= 0) return Math.min(chosen, last);
  return flips === null ? last : pixels.indexOf(flips);
}

/** What a rank correlation with random weights says of a picture. @param {number} similarity */
export const verdict = (similarity) =>
  similarity >= 0.6 ? 'much' : similarity >= 0.3 ? 'some' : 'little';

const UNLIKELY = 0.01; // a probability below it has nothing that could be taken away
const HARDLY = 0.9; // of the mean area in random order: what goes no sooner was hardly used
const HALF = 0.5; // of it: what goes so much sooner is proof

/**
 * One verdict of both tests: whether the output's probability goes sooner with what speaks for it than with
 * pixels at random, and whether a network that has learned nothing marks the same.
 * @param {Pick<Attribution, 'deletion' | 'random_similarity'>} told
 * @returns {'none' | 'unlikely' | 'alike' | 'slow' | 'chance' | 'part' | 'some' | 'good' | 'alone'}
 */
export function trustIn({ deletion, random_similarity: alike }) {
  const { pixels, probabilities, area, random_area: random, random_areas: areas } = deletion;
  if (pixels.length < 2) return 'none';
  if (probabilities[0] < UNLIKELY) return 'unlikely';
  if (alike !== null && verdict(alike) === 'much') return 'alike';
  if (area > HARDLY * random) return 'slow';
  if (area >= Math.min(...areas)) return 'chance';
  if (area > HALF * random) return 'part';
  if (alike === null) return 'alone';
  return verdict(alike) === 'some' ? 'some' : 'good';
}

const PROVES = new Set(['part', 'some', 'good', 'alone']);
/** Whether a verdict lets the picture be believed, at least in part. @param {ReturnType<typeof trustIn>} trust */
export const isProof = (trust) => PROVES.has(trust);
