// What is taught: an input, what it is meant to be, and the steps taken on it as edits of the network
// that is looked at.

/** @import { Edit, FitEdit, LearnEdit, ModelDescription, Reading } from '../state/types.js' */

/** @typedef {LearnEdit | FitEdit} Lesson */
/** @typedef {{features: Record<string, number>, target: number} | {strokes: import('../state/types.js').Stroke[], label: number} | {pixels: number[], label: number}} Taught
 * what the server is asked to explain */

const MOST = 100; // steps that one edit may hold

/** What a label says to the network: of a number the activation that it should have.
 * @param {ModelDescription} model @param {number} label */
export function targetOf({ outputs: [output] }, label) {
  if (output.kind !== 'number') return label;
  const { mean = 0, sd = 1 } = output;
  return (label - mean) / sd;
}

/**
 * One step on what was read: of an image its pixels, of everything else the numbers that went in.
 * @param {ModelDescription} model @param {Reading} reading @param {number} label a class's number, or
 *   the number that it should say, in its unit @param {number} rate
 * @returns {Lesson}
 */
export function lessonOf(model, { input }, label, rate) {
  const rest = { learning_rate: rate, times: 1 };
  const values = input.values ?? input.steps;
  if (!values) return { kind: 'learn', pixels: input.pixels, label, ...rest };
  return { kind: 'fit', inputs: Array.from(values), targets: [targetOf(model, label)], ...rest };
}

/** The same as the server is asked about it. @param {Reading} reading @param {number} label
 * @returns {Taught} */
export function taughtOf({ input, strokes = [] }, label) {
  if (input.features) return { features: input.features, target: label };
  return input.steps ? { strokes, label } : { pixels: input.pixels, label };
}

/** Whether both are about the same input and the same answer. @param {Edit | undefined} edit
 * @param {Lesson} step */
export function isSameLesson(edit, step) {
  if (edit?.kind === 'learn' && step.kind === 'learn')
    return edit.label === step.label && edit.pixels.every((pixel, i) => pixel === step.pixels[i]);
  return (
    edit?.kind === 'fit' &&
    step.kind === 'fit' &&
    edit.targets.every((target, i) => target === step.targets[i]) &&
    edit.inputs.length === step.inputs.length &&
    edit.inputs.every((value, i) => value === step.inputs[i])
  );
}

/**
 * The edits with more steps behind them; the same step again only counts up.
 * @param {Edit[]} edits @param {Lesson} step @returns {Edit[]}
 */
export function withStep(edits, step) {
  const last = edits.at(-1);
  const isAgain =
    (last?.kind === 'learn' || last?.kind === 'fit') &&
    isSameLesson(last, step) &&
    last.learning_rate === step.learning_rate &&
    last.times + step.times <= MOST;
  return isAgain
    ? [...edits.slice(0, -1), { ...step, times: last.times + step.times }]
    : [...edits, step];
}

/** How many steps were taken in all. @param {Edit[]} edits */
export const stepsIn = (edits) =>
  edits.reduce(
    (total, edit) => total + (edit.kind === 'learn' || edit.kind === 'fit' ? edit.times : 0),
    0,
  );
