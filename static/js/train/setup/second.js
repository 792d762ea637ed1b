// The second of two runs that are compared follows what is set for the first.

/** @import { LayerConfig, Recipe } from '../types.js' */

/**
 * All is set for both but the name and the activations in which they differ.
 * @param {Recipe} other @param {(recipe: Recipe) => Recipe} change @param {Recipe} before the first one
 * @returns {Recipe}
 */
export function changedToo(other, change, before) {
  const [was, own] = [before, other].map(({ architecture }) => architecture.layers);
  const after = change(before).architecture.layers;
  const changed = change(other);
  const isActivation = (/** @type {LayerConfig} */ { activation }, /** @type {number} */ i) =>
    after.length === was.length &&
    after[i].activation !== was[i].activation &&
    was[i].activation !== activation;
  const layers = changed.architecture.layers.map((layer, i) =>
    own[i] && isActivation(own[i], i) ? own[i] : layer,
  );
  return {
    ...changed,
    title: other.title,
    architecture: { ...changed.architecture, layers },
  };
}
