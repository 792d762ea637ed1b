// The two ends of a network: what it was given, as it reads it, and what each of its outputs says. Most
// networks have one output, told at the reading itself.

/** @import { Drawing, Neuron, Reading } from './types.js' */

/** The numbers that went in. @param {Pick<Reading, 'input'>} reading @returns {ArrayLike<number>} */
export const inputOf = ({ input }) =>
  input.values ?? input.steps ?? Float64Array.from(input.pixels, (value) => value / 255);

/** What a drawing of a data set is meant to be; null where nobody says. @param {Drawing | null} given */
export const labelOf = (given) => (given && 'label' in given ? (given.label ?? null) : null);

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
