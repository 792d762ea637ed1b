// Digits of the MNIST test set, by chance, never the same twice in a row.

/** @import { Drawing } from '../types.js' */

/**
 * @typedef {object} Server the part of api.js that is needed here
 * @property {(which: {label: number | null, offset: number}) => Promise<{total: number, digits: {index: number, label: number, pixels: number[]}[]}>} testDigit
 */

/**
 * @param {Server} api
 * @param {() => number} [random] 0..1
 */
export function createTestDigits(api, random = Math.random) {
  /** @type {Map<number | null, {total: number, offset: number}>} what is known of each class */
  const known = new Map();

  /** @param {number | null} label @param {number} offset @returns {Promise<Drawing & {kind: 'pixels'}>} */
  async function at(label, offset) {
    const { total, digits } = await api.testDigit({ label, offset });
    known.set(label, { total, offset });
    const { index, pixels, label: is } = digits[0];
    return { kind: 'pixels', pixels, label: is, index };
  }

  return {
    /** The digit that greets a visitor. */
    first: () => at(null, 0),

    /** The digit at a place of the test set. @param {number} index */
    place: (index) => at(null, index),

    /** @param {number | null} label its class, or any */
    async next(label) {
      if (!known.has(label)) await at(label, 0);
      const { total, offset: before } = known.get(label) ?? { total: 1, offset: 0 };
      const offset = Math.floor(random() * total);
      return at(label, offset === before ? (offset + 1) % total : offset);
    },
  };
}
