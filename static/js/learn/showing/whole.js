// The lab's dials that are no neuron's own: a step has those that its solutions turn.

/** @import { Edit } from '../../state/types.js' */
/** @import { Step } from '../types.js' */

const WHOLE = new Set(['prune', 'noise', 'temperature']);

/** Names of parts: all of these dials, and those that some edits turn. @param {Edit[]} [edits] @returns {string[]} */
export function wholeIn(edits = []) {
  const turned = edits.map(({ kind }) => kind).filter((kind) => WHOLE.has(kind));
  return turned.length ? ['whole', ...turned] : [];
}

/** Those of a step: of how it begins and of its tasks. @param {Pick<Step, 'state' | 'tasks'>} step */
export const wholeOf = ({ state, tasks }) =>
  [state, ...tasks.flatMap(({ show }) => show)].flatMap(({ edits }) => wholeIn(edits));
