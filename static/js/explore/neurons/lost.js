// What a network loses, digit by digit, when one of its units is off.

/** @import { Confusion } from '../types.js' */

const FEW = 0.01; // of a digit's share: less is hardly anything

/** The change of each digit's share that is read right. @param {Confusion} now @param {Confusion} then */
export const recallChanges = (now, then) =>
  now.classes.map(({ recall }, i) => (then.classes[i].recall ?? 0) - (recall ?? 0));

/** The digit for which most is lost; null where hardly anything is. @param {Confusion} now @param {Confusion} then */
export function mostLost(now, then) {
  const changes = recallChanges(now, then);
  const least = Math.min(...changes);
  return least <= -FEW ? changes.indexOf(least) : null;
}
