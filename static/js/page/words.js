// Texts and numbers in the visitor's language.

/** @import { Translate } from '../state/types.js' */

/**
 * @param {Record<string, string>} catalogue
 * @param {boolean} [isTouch] there is a finger and no keyboard: words of their own, where there are any
 * @returns {Translate} raises for a key that the catalogue does not have
 */
export function createTranslate(
  catalogue,
  isTouch = globalThis.matchMedia?.('(hover: none)').matches,
) {
  return (key, values = {}) => {
    const text = (isTouch && catalogue[`${key}.touch`]) || catalogue[key];
    if (text === undefined) throw new Error(`No text for ${key}`);
    return held(withParticles(text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]))));
  };
}

/**
 * Words that came later beside those that are there.
 * @param {Translate} t @param {Record<string, string>} more @returns {Translate}
 */
export function joined(t, more) {
  const own = createTranslate(more);
  return (key, values) => (key in more ? own : t)(key, values);
}

const HANGUL = 0xac00; // the first syllable, "가"
const ENDINGS = 28; // of a syllable: none, or one of 27 final consonants
const L = 8; // the final consonant ㄹ
/** How the names of digits and letters end in Korean: 0 "영" with a consonant, 1 "일" with ㄹ, … A
 * whole number ends in 십, 백, 천, 만, 억 where it ends in zeros. */
const ENDS_IN_L = '178lr';
const ENDS_IN_CONSONANT = '036mn';
const ENDS_IN_VOWEL = /[%°]$|\$[\d,.]+$/; // 퍼센트, 도; 달러
/** A particle, written as what it is after a consonant and (after a vowel), or with what falls away. */
const PARTICLE = /([은이을과])\(([는가를와])\)|\(으\)로|\(이\)(?=[가-힣]|$)/g;

/** @param {string} before what a particle follows @returns {'consonant' | 'l' | 'vowel'} its sound */
function soundOf(before) {
  const said = before.replace(/(?<=\S)\s*\([^()]*\)$/, ''); // "밀집층(Dense)" is read without the English
  if (ENDS_IN_VOWEL.test(said)) return 'vowel';
  const last = said
    .replace(/[^\p{L}\p{N}]+$/u, '')
    .slice(-1)
    .toLowerCase();
  const ending = /[가-힣]/.test(last) ? (last.charCodeAt(0) - HANGUL) % ENDINGS : 0;
  if (ending === L || (last && ENDS_IN_L.includes(last))) return 'l';
  return ending > 0 || (last && ENDS_IN_CONSONANT.includes(last)) ? 'consonant' : 'vowel';
}

/** What belongs to a sign before it does not begin a line: "62.2%가", "Σ|w·a|의". @param {string} text */
export const held = (text) => text.replace(/[%|)\]²°’”'"](?=[가-힣])/g, '$&\u2060');

/** Korean particles, written "(으)로" or "(이)라서", as the word before them is read aloud: "3으로",
 * "7로", "0.57이라서", "−6.34라서", "94.7%라서". @param {string} text */
export function withParticles(text) {
  if (!text.includes('(')) return text;
  return text.replace(PARTICLE, (particle, full, bare, at) => {
    const sound = soundOf(text.slice(0, at));
    const isBare = sound === 'vowel' || (sound === 'l' && particle === '(으)로');
    const rest = particle.slice(3); // of "(으)로" and "(이)"
    if (isBare) return bare ?? rest;
    return full ?? particle[1] + rest;
  });
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
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const money = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  });
  const compact = new Intl.NumberFormat(language, {
    notation: 'compact',
    maximumSignificantDigits: 3,
  });
  const short = new Intl.NumberFormat(language, {
    minimumSignificantDigits: 2,
    maximumSignificantDigits: 2,
  });
  /** What is not known is no number, and never "NaN". @param {Intl.NumberFormat} format
   * @returns {(value: number) => string} */
  const said = (format) => (value) =>
    value == null || Number.isNaN(value) ? '–' : format.format(value).replace('-', '−');
  const share = said(percent);
  const most = `>${percent.format(0.999)}`;
  return {
    language,
    three: said(fixed(3)),
    two: said(fixed(2)),
    one: said(fixed(1)),
    whole: said(fixed(0)),
    /** Whole dollars. */
    dollars: said(money),
    /** As a person says a large number: 1.8M, 180만. */
    compact: said(compact),
    /** Two digits that count, however small. */
    short: said(short),
    /** Almost all is not all: what would be rounded up to 100.0% is said to be more than 99.9%.
     * @param {number} value */
    percent: (value) => (value < 1 && value >= 0.9995 ? most : share(value)),
    /** A softmax's probability: never all, even where its number is rounded to 1. @param {number} value */
    probability: (value) => (value >= 0.9995 ? most : share(value)),
  };
}

/** @typedef {ReturnType<typeof createNumbers>} Numbers */
