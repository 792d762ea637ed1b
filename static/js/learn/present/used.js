// What of the screen is used in a step: its tasks' own solutions tell. On a projector it is in full light
// with what the step points at.

import { wholeIn } from '../showing/whole.js';

/** @import { Action, Step } from '../types.js' */

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
  hidden,
}) {
  return [
    ...(drawing || meant !== undefined ? ['pad', 'tools', 'answer', 'probabilities'] : []),
    ...(select ? [select.layer, 'readout'] : []),
    ...open.flatMap((what) => (what === 'inspector' ? ['look-inside', 'inspector'] : [what])),
    ...(edits ? ['change-it', 'inspector', 'lab', 'edited'] : []),
    ...wholeIn(edits),
    ...(row === undefined ? [] : ['rows']),
    ...(features ? ['given'] : []),
    ...(compared ? ['compare-button', 'compare'] : []),
    ...(model ? ['picker'] : []),
    ...(hidden ? ['layers'] : []),
    ...(start ? ['setup', 'start'] : []),
  ];
}

/** @param {Pick<Step, 'tasks' | 'challenge'>} step @returns {string[]} names of parts, each once */
export function usedIn({ tasks, challenge }) {
  const actions = [...tasks, ...(challenge ? [challenge] : [])].flatMap(({ show }) => show);
  return [...new Set(actions.flatMap(usedBy))];
}
