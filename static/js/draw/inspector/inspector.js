// One neuron, its arithmetic whole. What there is to see depends on what its layer computes: a sum, a
// window's value, or gates; each is shown by its own module in `kinds/`.

import { make, say } from '../../page/dom.js';
import { sourceOf } from '../../state/contributions.js';
import { answering } from '../../state/ends.js';
import { fieldName, layerName, neuronName } from '../../state/names.js';
import { createChanged } from '../../state/store.js';
import { fieldNow, layerOf, size } from '../../state/units.js';
import { createLab } from '../lab/lab.js';
import { createActivated } from './activated.js';
import { createEquation } from './equation.js';
import { createFactors } from './factors.js';
import { createGates } from './gates.js';
import { createHead } from './head.js';
import { createCell } from './kinds/cell.js';
import { createPool } from './kinds/pool.js';
import { createSum } from './kinds/sum.js';
import { createSlide } from './slide.js';
import { createTerms } from './terms.js';

/** @import { Edit, Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/** What it is painted anew for. */
const PAINTED = /** @type {const} */ ([
  'model',
  'weights',
  'reading',
  'selected',
  'theme',
  'row',
  'learned',
  'edits',
  'changing',
  'detailed',
]);

/**
 * @typedef {object} Parts what the kinds of units share
 * @property {import('./factors.js').Factors} factors
 * @property {ReturnType<typeof createEquation>} equation
 * @property {ReturnType<typeof createActivated>} activated
 * @property {ReturnType<typeof createTerms>} terms
 * @property {ReturnType<typeof createGates>} gates
 * @property {ReturnType<typeof createLab>} lab
 * @property {HTMLElement} told what the source that is pointed at gives, in words
 */

/**
 * @param {HTMLElement} container
 * @param {object} events
 * @param {(neuron: Neuron | null) => void} events.onSelect
 * @param {() => void} events.onClose
 * @param {(changing: boolean) => void} events.onChanging
 * @param {(edits: Edit[], gesture: string) => void} events.onEdit
 * @param {() => void} events.onSettled
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createInspector(container, events, t, numbers) {
  const onChange = () => events.onChanging(!state?.changing);
  const head = createHead({ onClose: events.onClose, onLayer: enter, onMove: move, onChange }, t);
  const slide = createSlide(events.onSelect, t, numbers);
  const factors = createFactors(point, slide.elements);
  const equation = createEquation(t, numbers);
  const activated = createActivated(t, numbers);
  const terms = createTerms(t, numbers, point, events.onSelect);
  const gates = createGates(t, numbers, goToStep);
  const lab = createLab(factors.weights, { ...events, onChoose: () => paint() }, t, numbers);
  const told = make('p', { class: 'small pointed-term', 'data-testid': 'inspector-pointed' });
  /** @type {Parts} */
  const parts = { factors, equation, activated, terms, gates, lab, told };
  const sum = createSum(parts, t, numbers);
  const kinds = { sum, pool: createPool(parts, t, numbers), gates: createCell(parts, t) };

  const field = make('p', { class: 'small soft' });
  const top = make('div', { class: 'inspector-top' }, factors.element, activated.element);
  const lower = make('div', { class: 'inspector-lower' }, terms.element, lab.element);
  const whole = [field, top, told, ...equation.elements, lower, gates.element];
  container.append(head.element, ...whole);

  /** @type {State | null} */
  let state = null;
  /** @type {Neuron | null} */
  let neuron = null;
  /** @type {Neuron | null} that stays though nobody has chosen it */
  let held = null;
  /** @type {number | null} */
  let pointed = null;
  const changed = createChanged();

  /** @param {number | null} index of a source */
  function point(index) {
    if (index === pointed) return;
    pointed = index;
    paint();
  }

  /** The brightest unit of a layer. @param {string} layer */
  function enter(layer) {
    const a = state?.reading?.layers.find(({ name }) => name === layer)?.a ?? [0];
    slide.leave(); // or a key that comes before the next frame would lead back
    events.onSelect({ layer, index: a.indexOf(Math.max(...a)) });
  }

  /** @param {number} by units of the layer */
  function move(by) {
    const found = layerOf(state?.model ?? null, neuron?.layer ?? '');
    if (!found || !neuron) return;
    const count = size(found.shape);
    events.onSelect({ layer: neuron.layer, index: (neuron.index + by + count) % count });
  }

  /** The same unit at another row of an LSTM. @param {number} at */
  function goToStep(at) {
    const found = layerOf(state?.model ?? null, neuron?.layer ?? '');
    if (!found || !neuron) return;
    const units = found.shape[1];
    events.onSelect({ layer: neuron.layer, index: at * units + (neuron.index % units) });
  }

  /** What the unit's kind has, and what can be changed in place of the contributions or the gates.
   * @param {State} now @param {Neuron} unit @param {keyof typeof kinds} kind */
  function arrange(now, unit, kind) {
    const { changing } = now;
    const isSum = kind === 'sum'; // its weights have a picture
    gates.element.hidden = kind !== 'gates';
    top.hidden = kind === 'gates';
    lower.hidden = !isSum && !changing;
    lower.classList.toggle('alone', !isSum);
    activated.element.hidden = kind === 'pool';
    factors.showWeights(kind !== 'pool');
    factors.weights.canvas.tabIndex = changing ? 0 : -1;
    lab.element.hidden = !changing;
    terms.element.toggleAttribute('hidden', changing);
    if (changing && !isSum)
      lab.update({
        state: now,
        neuron: unit,
        cells: null,
        isImage: false,
        isPainted: true,
        full: 1,
      });
    slide.show(now, unit);
    factors.element.classList.toggle('windowed', !slide.elements[0].hidden);
  }

  /** What is changed stays, whatever the answer becomes by it.
   * @param {State} now @param {Neuron} unit */
  function hold(now, unit) {
    if (!now.changing || now.selected) return;
    held = unit;
    events.onSelect(unit);
  }

  /** It is let go when the inspector closes, unless somebody has chosen it. @param {State} now */
  function release({ selected }) {
    const wasHeld = held !== null && selected === held;
    held = null;
    if (wasHeld) events.onSelect(null);
  }

  function paint() {
    const now = state;
    const model = now?.model ?? null;
    const kept = now?.selected;
    neuron = kept && kept.layer !== 'input' ? kept : answering(now?.reading ?? null);
    const unit = neuron;
    const blank = !now?.reading || !model || !unit;
    for (const element of whole) element.toggleAttribute('hidden', blank);
    head.entitle(blank ? t('inspector.blank') : neuronName(unit, t, model));
    if (!now?.reading || !model || !unit) return;
    hold(now, unit);
    head.show(model, unit.layer, now.changing);
    say(field, readsOf(now, unit, t));
    const arithmetic = layerOf(model, unit.layer)?.arithmetic;
    const kind = arithmetic === 'pool' || arithmetic === 'gates' ? arithmetic : 'sum';
    arrange(now, unit, kind);
    kinds[kind].show(now, unit, pointed);
  }

  return {
    /** @param {State} next */
    update(next) {
      state = next;
      if (!next.changing) lab.rest();
      if (!next.inspecting) terms.rest();
      if (!next.inspecting) release(next);
      const news = next.inspecting ? changed(next, ...PAINTED) : null;
      if (!news) return;
      if (news.has('selected')) pointed = null;
      if (news.has('changing')) container.scrollTop = 0; // what can be changed comes first, in a sheet
      paint();
    },
    destroy() {
      sum.destroy();
      container.replaceChildren();
    },
  };
}

/** What a unit reads: beside a picture of neurons it is them first, and through them the pixels.
 * @param {State} state @param {Neuron} unit @param {Translate} t */
function readsOf(state, unit, t) {
  const { model } = state;
  const field = fieldNow(state, unit);
  const from = layerOf(model, sourceOf(state, unit.layer));
  if (field || from?.kind !== 'dense') return fieldName(field, t, model);
  const values = { count: size(from.shape), layer: layerName(from.name, t) };
  const features = model?.features?.length;
  return features
    ? t('inspector.through.features', { ...values, features })
    : t('inspector.through', values);
}
