// The two ends of a network: what it was given, as it reads it, and what each of its outputs says, and
// instead of what. Most networks have one output, told at the reading itself.

/** @import { Drawing, Neuron, Reading, State } from './types.js' */

/** The numbers that went in. @param {Pick<Reading, 'input'>} reading @returns {ArrayLike<number>} */
export const inputOf = ({ input }) =>
  input.values ?? input.steps ?? Float64Array.from(input.pixels, (value) => value / 255);

/** What a drawing of a data set is meant to be; null where nobody says. @param {Drawing | null} given */
export const labelOf = (given) => (given && 'label' in given ? (given.label ?? null) : null);

/** The label that the answer misses, null where it is right or there is none.
 * @param {{reading: Reading | null, readOf: Drawing | null}} state */
export function missed({ reading, readOf }) {
  const label = labelOf(readOf);
  const answer = reading?.prediction ?? null;
  return answer === null || label === answer ? null : label;
}

/** The problem that an input belongs to, null where several read such. @param {Drawing} given */
export const problemOf = (given) => (given.kind === 'features' ? 'houses' : null);

/**
 * @typedef {object} Answer what an output says
 * @property {string} layer the output's
 * @property {number[]} probabilities
 * @property {number | null} prediction the class's number, null for a blank input
 */

/** @param {Reading} reading how many outputs it has */
const headsIn = ({ outputs }) => outputs?.length || 1;

/** An output's answer, 0 for the first; null where it says no class. @param {Reading | null} reading
 * @param {number} [head] @returns {Answer | null} */
export function answerOf(reading, head = 0) {
  const layer = reading?.layers.at(head - headsIn(reading))?.name;
  const told = head ? reading?.outputs?.[head] : reading;
  if (!layer || !told?.probabilities) return null;
  return { layer, probabilities: told.probabilities, prediction: told.prediction };
}

/** Which output a layer is, counted from 0; −1 for a layer that is none. @param {Reading | null} reading
 * @param {string | undefined} layer */
export const headOf = (reading, layer) =>
  reading ? reading.layers.slice(-headsIn(reading)).findIndex(({ name }) => name === layer) : -1;

/** The unit that an output's answer is, of a number its only one; null on a blank pad. @param {Reading | null} reading
 * @param {number} [head] @returns {Neuron | null} */
export function answering(reading, head = 0) {
  const layer = reading?.layers.at(head - headsIn(reading))?.name;
  const told = head ? reading?.outputs?.[head] : reading;
  if (!layer || told?.prediction == null) return null;
  return { layer, index: told.probabilities ? told.prediction : 0 };
}

/** @typedef {{first: number, second: number, head?: number, row?: number}} Rivals the answer and what it is held
 * against; of a further output that output's place */

/** The most probable but one. @param {number[]} probabilities @param {number} first */
const next = (probabilities, first) =>
  probabilities.reduce(
    (best, share, i) => (i !== first && (best < 0 || share > probabilities[best]) ? i : best),
    -1,
  );

/**
 * Which two outputs are meant: the answer, and the one asked for or the next; null without an answer.
 * @param {Reading | null} reading
 * @param {number | 'next' | null} against
 * @param {number} [head] which of the network's outputs is asked
 * @returns {Rivals | null}
 */
export function rivalsOf(reading, against, head = 0) {
  const answer = answerOf(reading, head);
  if (!answer || answer.prediction === null || against === null) return null; // a number has no rival
  const { prediction: first, probabilities } = answer;
  const isOther = against !== 'next' && against !== first;
  const rivals = { first, second: isOther ? against : next(probabilities, first) };
  return head ? { ...rivals, head } : rivals;
}

/** Whether a reading can be shown: it is this model's, and of a drawing with ink.
 * @param {Pick<State, 'reading' | 'model'>} state */
export const isShown = ({ reading, model }) =>
  reading !== null && reading.prediction !== null && reading.model === model?.id;
