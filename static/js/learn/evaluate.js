// Works out an expression of a chapter over live quantities. The tree was checked on the server;
// nothing in it is code.

/** @import { Tree } from './types.js' */

/** @typedef {number | boolean | string} Value */
/** @typedef {(...values: Value[]) => Value | null} Quantity gives null while it has no value */

/** @type {Record<string, (...sides: any[]) => Value>} */
const OPERATORS = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
  '<': (x, y) => x < y,
  '<=': (x, y) => x <= y,
  '>': (x, y) => x > y,
  '>=': (x, y) => x >= y,
  '==': (x, y) => x === y,
  '!=': (x, y) => x !== y,
};

/**
 * @param {Tree} tree
 * @param {Record<string, Quantity>} quantities
 * @returns {Value | null} null when a quantity that it needs has no value just now
 */
export function evaluate(tree, quantities) {
  if (!Array.isArray(tree)) return tree;
  const [name, ...args] = tree;
  if (name === 'text') return /** @type {string} */ (args[0]);
  if (name === 'and' || name === 'or') {
    const stop = name === 'or'; // a value that settles it
    const values = args.map((arg) => evaluate(arg, quantities));
    if (values.some((value) => value !== null && Boolean(value) === stop)) return stop;
    return values.includes(null) ? null : !stop;
  }
  if (name === 'if') {
    const condition = evaluate(args[0], quantities);
    return condition === null ? null : evaluate(args[condition ? 1 : 2], quantities);
  }
  const values = args.map((arg) => evaluate(arg, quantities));
  if (values.includes(null)) return null;
  if (name === 'not') return !values[0];
  const known = /** @type {Value[]} */ (values);
  const of = Object.hasOwn(OPERATORS, name)
    ? OPERATORS[name]
    : Object.hasOwn(quantities, name)
      ? quantities[name]
      : null;
  const value = of ? of(...known) : null;
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/** Whether a condition holds; one that cannot be worked out does not.
 * @param {Tree} tree @param {Record<string, Quantity>} quantities */
export const holds = (tree, quantities) => evaluate(tree, quantities) === true;
