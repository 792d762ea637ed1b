// The pointed-at neuron in numbers: Σ w·a + b = z, and what the activation makes of it.

import { make } from './dom.js';
import { incoming, sourceOf } from './network/contributions.js';

/** @import { Neuron, State, Translate } from './types.js' */
/** @import { Numbers } from './words.js' */

const SYMBOLS = /** @type {Record<string, string>} */ ({ sigmoid: 'σ', relu: 'ReLU', tanh: 'tanh', linear: '' });
const STRONGEST = 6;

/**
 * A neuron's name in words: "hidden 1 · neuron 7", "output · digit 3".
 * @param {Neuron} neuron
 * @param {Translate} t
 */
export function neuronName({ layer, index }, t) {
  if (layer === 'input') {
    return t('neuron.input', { row: Math.floor(index / 28) + 1, column: (index % 28) + 1 });
  }
  return layer === 'output'
    ? t('neuron.output', { digit: index })
    : t('neuron.hidden', { layer: layerName(layer, t), number: index + 1 });
}

/** @param {string} layer @param {Translate} t */
export function layerName(layer, t) {
  const hidden = /^hidden(\d+)$/.exec(layer);
  if (hidden) return t('layer.hidden', { number: hidden[1] });
  return layer === 'input' || layer === 'output' ? t(`layer.${layer}`) : layer;
}

/** The neuron to begin with: the output that won. @param {State} state @returns {Neuron | null} */
function answering({ reading }) {
  const digit = reading?.prediction ?? null;
  return digit === null ? null : { layer: 'output', index: digit };
}

/**
 * @param {HTMLElement} container
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createReadout(container, t, numbers) {
  const text = make('div', { class: 'readout-text', role: 'status' });
  const help = make('p', { class: 'soft small' }, t('readout.empty'));
  container.append(help, text);

  /**
   * A number under its name.
   * @param {string} label
   * @param {string} testid
   * @param {number} value
   */
  const term = (label, testid, value) =>
    make(
      'span',
      { class: 'term' },
      make('span', { class: 'small soft' }, label),
      make('span', { class: 'number', 'data-testid': testid, 'data-value': value }, numbers.three(value)),
    );

  /** @param {string} sign */
  const operator = (sign) => make('span', { class: 'operator soft' }, sign);

  /** @param {State} state @param {Neuron} neuron @returns {HTMLElement[]} */
  function describe(state, neuron) {
    const title = make('strong', { class: 'readout-name' }, neuronName(neuron, t));
    if (neuron.layer === 'input') {
      const grey = state.reading?.input.pixels[neuron.index] ?? 0;
      const label = t('readout.pixel', { grey });
      return [title, make('p', { class: 'sum' }, term(label, 'neuron-a', grey / 255))];
    }
    const layer = state.reading?.layers.find(({ name }) => name === neuron.layer);
    const parts = state.reading && state.weights && incoming(state, neuron);
    if (!layer || !parts) return [title];
    const activation = layer.activation === 'softmax' ? 'e^z / Σ e^z' : `${SYMBOLS[layer.activation]}(z)`;
    const sum = make(
      'p',
      { class: 'sum', 'data-neuron': `${neuron.layer}/${neuron.index}` },
      term('Σ w·a', 'neuron-sum', parts.sum),
      operator('+'),
      term('b', 'neuron-b', parts.bias),
      operator('='),
      term('z', 'neuron-z', layer.z[neuron.index]),
      operator('→'),
      term(`${activation} = a`, 'neuron-a', layer.a[neuron.index]),
    );
    return [title, sum, strongest(state, neuron, parts)];
  }

  /**
   * @param {State} state
   * @param {Neuron} neuron
   * @param {NonNullable<ReturnType<typeof incoming>>} parts
   */
  function strongest(state, neuron, { contributions, weights, sources }) {
    const order = [...contributions.keys()]
      .filter((i) => contributions[i] !== 0)
      .sort((i, j) => Math.abs(contributions[j]) - Math.abs(contributions[i]))
      .slice(0, STRONGEST);
    const source = sourceOf(state, neuron.layer);
    const items = order.map((i) =>
      make(
        'li',
        { class: contributions[i] < 0 ? 'lowers' : 'raises' },
        make('span', { class: 'small soft' }, neuronName({ layer: source, index: i }, t)),
        make('span', { class: 'number small' }, `${numbers.two(weights[i])} × ${numbers.two(sources[i])} = ${numbers.two(contributions[i])}`),
      ),
    );
    return make('ol', { class: 'strongest', 'aria-label': t('readout.strongest') }, ...items);
  }

  /** @type {[unknown, unknown, unknown] | null} */
  let shown = null;

  return {
    /** @param {State} state */
    update(state) {
      const pointed = state.hovered ?? state.selected;
      const neuron = pointed ?? answering(state);
      const key = /** @type {[unknown, unknown, unknown]} */ ([neuron, state.reading, state.weights]);
      if (shown && key.every((value, i) => value === shown?.[i])) return;
      shown = key;
      help.hidden = pointed !== null;
      text.replaceChildren(...(neuron && state.reading ? describe(state, neuron) : []));
    },
    destroy: () => container.replaceChildren(),
  };
}
