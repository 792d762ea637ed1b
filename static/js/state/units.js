// Where a unit stands in its layer, and what it sees. Pure functions of a layer's description.

/** @import { Arithmetic, Field, ModelDescription, Neuron, PictureLayer, State } from './types.js' */

/** An image of a digit: so many rows and columns, and pixels. */
export const SIDE = 28;
export const PIXELS = SIDE * SIDE;

/** @typedef {{arithmetic?: Arithmetic | null, shape: number[]}} Computing a layer, or null for the input's */

/** Layers that only pass values on are not shown. @param {Pick<Computing, 'arithmetic'>} layer */
export const isPictured = ({ arithmetic }) => arithmetic !== 'none';

/** A unit is a sum of all that the layer hands on before it, w·a + b. @param {Computing} layer */
export const isDense = ({ arithmetic, shape }) => arithmetic === 'sum' && shape.length === 1;

/** A unit is a sum over a window, whose weights all places of a map share. @param {Computing} layer */
export const isConvolution = (layer) => layer.arithmetic === 'sum' && isMaps(layer);

/** A pooling takes the greatest value of its window; any other their mean. @param {{kind: string}} layer */
export const takesGreatest = ({ kind }) => kind === 'max_pooling2d';

/** @param {{shape: number[]}} layer maps over (height, width) */
export const isMaps = ({ shape }) => shape.length === 3;

/** @param {{shape: number[]}} layer units over steps */
export const isSteps = ({ shape }) => shape.length === 2;

/** @param {number[]} shape */
export const size = (shape) => shape.reduce((product, length) => product * length, 1);

/**
 * @param {ModelDescription | null} model
 * @param {string} name
 */
export const layerOf = (model, name) => model?.layers.find((layer) => layer.name === name);

/** The layers that are a network's outputs; all of them read the same layer.
 * @param {ModelDescription | null} model */
export const outputsOf = (model) => model?.layers.slice(-(model.outputs?.length || 1)) ?? [];

/**
 * The layer that a layer reads, or undefined for the input.
 * @param {ModelDescription | null} model
 * @param {string} name
 */
export function layerBefore(model, name) {
  const layers = model?.layers.filter(isPictured) ?? [];
  const trunk = layers.length - outputsOf(model).length;
  return layers[
    Math.min(
      trunk,
      layers.findIndex((layer) => layer.name === name),
    ) - 1
  ];
}

/**
 * A unit's place, counted from 0: its row (or step), its column, its map (or unit).
 * @param {number[]} shape of its layer
 * @param {number} index
 */
export function placeOf(shape, index) {
  const maps = shape.length > 1 ? (shape.at(-1) ?? 1) : 1;
  const columns = shape.length === 3 ? shape[1] : 1;
  const cell = Math.floor(index / maps);
  return { row: Math.floor(cell / columns), column: cell % columns, map: index % maps };
}

/**
 * What of a layer of `height` x `width` a unit sees through a window: rows and columns from, to.
 * @param {{size: number[], stride: number[], start: number[]}} window
 * @param {{row: number, column: number}} place
 * @param {[number, number]} extent height and width
 * @returns {Field}
 */
function throughWindow({ size: [high, wide], stride, start }, { row, column }, extent) {
  const top = start[0] + row * stride[0];
  const left = start[1] + column * stride[1];
  return {
    top: Math.max(0, top),
    left: Math.max(0, left),
    bottom: Math.min(extent[0], top + high) - 1,
    right: Math.min(extent[1], left + wide) - 1,
  };
}

/**
 * The part of the layer before that a unit sees; null where it sees all of it.
 * @param {ModelDescription | null} model
 * @param {Neuron} neuron
 * @returns {Field | null}
 */
export function windowOf(model, { layer, index }) {
  const found = layerOf(model, layer);
  if (!found?.window) return null;
  const { size: extent, strides, before } = found.window;
  const window = { size: extent, stride: strides, start: before.map((each) => -each) };
  const [height, width] = found.input_shape;
  return throughWindow(window, placeOf(found.shape, index), [height, width]);
}

/** Rows and columns of what goes in: of an image, or of steps. @param {ModelDescription | null} model
 * @returns {[number, number]} */
export function extentOf(model) {
  const [rows, columns] = model?.input_shape ?? [];
  return columns ? [rows, columns] : [SIDE, SIDE];
}

/**
 * The pixels that a unit sees; null where it sees all of them.
 * @param {ModelDescription | null} model
 * @param {Neuron} neuron
 * @param {[number, number]} [extent] of the image
 * @returns {Field | null}
 */
export function fieldOf(model, { layer, index }, extent = extentOf(model)) {
  const found = layerOf(model, layer);
  if (layer === 'input') {
    const [row, column] = [Math.floor(index / extent[1]), index % extent[1]];
    return { top: row, left: column, bottom: row, right: column };
  }
  if (!found?.receptive_field) return null;
  const field = throughWindow(found.receptive_field, placeOf(found.shape, index), extent);
  return found.receptive_field.from_first ? { ...field, top: 0 } : field;
}

/**
 * The same as far as the network has read: who sees all of it sees the rows read so far.
 * @param {Pick<State, 'model' | 'row'>} state @param {Neuron} neuron
 */
export function fieldNow({ model, row }, neuron) {
  const field = model && fieldOf(model, neuron);
  if (field || !model || row === null) return field;
  return { top: 0, left: 0, bottom: row - 1, right: extentOf(model)[1] - 1 };
}

/**
 * The layers of the picture, the input first.
 * @param {ModelDescription} model
 * @returns {PictureLayer[]}
 */
export function pictureLayers(model) {
  const { input_shape: shape } = model;
  const kind = model.features?.length ? 'features' : model.problem === 'pen' ? 'movement' : 'input';
  const input = {
    name: 'input',
    kind,
    arithmetic: null,
    shape,
    count: size(shape),
    activation: null,
    exposure: 1,
  };
  const pictured = model.layers.filter(isPictured);
  const heads = model.outputs?.length > 1 ? model.outputs.length : 0;
  const layers = pictured.map((layer, i) => ({
    name: layer.name,
    kind: layer.kind,
    arithmetic: layer.arithmetic,
    shape: layer.shape,
    count: size(layer.shape),
    activation: layer.activation,
    exposure: layer.exposure,
    ...(i >= pictured.length - heads && heads ? { from: pictured.length - heads } : {}),
  }));
  return [input, ...layers];
}
