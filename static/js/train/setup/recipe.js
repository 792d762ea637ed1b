// A recipe as one edits it: layers put in an order that works, named, with the right input shape.

import { SIDE, PIXELS } from '../../state/units.js';
import { fitting, kindOf } from './kinds.js';

/** @import { LayerConfig, Recipe } from '../types.js' */

const AUGMENTATION = {
  rotation: 10,
  scale: 0.1,
  shear: 0.1,
  shift: 1.5,
  elastic: 0.5,
  thickness: 0.3,
};
/** Of a pen's way: turned, stretched, slanted, and some strokes the other way round. */
const PEN_AUGMENTATION = {
  rotation: 11.5,
  scale: 0.2,
  shear: 0.25,
  shift: 0,
  elastic: 0,
  thickness: 0,
  reversal: 0.2,
};
const FLATTEN = { kind: 'flatten', name: 'flatten' };

/** @param {LayerConfig} layer */
export const isMap = ({ kind }) => kindOf(kind).reads === 'maps';
/** @param {LayerConfig} layer */
export const isRecurrent = ({ kind }) => kindOf(kind).reads === 'steps';

/** Whether it learns from images of digits. @param {Recipe} recipe */
export const readsImages = ({ problem = 'digits' }) => problem === 'digits';

/** Whether it learns from how a pen moves. @param {Recipe} recipe */
export const readsPens = ({ problem }) => problem === 'pen';

/** The outputs, each a layer. @param {Pick<Recipe, 'architecture'>} recipe */
export const outputsOf = ({ architecture: { layers, heads = 1 } }) => layers.slice(-heads);

/**
 * What may be added to these layers.
 * @param {LayerConfig[]} layers
 * @param {string} [problem] what they read: images, the steps of a pen, or a row of numbers
 */
export const addable = (layers, problem = 'digits') =>
  fitting({ problem, hasMaps: layers.some(isMap), isRead: layers.some(isRecurrent) });

/**
 * Layers in the order that works: what reads the image first, then what reads its values, the output
 * last. Each is named by its kind and number.
 * @param {LayerConfig[]} layers all but the outputs and what only flattens
 * @param {LayerConfig[]} outputs
 * @returns {Recipe['architecture']}
 */
export function arranged(layers, ...outputs) {
  const maps = layers.filter(isMap);
  const rows = layers.filter(isRecurrent);
  const rest = layers.filter((layer) => !isMap(layer) && !isRecurrent(layer));
  /** @type {Record<string, number>} */
  const counts = {};
  const named = [...maps, ...rows, ...rest].map((layer) => {
    const { word } = kindOf(layer.kind);
    counts[word] = (counts[word] ?? 0) + 1;
    return { ...layer, name: isRecurrent(layer) ? word : `${word}${counts[word]}` };
  });
  const flatten = maps.length ? [FLATTEN] : [];
  return {
    input_shape: maps.length ? [SIDE, SIDE, 1] : rows.length ? [SIDE, SIDE] : [PIXELS],
    layers: [
      ...named.slice(0, maps.length),
      ...flatten,
      ...named.slice(maps.length),
      ...(outputs.length > 1 ? outputs : [{ ...outputs[0], name: 'output' }]),
    ],
    ...(outputs.length > 1 ? { heads: outputs.length } : {}),
  };
}

/** The layers that one edits: all but the outputs and what only flattens. @param {Recipe} recipe */
export const editable = ({ architecture: { layers, heads = 1 } }) =>
  layers.slice(0, -heads).filter(({ kind }) => kind !== FLATTEN.kind);

/** @param {Recipe} recipe @param {LayerConfig[]} layers @returns {Recipe} */
export function withLayers(recipe, layers) {
  const { input_shape } = recipe.architecture;
  const made = arranged(layers, ...outputsOf(recipe));
  if (!readsPens(recipe))
    return { ...recipe, architecture: readsImages(recipe) ? made : { ...made, input_shape } };
  const isRead = layers.some(isRecurrent); // else all steps are one row of numbers
  const flatten = isRead ? [] : [FLATTEN];
  return {
    ...recipe,
    architecture: { ...made, input_shape, layers: [...flatten, ...made.layers] },
  };
}

/** Whether it says how many loops a digit has, too. @param {Recipe} recipe */
export const saysLoops = ({ architecture: { heads = 1 } }) => heads > 1;

/** With a second output, the loops, or without: both read the same layer.
 * @param {Recipe} recipe @param {boolean} on @returns {Recipe} */
export function withLoops(recipe, on) {
  const [{ name: _, ...digit }] = outputsOf(recipe);
  const outputs = on
    ? [
        { ...digit, name: 'digit' },
        { ...digit, name: 'loops', units: 3 },
      ]
    : [{ ...digit, name: 'output' }];
  return { ...recipe, architecture: arranged(editable(recipe), ...outputs) };
}

/**
 * The loss decides what an output says: probabilities for cross-entropy, numbers of their own for the
 * mean squared error.
 * @param {Recipe} recipe @param {string} loss @returns {Recipe}
 */
export function withLoss(recipe, loss) {
  const activation = loss === 'cross_entropy' ? 'softmax' : 'sigmoid';
  const outputs = new Set(outputsOf(recipe));
  const layers = recipe.architecture.layers.map((layer) =>
    outputs.has(layer) ? { ...layer, activation } : layer,
  );
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
    return zero && kindOf(layer.kind).startsFromZero
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
  augmentation: on ? (readsPens(recipe) ? PEN_AUGMENTATION : AUGMENTATION) : null,
});

/** One training setting is another. @param {Recipe} recipe @param {string} name
 * @param {string | number | boolean} value @returns {Recipe} */
export const withSetting = (recipe, name, value) => ({
  ...recipe,
  training: { ...recipe.training, [name]: value },
});
