// The pointed-at neuron in numbers: Σ w·a + b = z, what the activation makes of it, and which
// contributions weigh most.

import { formula, make, say } from '../../page/dom.js';
import { loadWords } from '../../page/late.js';
import { joined } from '../../page/words.js';
import { fieldName, layerName, MOVED, neuronName, shortName } from '../../state/names.js';
import { answering, inputOf } from '../../state/ends.js';
import { incoming, outgoing, sourceOf } from '../../state/contributions.js';
import { fieldNow, isMaps, layerOf } from '../../state/units.js';
import { createSentence } from '../../views/unit-link.js';
import { createLines, strongest } from './lines.js';
import { createChanged } from '../../state/store.js';

/** @import { Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { UnitEvents } from '../../views/unit-link.js' */

const STRONGEST = 6;
const ALL = 8; // contributions that are told all

/** What it is told anew for. */
const SHOWN = /** @type {const} */ ([
  'layer',
  'index',
  'pointed',
  'units',
  'selected',
  'reading',
  'weights',
  'model',
  'inspecting',
  'detailed',
  'row',
]);

/** What each activation makes of z. @type {Record<string, string[]>} */
const ACTIVATIONS = {
  sigmoid: ['a', '=', 'σ', '(', 'z', ')'],
  tanh: ['a', '=', 'tanh', '(', 'z', ')'],
  relu: ['a', '=', 'max', '(', '0', ',', 'z', ')'],
  softmax: ['a', '=', 'e^z', '/', 'Σ', 'e^z'],
  linear: ['a', '=', 'z'],
};

/** How a column's number becomes what the network reads. @param {import('../../state/types.js').Feature} column
 * @param {number} value */
function standardising({ mean, sd }, value) {
  const [centre, spread] = [mean, sd].map((each) => String(Number(each.toFixed(2))));
  return ['a', '=', '(', String(value), '−', centre, ')', '/', spread];
}

/** A value's share of all of them by size. @param {ArrayLike<number>} values @param {number} at */
function shareOf(values, at) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return Math.abs(values[at]) / sum;
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
    /** @param {number | undefined} value not known yet @param {string[]} [as] */
    set(value, as) {
      say(number, value === undefined ? '…' : numbers.three(value));
      number.dataset.value = String(value ?? '');
      if (as && as !== label) {
        label = as;
        name.replaceChildren(formula(as));
      }
    },
  };
}

/**
 * @param {HTMLElement} container
 * @param {{onInspect: () => void, onChange: () => void, onUnits: () => void} & UnitEvents} events onUnits:
 *   what tells of other units than sums is there
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
  const before = [
    terms.sum.element,
    operator('+'),
    terms.b.element,
    operator('='),
    terms.z.element,
    operator('→'),
  ];
  const sum = make('p', { class: 'sum', 'data-testid': 'sum' }, ...before, terms.a.element);
  const most = createSentence(events, { class: 'readout-most', 'data-testid': 'most' });
  const largest = make('span', { class: 'soft', id: 'strongest-caption' });
  const caption = make('p', { class: 'strongest-caption small' }, most.element, ' ', largest);
  const listed = { 'data-testid': 'strongest', 'aria-labelledby': 'strongest-caption' };
  const lines = createLines(ALL, listed, events);
  const list = lines.element;
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
    const { reading, model } = state;
    if (!reading) return false;
    const a = inputOf(reading)[neuron.index];
    const column = model?.features?.[neuron.index];
    const value = column && reading.input.features?.[column.name];
    if (reading.input.steps) terms.a.set(a, [MOVED[neuron.index % MOVED.length], '=']);
    else
      terms.a.set(
        a,
        column && value !== undefined
          ? standardising(column, value)
          : ['a', '=', String(reading.input.pixels[neuron.index]), '/', '255'],
      );
    const all = outgoing(state, neuron.index);
    if (all) showStrongest(state, 'readout.onwards', all.target, all);
    return all !== null;
  }

  /** @type {typeof import('./units.js') | null} */
  let units = null;
  let tell = t;
  let isComing = false;

  async function fetchUnits() {
    isComing = true;
    const all = Promise.all([import('./units.js'), loadWords('told')]);
    const [module, words] = await all.finally(() => (isComing = false));
    units = module;
    tell = joined(t, words);
    events.onUnits();
  }

  /** A pooling's or an LSTM's unit. @param {State} state @param {Neuron} neuron @param {boolean} hasGates */
  function showUnit(state, neuron, hasGates) {
    if (!units) {
      if (!isComing) fetchUnits();
      return false;
    }
    const told = (hasGates ? units.tellGates : units.tellPooled)(state, neuron, tell, numbers);
    if (!told) return false;
    list.classList.toggle('gates', hasGates);
    terms.a.set(told.a, told.formula);
    most.set('', '', null);
    say(largest, told.caption);
    lines.show(told.lines);
    return true;
  }

  /** @param {State} state @param {Neuron} neuron @returns {boolean} whether all is known yet */
  function showSum(state, neuron) {
    const layer = state.reading?.layers.find(({ name }) => name === neuron.layer);
    const all = incoming(state, neuron);
    if (!layer || !all) return false;
    terms.sum.set(all.sum);
    terms.b.set(all.bias);
    terms.z.set(layer.z?.[neuron.index]);
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
    const order = strongest(contributions, contributions.length <= ALL ? ALL : STRONGEST);
    const [shown, total] = [order.length, contributions.length].map(numbers.whole);
    const neuronAt = (/** @type {number} */ i) => ({ layer: other, index: places ? places[i] : i });
    const first = order.length ? neuronAt(order[0]) : null;
    const name = first ? neuronName(first, t, model) : '';
    const share = first ? numbers.percent(shareOf(contributions, order[0])) : '';
    const mattering = text === 'readout.onwards' ? 'readout.most.on' : 'readout.most';
    most.set(first ? t(mattering, { name, share }) : '', name, first);
    const key = order.length ? text : 'readout.nothing';
    say(largest, t(key, { shown, total, layer: layerName(other, t) }));
    lines.show(
      order.map((i) => {
        const [weight, activation, both] = [weights[i], sources[i], contributions[i]].map(
          numbers.two,
        );
        return {
          name: shortName(neuronAt(i), t, model),
          neuron: neuronAt(i),
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
    const arithmetic = layerOf(state.model, neuron.layer)?.arithmetic;
    const isSum = arithmetic !== 'gates' && arithmetic !== 'pool';
    return isSum ? showSum(state, neuron) : showUnit(state, neuron, arithmetic === 'gates');
  }

  /** @param {State} state @param {Neuron | null} pointed */
  function hintFor({ selected }, pointed) {
    if (!pointed) return t('readout.point');
    const kept = selected?.layer === pointed.layer && selected.index === pointed.index;
    return t(kept ? 'readout.kept' : 'readout.click');
  }

  /** What an output that is a number means: mean + sd · a. @param {State} state @param {Neuron} neuron */
  function amountOf({ model, reading }, { layer }) {
    const output = layer === 'output' ? model?.outputs?.[0] : undefined;
    if (output?.kind !== 'number' || !reading) return null;
    const { mean = 0, sd = 1 } = output;
    const a = reading.layers[reading.layers.length - 1].a[0];
    return t('output.dollars', {
      mean: numbers.dollars(mean),
      sd: numbers.dollars(sd),
      a: numbers.three(a),
      price: numbers.dollars(mean + sd * a),
    });
  }

  const changed = createChanged();

  return {
    /** @param {State} state */
    update(state) {
      const pointed = state.hovered ?? state.selected;
      const neuron = state.reading ? (state.held ?? pointed ?? answering(state.reading)) : null;
      const { model } = state;
      const of = { layer: neuron?.layer, index: neuron?.index, pointed, units };
      if (!changed({ ...state, ...of }, ...SHOWN)) return;
      say(hint, hintFor(state, neuron && pointed));
      title.hidden = neuron === null;
      open.hidden = neuron === null || state.inspecting;
      say(title, neuron ? neuronName(neuron, t, model) : '');
      field.hidden = neuron === null || neuron.layer === 'input';
      if (neuron)
        say(field, amountOf(state, neuron) ?? fieldName(fieldNow(state, neuron), t, model));
      if (neuron) sum.dataset.neuron = `${neuron.layer}/${neuron.index}`;
      else delete sum.dataset.neuron;
      const isPixel = neuron?.layer === 'input';
      const known = neuron !== null && showNeuron(state, neuron);
      const summed = layerOf(model, neuron?.layer ?? '')?.arithmetic === 'sum';
      sum.hidden = !isPixel && !known;
      for (const element of before) element.hidden = !summed;
      caption.hidden = list.hidden = !known;
    },
    destroy: () => container.replaceChildren(),
  };
}
