// Texts and numbers in the visitor's language.

/** @import { Translate } from '../state/types.js' */

/**
 * @param {Record<string, string>} catalogue
 * @returns {Translate} raises for a key that the catalogue does not have
 */
export function createTranslate(catalogue) {
  return (key, values = {}) => {
    const text = catalogue[key];
    if (text === undefined) throw new Error(`No text for ${key}`);
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  };
}

/**
 * Numbers of a fixed number of decimals with a real minus sign, so that columns never jump.
 * @param {string} language
 */
export function createNumbers(language) {
  /** @param {number} digits */
  const fixed = (digits) =>
    new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: 'negative',
    });
  const three = fixed(3);
  const two = fixed(2);
  const whole = fixed(0);
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const short = new Intl.NumberFormat(language, { minimumSignificantDigits: 2, maximumSignificantDigits: 2 });
  /** @param {string} text */
  const minus = (text) => text.replace('-', '−');
  return {
    /** @param {number} value */
    three: (value) => minus(three.format(value)),
    /** @param {number} value */
    two: (value) => minus(two.format(value)),
    /** @param {number} value */
    whole: (value) => minus(whole.format(value)),
    /** Two digits that count, however small. @param {number} value */
    short: (value) => minus(short.format(value)),
    /** Almost all is not all: what would be rounded up to 100.0% is said to be more than 99.9%.
     * @param {number} share */
    percent: (share) => (share < 1 && share >= 0.9995 ? `>${percent.format(0.999)}` : percent.format(share)),
  };
}

/** @typedef {ReturnType<typeof createNumbers>} Numbers */
