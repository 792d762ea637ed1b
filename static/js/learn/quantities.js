// The live quantities that a chapter may speak of, read off the screen beside it: one function for
// each name of nnviz/chapters/vocabulary.py. Null is "has no value just now".

import { createScores } from './challenges/scores.js';
import { isBlank } from '../state/history.js';
import { isSteps } from '../state/units.js';
import { createOfLayers } from './numbers/layers.js';
import { meantBy, readingOf } from './numbers/memory.js';

/** @import { State } from '../state/types.js' */
/** @import { Quantity, Value } from './evaluate.js' */
/** @import { Memory } from './numbers/memory.js' */

const WIDGETS = [
  'tiny_loss',
  'tiny_steps',
  'deep_layers',
  'deep_sigmoid',
  'deep_relu',
  'deep_first',
  'deep_first_relu',
  'sized_hidden',
  'sized_total',
  'sized_resting',
  'luck_tries',
  'luck_first',
  'luck_best',
  'matched',
  'race_loop',
  'race_product',
  'slide_near',
  'sorted_data',
  'sorted_kinds',
];

/**
 * @param {() => State} get
 * @param {Memory} memory
 * @returns {Record<string, Quantity>}
 */
export function createQuantities(get, memory) {
  const model = () => get().model;
  const reading = () => readingOf(get());
  const unit = () => get().hovered ?? get().selected;
  const ofLayers = createOfLayers(get, memory);
  /** Of the neuron that is looked at. @param {'a' | 'total' | 'b'} which */
  function ofUnit(which) {
    const found = unit();
    return found ? ofLayers[which](found.layer, found.index) : null;
  }
  /** @param {Value} name */
  const isRead = (name) => reading()?.layers.some((each) => each.name === name);
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
  const loops = (name) => (isRead(name) ? memory.loops(model()?.id ?? '', String(name)) : null);
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
    ink: () => ofLayers.count('input', 0),
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
    value: () => ofUnit('a'),
    sum: () => ofUnit('total'),
    bias: () => ofUnit('b'),
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
    set_up: () => memory.training()?.setUp ?? null,
    set_parameters: () => memory.training()?.setParameters ?? null,
    runs_started: () => memory.training()?.started ?? 0,
    run_done: () => memory.training()?.isDone ?? false,
    run_batch: () => memory.training()?.batch ?? null,
    run_loss: () => memory.training()?.loss ?? null,
    beside_loss: () => memory.training()?.besideLoss ?? null,
    run_accuracy: () => memory.training()?.accuracy ?? null,
    output_loss: (name) => memory.training()?.outputLosses[String(name)] ?? null,
    run_problem: (name) => memory.training()?.problems.includes(String(name)) ?? false,
    pi: () => Math.PI,
    ...createScores(get, memory),
    ...ofLayers,

    empty: (digit) => memory.empty(Number(digit)),
    settled: (share) => memory.settled(Number(share)),
    abs: (x) => Math.abs(Number(x)),
    round: (x, decimals) => Math.round(Number(x) * 10 ** Number(decimals)) / 10 ** Number(decimals),
    log: (x) => Math.log(Number(x)),
    auc: (name, index) => loops(name)?.units[Number(index)] ?? null,
    best_auc: (name) => {
      const best = clearest(name);
      return best === null ? null : (loops(name)?.units[best] ?? null);
    },
    best_unit: (name) => clearest(name),
    on: (name, index) => loops(name)?.active[Number(index)] ?? null,
    rarest: (name) => {
      const active = loops(name)?.active;
      return active ? active.indexOf(Math.min(...active)) : null;
    },
    layer_auc: (name) => loops(name)?.layer ?? null,
    accuracy_of: (id) => shipped(String(id)),
    exp: (x) => Math.exp(Number(x)),
    sigmoid: (z) => 1 / (1 + Math.exp(-Number(z))),
    within: (x, y, near) => Math.abs(Number(x) - Number(y)) <= Number(near),
  };
}
