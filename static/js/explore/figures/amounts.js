// How much a pixel moves, in words: a share of full ink everywhere, and how much stronger its picture shows it.

/** @import { Numbers } from '../../page/words.js' */

const FEW = 10;

/** @param {number} epsilon of full ink @param {Numbers} numbers */
export const epsilonWords = (epsilon, numbers) => numbers.percent(epsilon);

/** How many times as strong a change is shown whose largest value gets the full colour.
 * @param {number} largest of full ink, above 0 @param {Numbers} numbers */
export const timesWords = (largest, numbers) =>
  1 / largest < FEW ? numbers.one(1 / largest) : numbers.whole(1 / largest);
