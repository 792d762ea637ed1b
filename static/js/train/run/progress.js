// How far a run is, and how long it will still take.

/** @import { Translate } from '../../state/types.js' */
/** @import { Run } from '../types.js' */

export const PACE = 0.5; // s that a slow run stands still after each batch

/** @param {Pick<Run, 'batch' | 'batches'>} run */
export const shareDone = ({ batch, batches }) => (batches ? batch / batches : 0);

const STEPS = [1, 5, 10]; // s, below so many tens of them

/** Seconds as one tells them: the more, the rounder; never none. @param {number} seconds */
export function roundly(seconds) {
  const step = STEPS.find((each) => seconds <= 12 * each) ?? 30;
  return Math.max(1, Math.round(seconds / step) * step);
}

/** A batch as epochs. @param {number} batch @param {Pick<Run, 'batches_an_epoch'>} run */
export const epochsOf = (batch, { batches_an_epoch: anEpoch }) => batch / anEpoch;

/** @param {Run | undefined} run whether something is on its way */
export const isGoing = (run) => run?.state === 'running' || run?.state === 'waiting';

/** @param {Run | undefined} run whether nothing more can come */
export const isOver = (run) => run?.state === 'done' || run?.state === 'stopped';

/** Minutes and seconds, as a clock says them. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Why a run failed, of which the catalogue has words; else it is what the process said last. */
const REASONS = ['memory', 'disk'];

/** What a run does just now, in words. @param {Run} run @param {Translate} t */
export function stateWord({ state, reason, queue_position: position }, t) {
  if (state === 'waiting' && position !== null)
    return position === 1 ? t('run.next') : t('run.place', { place: position });
  if (state === 'failed')
    return REASONS.includes(reason) ? t(`why.${reason}`) : t('why.failed', { why: reason });
  return reason ? t(`why.${reason}`) : t(`state.${state}`);
}
