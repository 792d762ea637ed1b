// How many weights and biases layers have, counted.

/**
 * @typedef {object} Counted
 * @property {string} name
 * @property {string} sum as one would write it
 * @property {number} count
 */

/** The dials between dense layers, and their biases. @param {number[]} sizes inputs first
 * @param {(value: number) => string} written
 * @returns {Counted[]} weights, layer by layer, and all biases last */
export function countDense(sizes, written) {
  const own = sizes.slice(1);
  const weights = own.map((units, i) => ({
    name: `${i}`,
    sum: `${written(sizes[i])} · ${written(units)}`,
    count: sizes[i] * units,
  }));
  const biases = own.reduce((all, each) => all + each, 0);
  return [...weights, { name: 'biases', sum: own.map(written).join(' + '), count: biases }];
}

/** @param {{count: number}[]} counted */
export const inAll = (counted) => counted.reduce((all, { count }) => all + count, 0);

/** How a layer's dials are counted: a filter's weights, or a neuron's, and a bias each.
 * @param {{kind: string, weights: number, biases: number}} layer @param {(value: number) => string} written */
export const sumOf = ({ weights, biases }, written) =>
  `${written(biases)} · (${written(weights / biases)} + 1)`;
