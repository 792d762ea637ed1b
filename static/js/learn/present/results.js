// What comes out of a step's tasks, for whoever stands beside the wall: worked out there, where the
// network is, and told to the speaker's window.

import { neuronName } from '../../state/names.js';
import { evaluate } from '../evaluate.js';
import { written } from '../text.js';

/** @import { ModelDescription, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Quantity } from '../evaluate.js' */
/** @import { Chapter, Task } from '../types.js' */

/** A task's result by name. @param {string} chapter @param {string} step @param {number} task */
export const resultKey = (chapter, step, task) => `${chapter}/${step}/${task}`;

/** @typedef {{quantities: Record<string, Quantity>, model: ModelDescription | null, t: Translate, numbers: Numbers}} Now */

/**
 * The number that is asked for, or what is found; '' for what is drawn, changed or trained.
 * @param {Pick<Task, 'show'>} task
 * @param {Now} now
 */
export function foundIn({ show }, { quantities, model, t, numbers }) {
  const { typed, select, edits, widget, row, hidden } = show.at(-1) ?? {};
  if (typed !== undefined) {
    const value = evaluate(typed, quantities);
    return value === null ? '' : t('present.result', { result: written(value, '', numbers) });
  }
  if (row !== undefined)
    return t(model?.problem === 'pen' ? 'present.result.step' : 'present.result.row', { row });
  if (hidden) return t('present.result.hidden', { sizes: hidden.join(', ') });
  if (!select || edits || widget) return '';
  return t('present.result.unit', { unit: neuronName(select, t, model) });
}

/** What a press does on the screen where nothing is found: drawings, a change to the network, a training.
 * @param {Pick<Task, 'show'>} task @param {Now} now */
function doneIn({ show }, { model, t, numbers }) {
  const [edit, another] = show.at(-1)?.edits ?? [];
  if (edit && !another) {
    const unit =
      'unit' in edit ? neuronName({ layer: edit.layer, index: edit.unit }, t, model) : '';
    if (edit.kind === 'off') return t('present.result.off', { unit });
    if (edit.kind === 'bias')
      return t('present.result.bias', { unit, shift: numbers.two(edit.shift) });
    if (edit.kind === 'prune')
      return t('present.result.prune', { share: numbers.percent(edit.share) });
    if (edit.kind === 'weights')
      return t('present.result.weights', { unit, count: numbers.whole(edit.inputs.length) });
  }
  const drawn = show.flatMap(({ drawing }) => drawing ?? []);
  if (!drawn.length) return t('present.result.does');
  const digits = show.flatMap(({ meant }) => (meant !== undefined && meant < 10 ? [meant] : []));
  return digits.length === drawn.length
    ? t('present.result.digits', { digits: digits.join(', ') })
    : t('present.result.draws');
}

/** @param {Pick<Task, 'show'>} task @param {Now} now */
export const resultOf = (task, now) => foundIn(task, now) || doneIn(task, now);

/**
 * @param {{chapter: Chapter, at: number} | null} place
 * @param {Now} now
 * @returns {Record<string, string>}
 */
export function resultsOf(place, now) {
  const step = place?.chapter.content[place.at];
  if (!place || !step) return {};
  return Object.fromEntries(
    step.tasks.map((task, i) => [resultKey(place.chapter.id, step.name, i), resultOf(task, now)]),
  );
}
