// A neuron as the place of its parameters: a convolution's places share a filter, an LSTM's rows a
// unit.

import { isMaps, isSteps, layerOf } from '../../state/units.js';

/** @import { ModelDescription, Neuron, Weights } from '../../state/types.js' */

/**
 * @typedef {{layer: string, unit: number, gates: boolean}} Unit
 * @param {ModelDescription} model
 * @param {Neuron} neuron
 * @returns {Unit | null} null for a layer without parameters
 */
export function unitOf(model, { layer, index }) {
  const found = layerOf(model, layer);
  if (!found || !found.parameters) return null;
  const units = found.shape[found.shape.length - 1];
  const isShared = isMaps(found) || isSteps(found);
  return { layer, unit: isShared ? index % units : index, gates: found.arithmetic === 'gates' };
}

/**
 * A unit's incoming weights, all of them, in the order in which edits count them.
 * @param {Weights | null} weights
 * @param {Unit} unit
 */
export function columnOf(weights, { layer, unit }) {
  const kernel = weights?.get(`${layer}/W`);
  if (!kernel) return new Float32Array(0);
  const units = kernel.shape[kernel.shape.length - 1];
  return Float32Array.from(
    { length: kernel.data.length / units },
    (_, i) => kernel.data[i * units + unit],
  );
}

/**
 * A unit's bias, NaN where it has one for each gate.
 * @param {Weights | null} weights @param {Unit} unit
 */
export const biasOf = (weights, { layer, unit, gates }) =>
  gates ? NaN : (weights?.get(`${layer}/b`)?.data[unit] ?? NaN);
