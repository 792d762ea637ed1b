// The neuron that is changed, and its weights as they are painted: all of its own, and those that are shown
// in the order of the cells, before they are scaled.

import { incoming } from '../../state/contributions.js';
import { paintedWeights, withEdit, withWeights } from './edits.js';
import { columnOf, unitOf } from './unit.js';

/** @import { Edit, Neuron, State } from '../../state/types.js' */
/** @import { Cells } from '../../views/pictures.js' */
/** @import { Unit } from './unit.js' */

/**
 * @typedef {object} Shown the neuron that is shown
 * @property {State} state
 * @property {Neuron} neuron
 * @property {Cells | null} cells how its weights lie; null where they have no picture
 * @property {boolean} isPainted its weights are painted, not set one by one
 * @property {boolean} isImage neighbouring cells are neighbours in an image
 * @property {number} full the weight of full colour
 *
 * @typedef {ReturnType<typeof createSubject>} Subject
 */

export const MOST = 1000; // that the server takes for a number

/** @param {(edits: Edit[], gesture: string) => void} onEdit edits of one gesture are one step */
export function createSubject(onEdit) {
  /** @type {Shown | null} */
  let shown = null;
  /** @type {Unit | null} */
  let unit = null;

  /** Of the model that is shown. */
  const edits = () => shown?.state.edits[shown.state.model?.id ?? ''] ?? [];

  function painted() {
    if (!shown || !unit || !shown.cells) return null;
    const all = incoming({ ...shown.state, weights: shown.state.learned }, shown.neuron);
    if (!all) return null;
    const column = columnOf(shown.state.learned, unit);
    const full = paintedWeights(edits(), unit, column);
    const weights = Float64Array.from(all.inputs, (input) => full[input]);
    return { inputs: all.inputs, column, full, weights };
  }

  return {
    shown: () => shown,
    /** Where its parameters are; null for one that has none. */
    unit: () => unit,
    edits,
    /** @param {Edit} edit @param {string} gesture */
    change: (edit, gesture) => onEdit(withEdit(edits(), edit), gesture),
    /** What is painted on; null where there is no picture of weights. */
    painted,
    /** @param {Float64Array} weights in the order of the cells @param {string} gesture
     * @param {Set<number>} [changed] the cells that count; all by default */
    setWeights(weights, gesture, changed) {
      const now = painted();
      if (!now || !unit) return;
      now.inputs.forEach((input, i) => {
        if (!changed || changed.has(i)) now.full[input] = weights[i];
      });
      onEdit(withWeights(edits(), unit, now.column, now.full), gesture);
    },
    /** @param {Shown} next @returns {boolean} whether it is another neuron */
    take(next) {
      const isOther = next.neuron !== shown?.neuron;
      shown = next;
      unit = next.state.model ? unitOf(next.state.model, next.neuron) : null;
      return isOther;
    },
  };
}

/** The weight that matters most now. @param {Pick<Shown, 'state' | 'neuron' | 'cells'>} shown */
export function strongest({ state, neuron, cells }) {
  const contributions = cells ? incoming(state, neuron)?.contributions : undefined;
  if (!contributions) return 0;
  let best = 0;
  contributions.forEach((value, i) => {
    if (Math.abs(value) > Math.abs(contributions[best])) best = i;
  });
  return best;
}
