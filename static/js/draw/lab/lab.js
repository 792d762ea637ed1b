// What can be changed: one neuron's bias, weights and being; and the whole network.

import { make, say } from '../../page/dom.js';
import { shortName } from '../../state/names.js';
import { incoming, sourceOf } from '../../state/contributions.js';
import { edgeDetector, mirrored, smoothed } from './brush.js';
import { createDial, typed } from './dial.js';
import { editAt, paintedWeights, withEdit, without, withWeights } from './edits.js';
import { FEW, createWeightFields } from './fields.js';
import { createPainter } from './painter.js';
import { biasOf, columnOf, unitOf } from './unit.js';

/** @import { Edit, Gate, Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Cells } from '../../views/pictures.js' */
/** @import { Brush } from './brush.js' */
/** @import { Unit } from './unit.js' */

/**
 * @typedef {object} Subject the neuron that is shown
 * @property {State} state
 * @property {Neuron} neuron
 * @property {Cells | null} cells how its weights lie; null where they have no picture
 * @property {boolean} isPainted its weights are painted, not set one by one
 * @property {boolean} isImage neighbouring cells are neighbours in an image
 * @property {number} full the weight of full colour
 */

const BRUSHES = ['look', 'raise', 'lower', 'erase'];
const WIDTHS = [1, 3, 5];
const GATES = ['all', 'i', 'f', 'g', 'o'];
const MOST = 1000; // that the server takes for a number

/**
 * @param {{canvas: HTMLCanvasElement, cellAt(event: PointerEvent): number | null}} picture of the weights
 * @param {object} events
 * @param {(edits: Edit[], gesture: string) => void} events.onEdit edits of one gesture are one step
 * @param {() => void} events.onSettled
 * @param {(index: number) => void} events.onChoose a weight
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createLab(picture, events, t, numbers) {
  /** @type {Subject | null} */
  let subject = null;
  /** @type {Unit | null} */
  let unit = null;
  /** @type {number} a place among the weights that are shown */
  let chosen = 0;

  const editsNow = () => subject?.state.edits[subject.state.model?.id ?? ''] ?? [];
  /** @param {Edit} edit @param {string} gesture */
  const change = (edit, gesture) => events.onEdit(withEdit(editsNow(), edit), gesture);
  const gateNow = () =>
    unit?.gates && gate.value !== 'all' ? /** @type {Gate} */ (gate.value) : null;
  const place = () => ({ layer: unit?.layer ?? '', unit: unit?.unit ?? 0, gate: gateNow() });

  /** @param {string} id @param {string[]} values */
  const choice = (id, values) =>
    make(
      'select',
      { 'data-testid': `lab-${id}`, 'aria-label': t(`lab.${id}`) },
      ...values.map((value) => make('option', { value }, t(`lab.${id}.${value}`))),
    );
  /** @param {string} id @param {() => void} act */
  const button = (id, act) => {
    const element = make('button', { type: 'button', 'data-testid': `lab-${id}` }, t(`lab.${id}`));
    element.addEventListener('click', act);
    return element;
  };

  const gate = choice('gate', GATES);
  gate.addEventListener('change', show);
  const bias = createDial(
    'bias',
    t('lab.bias'),
    { low: -8, high: 8, step: 0.1, least: -MOST, most: MOST },
    (shift) => change({ kind: 'bias', ...place(), shift }, 'bias'),
    events.onSettled,
  );
  const scale = createDial(
    'scale',
    t('lab.scale'),
    { low: -2, high: 3, step: 0.05, least: -MOST, most: MOST },
    (factor) => change({ kind: 'scale', ...place(), factor }, 'scale'),
    events.onSettled,
  );
  const off = make('input', { type: 'checkbox', 'data-testid': 'lab-off' });
  off.addEventListener('change', () => {
    const { layer, unit: index } = place();
    const edit = /** @type {Edit} */ ({ kind: 'off', layer, unit: index });
    events.onEdit(off.checked ? withEdit(editsNow(), edit) : without(editsNow(), edit), 'off');
    events.onSettled();
  });
  const offLabel = make('label', { class: 'check' }, off, make('span', {}, t('lab.off')));

  const brushes = BRUSHES.map((id) =>
    make('input', { type: 'radio', name: 'brush', value: id, 'data-testid': `brush-${id}` }),
  );
  brushes[0].checked = true;
  const width = choice('width', WIDTHS.map(String));
  width.value = '3';
  const spatial = make(
    'span',
    { class: 'lab-tools' },
    button('mirror', () => repaint(mirrored)),
    button('smooth', () => repaint(smoothed)),
    button('edge', () => repaint((_, cells, full) => edgeDetector(cells, full))),
  );
  const paint = make(
    'fieldset',
    { class: 'lab-paint' },
    make('legend', { class: 'small soft' }, t('lab.paint')),
    make(
      'span',
      { class: 'brushes' },
      ...brushes.map((input, i) =>
        make(
          'label',
          { class: `brush ${BRUSHES[i]}` },
          input,
          make('span', {}, t(`lab.brush.${BRUSHES[i]}`)),
        ),
      ),
    ),
    width,
    spatial,
    button('zero', () => repaint((weights) => weights.map(() => 0))),
  );
  for (const input of brushes) input.addEventListener('change', showBrush);

  const weight = make('input', {
    type: 'text',
    inputmode: 'decimal',
    size: 8,
    'data-testid': 'lab-weight',
  });
  const weightName = make('span', {});
  const weightLabel = make('label', { class: 'lab-weight small' }, weightName, weight);
  /** One weight becomes this number. @param {number} at @param {number} value */
  function setWeight(at, value) {
    const now = painted();
    if (!now) return;
    now.weights[at] = Math.min(MOST, Math.max(-MOST, value));
    setWeights(now.weights, 'weight', new Set([at]));
    events.onSettled();
  }
  weight.addEventListener('change', () => {
    const value = typed(weight.value);
    if (value !== null) setWeight(chosen, value);
    weight.blur();
    show();
  });
  const fields = createWeightFields(setWeight);

  const prune = createDial(
    'prune',
    t('lab.prune'),
    { low: 0, high: 100, step: 1 },
    (share) => change({ kind: 'prune', share: share / 100 }, 'prune'),
    events.onSettled,
  );
  const noise = createDial(
    'noise',
    t('lab.noise'),
    { low: 0, high: 2, step: 0.02, most: 10 },
    (amount) => change({ kind: 'noise', amount, seed: seedNow() }, 'noise'),
    events.onSettled,
  );
  const temperature = createDial(
    'temperature',
    t('lab.temperature'),
    { low: 0.1, high: 10, step: 0.1, least: 0.01, most: 100 },
    (value) => change({ kind: 'temperature', value }, 'temperature'),
    events.onSettled,
  );
  const again = button('again', () => {
    const edit = editAt(editsNow(), { kind: 'noise' });
    if (!edit) return;
    change({ ...edit, seed: edit.seed + 1 }, 'again');
    events.onSettled();
  });
  const seedNow = () => editAt(editsNow(), { kind: 'noise' })?.seed ?? 1;

  const nothing = make('p', { class: 'small soft' }, t('lab.nothing'));
  const own = make(
    'div',
    { class: 'lab-own' },
    make('div', { class: 'lab-line' }, offLabel, gate),
    make('div', { class: 'lab-dials' }, bias.element, scale.element),
    paint,
    weightLabel,
    fields.element,
  );
  const whole = make(
    'fieldset',
    { class: 'lab-whole' },
    make('legend', { class: 'small soft' }, t('lab.network')),
    prune.element,
    make('div', { class: 'lab-line' }, noise.element, again),
    temperature.element,
  );
  const element = make('div', { class: 'lab', 'data-testid': 'lab' }, nothing, own, whole);

  /** The weights in the order of the cells, before they are scaled. */
  function painted() {
    if (!subject || !unit || !subject.cells) return null;
    const all = incoming({ ...subject.state, weights: subject.state.learned }, subject.neuron);
    if (!all) return null;
    const column = columnOf(subject.state.learned, unit);
    const full = paintedWeights(editsNow(), unit, column);
    return {
      inputs: all.inputs,
      column,
      full,
      weights: Float64Array.from(all.inputs, (input) => full[input]),
    };
  }

  /** @param {Float64Array} weights in the order of the cells @param {string} gesture
   * @param {Set<number>} [changed] the cells that count; all by default */
  function setWeights(weights, gesture, changed) {
    const now = painted();
    if (!now || !unit) return;
    now.inputs.forEach((input, i) => {
      if (!changed || changed.has(i)) now.full[input] = weights[i];
    });
    events.onEdit(withWeights(editsNow(), unit, now.column, now.full), gesture);
  }

  /** @param {(weights: Float64Array, cells: Cells, full: number) => Float64Array} make_ */
  function repaint(make_) {
    const now = painted();
    if (!now || !subject?.cells) return;
    setWeights(make_(now.weights, subject.cells, subject.full), 'repaint');
    events.onSettled();
  }

  const brushNow = () => {
    const value = brushes.find((input) => input.checked)?.value ?? 'look';
    return value === 'look' ? null : /** @type {Brush} */ (value);
  };

  createPainter(picture, {
    canvas: () => {
      const now = subject?.state.changing ? painted() : null;
      if (!now || !subject?.cells) return null;
      const factor = editAt(editsNow(), { kind: 'scale', ...place() })?.factor || 1;
      return {
        cells: subject.cells,
        weights: now.weights,
        amount: subject.full / 2 / factor,
        chosen,
      };
    },
    brush: brushNow,
    width: () => Number(width.value),
    onPaint: (weights, changed) => setWeights(weights, 'paint', changed),
    onSettled: events.onSettled,
    onChoose: (index) => {
      chosen = index;
      events.onChoose(index);
      show();
    },
  });

  function showBrush() {
    picture.canvas.classList.toggle('painting', brushNow() !== null && !element.hidden);
  }

  /** @param {number} value */
  const plain = (value) => String(Math.round(value * 1e4) / 1e4).replace('-', '−');

  function show() {
    if (!subject) return;
    const { state, neuron } = subject;
    const edits = editsNow();
    nothing.hidden = unit !== null;
    own.hidden = unit === null;
    if (unit) {
      gate.hidden = !unit.gates;
      const [before, after] = [state.learned, state.weights].map((weights) =>
        biasOf(weights, /** @type {Unit} */ (unit)),
      );
      const isOff =
        editAt(edits, { kind: 'off', layer: unit.layer, unit: unit.unit }) !== undefined;
      const words =
        isOff || Number.isNaN(before) ? '' : `b ${numbers.two(before)} → ${numbers.two(after)}`;
      bias.show(editAt(edits, { kind: 'bias', ...place() })?.shift ?? 0, words);
      scale.show(editAt(edits, { kind: 'scale', ...place() })?.factor ?? 1);
      off.checked = isOff;
    }
    const now = painted();
    const isFew = now !== null && !subject.isPainted && now.weights.length <= FEW;
    fields.element.hidden = !isFew;
    paint.hidden = weightLabel.hidden = !now || isFew;
    spatial.hidden = !subject.isImage;
    if (now) {
      chosen = Math.min(chosen, now.weights.length - 1);
      const all = incoming(state, neuron);
      const source = sourceOf(state, neuron.layer);
      say(
        weightName,
        t('lab.weight', {
          name: shortName({ layer: source, index: all?.at[chosen] ?? 0 }, t, state.model),
        }),
      );
      if (document.activeElement !== weight) weight.value = plain(now.weights[chosen]);
      if (isFew)
        fields.show(
          now.weights,
          (at) =>
            t('lab.weight', {
              name: shortName({ layer: source, index: all?.at[at] ?? 0 }, t, state.model),
            }),
          plain,
        );
    }
    prune.show(100 * (editAt(edits, { kind: 'prune' })?.share ?? 0));
    noise.show(editAt(edits, { kind: 'noise' })?.amount ?? 0);
    again.disabled = !editAt(edits, { kind: 'noise' });
    temperature.show(editAt(edits, { kind: 'temperature' })?.value ?? 1);
    showBrush();
  }

  return {
    element,
    /** The weight that is set by number, while the lab is open. */
    chosen: () => (subject?.state.changing && !paint.hidden ? chosen : null),
    /** @param {Subject} next */
    update(next) {
      const isOther = next.neuron !== subject?.neuron;
      subject = next;
      unit = next.state.model ? unitOf(next.state.model, next.neuron) : null;
      if (isOther) chosen = strongest(next);
      show();
    },
  };
}

/** The weight that matters most now. @param {Subject} subject */
function strongest({ state, neuron, cells }) {
  const contributions = cells ? incoming(state, neuron)?.contributions : undefined;
  if (!contributions) return 0;
  let best = 0;
  contributions.forEach((value, i) => {
    if (Math.abs(value) > Math.abs(contributions[best])) best = i;
  });
  return best;
}
