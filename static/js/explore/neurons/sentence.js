// What a unit is for, in words: made from how well its activation tells each digit and each simple
// feature, and saying nothing where it tells nothing.

/** @import { Concept, UnitPage } from '../types.js' */
/** @import { Reading, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const TELLS = 0.8; // an AUC from which on a digit is named
const MOST = 3; // digits that are named on either side

/**
 * The digits that a unit tells, the best told first: those for which it is larger, and smaller.
 * @param {Concept[]} classes
 */
export function toldDigits(classes) {
  const known = classes.flatMap(({ name, auc }) => (auc === null ? [] : [{ name, auc }]));
  const active = known.filter(({ auc }) => auc >= TELLS).sort((a, b) => b.auc - a.auc);
  const silent = known.filter(({ auc }) => auc <= 1 - TELLS).sort((a, b) => a.auc - b.auc);
  return { active: active.slice(0, MOST), silent: silent.slice(0, MOST) };
}

/** The feature that it tells best, either way round. @param {Concept[]} concepts */
export function bestConcept(concepts) {
  const known = concepts.flatMap(({ name, auc }) => (auc === null ? [] : [{ name, auc }]));
  return known.reduce(
    (best, each) => (!best || Math.abs(each.auc - 0.5) > Math.abs(best.auc - 0.5) ? each : best),
    /** @type {{name: string, auc: number} | null} */ (null),
  );
}

/** Of a feature and its opposite the one for which a unit is more active, as all places name it.
 * @param {{name: string, auc: number}} concept */
export const leaning = ({ name, auc }) => ({
  name: auc >= 0.5 ? name : `not.${name}`,
  auc: apart(auc),
});

/** Whether a feature is told well enough to be named. @param {{auc: number}} concept */
export const isTold = ({ auc }) => apart(auc) >= TELLS;

/** The share of pairs that an AUC tells apart, whichever of the two it is larger for. @param {number} auc */
export const apart = (auc) => Math.max(auc, 1 - auc);

const ALMOST = 0.995; // of all pairs: rounded, it would be all

/** Of 100 pairs so many: an AUC as it is said. @param {number} auc @param {Numbers} numbers */
export const pairs = (auc, numbers) =>
  auc >= ALMOST && auc < 1
    ? numbers.percent(auc).replace('%', '')
    : numbers.whole(Math.round(100 * auc));

/** Digits, each with its pairs, as they stand in the table: those that it is quiet for have few.
 * @param {{name: string, auc: number}[]} list @param {Numbers} numbers @param {Translate} t */
const named = (list, numbers, t) =>
  list
    .map(({ name, auc }) =>
      t(auc < 0.5 ? 'unit.named.silent' : 'unit.named', {
        digit: name,
        share: pairs(auc, numbers),
      }),
    )
    .join(', ');

/** How well it tells single digits. @param {UnitPage['classes']} classes @param {Translate} t @param {Numbers} numbers */
export function digitsTold(classes, t, numbers) {
  const told = toldDigits(classes);
  const [active, silent] = [told.active, told.silent].map((each) => named(each, numbers, t));
  if (active && silent) return t('unit.both', { active, silent });
  if (active) return t('unit.active', { active });
  return silent ? t('unit.silent', { silent }) : t('unit.neither');
}

/** How well it tells the simple feature that it tells best; '' where none could be measured.
 * @param {Concept[]} concepts @param {Translate} t @param {Numbers} numbers */
export function featureTold(concepts, t, numbers) {
  const best = bestConcept(concepts);
  if (!best) return '';
  const { name, auc } = leaning(best);
  const pair = t(`concept.pair.${name}`);
  return t(isTold(best) ? 'unit.concept' : 'unit.weak', { pair, share: pairs(auc, numbers) });
}

/**
 * How the sentence and the pictures of pixels belong together: the one counts digits, the others pixels; a
 * feature of a digit is not a place in the picture.
 * @param {Pick<UnitPage, 'concepts'>} unit @param {boolean} isOfPixels its weights are the pixels'
 * @param {Translate} t
 */
export function together({ concepts }, isOfPixels, t) {
  const best = bestConcept(concepts);
  const isShifted = isOfPixels && best?.name === 'upper' && apart(best.auc) >= TELLS;
  return isShifted ? `${t('unit.together')} ${t('unit.lower')}` : t('unit.together');
}

/**
 * A unit's activation for a drawing, as its page counts it: a map's mean, the last state of a sequence.
 * @param {Reading | null} reading @param {string} layer @param {number} unit
 * @returns {number | null}
 */
export function activationOf(reading, layer, unit) {
  const found = reading?.layers.find(({ name }) => name === layer);
  if (!found) return null;
  const units = found.shape.at(-1) ?? 1;
  if (found.shape.length === 1) return found.a[unit];
  if (found.shape.length === 2) return found.a[found.a.length - units + unit];
  let sum = 0;
  for (let i = unit; i < found.a.length; i += units) sum += found.a[i];
  return (sum * units) / found.a.length;
}
