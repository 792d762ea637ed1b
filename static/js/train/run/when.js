// What tells a run from another of its name: when it was started, and of several its number.

import { moment, suffixes } from '../../state/distinct.js';

/** @import { Run } from '../types.js' */

/**
 * Its time, with a number where another run of that name was started in the same minute.
 * @param {Run[]} runs the newest first
 * @param {Run} run
 * @param {string} language
 */
export function nameless(runs, run, language) {
  const all = runs.map(({ id, title, created }) => ({
    id,
    title,
    when: moment(created, language),
  }));
  return suffixes(all).get(run.id) || moment(run.created, language);
}
