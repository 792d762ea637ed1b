// A house's features in words: areas in both units, the visitor's own first; and prices.

import { equals, written } from '../../../page/sums.js';

/** @import { Feature, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */

const SQUARE_METRES = 0.09290304; // in a square foot
const WIDE = 10; // standard deviations: a column that reaches further is set on a scale of powers
export const STOPS = 1000; // of such a slider

/** @param {string} name of a feature */
const isArea = (name) => name.endsWith('_sqft');
/** A year is no quantity: it has no thousands. @param {string} name */
const isYear = (name) => name.startsWith('year_');

/**
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {string} language
 */
export function createMeasures(t, numbers, language) {
  const places = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const plain = new Intl.NumberFormat('en', { useGrouping: false, maximumFractionDigits: 1 });
  /** @param {string} name @param {number} value */
  const bare = (name, value) => (isYear(name) ? plain : places).format(value).replace('-', '−');

  return {
    price: numbers.dollars,
    /** With its sign, which no line's end takes from it. @param {number} value */
    change: (value) => `${value < 0 ? '−' : '+'}\u2060${numbers.dollars(Math.abs(value))}`,
    /** The file's unit of what is no plain number. @param {string} name */
    unit: (name) => (isArea(name) ? '\u00a0ft²' : ''),
    /** The number alone, in the file's unit. */
    bare,
    /** With its unit: "1,656 sq ft · 153.8 m²". @param {string} name @param {number} value */
    told(name, value) {
      if (isArea(name))
        return t('house.area', {
          feet: bare(name, value),
          metres: places.format(value * SQUARE_METRES),
        });
      return name === 'overall_quality'
        ? t('house.of.ten', { value: bare(name, value) })
        : bare(name, value);
    },
    /** With the visitor's own unit alone: "2,132 sq ft". @param {string} name @param {number} value */
    short(name, value) {
      if (!isArea(name)) return this.told(name, value);
      return t('house.area.own', {
        area: language === 'en' ? bare(name, value) : places.format(value * SQUARE_METRES),
      });
    },
    /** How it becomes what the network reads: "(1,656 − 1,497.1) / 492 = 0.32".
     * @param {Feature} feature @param {number} value */
    standardised({ name, mean, sd }, value) {
      const [from, centre, spread] = [value, mean, sd].map((each) => bare(name, each));
      const made = (written(from) - written(centre)) / written(spread);
      const result = numbers.two((value - mean) / sd);
      return `(${from} − ${centre}) / ${spread} ${equals(made, result)} ${result}`;
    },
  };
}

/** @typedef {ReturnType<typeof createMeasures>} Measures */

/**
 * A feature's slider: even steps, or powers where a few rows lie far out.
 * @param {Feature} feature
 * @returns {{least: number, most: number, at: (value: number) => number, value: (at: number) => number}}
 */
export function scaleOf({ least, most, mean, sd }) {
  if ((most - mean) / sd < WIDE || least <= 0)
    return { least, most, at: (value) => value, value: (at) => at };
  const powers = Math.log(most / least);
  return {
    least: 0,
    most: STOPS,
    at: (value) => (STOPS * Math.log(Math.max(least, value) / least)) / powers,
    value: (at) => Math.round(least * Math.exp((at * powers) / STOPS)),
  };
}
