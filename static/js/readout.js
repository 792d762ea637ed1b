// The pointed-at neuron in numbers: Σ w·a + b = z, what the activation makes of it, and which
// contributions weigh most.

import { formula, make, say } from './dom.js';
import { layerName, neuronName, shortName } from './names.js';
import { incoming, outgoing, sourceOf } from './network/contributions.js';

/** @import { Neuron, State, Translate } from './types.js' */
/** @import { Numbers } from './words.js' */

const STRONGEST = 6;

/** What each activation makes of z. @type {Record<string, string[]>} */
const ACTIVATIONS = {
  sigmoid: ['a', '=', 'σ', '(', 'z', ')'],
  tanh: ['a', '=', 'tanh', '(', 'z', ')'],
  relu: ['a', '=', 'max', '(', '0', ',', 'z', ')'],
  softmax: ['a', '=', 'e^z', '/', 'Σ', 'e^z'],
  linear: ['a', '=', 'z'],
};

/** The neuron to begin with: the output that won. @param {State} state @returns {Neuron | null} */
function answering({ reading }) {
  const digit = reading?.prediction ?? null;
  return digit === null ? null : { layer: 'output', index: digit };
}

/**
 * The places of the largest values by size, largest first; zeros do not count.
 * @param {ArrayLike<number>} values
 * @param {number} most
 */
export function strongest(values, most) {
  /** @type {number[]} */
  const places = [];
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size === 0) continue;
    let at = places.length;
    while (at > 0 && Math.abs(values[places[at - 1]]) < size) at -= 1;
    if (at >= most) continue;
    places.splice(at, 0, i);
    if (places.length > most) places.pop();
  }
  return places;
}

/**
 * A number under its formula.
 * @param {string} testid
 * @param {string[]} label
 * @param {Numbers} numbers
 */
function createTerm(testid, label, numbers) {
  const name = make('span', { class: 'term-label' }, formula(label));
  const number = make('span', { class: 'number', 'data-testid': testid });
  return {
    element: make('span', { class: 'term' }, name, number),
    /** @param {number} value @param {string[]} [as] */
    set(value, as) {
      say(number, numbers.three(value));
      number.dataset.value = String(value);
      if (as && as !== label) {
        label = as;
        name.replaceChildren(formula(as));
      }
    },
  };
}

/**
 * @param {HTMLElement} container
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createReadout(container, t, numbers) {
  const title = make('h2', { class: 'readout-name' });
  const hint = make('p', { class: 'readout-hint soft small' });
  const terms = {
    sum: createTerm('neuron-sum', ['Σ', 'w', '·', 'a'], numbers),
    b: createTerm('neuron-b', ['b'], numbers),
    z: createTerm('neuron-z', ['z'], numbers),
    a: createTerm('neuron-a', ['a'], numbers),
  };
  /** @param {string} sign */
  const operator = (sign) => make('span', { class: 'operator' }, sign);
  const before = [terms.sum.element, operator('+'), terms.b.element, operator('='), terms.z.element, operator('→')];
  const sum = make('p', { class: 'sum', 'data-testid': 'sum' }, ...before, terms.a.element);
  const caption = make('p', { class: 'strongest-caption soft small', id: 'strongest-caption' });
  const items = Array.from({ length: STRONGEST }, () => {
    const name = make('span', { class: 'small soft' });
    const product = make('span', { class: 'small' });
    return { element: make('li', {}, name, product), name, product };
  });
  const list = make(
    'ol',
    { class: 'strongest', 'data-testid': 'strongest', 'aria-labelledby': 'strongest-caption' },
    ...items.map(({ element }) => element),
  );
  container.append(title, hint, sum, caption, list);

  /** @param {State} state @param {Neuron} neuron */
  function showPixel(state, neuron) {
    const grey = state.reading?.input.pixels[neuron.index] ?? 0;
    terms.a.set(grey / 255, ['a', '=', String(grey), '/', '255']);
    const all = outgoing(state, neuron.index);
    if (all) showStrongest('readout.onwards', all.target, all);
    return all !== null;
  }

  /** @param {State} state @param {Neuron} neuron @returns {boolean} whether all is known yet */
  function showSum(state, neuron) {
    const layer = state.reading?.layers.find(({ name }) => name === neuron.layer);
    const all = incoming(state, neuron);
    if (!layer || !all) return false;
    terms.sum.set(all.sum);
    terms.b.set(all.bias);
    terms.z.set(layer.z[neuron.index]);
    terms.a.set(layer.a[neuron.index], ACTIVATIONS[layer.activation]);
    showStrongest('readout.strongest', sourceOf(state, neuron.layer), all);
    return true;
  }

  /**
   * @param {string} text
   * @param {string} other the layer at the other end
   * @param {Record<'contributions' | 'weights' | 'sources', ArrayLike<number>>} all
   */
  function showStrongest(text, other, { contributions, weights, sources }) {
    const order = strongest(contributions, STRONGEST);
    const [shown, total] = [order.length, contributions.length].map(numbers.whole);
    say(caption, t(text, { shown, total, layer: layerName(other, t) }));
    items.forEach(({ element, name, product }, at) => {
      const i = order[at];
      element.hidden = i === undefined;
      if (i === undefined) return;
      element.className = contributions[i] < 0 ? 'lowers' : 'raises';
      say(name, shortName({ layer: other, index: i }, t));
      const [weight, activation, both] = [weights[i], sources[i], contributions[i]].map(numbers.two);
      say(product, `${weight} × ${activation} = ${both}`);
    });
  }

  /** @param {State} state @param {Neuron | null} pointed */
  function hintFor({ selected }, pointed) {
    if (!pointed) return t('readout.point');
    const kept = selected?.layer === pointed.layer && selected.index === pointed.index;
    return t(kept ? 'readout.kept' : 'readout.click');
  }

  /** @type {unknown[]} */
  let shown = [];

  return {
    /** @param {State} state */
    update(state) {
      const pointed = state.hovered ?? state.selected;
      const neuron = state.reading ? (pointed ?? answering(state)) : null;
      const now = [neuron?.layer, neuron?.index, pointed, state.selected, state.reading, state.weights];
      if (shown.length && now.every((value, i) => value === shown[i])) return;
      shown = now;
      say(hint, hintFor(state, neuron && pointed));
      title.hidden = neuron === null;
      say(title, neuron ? neuronName(neuron, t) : '');
      if (neuron) sum.dataset.neuron = `${neuron.layer}/${neuron.index}`;
      else delete sum.dataset.neuron;
      const isPixel = neuron?.layer === 'input';
      const known = neuron !== null && (isPixel ? showPixel(state, neuron) : showSum(state, neuron));
      sum.hidden = !isPixel && !known;
      for (const element of before) element.hidden = isPixel;
      caption.hidden = list.hidden = !known;
    },
    destroy: () => container.replaceChildren(),
  };
}
