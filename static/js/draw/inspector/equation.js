// A neuron's equations with its numbers: z = a·w + a·w + … + b, and what the activation makes of it.

import { formula, make } from '../../page/dom.js';
import { arithmetic, bracketed, equals, written } from '../../page/sums.js';
import { takesGreatest } from '../../state/units.js';
import { signOf } from './curve.js';
import { listed } from './terms.js';

/** @import { LayerActivations, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { incoming } from '../../state/contributions.js' */

const WRITTEN = 3; // terms of the sum that are written out
const [NOTHING, LEAST] = [0.0005, 1e-7]; // three decimals would call it 0; less than that is told as 0

/** @param {Translate} t @param {Numbers} numbers */
export function createEquation(t, numbers) {
  const sum = make('p', { class: 'equation', 'data-testid': 'inspector-sum' });
  const result = make('p', { class: 'equation', 'data-testid': 'inspector-result' });
  const { two, three, short, whole } = numbers;
  /** Nearly 0 is not 0. @param {number} value */
  const isFaint = (value) => Math.abs(value) < NOTHING && Math.abs(value) >= LEAST;

  /** A result, with its full precision for those who read the page. @param {'z' | 'a'} id
   * @param {number} value */
  const strong = (id, value) =>
    make(
      'strong',
      { 'data-testid': `inspector-${id}`, 'data-value': value },
      Number.isNaN(value) ? '…' : (isFaint(value) ? short : three)(value),
    );

  /** What the activation makes of z, up to its result. @param {string} activation @param {number} z
   * @param {number} a @returns {(string | Node)[]} */
  function activated(activation, z, a) {
    const shown = Number.isNaN(z) ? '…' : three(z);
    if (a !== 0 && Math.abs(a) < NOTHING) return [...expression(activation, shown, z), ' ≈ '];
    return [
      ...expression(activation, shown, z),
      Number.isNaN(z) ? ' = ' : ` ${signOf(activation, shown, three(a))} `,
    ];
  }

  /** @param {string} activation @param {string} shown z @param {number} z
   * @returns {(string | Node)[]} */
  function expression(activation, shown, z) {
    if (activation === 'sigmoid')
      return [`σ(${shown}) = 1 / (1 + `, make('span', {}, 'e', make('sup', {}, three(-z))), ')'];
    if (activation === 'relu') return [`max(0, ${shown})`];
    if (activation === 'tanh') return [`tanh(${shown})`];
    if (activation === 'softmax')
      return [make('span', {}, 'e', make('sup', {}, shown)), ' / Σ e', make('sup', {}, 'z')];
    return [shown];
  }

  return {
    elements: [sum, result],
    /** The result's equation in words. */
    text: () => result.textContent ?? '',

    /**
     * @param {NonNullable<ReturnType<typeof incoming>>} all
     * @param {LayerActivations} layer @param {number} index @param {boolean} isOff switched off by hand
     */
    showSum({ sources, weights, contributions, sum: total, bias }, layer, index, isOff) {
      if (isOff) {
        sum.replaceChildren(t('readout.off'));
        result.replaceChildren(formula(['a', '=']), ' ', strong('a', layer.a[index]));
        return;
      }
      const order = listed(contributions, 'size', 'counts');
      const first = order.slice(0, WRITTEN);
      const others = total - first.reduce((part, i) => part + contributions[i], 0);
      const left = contributions.length - first.length;
      let made = 0; // of what is written
      const parts = first.map((i, at) => {
        const [weight, source] = [weights[i], sources[i]].map(two);
        made += written(weight) * written(source);
        return make(
          'span',
          { class: contributions[i] < 0 ? 'lowers' : 'raises' },
          `${at ? bracketed(weight) : weight} × ${bracketed(source)}`,
        );
      });
      const rest = [
        ...(left ? [t('inspector.others', { count: whole(left), sum: three(others) })] : []),
        `(b: ${three(bias)})`,
      ];
      made += (left ? written(three(others)) : 0) + written(three(bias));
      const pieces = [...parts, ...rest.map((each) => make('span', {}, each))];
      const z = layer.z?.[index] ?? NaN; // on its way
      sum.replaceChildren(formula(['z', '=']), ' ');
      pieces.forEach((piece, at) => sum.append(at ? ' + ' : '', piece));
      sum.append(Number.isNaN(z) ? ' = ' : ` ${equals(made, three(z))} `, strong('z', z));
      result.replaceChildren(
        formula(['a', '=']),
        ' ',
        ...activated(layer.activation, z, layer.a[index]),
        strong('a', layer.a[index]),
      );
    },

    /** An LSTM's unit at one row: its cell and its state. @param {LayerActivations} layer
     * @param {number} index */
    showCell({ shape, gates, z, a }, index) {
      if (!gates || !z) return;
      const before = index < shape[1] ? 0 : z[index - shape[1]];
      const [i, f, g, o] = [gates.i, gates.f, gates.g, gates.o].map((values) =>
        three(values[index]),
      );
      sum.replaceChildren(
        formula(['c', '=']),
        ` ${arithmetic(
          [
            [f, three(before)],
            [i, g],
          ],
          three(z[index]),
        )}`,
        strong('z', z[index]),
      );
      result.replaceChildren(
        formula(['h', '=']),
        ` ${o} × tanh(${three(z[index])}) ${equals(
          written(o) * Math.tanh(written(three(z[index]))),
          three(a[index]),
        )} `,
        strong('a', a[index]),
      );
    },

    /** What a pooling takes of its window. @param {LayerActivations} layer @param {number} index
     * @param {number[]} values of the window */
    showPooled(layer, index, values) {
      const name = takesGreatest(layer) ? 'max' : 'mean';
      const shown = values.map(three);
      const mean = shown.reduce((all, each) => all + written(each), 0) / shown.length;
      const is = name === 'max' ? '=' : equals(mean, three(layer.a[index]));
      sum.replaceChildren();
      result.replaceChildren(
        `a = ${name}(${shown.join(', ')}) ${is} `,
        strong('a', layer.a[index]),
      );
    },
  };
}
