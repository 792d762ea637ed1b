// What the screen beside a step does not tell while it is asked for: the product of one term in the list.

import { holds } from '../evaluate.js';

/** @import { Quantity } from '../evaluate.js' */
/** @import { Step } from '../types.js' */

/**
 * Names of what a step's open tasks ask for: `product-7` is that of the eighth term.
 * @param {Pick<Step, 'tasks'>} step
 * @param {Record<string, Quantity>} quantities
 * @returns {string[]}
 */
export function heldIn({ tasks }, quantities) {
  return tasks.flatMap(({ until, show }) => {
    const typed = show.at(-1)?.typed;
    const isProduct = Array.isArray(typed) && typed[0] === 'contribution';
    return isProduct && !holds(until, quantities) ? [`product-${typed[3]}`] : [];
  });
}
