// Digits of the MNIST test set, by chance, never the same twice in a row.

/** @import { Drawing } from '../state/types.js' */

/**
 * @typedef {object} Server the part of api.js that is needed here
 * @property {(which: {label: number | null, offset: number, mistakesOf?: string}) => Promise<{total: number, digits: {index: number, label: number, pixels: number[]}[]}>} testDigit
 */

/** There is no such digit: a network that reads all of them right makes no mistakes. */
export class NoDigitError extends Error {}

/**
 * @param {Server} api
 * @param {() => number} [random] 0..1
 */
export function createTestDigits(api, random = Math.random) {
  /** @type {Map<number | string | null, {total: number, offset: number}>} what is known of each
   * class, and of each network's mistakes */
  const known = new Map();

  /** @param {number | null} label @param {number} offset @param {string} [mistakesOf]
   * @returns {Promise<Drawing & {kind: 'pixels'}>} */
  async function at(label, offset, mistakesOf) {
    const { total, digits } = await api.testDigit({ label, offset, mistakesOf });
    if (!digits.length) throw new NoDigitError();
    known.set(mistakesOf ?? label, { total, offset });
    const { index, pixels, label: is } = digits[0];
    return { kind: 'pixels', pixels, label: is, index };
  }

  /** @param {number | null} label @param {string} [mistakesOf] */
  async function another(label, mistakesOf) {
    const key = mistakesOf ?? label;
    if (!known.has(key)) await at(label, 0, mistakesOf);
    const { total, offset: before } = known.get(key) ?? { total: 1, offset: 0 };
    const offset = Math.floor(random() * total);
    return at(label, offset === before ? (offset + 1) % total : offset, mistakesOf);
  }

  return {
    /** The digit that greets a visitor. */
    first: () => at(null, 0),

    /** The digit at a place of the test set. @param {number} index */
    place: (index) => at(null, index),

    /** @param {number | null} label its class, or any */
    next: (label) => another(label),

    /** One that a network reads wrong. @param {string} model its id */
    mistake: (model) => another(null, model),
  };
}
