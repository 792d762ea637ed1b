// The live quantities that a chapter may speak of, read off the screen beside it: one function for
// each name of nnviz/chapters/vocabulary.py. Null is "has no value just now".

import { createScores } from './challenges/scores.js';
import { isBlank } from '../state/history.js';
import { SIDE, isSteps } from '../state/units.js';

/** @import { Training } from './types.js' */
/** @import { Drawing, LayerActivations, Reading, State } from '../state/types.js' */
/** @import { Quantity, Value } from './evaluate.js' */

/**
 * What a step remembers of its learner.
 * @typedef {object} Memory
 * @property {number | null} meant
 * @property {number | null} typed
 * @property {number | null} guess
 * @property {number | null} measured accuracy, as the step asked for it
 * @property {Record<string, Quantity>} widget what the step's widget has to tell
 * @property {(model: string, layer: string) => {units: (number | null)[], layer: number | null} | null} loops how well
 *   units tell loops; asked for when it is first wanted, null until then
 * @property {Drawing | null} start what the step put on the pad
 * @property {(share: number) => number | null} settled from which row on the answer stays, and is given so much
 * @property {(which: string, ...about: (string | number)[]) => number | null} ask for a number that the server works out; null until it comes
 * @property {() => number[] | null} meanInk of each pixel, over the test digits; null until it comes
 * @property {() => Training | null} training
 * @property {boolean} played
 * @property {Reading | null} first the reading as the step began
 * @property {Map<Drawing, {meant: number, prediction: number, reading: Reading}>} read by what they were meant to be
 * @property {Set<Drawing>} seen drawings
 */

/** @returns {Memory} */
export const emptyMemory = () => ({
  meant: null,
  typed: null,
  guess: null,
  measured: null,
  widget: {},
  loops: () => null,
  start: null,
  settled: () => null,
  ask: () => null,
  meanInk: () => null,
  training: () => null,
  played: false,
  first: null,
  read: new Map(),
  seen: new Set(),
});

const SAME = 1e-6;
const WIDGETS = [
  'tiny_loss',
  'tiny_steps',
  'deep_layers',
  'deep_sigmoid',
  'deep_relu',
  'deep_first',
  'deep_first_relu',
];

/** @param {State} state */
const readingOf = (state) =>
  state.reading?.model === state.model?.id && state.reading ? state.reading : null;

/** @param {Reading | null} reading @param {Value} name @returns {ArrayLike<number> | null} */
function activations(reading, name) {
  if (name === 'input') return reading ? reading.input.pixels.map((value) => value / 255) : null;
  return reading?.layers.find((layer) => layer.name === name)?.a ?? null;
}

/** @param {ArrayLike<number | null> | null} values @param {Value} index */
const at = (values, index) => values?.[/** @type {number} */ (index)] ?? null;

/** What is labelled: by its learner, or because it is a test digit. @param {State} state @param {Memory} memory */
export function meantBy({ drawing }, memory) {
  if (drawing.kind === 'pixels' && drawing.label !== null) return drawing.label;
  return memory.meant;
}

/** The newest reading of a drawing that was meant as a digit. @param {Memory} memory @param {Value} digit */
export const meantAs = (memory, digit) =>
  [...memory.read.values()].reverse().find(({ meant }) => meant === digit)?.reading ?? null;

/**
 * @param {() => State} get
 * @param {Memory} memory
 * @returns {Record<string, Quantity>}
 */
export function createQuantities(get, memory) {
  const model = () => get().model;
  const reading = () => readingOf(get());
  const unit = () => get().hovered ?? get().selected;
  /** @param {Value} name */
  const values = (name) => activations(reading(), name);
  /** @param {Value} name @returns {LayerActivations | null} */
  const layer = (name) => reading()?.layers.find((each) => each.name === name) ?? null;
  /** @param {Value} name @param {'W' | 'b'} part */
  const parameters = (name, part) => get().weights?.get(`${name}/${part}`) ?? null;
  /** A dense layer's weight. @param {Value} name @param {Value} index @param {Value} from */
  function weight(name, index, from) {
    const kernel = parameters(name, 'W');
    if (!kernel || kernel.shape.length !== 2) return null;
    return kernel.data[Number(from) * kernel.shape[1] + Number(index)] ?? null;
  }
  /** The mean |w| from an input to a layer. @param {Value} name @param {Value} from */
  function size(name, from) {
    const kernel = parameters(name, 'W');
    if (!kernel || kernel.shape.length !== 2) return null;
    const units = kernel.shape[1];
    const row = kernel.data.slice(Number(from) * units, (Number(from) + 1) * units);
    return row.length ? row.reduce((all, w) => all + Math.abs(w), 0) / units : null;
  }
  /** The layer that a layer reads. @param {Value} name */
  function before(name) {
    const layers = ['input', ...(model()?.layers.map((each) => each.name) ?? [])];
    return layers[layers.indexOf(String(name)) - 1] ?? null;
  }
  /** @param {Value} name @param {Value} index */
  function total(name, index) {
    const z = at(layer(name)?.z ?? null, index);
    const bias = at(parameters(name, 'b')?.data ?? null, index);
    return z === null || bias === null ? null : z - bias;
  }
  /** @param {Value} name @param {Value} index @returns {number[] | null} */
  function contributions(name, index) {
    const source = before(name);
    const from = source ? values(source) : null;
    if (!from || weight(name, index, 0) === null) return null;
    return Array.from(from, (a, i) => a * (weight(name, index, i) ?? 0));
  }
  /** @param {Value} name @returns {number | null} */
  function most(name) {
    const found = values(name);
    if (!found?.length) return null;
    let best = 0;
    for (let i = 1; i < found.length; i += 1) if (found[i] > found[best]) best = i;
    return best;
  }
  /** @param {Value} name @param {(value: number) => number} of */
  function sum(name, of) {
    const found = values(name);
    return found ? Array.from(found).reduce((all, value) => all + of(value), 0) : null;
  }
  /** The largest change of an activation since the step began. @param {Value} name */
  function change(name) {
    const [now, then] = [values(name), activations(memory.first, name)];
    if (!now || !then || now.length !== then.length) return null;
    return Array.from(now).reduce((most, value, i) => Math.max(most, Math.abs(value - then[i])), 0);
  }
  const prediction = () => (reading() ? (reading()?.prediction ?? -1) : null);
  /** What a model's file says of the test set. @param {string} id */
  const shipped = (id) =>
    get().models.find((model) => model.id === id)?.accuracy.mnist_test ?? null;
  /** @param {'accuracy' | 'before'} which */
  function accuracy(which) {
    const { evaluation, edits } = get();
    const id = model()?.id ?? '';
    const own = shipped(id);
    if (which === 'before' || !edits[id]?.length) return own;
    return evaluation?.model === id && evaluation.edits === edits[id] ? evaluation.accuracy : null;
  }
  /** @param {Value} name */
  const loops = (name) => (layer(name) ? memory.loops(model()?.id ?? '', String(name)) : null);
  /** The unit that tells loops best, whichever way. @param {Value} name */
  function clearest(name) {
    const told = loops(name)?.units.map((auc) => Math.abs((auc ?? 0.5) - 0.5));
    return told ? told.indexOf(Math.max(...told)) : null;
  }
  const own = () =>
    [...memory.read].flatMap(([drawing, read]) => (drawing.kind === 'strokes' ? [read] : []));
  const edits = () => get().edits[model()?.id ?? ''] ?? [];
  /** @param {(layer: {weights: number, biases: number, parameters: number}) => number} of */
  const inAll = (of) => model()?.layers.reduce((all, each) => all + of(each), 0) ?? null;

  return {
    prediction,
    sure: () => {
      const read = reading();
      return read?.prediction == null ? null : read.probabilities[read.prediction];
    },
    label: () => {
      const { drawing } = get();
      return drawing.kind === 'pixels' && drawing.label !== null ? drawing.label : -1;
    },
    meant: () => meantBy(get(), memory) ?? -1,
    right: () => {
      const meant = meantBy(get(), memory);
      return meant === null || prediction() === null ? null : prediction() === meant;
    },
    reads: () => own().filter((each) => each.meant === each.prediction).length,
    misreads: () => own().filter((each) => each.meant !== each.prediction).length,
    drawings: () => memory.seen.size,
    blank: () => isBlank(get().drawing),
    strokes: () => {
      const { drawing } = get();
      return drawing.kind === 'strokes' ? drawing.strokes.length : 0;
    },
    ink: () => sum('input', (value) => Number(value > 0)),
    painted: () =>
      edits().reduce((all, edit) => all + (edit.kind === 'weights' ? edit.inputs.length : 0), 0),
    edits: () => edits().length,
    accuracy: () => accuracy('accuracy'),
    accuracy_before: () => accuracy('before'),
    measured: () => memory.measured,
    parameters: () => inAll((each) => each.parameters),
    weights: () => inAll((each) => each.weights),
    biases: () => inAll((each) => each.biases),
    steps_learned: () =>
      edits().reduce((all, edit) => all + (edit.kind === 'learn' ? edit.times : 0), 0),
    row: () => {
      const steps = model()?.layers.find(isSteps);
      return steps ? (get().row ?? steps.shape[0]) : null;
    },
    model: () => model()?.id ?? null,
    layer: () => unit()?.layer ?? null,
    unit: () => unit()?.index ?? null,
    value: () => {
      const found = unit();
      return found ? at(values(found.layer), found.index) : null;
    },
    sum: () => {
      const found = unit();
      return found ? total(found.layer, found.index) : null;
    },
    bias: () => {
      const found = unit();
      return found ? at(parameters(found.layer, 'b')?.data ?? null, found.index) : null;
    },
    inspecting: () => get().inspecting,
    tracing: () => get().tracing,
    comparing: () => get().comparing,
    column: () => get().inputAs === 'column',
    played: () => memory.played,
    centred: () => get().center,
    typed: () => memory.typed,
    guess: () => memory.guess,
    ...Object.fromEntries(WIDGETS.map((name) => [name, () => memory.widget[name]?.() ?? null])),
    price: () => (get().problem === 'houses' ? (reading()?.prediction ?? null) : null),
    features_changed: () => {
      const { drawing } = get();
      const { start } = memory;
      if (start?.kind !== 'features' || drawing.kind !== 'features') return null;
      return Object.entries(drawing.features).filter(
        ([name, value]) => value !== start.features[name],
      ).length;
    },
    lesson: () => memory.training()?.lesson ?? null,
    runs_started: () => memory.training()?.started ?? 0,
    run_done: () => memory.training()?.isDone ?? false,
    run_batch: () => memory.training()?.batch ?? null,
    run_loss: () => memory.training()?.loss ?? null,
    run_accuracy: () => memory.training()?.accuracy ?? null,
    run_problem: (name) => memory.training()?.problems.includes(String(name)) ?? false,
    pi: () => Math.PI,
    ...createScores(get, memory),

    a: (name, index) => at(values(name), index),
    z: (name, index) => at(layer(name)?.z ?? null, index),
    w: (name, index, from) => weight(name, index, from),
    b: (name, index) => at(parameters(name, 'b')?.data ?? null, index),
    total,
    contribution: (name, index, from) => {
      const [w, source] = [weight(name, index, from), before(name)];
      const a = source ? at(values(source), from) : null;
      return w === null || a === null ? null : w * a;
    },
    least: (name, index) =>
      contributions(name, index)?.reduce((one, other) => Math.min(one, other), Infinity) ?? null,
    greatest: (name, index) =>
      contributions(name, index)?.reduce((one, other) => Math.max(one, other), -Infinity) ?? null,
    settled: (share) => memory.settled(Number(share)),
    p: (digit) => at(reading()?.probabilities ?? null, digit),
    pixel: (row, column) => at(values('input'), Number(row) * SIDE + Number(column)),
    count: (name, above) => sum(name, (value) => Number(value > Number(above))),
    most,
    largest: (name) => {
      const best = most(name);
      return best === null ? null : at(values(name), best);
    },
    added: (name) => sum(name, (value) => value),
    change,
    changed: (name) => {
      const most = change(name);
      return most === null ? null : most > SAME;
    },
    differs: (name, index, first, second) => {
      const one = at(activations(meantAs(memory, first), name), index);
      const other = at(activations(meantAs(memory, second), name), index);
      return one === null || other === null ? null : one - other;
    },
    weight_size: size,
    moves: (name, from) => {
      const [w, ink] = [size(name, from), at(memory.meanInk(), from)];
      return w === null || ink === null ? null : w * ink;
    },
    abs: (x) => Math.abs(Number(x)),
    round: (x, decimals) => Math.round(Number(x) * 10 ** Number(decimals)) / 10 ** Number(decimals),
    log: (x) => Math.log(Number(x)),
    auc: (name, index) => at(loops(name)?.units ?? null, index),
    best_auc: (name) => {
      const best = clearest(name);
      return best === null ? null : at(loops(name)?.units ?? null, best);
    },
    best_unit: (name) => clearest(name),
    layer_auc: (name) => loops(name)?.layer ?? null,
    accuracy_of: (id) => shipped(String(id)),
    exp: (x) => Math.exp(Number(x)),
    sigmoid: (z) => 1 / (1 + Math.exp(-Number(z))),
    within: (x, y, near) => Math.abs(Number(x) - Number(y)) <= Number(near),
  };
}

/**
 * Notes what a step remembers, with each change of the screen.
 * @param {Memory} memory @param {State} state @param {boolean} isSettled
 */
export function remember(memory, state, isSettled) {
  const reading = readingOf(state);
  if (!isSettled || !reading || isBlank(state.drawing)) return;
  memory.first ??= reading;
  memory.seen.add(state.drawing);
  const meant = meantBy(state, memory);
  if (meant === null || reading.prediction === null) return;
  memory.read.delete(state.drawing); // the newest stands last
  memory.read.set(state.drawing, { meant, prediction: reading.prediction, reading });
}
