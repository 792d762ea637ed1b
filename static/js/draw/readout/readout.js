// The pointed-at neuron in numbers: Σ w·a + b = z, what the activation makes of it, and which
// contributions weigh most. What is told of units that are no sums comes with the first of them.

import { formula, make, say } from '../../page/dom.js';
import { loadWords } from '../../page/late.js';
import { bracketed, equals, written } from '../../page/sums.js';
import { joined } from '../../page/words.js';
import { fieldName, neuronName } from '../../state/names.js';
import { answering } from '../../state/ends.js';
import { incoming, sourceOf } from '../../state/contributions.js';
import { createChanged } from '../../state/store.js';
import { fieldNow, isMaps, layerOf } from '../../state/units.js';
import { createListing } from './lines.js';

/** @import { Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { UnitEvents } from '../../views/unit-link.js' */

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

/** Whether a neuron was switched off by hand: its sum says nothing then. @param {State} state @param {Neuron} neuron */
const isOff = ({ model, edits }, { layer, index }) =>
  edits[model?.id ?? '']?.some((e) => e.kind === 'off' && e.layer === layer && e.unit === index);

/** What each activation makes of z. @type {Record<string, string[]>} */
const ACTIVATIONS = {
  sigmoid: ['a', '=', 'σ', '(', 'z', ')'],
  tanh: ['a', '=', 'tanh', '(', 'z', ')'],
  relu: ['a', '=', 'max', '(', '0', ',', 'z', ')'],
  softmax: ['a', '=', 'e^z', '/', 'Σ', 'e^z'],
  linear: ['a', '=', 'z'],
};

/**
 * A number under its formula.
 * @param {string} testid
 * @param {string[]} label
 * @param {Numbers} numbers
 * @param {string} [term] of the dictionary, that explains it
 * @param {boolean} [isAdded] it follows a sign
 */
function createTerm(testid, label, numbers, term, isAdded) {
  const name = make('span', { class: 'term-label', 'data-term': term }, formula(label));
  const number = make('span', { class: 'number', 'data-testid': testid });
  let text = '';
  return {
    element: make('span', { class: 'term' }, name, number),
    written: () => written(text),
    text: () => text,
    /** @param {number | undefined} value not known yet @param {string[]} [as] */
    set(value, as) {
      text = value === undefined ? '…' : numbers.three(value);
      say(number, isAdded ? bracketed(text) : text);
      number.dataset.value = String(value ?? '');
      if (as && as !== label) {
        label = as;
        name.replaceChildren(formula(as));
      }
    },
  };
}

/** The arithmetic in a line: Σ w·a + b = z → a, or what makes a alone. @param {Numbers} numbers */
function createArithmetic(numbers) {
  const sum = createTerm('neuron-sum', ['Σ', 'w', '·', 'a'], numbers, 'weighted-sum');
  const b = createTerm('neuron-b', ['b'], numbers, 'bias', true);
  const z = createTerm('neuron-z', ['z'], numbers);
  const a = createTerm('neuron-a', ['a'], numbers);
  /** @param {string} sign */
  const operator = (sign) => make('span', { class: 'operator' }, sign);
  const is = operator('=');
  const before = [...[sum.element, operator('+'), b.element], ...[is, z.element, operator('→')]];
  return {
    ...{ sum, b, z, a },
    element: make('p', { class: 'sum', 'data-testid': 'sum' }, ...before, a.element),
    /** The sum is what the numbers give, or about that: they are rounded. */
    showEquals: () => say(is, equals(sum.written() + b.written(), z.text())),
    /** @param {boolean} isSum whether there is anything before a */
    showSum(isSum) {
      for (const element of before) element.hidden = !isSum;
    },
  };
}

/** What is told of units that are no sums, and its words, once they are here. @param {() => void} onUnits @param {Translate} t */
function createUnits(onUnits, t) {
  /** @type {{tellers: typeof import('./units.js'), words: Translate} | null} */
  let units = null;
  let isComing = false;

  async function fetchUnits() {
    isComing = true;
    const all = Promise.all([import('./units.js'), loadWords('told')]);
    const [tellers, words] = await all.finally(() => (isComing = false));
    units = { tellers, words: joined(t, words) };
    onUnits();
  }

  return {
    /** Null while they are on their way. */
    now: () => units,
    wanted() {
      if (!units && !isComing) fetchUnits();
      return units;
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
  const terms = createArithmetic(numbers);
  const listing = createListing(events, t, numbers);
  const inspect = make(
    'button',
    { type: 'button', id: 'inspect', 'data-testid': 'inspect' },
    t('readout.inspect'),
  );
  const change = make('button', { type: 'button', 'data-testid': 'change' }, t('readout.change'));
  inspect.addEventListener('click', events.onInspect);
  change.addEventListener('click', events.onChange);
  const open = make('p', { class: 'inspect' }, inspect, change);
  container.append(title, hint, open, field, terms.element, ...listing.elements);
  const units = createUnits(events.onUnits, t);
  const changed = createChanged();

  /** An input's cell, a pooling's or an LSTM's unit.
   * @param {State} state @param {Neuron} neuron @param {'tellInput' | 'tellPooled' | 'tellGates'} teller */
  function showUnit(state, neuron, teller) {
    const { tellers, words } = units.wanted() ?? {};
    const told = words && tellers?.[teller](state, neuron, words, numbers);
    if (!told) return false;
    terms.a.set(told.a, told.formula);
    if (told.list) listing.tell(told.list, teller === 'tellGates');
    if (told.onwards) {
      const keys = { most: 'readout.most.on', largest: 'readout.onwards' };
      listing.tellStrongest(state.model, told.onwards.target, told.onwards.all, keys, words);
    }
    return Boolean(told.list ?? told.onwards);
  }

  /** @param {State} state @param {Neuron} neuron @returns {boolean} whether all is known yet */
  function showSum(state, neuron) {
    const layer = state.reading?.layers.find(({ name }) => name === neuron.layer);
    const all = incoming(state, neuron);
    if (!layer || !all) return false;
    terms.sum.set(all.sum);
    terms.b.set(all.bias);
    terms.z.set(layer.z?.[neuron.index]);
    terms.showEquals();
    terms.a.set(
      layer.a[neuron.index],
      isOff(state, neuron) ? ['a'] : ACTIVATIONS[layer.activation],
    );
    const source = sourceOf(state, neuron.layer);
    const found = layerOf(state.model, source);
    const largest = found && isMaps(found) ? 'readout.strongest.maps' : 'readout.strongest';
    listing.tellStrongest(state.model, source, all, { most: 'readout.most', largest });
    return true;
  }

  /** @param {State} state @param {Neuron} neuron @returns {boolean} whether all is known yet */
  function showNeuron(state, neuron) {
    if (neuron.layer === 'input') return showUnit(state, neuron, 'tellInput');
    const arithmetic = layerOf(state.model, neuron.layer)?.arithmetic;
    if (arithmetic === 'pool') return showUnit(state, neuron, 'tellPooled');
    return arithmetic === 'gates' ? showUnit(state, neuron, 'tellGates') : showSum(state, neuron);
  }

  /** @param {State} state @param {Neuron | null} pointed */
  function showHint({ selected }, pointed) {
    const kept = pointed && selected?.layer === pointed.layer && selected.index === pointed.index;
    hint.classList.toggle('kept', Boolean(kept));
    say(hint, t(kept ? 'readout.kept' : pointed ? 'readout.click' : 'readout.point'));
  }

  /** What an output that is a number means. @param {State} state @param {Neuron} neuron */
  function amountOf(state, { layer }) {
    if (layer !== 'output' || state.model?.outputs?.[0]?.kind !== 'number') return null;
    return units.wanted()?.tellers.tellAmount(state, t, numbers) ?? null;
  }

  return {
    /** @param {State} state */
    update(state) {
      const pointed = state.hovered ?? state.selected;
      const neuron = state.reading ? (state.held ?? pointed ?? answering(state.reading)) : null;
      const of = { layer: neuron?.layer, index: neuron?.index, pointed, units: units.now() };
      if (!changed({ ...state, ...of }, ...SHOWN)) return;
      const { model } = state;
      showHint(state, neuron && pointed);
      title.hidden = neuron === null;
      open.hidden = neuron === null || state.inspecting;
      say(title, neuron ? neuronName(neuron, t, model) : '');
      field.hidden = neuron === null || neuron.layer === 'input';
      if (neuron)
        say(
          field,
          isOff(state, neuron)
            ? t('readout.off')
            : (amountOf(state, neuron) ?? fieldName(fieldNow(state, neuron), t, model)),
        );
      if (neuron) terms.element.dataset.neuron = `${neuron.layer}/${neuron.index}`;
      else delete terms.element.dataset.neuron;
      const known = neuron !== null && showNeuron(state, neuron);
      const isInput = neuron?.layer === 'input' && units.now() !== null; // it is told without a list, too
      terms.element.hidden = !isInput && !known;
      const arithmetic = layerOf(model, neuron?.layer ?? '')?.arithmetic;
      terms.showSum(arithmetic === 'sum' && neuron !== null && !isOff(state, neuron));
      listing.show(known);
    },
    destroy: () => container.replaceChildren(),
  };
}
