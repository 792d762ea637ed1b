// How much a pixel moves, in words.

/** @import { Numbers } from '../../page/words.js' */

const SMALL = 0.1;
const FEW = 10;
/** So many digits that who multiplies by 255 gets the grey levels that stand beside it.
 * @param {number} epsilon of full ink @param {Numbers} numbers */
export const epsilonWords = (epsilon, numbers) =>
  epsilon < SMALL ? epsilon.toFixed(4) : numbers.three(epsilon);

/** @param {number} epsilon of full ink @param {Numbers} numbers */
export const levelsWords = (epsilon, numbers) =>
  255 * epsilon < FEW ? numbers.one(255 * epsilon) : numbers.whole(255 * epsilon);
