// What a sum's pictures show: how its sources lie, and which values have full colour. Pure functions.

import { incoming, sourceOf } from '../../state/contributions.js';
import { isMaps, isSteps, layerOf, windowOf } from '../../state/units.js';
import { FULL_FEATURE } from '../../views/network/paint/input.js';
import { squareOf } from '../../views/pictures.js';

/** @import { ModelDescription, Neuron, State } from '../../state/types.js' */
/** @import { Cells } from '../../views/pictures.js' */

const LARGE = 0.995; // the share of weights below full colour

/**
 * How a neuron's sources lie, for the pictures.
 * @param {ModelDescription} model @param {Neuron} neuron @param {number} count of sources
 * @returns {Cells}
 */
export function cellsOf(model, neuron, count) {
  const source = layerOf(model, sourceOf({ model }, neuron.layer));
  const maps = source && isMaps(source) ? source.shape[2] : 1;
  const seen = windowOf(model, neuron);
  if (seen) {
    const [rows, columns] = [seen.bottom - seen.top + 1, seen.right - seen.left + 1];
    return { rows, columns, maps };
  }
  if (source && isMaps(source)) return { rows: source.shape[0], columns: source.shape[1], maps };
  return squareOf(count);
}

/**
 * The weight of full colour: nearly the largest of its layer.
 * @param {ArrayLike<number>} weights
 */
export function weightScale(weights) {
  const sizes = Float32Array.from(weights, Math.abs).sort();
  return sizes[Math.floor((sizes.length - 1) * LARGE)] || 1;
}

/** Remembers the weight of full colour of each layer: to find it all its weights are sorted. */
export function createWeightScale() {
  /** @type {WeakMap<ArrayLike<number>, number>} */
  const known = new WeakMap();
  /** @param {ArrayLike<number>} weights of the whole layer */
  return function scaleOf(weights) {
    let scale = known.get(weights);
    if (scale === undefined) known.set(weights, (scale = weightScale(weights)));
    return scale;
  };
}

/**
 * A sum as it is shown; null while its numbers are on their way.
 * @param {State} state @param {Neuron} neuron
 * @param {(weights: ArrayLike<number>) => number} scaleOf a layer's weights
 */
export function summed(state, neuron, scaleOf) {
  const model = /** @type {ModelDescription} */ (state.model);
  const all = incoming(state, neuron);
  const layer = state.reading?.layers.find(({ name }) => name === neuron.layer);
  const kernel = state.weights?.get(`${neuron.layer}/W`);
  if (!all || !layer || !kernel) return null;
  const source = layerOf(model, sourceOf(state, neuron.layer));
  const isTable = Boolean(model.features?.length); // a row of features, no picture
  return {
    all,
    layer,
    source: source?.name ?? 'input',
    cells: cellsOf(model, neuron, all.sources.length),
    /** What comes in has a sign. */
    signed: source ? isSteps(source) : isTable,
    isTable,
    /** Neighbouring sources are neighbours in an image. */
    isImage: source ? isMaps(source) : !isTable,
    /** The activation that has full colour. */
    exposure: source?.exposure ?? (isTable ? FULL_FEATURE : 1),
    /** The weight that has full colour: by what was learned, so that edits are seen. */
    most: scaleOf((state.learned?.get(`${neuron.layer}/W`) ?? kernel).data),
  };
}
