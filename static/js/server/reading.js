// A reading as it comes while the pen moves: the JSON reply with its numbers beside it as bytes, and
// no number that follows from the others (docs/api.md, "What a page asks for").

import { parseTensors } from './safetensors.js';

/** @import { LayerActivations, Reading } from '../state/types.js' */

/** What is asked for with `Accept`. */
export const TENSORS = 'application/vnd.safetensors';

const SMALL = 200; // units whose sums come with every reading

/** Whether a layer has more numbers than its activations. @param {Pick<LayerActivations, 'arithmetic'>} layer */
const hasMore = ({ arithmetic }) => arithmetic === 'sum' || arithmetic === 'gates';

/**
 * The layers that are told whole with a reading: those of few units, the last, and what is looked at.
 * @param {Pick<LayerActivations, 'name' | 'arithmetic' | 'shape'>[]} layers
 * @param {(string | undefined)[]} lookedAt
 */
export const wholeOf = (layers, lookedAt) =>
  layers
    .filter(
      (layer, i) =>
        hasMore(layer) &&
        ((layer.shape.length === 1 && layer.shape[0] <= SMALL) ||
          i === layers.length - 1 ||
          lookedAt.includes(layer.name)),
    )
    .map(({ name }) => name);

/** @param {ArrayBuffer} buffer @returns {Reading} */
export function parseReading(buffer) {
  const { tensors, metadata } = parseTensors(buffer);
  return JSON.parse(metadata.reply, (_, value) => {
    const found = tensors.get(value?.tensor);
    return found ? inOrder(found) : value;
  });
}

/** Maps lie one after the other; a reading has all maps of a place together.
 * @param {{shape: number[], data: ArrayLike<number>}} tensor */
function inOrder({ shape, data }) {
  if (shape.length < 3) return Array.from(data);
  const [maps] = shape;
  const places = data.length / maps;
  return Array.from(data, (_, i) => data[(i % maps) * places + Math.floor(i / maps)]);
}

/** The reading with what follows from its numbers, filled in. @param {Reading} reading */
export function completed(reading) {
  reading.layers.forEach((layer, i) => {
    layer.a ??= layer.window ? greatest(layer, reading.layers[i - 1]) : reading.layers[i - 1].a;
    if (!hasMore(layer)) layer.z ??= layer.a;
  });
  return reading;
}

/**
 * What a max pooling makes of the maps before it.
 * @param {Pick<LayerActivations, 'shape' | 'window'>} layer
 * @param {Pick<LayerActivations, 'shape' | 'a'>} before
 */
export function greatest({ shape: [rows, columns, maps], window }, { shape: [high, wide], a }) {
  const {
    size,
    strides,
    before: margin,
  } = /** @type {NonNullable<LayerActivations['window']>} */ (window);
  const found = new Array(rows * columns * maps).fill(-Infinity);
  for (let place = 0; place < rows * columns; place++) {
    const top = Math.floor(place / columns) * strides[0] - margin[0];
    const left = (place % columns) * strides[1] - margin[1];
    for (let y = Math.max(0, top); y < Math.min(high, top + size[0]); y++) {
      for (let x = Math.max(0, left); x < Math.min(wide, left + size[1]); x++) {
        for (let map = 0; map < maps; map++) {
          const value = a[(y * wide + x) * maps + map];
          if (value > found[place * maps + map]) found[place * maps + map] = value;
        }
      }
    }
  }
  return found;
}
