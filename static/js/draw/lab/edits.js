// Changes to a network as values: one for each place and kind, in the order in which the server
// makes them. Painted weights come first, so that scaling acts on what was painted.

import { layerName, neuronName } from '../../state/names.js';
import { isMaps, isSteps, layerOf } from '../../state/units.js';
import { biasOf } from './unit.js';

/** @import { Edit, ModelDescription, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const ORDER = ['weights', 'scale', 'bias', 'off', 'prune', 'noise', 'temperature'];

/**
 * What edits change, in words: "2 weights, 1 bias". Weights are told one by one, and steps of learning as
 * steps, for each moves every weight and bias a little.
 * @param {Edit[]} edits
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function changesIn(edits, t, numbers) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const edit of edits) {
    const kind = edit.kind === 'fit' ? 'learn' : edit.kind;
    const more = 'times' in edit ? edit.times : edit.kind === 'weights' ? edit.inputs.length : 1;
    counts.set(kind, (counts.get(kind) ?? 0) + more);
  }
  return [...counts]
    .map(([kind, count]) =>
      t(`edited.${kind}${count === 1 ? '.one' : ''}`, { count: numbers.whole(count) }),
    )
    .join(', ');
}

const TOLD = 2; // changes that are told by their place

/** Whose parameters they are: a neuron's, a map's of all its places, an LSTM's unit's at all rows.
 * @param {{layer: string, unit: number}} at @param {ModelDescription | null} model @param {Translate} t */
function ownerOf({ layer, unit }, model, t) {
  const found = layerOf(model, layer);
  if (!found || (!isMaps(found) && !isSteps(found)))
    return neuronName({ layer, index: unit }, t, model);
  const number = unit + 1;
  return t(isMaps(found) ? 'edited.map' : 'edited.unit', { layer: layerName(layer, t), number });
}

/**
 * One change, with its place: "output, digit 7: b 2.69 → −6.31"; null where it has none, or is not known yet.
 * @param {Edit} edit
 * @param {Pick<State, 'model' | 'learned'>} state
 * @param {Translate} t
 * @param {Numbers} numbers
 */
function told(edit, { model, learned }, t, numbers) {
  if (!('unit' in edit)) return null;
  const { layer, unit, kind } = edit;
  const gate = 'gate' in edit && edit.gate ? t(`lab.gate.${edit.gate}`) : '';
  const name = [ownerOf(edit, model, t), gate].filter(Boolean).join(', ');
  if (kind === 'off') return t('edited.at.off', { name });
  if (kind === 'scale') return `${name}: w × ${numbers.two(edit.factor)}`;
  if (kind === 'weights') return `${name}: ${changesIn([edit], t, numbers)}`;
  const gates = layerOf(model, layer)?.arithmetic === 'gates';
  const before = biasOf(learned, { layer, unit, gates });
  if (gates || Number.isNaN(before))
    return `${name}: b ${edit.shift < 0 ? '' : '+'}${numbers.two(edit.shift)}`;
  return `${name}: b ${[before, before + edit.shift].map(numbers.two).join(' → ')}`;
}

/**
 * What edits change: one or two by their place, more by how many there are of a kind.
 * @param {Edit[]} edits
 * @param {Pick<State, 'model' | 'learned'>} state
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function changesTold(edits, state, t, numbers) {
  const all = edits.map((edit) => told(edit, state, t, numbers));
  const isAll = all.length <= TOLD && all.every((each) => each !== null);
  return isAll ? all.join('; ') : changesIn(edits, t, numbers);
}

/** @typedef {{kind: Edit['kind'], layer?: string | null, unit?: number, gate?: string | null}} Place */

/** @param {Place} one @param {Place} other */
const isSame = (one, other) =>
  one.kind === other.kind &&
  (one.layer ?? null) === (other.layer ?? null) &&
  one.unit === other.unit &&
  (one.gate ?? null) === (other.gate ?? null);

/** Whether an edit changes nothing. @param {Edit} edit */
function isIdle(edit) {
  if (edit.kind === 'weights') return edit.inputs.length === 0;
  if (edit.kind === 'scale') return edit.factor === 1;
  if (edit.kind === 'bias') return edit.shift === 0;
  if (edit.kind === 'prune') return edit.share === 0;
  if (edit.kind === 'noise') return edit.amount === 0;
  return edit.kind === 'temperature' && edit.value === 1;
}

/**
 * The edit of that kind at that place, if there is one.
 * @template {Edit['kind']} K
 * @param {Edit[]} edits
 * @param {Place & {kind: K}} place
 * @returns {Extract<Edit, {kind: K}> | undefined}
 */
export const editAt = (edits, place) =>
  /** @type {any} */ (edits.find((edit) => isSame(edit, place)));

/** The edits without the one at that place. @param {Edit[]} edits @param {Place} place */
export const without = (edits, place) => edits.filter((edit) => !isSame(edit, place));

/** The edits with this one in place of an earlier one. @param {Edit[]} edits @param {Edit} edit */
export function withEdit(edits, edit) {
  const others = without(edits, edit);
  if (isIdle(edit)) return others;
  return [...others, edit].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/**
 * A unit's weights, set to these where they differ from the learned ones.
 * @param {Edit[]} edits
 * @param {{layer: string, unit: number}} unit
 * @param {ArrayLike<number>} learned
 * @param {ArrayLike<number>} painted
 */
export function withWeights(edits, { layer, unit }, learned, painted) {
  const inputs = Array.from(learned, (_, i) => i).filter((i) => painted[i] !== learned[i]);
  const values = inputs.map((i) => Math.round(painted[i] * 1e4) / 1e4);
  return withEdit(edits, { kind: 'weights', layer, unit, inputs, values });
}

/**
 * A unit's weights before they are scaled: the learned ones, or what was painted over them.
 * @param {Edit[]} edits
 * @param {{layer: string, unit: number}} unit
 * @param {ArrayLike<number>} learned
 */
export function paintedWeights(edits, { layer, unit }, learned) {
  const weights = Float64Array.from(learned);
  const edit = editAt(edits, { kind: 'weights', layer, unit });
  edit?.inputs.forEach((input, i) => (weights[input] = edit.values[i]));
  return weights;
}
