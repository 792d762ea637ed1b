// Which network is asked about, and where a digit, a neuron or a drawing lies on the Draw screen.

import { toFragment } from '../state/to-fragment.js';
import { rooted } from '../server/root.js';
import { emptyState } from '../state/store.js';

/** @import { Drawing, Edit, Neuron, State } from '../state/types.js' */
/** @import { Subject } from './types.js' */

/**
 * The network that reads, with what was changed in it; null before there is one.
 * @param {Pick<State, 'model' | 'edits'>} state
 * @returns {Subject | null}
 */
export function subjectOf({ model, edits }) {
  if (!model) return null;
  const made = edits[model.id] ?? [];
  return {
    id: model.id,
    edits: made,
    key: made.length ? `${model.id}+${JSON.stringify(made)}` : model.id,
  };
}

/**
 * The address on the Draw screen of a drawing, with the network as it is here and a neuron that is kept.
 * @param {Pick<State, 'model' | 'edits' | 'center'>} state
 * @param {Drawing} drawing
 * @param {Neuron | null} [selected]
 */
export function onDraw({ model, edits, center }, drawing, selected = null) {
  const shown = { ...emptyState(), model, edits, center, drawing, selected };
  return rooted(`/${toFragment(shown, shown.edgeCount)}`);
}

/** The test digit that a drawing is, just as it stands in the set; null for any other drawing.
 * @param {Drawing} drawing @returns {number | null} */
export const testIndex = (drawing) =>
  drawing.kind === 'pixels' && drawing.noise === undefined ? drawing.index : null;

/** A test digit, of which only its place is known. @param {number} index @returns {Drawing} */
export const testDigit = (index) => ({ kind: 'pixels', pixels: [], label: null, index });

/** @param {Edit[]} edits as they are, and one unit off as well @param {string} layer @param {number} unit @returns {Edit[]} */
export const without = (edits, layer, unit) => [...edits, { kind: 'off', layer, unit }];
