// What is told of units that are no weighted sums: what an input gives on, a pooling's window, an LSTM's
// gates. Fetched with the first that is looked at.

import { arithmetic, bracketed, equals, written } from '../../page/sums.js';
import { denseKernel, pooled, sourceOf } from '../../state/contributions.js';
import { inputOf } from '../../state/ends.js';
import { layerName, MOVED, shortName } from '../../state/names.js';
import { takesGreatest } from '../../state/units.js';

/** @import { Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Contributions, Line } from './lines.js' */

/**
 * @typedef {object} Told
 * @property {number} a
 * @property {string[]} formula what makes it
 * @property {{caption: string, lines: Line[]}} [list] what it is made of, line by line
 * @property {{target: string, all: Contributions}} [onwards] what it gives to the next layer's units
 */

/** How a column's number becomes what the network reads. @param {import('../../state/types.js').Feature} column
 * @param {number} value @param {string} a as it is written */
function standardising({ mean, sd }, value, a) {
  const [centre, spread] = [mean, sd].map((each) => String(Number(each.toFixed(2))));
  const is = equals((value - Number(centre)) / Number(spread), a);
  return ['a', is, '(', String(value), '−', centre, ')', '/', spread];
}

/**
 * What one input gives to every neuron of the first layer, or null where that is not dense.
 * @param {Pick<State, 'model' | 'reading' | 'weights'>} state
 * @param {number} pixel
 */
export function outgoing({ model, reading, weights }, pixel) {
  const target = model?.layers[0].name;
  const inputs = reading && inputOf(reading);
  const kernel = target && inputs ? denseKernel(weights, target, inputs.length) : null;
  if (!target || !inputs || !kernel) return null;
  const units = kernel.shape[1];
  const row = kernel.data.subarray(pixel * units, (pixel + 1) * units);
  const source = inputs[pixel];
  return {
    target,
    weights: row,
    sources: new Float64Array(units).fill(source),
    contributions: Float64Array.from(row, (weight) => weight * source),
  };
}

/** How an input came to be the number that it is. @param {State} state @param {number} index
 * @param {Numbers} numbers */
function madeOf({ model, reading }, index, numbers) {
  const { input } = /** @type {NonNullable<State['reading']>} */ (reading);
  if (input.steps) return [MOVED[index % MOVED.length], '='];
  const column = model?.features?.[index];
  const value = column && input.features?.[column.name];
  return column && value !== undefined
    ? standardising(column, value, numbers.three(inputOf({ input })[index]))
    : ['a', '=', String(input.pixels[index]), '/', '255'];
}

/**
 * An input: a pixel, a feature, a number of a pen's step.
 * @param {State} state @param {Neuron} neuron @param {Translate} _ @param {Numbers} numbers
 * @returns {Told | null}
 */
export function tellInput(state, { index }, _, numbers) {
  if (!state.reading) return null;
  const all = outgoing(state, index);
  return {
    a: inputOf(state.reading)[index],
    formula: madeOf(state, index, numbers),
    ...(all ? { onwards: { target: all.target, all } } : {}),
  };
}

/**
 * A pooling's unit: the values of its window.
 * @param {State} state @param {Neuron} neuron @param {Translate} t @param {Numbers} numbers
 * @returns {Told | null}
 */
export function tellPooled(state, neuron, t, numbers) {
  const found = state.reading?.layers.find(({ name }) => name === neuron.layer);
  const window = pooled(state, neuron);
  if (!found || !window) return null;
  const a = found.a[neuron.index];
  const isMost = takesGreatest(found);
  const source = sourceOf(state, neuron.layer);
  const total = numbers.whole(window.values.length);
  const lines = window.values.map((value, i) => {
    const from = { layer: source, index: window.at[i] };
    return {
      name: shortName(from, t, state.model),
      neuron: from,
      product: numbers.three(value),
      kind: isMost && value === a ? 'raises' : 'plain',
    };
  });
  return {
    a,
    formula: ['a', '=', isMost ? 'max' : 'mean'],
    list: { caption: t('readout.pooled', { total, layer: layerName(source, t) }), lines },
  };
}

/**
 * An LSTM's unit: its gates at this row, what they do to the cell, and what comes out.
 * @param {State} state @param {Neuron} neuron @param {Translate} t @param {Numbers} numbers
 * @returns {Told | null}
 */
export function tellGates(state, neuron, t, numbers) {
  const found = state.reading?.layers.find(({ name }) => name === neuron.layer);
  const { gates, z } = found ?? {};
  if (!found || !gates || !z) return null;
  const at = neuron.index;
  const units = found.shape[1];
  const [i, f, g, o] = [gates.i[at], gates.f[at], gates.g[at], gates.o[at]];
  const before = at < units ? 0 : z[at - units];
  const [c, h] = [z[at], found.a[at]];
  const { two, three } = numbers;
  const sign = (/** @type {number} */ value) => (value < 0 ? 'lowers' : 'raises');
  const lines = [
    { name: t('gate.i'), product: `i = ${three(i)}`, kind: 'plain' },
    { name: t('gate.g'), product: `g = ${three(g)}`, kind: sign(g) },
    { name: t('gate.f'), product: `f = ${three(f)}`, kind: 'plain' },
    {
      name: t('gate.c'),
      product: arithmetic([[f, before].map(two), [i, g].map(two)], three(c)) + three(c),
      kind: sign(c),
    },
    { name: t('gate.o'), product: `o = ${three(o)}`, kind: 'plain' },
    {
      name: t('gate.h'),
      product: arithmetic([[o, Math.tanh(c)].map(three)], three(h)) + three(h),
      kind: sign(h),
    },
  ];
  const caption = t(state.model?.problem === 'pen' ? 'readout.gates.pen' : 'readout.gates');
  return { a: h, formula: ['h', '=', 'o', '·', 'tanh', '(', 'c', ')'], list: { caption, lines } };
}

/** What an output that is a number means: mean + sd · a.
 * @param {State} state @param {Translate} t @param {Numbers} numbers */
export function tellAmount({ model, reading }, t, numbers) {
  const output = model?.outputs?.[0];
  if (!output || !reading) return null;
  const { mean = 0, sd = 1 } = output;
  const a = reading.layers[reading.layers.length - 1].a[0];
  const price = numbers.dollars(mean + sd * a);
  const [centre, spread] = [mean, sd].map(numbers.dollars);
  const is = equals(written(centre) + written(spread) * written(numbers.three(a)), price);
  return t('output.dollars', {
    mean: centre,
    sd: spread,
    a: bracketed(numbers.three(a)),
    price,
    is,
  });
}
