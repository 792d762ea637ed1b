// What a recipe will take, as the server estimates it from the layers' shapes.

import { clock } from '../run/progress.js';

/** @import { Numbers } from '../../page/words.js' */
/** @import { Plan } from '../types.js' */

const MEGA = 1e6;
const MILLI = 1e3;

/**
 * The words of `setup.takes`: megabytes, operations and milliseconds a batch, and minutes in all.
 * @param {Plan} plan
 * @param {Numbers} numbers
 * @returns {Record<string, string>}
 */
export function whatItTakes(plan, numbers) {
  return {
    memory: numbers.whole(Math.ceil(plan.memory / MEGA)),
    operations: numbers.compact(plan.batch_operations),
    time: numbers.short(plan.batch_seconds * MILLI),
    all: clock(plan.batches * plan.batch_seconds),
  };
}
