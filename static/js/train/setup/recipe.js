// A recipe as one edits it: layers put in an order that works, named, with the right input shape.

/** @import { LayerConfig, Recipe } from '../types.js' */

export const SIDE = 28;
export const AUGMENTATION = {
  rotation: 10,
  scale: 0.1,
  shear: 0.1,
  shift: 1.5,
  elastic: 0.5,
  thickness: 0.3,
};
const MAPS = new Set(['conv2d', 'max_pooling2d', 'average_pooling2d']);
const RECURRENT = new Set(['lstm', 'simple_rnn']);
const NAMES = {
  conv2d: 'conv',
  max_pooling2d: 'pool',
  average_pooling2d: 'pool',
  dense: 'hidden',
  dropout: 'dropout',
};

/** @param {LayerConfig} layer */
export const isMap = ({ kind }) => MAPS.has(kind);
/** @param {LayerConfig} layer */
export const isRecurrent = ({ kind }) => RECURRENT.has(kind);

/** A layer as it begins. @type {Record<string, () => LayerConfig>} */
export const NEW = {
  dense: () => ({ kind: 'dense', name: '', units: 16, activation: 'relu' }),
  conv2d: () => ({ kind: 'conv2d', name: '', filters: 8, kernel_size: [3, 3], activation: 'relu' }),
  max_pooling2d: () => ({ kind: 'max_pooling2d', name: '', pool_size: [2, 2] }),
  dropout: () => ({ kind: 'dropout', name: '', rate: 0.25 }),
  lstm: () => ({ kind: 'lstm', name: '', units: 32 }),
};

/** Whether it learns from images of digits. @param {Recipe} recipe */
export const readsImages = ({ problem = 'digits' }) => problem === 'digits';

/**
 * What may be added to these layers.
 * @param {LayerConfig[]} layers
 * @param {boolean} [isImage] they read images; else a row of numbers
 */
export function addable(layers, isImage = true) {
  const hasMaps = layers.some(isMap);
  const isRead = layers.some(isRecurrent);
  return Object.keys(NEW).filter((kind) => {
    if (!isImage) return kind === 'dense' || kind === 'dropout';
    if (kind === 'conv2d' || kind === 'max_pooling2d')
      return !isRead && (kind === 'conv2d' || hasMaps);
    return kind !== 'lstm' || (!hasMaps && !isRead);
  });
}

/**
 * Layers in the order that works: what reads the image first, then what reads its values, the output
 * last. Each is named by its kind and number.
 * @param {LayerConfig[]} layers all but the output and what only flattens
 * @param {LayerConfig} output
 * @returns {{input_shape: number[], layers: LayerConfig[]}}
 */
export function arranged(layers, output) {
  const maps = layers.filter(isMap);
  const rows = layers.filter(isRecurrent);
  const rest = layers.filter((layer) => !isMap(layer) && !isRecurrent(layer));
  /** @type {Record<string, number>} */
  const counts = {};
  const named = [...maps, ...rows, ...rest].map((layer) => {
    const word = /** @type {Record<string, string>} */ (NAMES)[layer.kind] ?? layer.kind;
    counts[word] = (counts[word] ?? 0) + 1;
    return { ...layer, name: isRecurrent(layer) ? word : `${word}${counts[word]}` };
  });
  const flatten = maps.length ? [{ kind: 'flatten', name: 'flatten' }] : [];
  return {
    input_shape: maps.length ? [SIDE, SIDE, 1] : rows.length ? [SIDE, SIDE] : [SIDE * SIDE],
    layers: [
      ...named.slice(0, maps.length),
      ...flatten,
      ...named.slice(maps.length),
      { ...output, name: 'output' },
    ],
  };
}

/** The layers that one edits: all but the output and what only flattens. @param {Recipe} recipe */
export const editable = ({ architecture: { layers } }) =>
  layers.slice(0, -1).filter(({ kind }) => kind !== 'flatten');

/** @param {Recipe} recipe @param {LayerConfig[]} layers @returns {Recipe} */
export function withLayers(recipe, layers) {
  const { layers: before, input_shape } = recipe.architecture;
  const made = arranged(layers, before[before.length - 1]);
  return { ...recipe, architecture: readsImages(recipe) ? made : { ...made, input_shape } };
}

/**
 * The loss decides what the last layer says: probabilities for cross-entropy, ten numbers of their own
 * for the mean squared error.
 * @param {Recipe} recipe @param {string} loss @returns {Recipe}
 */
export function withLoss(recipe, loss) {
  const layers = [...recipe.architecture.layers];
  const activation = loss === 'cross_entropy' ? 'softmax' : 'sigmoid';
  layers[layers.length - 1] = { ...layers[layers.length - 1], activation };
  return {
    ...recipe,
    architecture: { ...recipe.architecture, layers },
    training: { ...recipe.training, loss },
  };
}

/** @param {Recipe} recipe whether its weights start from zero */
export const fromZero = ({ architecture: { layers } }) =>
  layers.some(({ kernel_initializer }) => kernel_initializer === 'zeros');

/** Start all weights from zero, or at random. @param {Recipe} recipe @param {boolean} zero
 * @returns {Recipe} */
export function withZero(recipe, zero) {
  const layers = recipe.architecture.layers.map((layer) => {
    const { kernel_initializer: _, ...rest } = layer;
    return zero && (layer.kind === 'dense' || layer.kind === 'conv2d')
      ? { ...rest, kernel_initializer: 'zeros' }
      : rest;
  });
  return { ...recipe, architecture: { ...recipe.architecture, layers } };
}

/** Settings that belong to one optimizer go back to what they are without it.
 * @param {Recipe} recipe @param {string} optimizer @returns {Recipe} */
export function withOptimizer(recipe, optimizer) {
  const own = optimizer === 'sgd' ? {} : { momentum: 0, nesterov: false };
  return { ...recipe, training: { ...recipe.training, ...own, optimizer } };
}

/** Another activation, and with it weights that start as suits it. @param {LayerConfig} layer
 * @param {string} activation @returns {LayerConfig} */
export function withActivation({ kernel_initializer: start, ...layer }, activation) {
  return { ...layer, activation, ...(start === 'zeros' ? { kernel_initializer: start } : {}) };
}

/** Augmentation on or off. @param {Recipe} recipe @param {boolean} on @returns {Recipe} */
export const withAugmentation = (recipe, on) => ({
  ...recipe,
  augmentation: on ? AUGMENTATION : null,
});

/** One training setting is another. @param {Recipe} recipe @param {string} name
 * @param {string | number | boolean} value @returns {Recipe} */
export const withSetting = (recipe, name, value) => ({
  ...recipe,
  training: { ...recipe.training, [name]: value },
});
