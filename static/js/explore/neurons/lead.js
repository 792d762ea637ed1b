// What a unit looks for, before any measure: where in the picture ink raises it, and which single digits do so
// most.

import { kernelOf } from '../../views/kernels.js';
import { SIDE } from '../../state/units.js';
import { labelled } from '../map/among.js';
import { toldDigits } from './sentence.js';

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

/**
 * @param {Pick<UnitPage, 'top'>} unit @param {{kernel: Kernel | undefined, unit: number}} weights none where it does
 * not look at pixels
 * @param {Translate} t @param {Numbers} numbers
 */
export function lead({ top }, { kernel, unit }, t, numbers) {
  const third = kernel ? thirdOf(kernel, unit) : null;
  const parts = [];
  if (third && third.share >= HALF) {
    const place = t(`unit.where.${third.place}`);
    parts.push(t('unit.where', { place, share: numbers.percent(third.share) }));
  } else if (third) parts.push(t('unit.where.all'));
  const counted = labelled(top).slice(0, NAMED);
  const list = counted.map(([digit, count]) => t('unit.leads.digit', { digit, count })).join(', ');
  if (counted.length) parts.push(t('unit.leads', { total: top.length, list }));
  return parts.join(' ');
}

/** Why the measures differ, where they do: the digit at the top, the one told best on average, the one for which most
 * is lost. @param {Pick<UnitPage, 'top' | 'classes'>} unit @param {number | null} lost @param {Translate} t */
export function differ({ top, classes }, lost, t) {
  const best = toldDigits(classes).active[0];
  const named = [top[0]?.label, best && Number(best.name), lost ?? undefined];
  return new Set(named.filter((digit) => digit !== undefined)).size > 1 ? t('unit.differ') : '';
}
