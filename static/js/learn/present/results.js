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

/**
 * The number that is asked for, or what is found; '' for what is drawn, changed or trained: its hint says how.
 * @param {Pick<Task, 'show'>} task
 * @param {{quantities: Record<string, Quantity>, model: ModelDescription | null, t: Translate, numbers: Numbers}} now
 */
export function resultOf({ show }, { quantities, model, t, numbers }) {
  const { typed, select, edits, widget, row } = show.at(-1) ?? {};
  if (typed !== undefined) {
    const value = evaluate(typed, quantities);
    return value === null ? '' : t('present.result', { result: written(value, '', numbers) });
  }
  if (row !== undefined) return t('present.result.row', { row });
  if (!select || edits || widget) return '';
  return t('present.result.unit', { unit: neuronName(select, t, model) });
}

/**
 * @param {{chapter: Chapter, at: number} | null} place
 * @param {Parameters<typeof resultOf>[1]} now
 * @returns {Record<string, string>}
 */
export function resultsOf(place, now) {
  const step = place?.chapter.content[place.at];
  if (!place || !step) return {};
  return Object.fromEntries(
    step.tasks.map((task, i) => [resultKey(place.chapter.id, step.name, i), resultOf(task, now)]),
  );
}
