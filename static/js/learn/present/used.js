// What of the screen is used in a step: its tasks' own solutions tell. On a projector it is in full light
// with what the step points at.

/** @import { Action, Step } from '../types.js' */

/** Changes that are no neuron's own. */
const OF_ALL = new Set(['prune', 'noise', 'temperature']);

/** @param {Action} action @returns {string[]} names of parts */
function usedBy({
  drawing,
  meant,
  select,
  open = [],
  edits,
  row,
  features,
  compared,
  model,
  start,
}) {
  return [
    ...(drawing || meant !== undefined ? ['pad', 'tools', 'answer', 'probabilities'] : []),
    ...(select ? [select.layer, 'readout'] : []),
    ...open.flatMap((what) => (what === 'inspector' ? ['look-inside', 'inspector'] : [what])),
    ...(edits ? ['change-it', 'inspector', 'lab', 'edited'] : []),
    ...(edits?.some(({ kind }) => OF_ALL.has(kind)) ? ['whole'] : []),
    ...(row === undefined ? [] : ['rows']),
    ...(features ? ['given'] : []),
    ...(compared ? ['compare-button', 'compare'] : []),
    ...(model ? ['picker'] : []),
    ...(start ? ['setup', 'start'] : []),
  ];
}

/** @param {Pick<Step, 'tasks' | 'challenge'>} step @returns {string[]} names of parts, each once */
export function usedIn({ tasks, challenge }) {
  const actions = [...tasks, ...(challenge ? [challenge] : [])].flatMap(({ show }) => show);
  return [...new Set(actions.flatMap(usedBy))];
}
