// How often whoever is in a class asks what is shown.

const EVERY = 2000; // ms, and up to half as much more by chance: phones do not ask in step
const SLOWEST = 20000;

/** How long until it is asked again. @param {number} took ms for the last answer
 * @param {() => number} [random] 0 to 1 */
export const pauseAfter = (took, random = Math.random) =>
  Math.min(SLOWEST, Math.max(EVERY, 10 * took)) * (1 + random() / 2);
