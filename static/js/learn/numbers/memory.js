// What a step of a chapter remembers of its learner, and what of a drawing it goes by.

import { isBlank } from '../../state/history.js';
import { isPictured } from '../../state/units.js';

/** @import { Drawing, Reading, State } from '../../state/types.js' */
/** @import { Quantity, Value } from '../evaluate.js' */
/** @import { Training } from '../types.js' */

/**
 * What a layer tells of loops: each unit's AUC and that of all together; and the share of the test digits
 * for which each unit is above 0.
 * @typedef {{units: (number | null)[], layer: number | null, active: number[]}} Told
 */

/**
 * What a step remembers of its learner.
 * @typedef {object} Memory
 * @property {number | null} meant
 * @property {number | null} typed
 * @property {number | null} guess
 * @property {number | null} measured accuracy, as the step asked for it
 * @property {Record<string, Quantity>} widget what the step's widget has to tell
 * @property {(model: string, layer: string) => Told | null} loops how well
 *   units tell loops; asked for when it is first wanted, null until then
 * @property {Drawing | null} start what the step put on the pad
 * @property {(share: number) => number | null} settled from which row on the answer stays, and is given so much
 * @property {(which: string, ...about: (string | number)[]) => number | null} ask for a number that the server works out; null until it comes
 * @property {() => number[] | null} meanInk of each pixel, over the test digits; null until it comes
 * @property {(digit: number) => number | null} empty the probability of a digit for paper without ink
 * @property {() => Training | null} training
 * @property {Drawing | null} last what was on the pad at the last look
 * @property {boolean} played
 * @property {Reading | null} first the reading as the step began
 * @property {Map<Drawing, {meant: number, prediction: number, reading: Reading}>} read by what they were meant to be
 * @property {Set<Drawing>} seen drawings
 */

/** @param {number | null} [meant] what the drawing is known to be @returns {Memory} */
export const emptyMemory = (meant = null) => ({
  meant,
  typed: null,
  guess: null,
  measured: null,
  widget: {},
  loops: () => null,
  start: null,
  settled: () => null,
  ask: () => null,
  meanInk: () => null,
  empty: () => null,
  training: () => null,
  last: null,
  played: false,
  first: null,
  read: new Map(),
  seen: new Set(),
});

/** @param {State} state */
export const readingOf = (state) =>
  state.reading?.model === state.model?.id && state.reading ? state.reading : null;

/** What is labelled: by its learner, or because it is a test digit. @param {State} state @param {Memory} memory */
export function meantBy({ drawing }, memory) {
  if (drawing.kind === 'pixels' && drawing.label !== null) return drawing.label;
  return memory.meant;
}

/** What was said names a digit: neither nothing, nor that it is none. @param {number | null} meant
 * @returns {meant is number} */
const isDigit = (meant) => meant !== null && meant >= 0 && meant < 10;

/** The newest reading of a drawing that was meant as a digit. @param {Memory} memory @param {Value} digit */
export const meantAs = (memory, digit) =>
  [...memory.read.values()].reverse().find(({ meant }) => meant === digit)?.reading ?? null;

/** Nobody has said yet what another drawing is meant to be. @param {Memory} memory @param {State} state
 * @returns {boolean} whether it is another one */
export function noticeDrawing(memory, { drawing }) {
  const isOther = memory.last !== null && memory.last !== drawing;
  memory.last = drawing;
  if (isOther) memory.meant = null;
  return isOther;
}

/** Whether a drawing only goes on with another: its strokes, and more. @param {Drawing} later @param {Drawing} first */
const goesOn = (later, first) =>
  later.kind === 'strokes' &&
  first.kind === 'strokes' &&
  first.strokes.length < later.strokes.length &&
  JSON.stringify(first.strokes) === JSON.stringify(later.strokes.slice(0, first.strokes.length));

/**
 * Notes what a step remembers, with each change of the screen.
 * @param {Memory} memory @param {State} state @param {boolean} isSettled
 */
export function remember(memory, state, isSettled) {
  const stages = state.model?.layers.filter(isPictured).length ?? 0;
  if (state.moment && state.moment.stage >= stages) memory.played = true;
  const reading = readingOf(state);
  if (!isSettled || !reading || isBlank(state.drawing)) return;
  memory.first ??= reading;
  memory.seen.add(state.drawing);
  const meant = meantBy(state, memory);
  if (!isDigit(meant) || reading.prediction === null) return;
  for (const named of memory.read.keys()) // what was drawn on top of another is no further digit
    if (named === state.drawing || goesOn(state.drawing, named)) memory.read.delete(named);
  memory.read.set(state.drawing, { meant, prediction: reading.prediction, reading });
}
