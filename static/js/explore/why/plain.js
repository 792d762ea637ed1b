// Why it said so, in one plain sentence, and in a second one how far to believe it. Both speak of the same pixels
// as the picture, its table and the curve below: the ink that speaks for the output.

import { ninthsOf, PLACES } from '../../state/ninths.js';
import { isProof, stepOf, trustIn } from './removal.js';

/** @import { Attribution } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/** Where the ink that speaks for the output does so most. @param {Attribution} told @param {Translate} t */
function whereMost({ values, input: { pixels } }, t) {
  const sums = ninthsOf(
    values.map((value) => Math.max(0, value)),
    pixels,
  );
  return t(`blame.at.${PLACES[sums.indexOf(Math.max(...sums))]}`);
}

/** What is said of a drawing. @param {Attribution} told */
function caseOf(told) {
  const trust = trustIn(told);
  const { prediction, output: digit, deletion, input } = told;
  if (trust === 'none' || trust === 'unlikely') return trust;
  if (!isProof(trust)) return 'unknown';
  if (digit !== prediction) return 'other';
  if (deletion.flips_at === null) return 'partly';
  const inked = input.pixels.filter((ink) => ink > 0).length;
  return deletion.flips_at === inked ? 'ink' : 'most';
}

/** @param {Attribution} told @param {Translate} t @param {Numbers} numbers */
export function reasonWords(told, t, numbers) {
  const { prediction, output: digit, deletion, input } = told;
  const at = stepOf(-1, deletion);
  const { pixels, probabilities, predictions } = deletion;
  const last = probabilities.length - 1;
  return t(`why.said.${caseOf(told)}`, {
    digit,
    prediction,
    other: predictions[at],
    place: whereMost(told, t),
    count: numbers.whole(pixels[at]),
    all: numbers.whole(pixels[last]),
    total: numbers.whole(input.pixels.filter((ink) => ink > 0).length),
    before: numbers.probability(probabilities[0]),
    after: numbers.probability(probabilities[last]),
  });
}

/** The step that the proof is told at: that of the first sentence. Where random pixels bring the probability down
 * as far by then, as where all of the ink goes, the one at which the two lie furthest apart.
 * @param {Attribution} told */
function provenAt({ output, prediction, deletion }) {
  const { pixels, probabilities, random_probabilities: random } = deletion;
  const at = output === prediction ? stepOf(-1, deletion) : pixels.length - 1;
  if (random[at] > probabilities[at]) return at;
  const apart = random.map((share, i) => share - probabilities[i]);
  return apart.indexOf(Math.max(...apart));
}

/** @param {Attribution} told @param {Translate} t @param {Numbers} numbers */
export function trustWords(told, t, numbers) {
  const { pixels, probabilities, random_probabilities: random, ...means } = told.deletion;
  const { area, random_area: mean, random_areas: areas } = means;
  const trust = trustIn(told);
  const at = provenAt(told);
  return t(`why.trust.${trust}`, {
    digit: told.output,
    count: numbers.whole(pixels[at]),
    share: numbers.probability(probabilities[at]),
    random: numbers.probability(isProof(trust) ? random[at] : mean),
    area: numbers.probability(area),
    best: numbers.probability(Math.min(...areas)),
    orders: numbers.whole(areas.length),
  });
}
