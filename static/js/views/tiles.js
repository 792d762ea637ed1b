// A first layer's weights as tiles of one picture: what each neuron, filter or gate looks for.

import { pageColors } from '../page/colors.js';
import { SIDE, PIXELS } from '../state/units.js';

/** @import { Arithmetic, State, Weights } from '../state/types.js' */

const MOST = 64; // pictures at once
const WIDE = 4; // times as wide as high
const FEWEST_ACROSS = 8;

/**
 * @typedef {object} Tiles
 * @property {'neurons' | 'filters' | 'gates'} kind
 * @property {number} count all there are
 * @property {number} shown
 * @property {number} across
 * @property {number} height
 * @property {number} width
 * @property {(tile: number, row: number, column: number) => number} at the place of a weight
 */

/**
 * How the weights of a first layer lie as tiles.
 * @param {{shape: number[], arithmetic?: Arithmetic}} kernel its shape, and what its layer does with it
 * @returns {Tiles}
 */
export function tilesOf({ shape, arithmetic }) {
  const units = shape[shape.length - 1];
  const shown = Math.min(MOST, units);
  const across = Math.min(shown, Math.max(FEWEST_ACROSS, Math.ceil(Math.sqrt(WIDE * shown))));
  if (arithmetic === 'gates') {
    const own = units / 4;
    return {
      kind: 'gates',
      count: 4,
      shown: 4,
      across: 4,
      height: shape[0],
      width: own,
      at: (tile, row, column) => row * units + tile * own + column,
    };
  }
  if (shape.length === 4) {
    const [height, width, depth] = shape;
    return {
      kind: 'filters',
      count: units,
      shown,
      across,
      height,
      width,
      at: (tile, row, column) => (row * width + column) * depth * units + tile,
    };
  }
  const side = shape[0] === PIXELS ? SIDE : shape[0];
  const width = shape[0] / side;
  return {
    kind: 'neurons',
    count: units,
    shown,
    across,
    height: side,
    width,
    at: (tile, row, column) => (row * width + column) * units + tile,
  };
}

/** The first layer that has weights. @param {State} state @param {Weights | null} weights */
export function firstKernel({ model }, weights) {
  for (const { name, arithmetic } of model?.layers ?? []) {
    const kernel = weights?.get(`${name}/W`);
    if (kernel) return { name, arithmetic, ...kernel };
  }
  return null;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} data
 * @param {Tiles} tiles
 * @param {number} full
 */
export function paintTiles(canvas, data, tiles, full) {
  const { across, shown, height, width, at } = tiles;
  const colors = pageColors();
  const rows = Math.ceil(shown / across);
  const wide = across * (width + 1) - 1;
  const high = rows * (height + 1) - 1;
  canvas.width = wide;
  canvas.height = high;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(wide, high);
  const words = new Uint32Array(image.data.buffer);
  for (let tile = 0; tile < shown; tile++) {
    const top = Math.floor(tile / across) * (height + 1);
    const left = (tile % across) * (width + 1);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        words[(top + row) * wide + left + column] = colors.stateWord(
          data[at(tile, row, column)],
          full,
        );
      }
    }
  }
  context.putImageData(image, 0, 0);
}
