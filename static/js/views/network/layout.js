// Where everything stands: pure geometry, from the layers' shapes and the room there is.

import { isMaps, isPictured, isSteps, size } from '../../state/units.js';
import { MOST_CIRCLES, circles, column, grid, pixels, steps, tiles } from './figures/sizes.js';

/** @import { ModelDescription } from '../../state/types.js' */
/** @import { Lattice } from './figures/lattice.js' */
/** @import { Room } from './figures/sizes.js' */

/**
 * @typedef {object} PictureLayer what the picture has to know of a layer
 * @property {string} name
 * @property {number} count neurons
 * @property {string} kind
 * @property {number[]} shape
 * @property {string | null} activation null for the input
 * @property {number} exposure the activation of full brightness
 *
 * @typedef {object} Figure one layer as it is drawn
 * @property {string} name
 * @property {'pixels' | 'column' | 'circles' | 'grid' | 'tiles' | 'steps'} kind
 * @property {Lattice} place
 *
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {boolean} sideways the pass runs from left to right, else from top to bottom
 * @property {number} labelWidth px that a layer's name may be wide
 * @property {boolean} inLines names take a line for each word
 * @property {boolean} terse what the edges cover is said in numbers alone
 * @property {number} top px above the figures, for the names
 * @property {Figure[]} figures the input first
 */

// All in rem, so that the picture grows with the type on a projector.
const NARROW = 30; // below this the pass runs from top to bottom
const LEFT = 0.75;
const BRACE = 3; // beside the input as a column
const OUTPUT_TEXT = 5; // beside the outputs: digits and values, and half of the layer's name
const NAME = 3.25; // above the figures
const LONG_NAME = 4.25;
const CAPTIONS = 2.75; // below the figures: what the edges cover
const CAPTION = 6.5; // what a caption in words takes
const ONE_LINE = 9.5; // a name this wide holds "16 neurons · sigmoid" in one line
const MAPS_NAME = 5; // above feature maps: how many, how large, and their activation
const EDGES_GAP = 2.5; // how much wider a gap with edges is
const STACK_LABEL = 2; // above each figure when the pass runs downwards
const STACK_GAP = 7;
const PLAIN_GAP = 3; // where no edges are drawn
const STACK_DIGITS = 1.75;
const INPUT_COLUMNS = 28;

/**
 * The layers of the picture, the input first.
 * @param {ModelDescription} model
 * @returns {PictureLayer[]}
 */
export function pictureLayers(model) {
  const { input_shape: shape } = model;
  const input = { name: 'input', kind: 'input', shape, count: size(shape), activation: null, exposure: 1 };
  const layers = model.layers.filter(isPictured).map((layer) => ({
    name: layer.name,
    kind: layer.kind,
    shape: layer.shape,
    count: size(layer.shape),
    activation: layer.activation,
    exposure: layer.exposure,
  }));
  return [input, ...layers];
}

/**
 * @param {Pick<PictureLayer, 'name' | 'count' | 'shape'>[]} layers the input first
 * @param {{width: number, height: number, rem: number, ratio: number, inputAs?: 'grid' | 'column'}} space
 * @returns {Layout}
 */
export function layOut(layers, space) {
  return space.width >= NARROW * space.rem ? fromLeft(layers, space) : fromTop(layers, space);
}

/**
 * @param {Pick<PictureLayer, 'name' | 'count' | 'shape'>[]} layers
 * @param {{width: number, height: number, rem: number, ratio: number, inputAs?: 'grid' | 'column'}} space
 * @returns {Layout}
 */
function fromLeft(layers, { width, height, rem, ratio, inputAs }) {
  const left = (LEFT + (inputAs === 'column' ? BRACE : 0)) * rem;
  const across = width - left - OUTPUT_TEXT * rem;
  const room = { left, across, rem, ratio, inputAs };
  const roomy = columns(layers, { ...room, along: height - (NAME + CAPTIONS) * rem });
  const fits = labelRoom(roomy) >= ONE_LINE * rem;
  const long = layers.slice(1).some(isMaps) ? MAPS_NAME : LONG_NAME;
  const top = (fits ? NAME : long) * rem;
  const along = height - top - CAPTIONS * rem;
  const figures = fits ? roomy : columns(layers, { ...room, along });
  for (const { place } of figures) place.y = crisp(top + (along - place.height) / 2, ratio);
  return {
    width,
    height,
    sideways: true,
    labelWidth: labelRoom(figures),
    inLines: !fits,
    terse: labelRoom(figures) < CAPTION * rem,
    top,
    figures,
  };
}

/** Whether a figure's neurons are round. @param {Figure['kind']} kind */
export const isRound = (kind) => kind === 'circles' || kind === 'grid' || kind === 'column';

/** Whether edges begin and end at the neurons themselves. @param {Figure['kind']} kind */
export const isLine = (kind) => kind === 'circles' || kind === 'column';

/** Whether edges reach a figure of that kind. @param {Figure['kind']} kind */
const hasEdges = (kind) => kind === 'circles' || kind === 'grid';

/**
 * The figures side by side; a gap that edges cross is wider than one that none do.
 * @param {Pick<PictureLayer, 'name' | 'count' | 'shape'>[]} layers
 * @param {{left: number, across: number, along: number, rem: number, ratio: number,
 *   inputAs?: 'grid' | 'column'}} room
 */
function columns(layers, { left, across, along, rem, ratio, inputAs }) {
  const figures = shapes(layers, { sideways: true, across, along, rem, ratio, inputAs });
  const used = figures.reduce((sum, { place }) => sum + place.width, 0);
  const weights = figures.slice(1).map(({ kind }) => (hasEdges(kind) ? EDGES_GAP : 1));
  const gap = (across - used) / weights.reduce((sum, weight) => sum + weight, 0);
  let x = left;
  figures.forEach(({ place }, i) => {
    place.x = crisp(x, ratio);
    x += place.width + gap * weights[i];
  });
  return figures;
}

/**
 * How wide names may be: the least distance between two figures' middles.
 * @param {Figure[]} figures
 */
function labelRoom(figures) {
  const middles = figures.map(({ place }) => place.x + place.width / 2);
  return Math.min(...middles.slice(1).map((middle, i) => middle - middles[i])) - 8;
}

/**
 * @param {Pick<PictureLayer, 'name' | 'count' | 'shape'>[]} layers
 * @param {{width: number, rem: number, ratio: number, inputAs?: 'grid' | 'column'}} space the height is what it needs
 * @returns {Layout}
 */
function fromTop(layers, { width, rem, ratio, inputAs }) {
  const along = width - rem;
  const figures = shapes(layers, { sideways: false, across: width, along, rem, ratio, inputAs });
  let y = (STACK_LABEL + (inputAs === 'column' ? BRACE : 0)) * rem;
  figures.forEach(({ place }, i) => {
    place.x = crisp((width - place.width) / 2, ratio);
    place.y = crisp(y, ratio);
    y += place.height + (i + 1 < figures.length && !hasEdges(figures[i + 1].kind) ? PLAIN_GAP : STACK_GAP) * rem;
  });
  const height = Math.ceil(y - (STACK_GAP - STACK_DIGITS) * rem);
  return {
    width,
    height,
    sideways: false,
    labelWidth: width,
    inLines: false,
    terse: false,
    top: STACK_LABEL * rem,
    figures,
  };
}

/**
 * @param {Pick<PictureLayer, 'name' | 'count' | 'shape'>[]} layers
 * @param {Room} room
 * @returns {Figure[]}
 */
function shapes(layers, room) {
  const share = shareOf(layers);
  const input = pixels(layers[0].count, INPUT_COLUMNS, share.input, room);
  return layers.map(({ name, count, shape }, i) => {
    if (i === 0 && room.inputAs === 'column') return { name, kind: 'column', place: column(count, room) };
    if (i === 0) return { name, kind: 'pixels', place: input };
    if (isMaps({ shape })) return { name, kind: 'tiles', place: tiles(shape, share.figure, room) };
    if (isSteps({ shape })) {
      return { name, kind: 'steps', place: steps(shape, input.pitchY, share.figure, room) };
    }
    if (count > MOST_CIRCLES) return { name, kind: 'grid', place: grid(count, room) };
    return { name, kind: 'circles', place: circles(count, i === layers.length - 1, room) };
  });
}

/**
 * How much of the room along the pass the input takes at most, and each figure of maps or steps.
 * @param {{shape: number[]}[]} layers the input first
 */
function shareOf(layers) {
  const wide = layers.slice(1).filter(({ shape }) => shape.length > 1).length;
  if (wide === 0) return { input: 0.36, figure: 0 };
  return wide === 1 ? { input: 0.34, figure: 0.44 } : { input: 0.24, figure: 0.56 / wide };
}

/** @param {number} value @param {number} ratio */
const crisp = (value, ratio) => Math.round(value * ratio) / ratio;
