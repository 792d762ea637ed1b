// The pointed-at neuron in numbers: Σ w·a + b = z, what the activation makes of it, and which
// contributions weigh most.

import { formula, make, say } from '../page/dom.js';
import { fieldName, layerName, neuronName, shortName } from '../state/names.js';
import { incoming, outgoing, pooled, sourceOf } from '../state/contributions.js';
import { fieldOf, isMaps, layerOf } from '../state/units.js';

/** @import { Neuron, State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

const STRONGEST = 6;

/** What each activation makes of z. @type {Record<string, string[]>} */
const ACTIVATIONS = {
  sigmoid: ['a', '=', 'σ', '(', 'z', ')'],
  tanh: ['a', '=', 'tanh', '(', 'z', ')'],
  relu: ['a', '=', 'max', '(', '0', ',', 'z', ')'],
  softmax: ['a', '=', 'e^z', '/', 'Σ', 'e^z'],
  linear: ['a', '=', 'z'],
};

/** The neuron to begin with: the output that won. @param {Pick<State, 'reading'>} state @returns {Neuron | null} */
export function answering({ reading }) {
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
 * @param {string} [term] of the dictionary, that explains it
 */
function createTerm(testid, label, numbers, term) {
  const name = make('span', { class: 'term-label', 'data-term': term }, formula(label));
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
 * @param {{onInspect: () => void, onChange: () => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createReadout(container, events, t, numbers) {
  const title = make('h2', { class: 'readout-name' });
  const hint = make('p', { class: 'readout-hint soft small' });
  const field = make('p', { class: 'readout-field small', 'data-testid': 'field' });
  const terms = {
    sum: createTerm('neuron-sum', ['Σ', 'w', '·', 'a'], numbers, 'weighted-sum'),
    b: createTerm('neuron-b', ['b'], numbers, 'bias'),
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
  const inspect = make(
    'button',
    { type: 'button', id: 'inspect', 'data-testid': 'inspect' },
    t('readout.inspect'),
  );
  const change = make('button', { type: 'button', 'data-testid': 'change' }, t('readout.change'));
  inspect.addEventListener('click', events.onInspect);
  change.addEventListener('click', events.onChange);
  const open = make('p', { class: 'inspect' }, inspect, change);
  container.append(title, hint, open, field, sum, caption, list);

  /** @param {State} state @param {Neuron} neuron */
  function showPixel(state, neuron) {
    const grey = state.reading?.input.pixels[neuron.index] ?? 0;
    terms.a.set(grey / 255, ['a', '=', String(grey), '/', '255']);
    const all = outgoing(state, neuron.index);
    if (all) showStrongest(state, 'readout.onwards', all.target, all);
    return all !== null;
  }

  /** The list, line by line: its elements stay. @param {{name: string, product: string, kind?: string}[]} lines */
  function showLines(lines) {
    items.forEach(({ element, name, product }, at) => {
      const line = lines[at];
      element.hidden = line === undefined;
      if (!line) return;
      element.className = line.kind ?? '';
      say(name, line.name);
      say(product, line.product);
    });
  }

  /** A pooling's unit: the values of its window. @param {State} state @param {Neuron} neuron */
  function showPooled(state, neuron) {
    const found = state.reading?.layers.find(({ name }) => name === neuron.layer);
    const window = pooled(state, neuron);
    if (!found || !window) return false;
    const a = found.a[neuron.index];
    const isMost = found.kind === 'max_pooling2d';
    terms.a.set(a, ['a', '=', isMost ? 'max' : 'mean']);
    const source = sourceOf(state, neuron.layer);
    const total = numbers.whole(window.values.length);
    say(caption, t('readout.pooled', { total, layer: layerName(source, t) }));
    showLines(
      window.values.slice(0, STRONGEST).map((value, i) => ({
        name: shortName({ layer: source, index: window.at[i] }, t, state.model),
        product: numbers.three(value),
        kind: isMost && value === a ? 'raises' : 'plain',
      })),
    );
    return true;
  }

  /** An LSTM's unit: its gates at this row, what they do to the cell, and what comes out.
   * @param {State} state @param {Neuron} neuron */
  function showGates(state, neuron) {
    const found = state.reading?.layers.find(({ name }) => name === neuron.layer);
    const gates = found?.gates;
    if (!found || !gates) return false;
    const at = neuron.index;
    const units = found.shape[1];
    const [i, f, g, o] = [gates.i[at], gates.f[at], gates.g[at], gates.o[at]];
    const before = at < units ? 0 : found.z[at - units];
    const [c, h] = [found.z[at], found.a[at]];
    list.classList.add('gates');
    terms.a.set(h, ['h', '=', 'o', '·', 'tanh', '(', 'c', ')']);
    say(caption, t('readout.gates'));
    const { two } = numbers;
    const sign = (/** @type {number} */ value) => (value < 0 ? 'lowers' : 'raises');
    showLines([
      { name: t('gate.i'), product: `i = ${numbers.three(i)}`, kind: 'plain' },
      { name: t('gate.g'), product: `g = ${numbers.three(g)}`, kind: sign(g) },
      { name: t('gate.f'), product: `f = ${numbers.three(f)}`, kind: 'plain' },
      {
        name: t('gate.c'),
        product: `${two(f)} × ${two(before)} + ${two(i)} × ${two(g)} = ${numbers.three(c)}`,
        kind: sign(c),
      },
      { name: t('gate.o'), product: `o = ${numbers.three(o)}`, kind: 'plain' },
      {
        name: t('gate.h'),
        product: `${numbers.three(o)} × ${numbers.three(Math.tanh(c))} = ${numbers.three(h)}`,
        kind: sign(h),
      },
    ]);
    return true;
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
    const source = sourceOf(state, neuron.layer);
    const found = layerOf(state.model, source);
    const text = found && isMaps(found) ? 'readout.strongest.maps' : 'readout.strongest';
    showStrongest(state, text, source, all);
    return true;
  }

  /**
   * @param {State} state
   * @param {string} text
   * @param {string} other the layer at the other end
   * @param {Record<'contributions' | 'weights' | 'sources', ArrayLike<number>> & {
   *   at?: ArrayLike<number>}} all
   */
  function showStrongest({ model }, text, other, { contributions, weights, sources, at: places }) {
    const order = strongest(contributions, STRONGEST);
    const [shown, total] = [order.length, contributions.length].map(numbers.whole);
    say(caption, t(text, { shown, total, layer: layerName(other, t) }));
    showLines(
      order.map((i) => {
        const [weight, activation, both] = [weights[i], sources[i], contributions[i]].map(numbers.two);
        return {
          name: shortName({ layer: other, index: places ? places[i] : i }, t, model),
          product: `${weight} × ${activation} = ${both}`,
          kind: contributions[i] < 0 ? 'lowers' : 'raises',
        };
      }),
    );
  }

  /** @param {State} state @param {Neuron} neuron @returns {boolean} whether all is known yet */
  function showNeuron(state, neuron) {
    list.classList.remove('gates');
    if (neuron.layer === 'input') return showPixel(state, neuron);
    const kind = layerOf(state.model, neuron.layer)?.kind ?? '';
    if (kind.endsWith('pooling2d')) return showPooled(state, neuron);
    return kind === 'lstm' ? showGates(state, neuron) : showSum(state, neuron);
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
      const { reading, weights, selected, model } = state;
      const { inspecting } = state;
      const now = [neuron?.layer, neuron?.index, pointed, selected, reading, weights, model, inspecting];
      if (shown.length && now.every((value, i) => value === shown[i])) return;
      shown = now;
      say(hint, hintFor(state, neuron && pointed));
      title.hidden = neuron === null;
      open.hidden = neuron === null || state.inspecting;
      say(title, neuron ? neuronName(neuron, t, model) : '');
      field.hidden = neuron === null || neuron.layer === 'input';
      if (neuron) say(field, fieldName(fieldOf(model, neuron), t));
      if (neuron) sum.dataset.neuron = `${neuron.layer}/${neuron.index}`;
      else delete sum.dataset.neuron;
      const isPixel = neuron?.layer === 'input';
      const known = neuron !== null && showNeuron(state, neuron);
      const kind = layerOf(model, neuron?.layer ?? '')?.kind;
      const summed = kind === 'dense' || kind === 'conv2d';
      sum.hidden = !isPixel && !known;
      for (const element of before) element.hidden = !summed;
      caption.hidden = list.hidden = !known;
    },
    destroy: () => container.replaceChildren(),
  };
}
