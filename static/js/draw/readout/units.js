// What units do that are no weighted sums: a pooling's window, an LSTM's gates. Fetched with the
// first network that has such.

import { layerName, shortName } from '../../state/names.js';
import { pooled, sourceOf } from '../../state/contributions.js';
import { takesGreatest } from '../../state/units.js';

/** @import { Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Line } from './lines.js' */

/** @typedef {{a: number, formula: string[], caption: string, lines: Line[]}} Told */

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
  return {
    a,
    formula: ['a', '=', isMost ? 'max' : 'mean'],
    caption: t('readout.pooled', { total, layer: layerName(source, t) }),
    lines: window.values.map((value, i) => {
      const from = { layer: source, index: window.at[i] };
      return {
        name: shortName(from, t, state.model),
        neuron: from,
        product: numbers.three(value),
        kind: isMost && value === a ? 'raises' : 'plain',
      };
    }),
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
  return {
    a: h,
    formula: ['h', '=', 'o', '·', 'tanh', '(', 'c', ')'],
    caption: t(state.model?.problem === 'pen' ? 'readout.gates.pen' : 'readout.gates'),
    lines: [
      { name: t('gate.i'), product: `i = ${three(i)}`, kind: 'plain' },
      { name: t('gate.g'), product: `g = ${three(g)}`, kind: sign(g) },
      { name: t('gate.f'), product: `f = ${three(f)}`, kind: 'plain' },
      {
        name: t('gate.c'),
        product: `${two(f)} × ${two(before)} + ${two(i)} × ${two(g)} = ${three(c)}`,
        kind: sign(c),
      },
      { name: t('gate.o'), product: `o = ${three(o)}`, kind: 'plain' },
      {
        name: t('gate.h'),
        product: `${three(o)} × ${three(Math.tanh(c))} = ${three(h)}`,
        kind: sign(h),
      },
    ],
  };
}
