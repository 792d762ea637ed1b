// What a unit looks for, before any measure: where in the picture ink raises it, and which single digits do so
// most.

import { kernelOf } from '../../views/kernels.js';
import { SIDE } from '../../state/units.js';
import { labelled } from '../map/among.js';
import { bestConcept, isTold, leaning, toldDigits } from './sentence.js';

/** @import { UnitPage } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @typedef {{shape: number[], data: ArrayLike<number>}} Kernel */

const HALF = 0.5; // of the positive weight: from here on a third of the picture is named
const NAMED = 4; // labels that are counted

/**
 * The third of the picture, of rows or of columns, with the largest share of a unit's positive weight.
 * @param {Kernel} kernel @param {number} unit
 * @returns {{place: string, share: number} | null} null where its weights are no whole picture, or none is positive
 */
export function thirdOf(kernel, unit) {
  const found = kernelOf(kernel, unit);
  if (found?.height !== SIDE || found.width !== SIDE) return null;
  /** @type {Record<string, number>} */
  const sums = { top: 0, row: 0, bottom: 0, left: 0, column: 0, right: 0 };
  const thirds = Object.keys(sums);
  let total = 0;
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const weight = Math.max(0, found.at(row, column));
      total += weight;
      sums[thirds[Math.floor((3 * row) / SIDE)]] += weight;
      sums[thirds[3 + Math.floor((3 * column) / SIDE)]] += weight;
    }
  }
  if (!total) return null;
  const place = thirds.reduce((most, each) => (sums[each] > sums[most] ? each : most));
  return { place, share: sums[place] / total };
}

/** @typedef {{kernel: Kernel | undefined, unit: number}} Weights no kernel where it does not look at pixels */

/** The third of the picture that is named: the one with at least half of its positive weight. @param {Weights} weights */
function namedThird({ kernel, unit }) {
  const third = kernel ? thirdOf(kernel, unit) : null;
  return third && third.share >= HALF ? third : null;
}

/** Whether a feature of whole digits sounds like another place than the one that is named: a digit with more ink
 * above is centred so that it reaches further down. @param {{name: string}} feature @param {Weights} weights */
export const soundsLikePlace = ({ name }, weights) =>
  name === 'upper' && namedThird(weights) !== null;

/** @param {{name: string}[]} digits */
const listed = (digits) => digits.map(({ name }) => name).join(', ');

/** The digits for which it is usually more active than for others, and less (in 80 of 100 pairs): single ones that
 * excite it most may be others. '' where there is none. @param {UnitPage['classes']} classes @param {Translate} t */
function usually(classes, t) {
  const { active, silent } = toldDigits(classes);
  const key = active.length ? (silent.length ? 'both' : 'more') : 'less';
  return active.length || silent.length
    ? t(`unit.usually.${key}`, { active: listed(active), silent: listed(silent) })
    : '';
}

/**
 * What a unit looks for, in one sentence: a place and a feature, or else digits, each only where its measure names
 * it. A feature of whole digits that sounds like a place is left to the numbers where there is a place.
 * @param {Pick<UnitPage, 'classes' | 'concepts'>} unit @param {Weights} weights @param {Translate} t
 */
export function looksFor({ classes, concepts }, weights, t) {
  const third = namedThird(weights);
  const best = bestConcept(concepts);
  const isNamed = best && isTold(best) && !soundsLikePlace(best, weights);
  const what = [
    ...(third ? [t('unit.answer.place', { place: t(`unit.where.${third.place}`) })] : []),
    ...(isNamed ? [t(`concept.${leaning(best).name}`)] : []),
  ].join(', ');
  return what ? t('unit.answer', { what }) : usually(classes, t) || t('unit.answer.none');
}

/**
 * What a unit is for: what it looks for, and the digit that the network reads worse without it.
 * @param {Pick<UnitPage, 'classes' | 'concepts'>} unit @param {Weights} weights
 * @param {number | null | undefined} lost the digit, null where hardly anything is lost; undefined: it is not known
 * @param {Translate} t
 */
export function verdict(unit, weights, lost, t) {
  const looks = looksFor(unit, weights, t);
  if (lost === undefined) return looks;
  return `${looks} ${lost === null ? t('unit.needed.little') : t('unit.needed', { digit: lost })}`;
}

const RANGES = 2; // digits whose range is said

/**
 * Why the most and the least active single digits may be others than those named: one digit can stand among both.
 * @param {Pick<UnitPage, 'top' | 'bottom' | 'digits'>} page @param {Translate} t @param {Numbers} numbers
 */
export function extremes({ top, bottom, digits }, t, numbers) {
  const first = t('unit.extremes', { count: top.length, total: numbers.whole(digits) });
  const both = labelled(top).flatMap(([label]) => {
    const [high, low] = [top, bottom].map((list) => list.find((each) => each.label === label));
    if (!high || !low) return []; // the first of its label is the extreme of all that have it
    const [from, to] = [low, high].map(({ activation }) => numbers.three(activation));
    return from === to ? [] : [t('unit.extremes.range', { digit: label, from, to })];
  });
  if (!both.length) return first;
  return `${first} ${t('unit.extremes.both', { list: both.slice(0, RANGES).join(', ') })}`;
}

/**
 * The same for a card that shows the single digits that excite it most.
 * @param {Pick<UnitPage, 'classes' | 'concepts'>} page @param {Weights} weights @param {number | null | undefined} lost
 * @param {Translate} t
 */
export const cardWords = (page, weights, lost, t) =>
  `${verdict(page, weights, lost, t)} ${t('opening.neuron.top')}`;

/** Where its positive weight lies; '' where it does not look at pixels, or none is positive.
 * @param {Weights} weights @param {Translate} t @param {Numbers} numbers */
export function whereWords({ kernel, unit }, t, numbers) {
  const third = kernel ? thirdOf(kernel, unit) : null;
  if (!third) return '';
  if (third.share < HALF) return t('unit.where.all');
  const place = t(`unit.where.${third.place}`);
  return t('unit.where', { place, share: numbers.percent(third.share) });
}

/** The labels of the single digits that excite it most. @param {Pick<UnitPage, 'top'>} unit @param {Translate} t */
export function topWords({ top }, t) {
  const counted = labelled(top).slice(0, NAMED);
  const list = counted.map(([digit, count]) => t('unit.leads.digit', { digit, count })).join(', ');
  return counted.length ? t('unit.leads', { total: top.length, list }) : '';
}

/** Why the measures differ, where they do: the digit that is most often at the top, the one told best on average, the one for which most
 * is lost. @param {Pick<UnitPage, 'top' | 'classes'>} unit @param {number | null} lost @param {Translate} t */
export function differ({ top, classes }, lost, t) {
  const best = toldDigits(classes).active[0];
  const named = [labelled(top)[0]?.[0], best && Number(best.name), lost ?? undefined];
  return new Set(named.filter((digit) => digit !== undefined)).size > 1 ? t('unit.differ') : '';
}
