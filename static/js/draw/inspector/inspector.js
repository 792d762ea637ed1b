// One neuron, its arithmetic whole: input × weights = contributions as pictures, the sum with its
// numbers, the activation's curve with the point on it, and every contribution in a list.

import { make, say } from '../../page/dom.js';
import { fieldName, layerName, neuronName, shortName } from '../../state/names.js';
import { answering, headOf } from '../../state/ends.js';
import { incoming, pooled, sourceOf } from '../../state/contributions.js';
import { editAt } from '../lab/edits.js';
import { createLab } from '../lab/lab.js';
import {
  fieldNow,
  isMaps,
  isPictured,
  isSteps,
  layerOf,
  size,
  windowOf,
} from '../../state/units.js';
import { createCurve, FUNCTIONS } from './curve.js';
import { createEquation } from './equation.js';
import { createGates } from './gates.js';
import { FULL_FEATURE } from '../../views/network/paint/input.js';
import { createPicture, squareOf } from '../../views/pictures.js';
import { createSlide } from './slide.js';
import { createSoftmax } from './softmax.js';
import { createTerms } from './terms.js';
import { createChanged } from '../../state/store.js';

/** @import { Edit, ModelDescription, Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Cells } from '../../views/pictures.js' */

const LARGE = 0.995; // the share of weights below full colour
const WELL = 1.25; // times
const REST = 150; // ms without change until the list of all contributions is written

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
 * How a neuron's sources lie, for the pictures.
 * @param {ModelDescription} model @param {Neuron} neuron @param {number} count of sources
 * @returns {Cells}
 */
export function cellsOf(model, neuron, count) {
  const source = layerOf(model, sourceOf({ model }, neuron.layer));
  const maps = source && isMaps(source) ? source.shape[2] : 1;
  const seen = windowOf(model, neuron);
  if (seen) {
    const [rows, columns] = [seen.bottom - seen.top + 1, seen.right - seen.left + 1];
    return { rows, columns, maps };
  }
  if (source && isMaps(source)) return { rows: source.shape[0], columns: source.shape[1], maps };
  return squareOf(count);
}

/**
 * The weight of full colour: nearly the largest of its layer.
 * @param {ArrayLike<number>} weights
 */
export function weightScale(weights) {
  const sizes = Float32Array.from(weights, Math.abs).sort();
  return sizes[Math.floor((sizes.length - 1) * LARGE)] || 1;
}

/** Whether values go well beyond what has full colour. @param {ArrayLike<number>} values @param {number} high */
export const isBeyond = (values, high) =>
  Array.from(values).some((value) => Math.abs(value) > WELL * high);

/**
 * @param {HTMLElement} container
 * @param {object} events
 * @param {(neuron: Neuron) => void} events.onSelect
 * @param {() => void} events.onClose
 * @param {(changing: boolean) => void} events.onChanging
 * @param {(edits: Edit[], gesture: string) => void} events.onEdit
 * @param {() => void} events.onSettled
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createInspector(container, events, t, numbers) {
  const back = make(
    'button',
    { type: 'button', id: 'inspector-close', 'data-testid': 'inspector-close' },
    t('inspector.back'),
  );
  const layers = make('select', {
    'data-testid': 'inspector-layer',
    'aria-label': t('inspector.layer'),
  });
  /** @param {string} sign @param {string} id */
  const step = (sign, id) =>
    make(
      'button',
      { type: 'button', 'data-testid': `inspector-${id}`, 'aria-label': t(`inspector.${id}`) },
      sign,
    );
  const [previous, next] = [step('‹', 'previous'), step('›', 'next')];
  const title = make('h3', { 'data-testid': 'inspector-title' });
  const field = make('p', { class: 'small soft' });
  const change = make(
    'button',
    { type: 'button', class: 'lab-toggle', 'data-testid': 'lab-toggle', 'aria-pressed': 'false' },
    t('lab.open'),
  );
  const head = make(
    'div',
    { class: 'inspector-head' },
    back,
    layers,
    previous,
    next,
    title,
    change,
  );
  const pictures = /** @type {const} */ (['sources', 'weights', 'products']).map((id) =>
    createPicture(`inspector-${id}`, point),
  );
  const slide = createSlide(events.onSelect, t, numbers);
  /** @param {string} text */
  const sign = (text) => make('span', { class: 'operator', 'aria-hidden': 'true' }, text);
  const row = make(
    'div',
    { class: 'inspector-pictures' },
    slide.elements[0],
    pictures[0].element,
    sign('×'),
    pictures[1].element,
    sign('='),
    pictures[2].element,
    slide.elements[1],
  );
  const pointedText = make('p', {
    class: 'small pointed-term',
    'data-testid': 'inspector-pointed',
  });
  const equation = createEquation(t, numbers);
  const curve = createCurve(numbers.whole);
  const softmax = createSoftmax(t, numbers);
  const terms = createTerms(t, numbers, point, events.onSelect);
  const gates = createGates(t, numbers, (at) => shiftStep(at));
  const lab = createLab(pictures[1], { ...events, onChoose: () => paint() }, t, numbers);
  const beside = make('div', { class: 'inspector-curve' }, curve.element, softmax.element);
  const top = make('div', { class: 'inspector-top' }, row, beside);
  const lower = make('div', { class: 'inspector-lower' }, terms.element, lab.element);
  container.append(head, field, top, pointedText, ...equation.elements, lower, gates.element);

  /** @type {State | null} */
  let state = null;
  /** @type {Neuron | null} */
  let neuron = null;
  /** @type {number | null} */
  let pointed = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {WeakMap<ArrayLike<number>, number>} */
  const scales = new WeakMap();

  /** @param {number | null} index of a source */
  function point(index) {
    if (index === pointed) return;
    pointed = index;
    paint();
  }

  /** @param {number} by units of the layer */
  function move(by) {
    const found = layerOf(state?.model ?? null, neuron?.layer ?? '');
    if (!found || !neuron) return;
    const count = size(found.shape);
    events.onSelect({ layer: neuron.layer, index: (neuron.index + by + count) % count });
  }

  /** The same unit at another row of an LSTM. @param {number} at */
  function shiftStep(at) {
    const found = layerOf(state?.model ?? null, neuron?.layer ?? '');
    if (!found || !neuron) return;
    events.onSelect({
      layer: neuron.layer,
      index: at * found.shape[1] + (neuron.index % found.shape[1]),
    });
  }

  back.addEventListener('click', events.onClose);
  change.addEventListener('click', () => events.onChanging(!state?.changing));
  previous.addEventListener('click', () => move(-1));
  next.addEventListener('click', () => move(1));
  layers.addEventListener('change', () => {
    const a = state?.reading?.layers.find(({ name }) => name === layers.value)?.a ?? [0];
    slide.leave(); // or a key that comes before the next frame would lead back
    events.onSelect({ layer: layers.value, index: a.indexOf(Math.max(...a)) }); // the brightest
  });

  /** @param {ModelDescription} model */
  function offerLayers(model) {
    if (layers.dataset.model !== model.id) {
      layers.dataset.model = model.id;
      const names = model.layers.filter(isPictured).map(({ name }) => name);
      layers.replaceChildren(
        ...names.map((name) => make('option', { value: name }, layerName(name, t))),
      );
    }
    if (neuron && layers.value !== neuron.layer) layers.value = neuron.layer;
  }

  /** @param {ArrayLike<number>} weights of the whole layer */
  function scaleOf(weights) {
    let scale = scales.get(weights);
    if (scale === undefined) scales.set(weights, (scale = weightScale(weights)));
    return scale;
  }

  /** A neuron that is a sum: dense or convolutional. @param {State} now @param {Neuron} unit */
  function showSum(now, unit) {
    const model = /** @type {ModelDescription} */ (now.model);
    const all = incoming(now, unit);
    const layer = now.reading?.layers.find(({ name }) => name === unit.layer);
    const kernel = now.weights?.get(`${unit.layer}/W`);
    if (!all || !layer || !kernel) return false;
    const source = layerOf(model, sourceOf(now, unit.layer));
    const isTable = Boolean(model.features?.length); // a row of features, no picture
    const exposure = source?.exposure ?? (isTable ? FULL_FEATURE : 1);
    const cells = cellsOf(model, unit, all.sources.length);
    const most = scaleOf((now.learned?.get(`${unit.layer}/W`) ?? kernel).data);
    const isImage = source ? isMaps(source) : !isTable;
    lab.update({ state: now, neuron: unit, cells, isImage, isPainted: !isTable, full: most });
    const marked = pointed ?? lab.chosen();
    const signed = source ? isSteps(source) : isTable;
    const from = source ? layerName(source.name, t) : layerName('input', t);
    /** Where values were painted beyond the scale of what was learned, its end is only the beginning.
     * @param {string} key @param {ArrayLike<number>} values @param {number} high */
    const scaled = (key, values, high) =>
      t(isBeyond(values, high) ? `${key}.beyond` : key, { high: numbers.two(high) });
    const captions = [
      t('inspector.sources', { layer: from, high: numbers.two(exposure) }),
      scaled('inspector.weights', all.weights, most),
      scaled('inspector.products', all.contributions, most * exposure),
    ];
    pictures[0].show(
      all.sources,
      cells,
      (value, colors) =>
        signed ? colors.stateWord(value, exposure) : colors.activationWord(value, exposure),
      captions[0],
      marked,
    );
    pictures[1].show(
      all.weights,
      cells,
      (value, colors) => colors.signedWord(value, most),
      captions[1],
      marked,
    );
    pictures[2].show(
      all.contributions,
      cells,
      (value, colors) => colors.signedWord(value, most * exposure),
      captions[2],
      marked,
    );
    /** @param {number} i */
    const nameOf = (i) => shortName({ layer: source?.name ?? 'input', index: all.at[i] }, t, model);
    const unitOf = (/** @type {number} */ i) =>
      source ? { layer: source.name, index: all.at[i] } : null;
    say(
      pointedText,
      pointed !== null && pointed < all.sources.length
        ? termText(nameOf(pointed), all, pointed)
        : t('inspector.point'),
    );
    const isOff =
      editAt(now.edits[model.id] ?? [], { kind: 'off', layer: unit.layer, unit: unit.index }) !==
      undefined;
    equation.showSum(all, layer, unit.index, isOff);
    const isSoftmax = layer.activation === 'softmax';
    softmax.element.hidden = !isSoftmax;
    curve.element.toggleAttribute('hidden', !(layer.activation in FUNCTIONS));
    if (layer.z && isSoftmax)
      softmax.show(
        layer.z,
        layer.a,
        unit.index,
        headOf(now.reading, unit.layer) > 0 ? layerName(unit.layer, t) : undefined,
      );
    else if (layer.z && layer.activation in FUNCTIONS) {
      curve.show(layer.activation, layer.z[unit.index], layer.a[unit.index], equation.text());
    }
    clearTimeout(timer);
    if (terms.element.dataset.of === `${model.id}/${unit.layer}/${unit.index}`) {
      timer = setTimeout(() => terms.show(all, nameOf, unitOf), REST);
    } else terms.show(all, nameOf, unitOf);
    terms.element.dataset.of = `${model.id}/${unit.layer}/${unit.index}`;
    return true;
  }

  /** @param {string} name @param {Record<'sources' | 'weights' | 'contributions', ArrayLike<number>>} all @param {number} i */
  const termText = (name, { sources, weights, contributions }, i) =>
    `${name}: ${numbers.three(sources[i])} × ${numbers.three(weights[i])} = ${numbers.three(contributions[i])}`;

  /** A pooling's unit: its window as one picture. @param {State} now @param {Neuron} unit */
  function showPooled(now, unit) {
    const model = /** @type {ModelDescription} */ (now.model);
    const found = now.reading?.layers.find(({ name }) => name === unit.layer);
    const window = pooled(now, unit);
    if (!found || !window) return;
    const source = layerOf(model, sourceOf(now, unit.layer));
    const cells = { ...cellsOf(model, unit, window.values.length), maps: 1 };
    const exposure = source?.exposure ?? 1;
    const from = layerName(source?.name ?? '', t);
    const text = t('inspector.sources', { layer: from, high: numbers.two(exposure) });
    pictures[0].show(
      window.values,
      cells,
      (value, colors) => colors.activationWord(value, exposure),
      text,
      pointed,
    );
    equation.showPooled(found, unit.index, window.values);
    say(pointedText, '');
  }

  function paint() {
    const now = state;
    const model = now?.model ?? null;
    neuron =
      now?.selected && now.selected.layer !== 'input'
        ? now.selected
        : answering(now?.reading ?? null);
    const unit = neuron;
    const blank = !now?.reading || !model || !unit;
    for (const element of [field, top, pointedText, ...equation.elements, lower, gates.element])
      element.toggleAttribute('hidden', blank);
    say(title, blank ? t('inspector.blank') : neuronName(unit, t, model));
    if (!now?.reading || !model || !unit) return;
    offerLayers(model);
    say(field, fieldName(fieldNow(now, unit), t, model));
    const kind = layerOf(model, unit.layer)?.kind ?? '';
    const isPooling = kind.endsWith('pooling2d');
    const isLstm = kind === 'lstm';
    gates.element.hidden = !isLstm;
    top.hidden = isLstm;
    lower.hidden = isLstm || isPooling;
    beside.hidden = isPooling;
    showLab(now, unit, isLstm || isPooling);
    for (const element of [
      pictures[1].element,
      pictures[2].element,
      ...row.querySelectorAll('.operator'),
    ]) {
      element.toggleAttribute('hidden', isPooling);
    }
    slide.show(now, unit);
    row.classList.toggle('windowed', !slide.elements[0].hidden);
    if (isLstm) {
      const layer = now.reading.layers.find(({ name }) => name === unit.layer);
      if (layer?.gates) gates.show(layer, unit.index);
      if (layer) equation.showCell(layer, unit.index);
      say(pointedText, t(now.problem === 'pen' ? 'inspector.cell.pen' : 'inspector.cell'));
    } else if (isPooling) showPooled(now, unit);
    else showSum(now, unit);
  }

  /** What can be changed takes the place of the contributions, or of an LSTM's gates.
   * @param {State} now @param {Neuron} unit @param {boolean} isPlain its weights have no picture */
  function showLab(now, unit, isPlain) {
    const { changing } = now;
    change.setAttribute('aria-pressed', String(changing));
    lab.element.hidden = !changing;
    terms.element.toggleAttribute('hidden', changing);
    lower.classList.toggle('alone', isPlain);
    pictures[1].canvas.tabIndex = changing ? 0 : -1;
    if (changing && isPlain) {
      lower.hidden = false;
      lab.update({
        state: now,
        neuron: unit,
        cells: null,
        isImage: false,
        isPainted: true,
        full: 1,
      });
    }
  }

  const changed = createChanged();

  return {
    /** @param {State} next */
    update(next) {
      state = next;
      const news = next.inspecting ? changed(next, ...PAINTED) : null;
      if (!news) return;
      if (news.has('selected')) pointed = null;
      if (news.has('changing')) container.scrollTop = 0; // what can be changed comes first, in a sheet
      paint();
    },
    destroy() {
      clearTimeout(timer);
      container.replaceChildren();
    },
  };
}
