// Where everything stands: pure geometry, from the layers' shapes and the room there is.

import { SIDE, isConvolution, isDense, isMaps, isSteps } from '../../state/units.js';
import { MOST_CIRCLES, circles, grid, pixels } from './figures/sizes.js';

/** @import { ModelDescription, PictureLayer } from '../../state/types.js' */
/** @import { Lattice } from './figures/lattice.js' */
/** @import { Kit } from './kit.js' */
/** @import { Room } from './figures/sizes.js' */

/**
 * @typedef {Pick<PictureLayer, 'name' | 'count' | 'shape' | 'from'> & {kind?: string}} Named
 *
 * @typedef {object} Figure one layer as it is drawn
 * @property {string} name
 * @property {'pixels' | 'column' | 'circles' | 'grid' | 'tiles' | 'steps'} kind
 * @property {Lattice} place
 * @property {number} [after] px behind it that belong to it: what an LSTM hands on
 * @property {number} [from] one of several outputs: the place of the figure that all of them read
 *
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {boolean} sideways the pass runs from left to right, else from top to bottom
 * @property {number} labelWidth px that a layer's name may be wide
 * @property {boolean} inLines names take a line for each word
 * @property {'words' | 'terse' | 'numbers'} captions how what the edges cover is said: there may be little room
 * @property {number} top px above the figures, for the names
 * @property {Figure[]} figures the input first
 */

// All in rem, so that the picture grows with the type on a projector.
const NARROW = 30; // below this the pass runs from top to bottom
const LYING = 1.35; // unless the room is this much wider than high: a phone on its side
const FREE = 24; // along the pass: with less the input gives way, so that names have their room
const MORE = 9; // and so much for each layer beyond three
const LEFT = 0.75;
const BRACE = 3; // beside the input as a column
const OUTPUT_TEXT = 5; // beside the outputs: digits and values, and half of the layer's name
const PRICE_TEXT = 6; // beside one that a table's features lead to: all of a price
const NAME = 3.25; // above the figures
const LONG_NAME = 4.25;
const CAPTIONS = 2.75; // below the figures: what the edges cover
const CAPTION = { words: 8.75, terse: 7.25 }; // what a caption takes
const ONE_LINE = 9.5; // a name this wide holds "16 neurons · sigmoid" in one line
const MAPS_NAME = 5; // above feature maps: how many, how large, and their activation
const EDGES_GAP = 2.5; // how much wider a gap with edges is
const FIRST_GAP = 1.5; // as wide as a plain one: kernels, or the slider along the rows, stand in it
const INPUT = 0.36; // of the room along the pass, at most, where there are no maps and no steps
const STACK_LABEL = 2; // above each figure when the pass runs downwards
const STACK_GAP = 7;
const FIRST_STACK_GAP = 4.5; // so that circles are in a phone’s first view
const PLAIN_GAP = 3; // where no edges are drawn
const LINES_GAP = 4.5; // where kernels lie on lines
const STACK_DIGITS = 3.25; // below the outputs: their digits, below these their values
const NAMES = { sideways: 8.5, downwards: 4.5 }; // for the names of features
const HEADS_GAP = 4.5; // between two outputs: the second's name
const HEADS_ROW = 1.5; // the same where they stand side by side

/** @typedef {Pick<PictureLayer, 'from'>} Reader */

/** The place of the layer that a layer reads: the one before it, of an output the trunk's last.
 * @param {Reader[]} layers the input first @param {number} at */
export const readBy = (layers, at) => layers[at].from ?? at - 1;

/** Where the outputs begin. @param {Reader[]} layers the input first */
export function firstOutput(layers) {
  const first = layers.findIndex(({ from }) => from !== undefined);
  return first < 0 ? layers.length - 1 : first;
}

/** @param {Reader[]} layers the input first @param {number} at */
export const isOutput = (layers, at) => at >= firstOutput(layers);

/** Pixels stand in a column only for a layer that does not care where they lie.
 * @param {Pick<ModelDescription, 'features' | 'layers'>} model */
export const hasColumn = ({ features, layers: [first] }) => !features?.length && isDense(first);

/**
 * @param {Named[]} layers the input first
 * @param {{width: number, height: number, rem: number, ratio: number, inputAs?: 'grid' | 'column',
 *   kit?: Kit | null}} space a kit where the picture needs one
 * @returns {Layout}
 */
export function layOut(layers, space) {
  const { width, height, rem } = space;
  const isWide = width >= NARROW * rem || (width > LYING * height && !layers.slice(1).some(isMaps));
  return isWide ? fromLeft(layers, space) : fromTop(layers, space);
}

/**
 * @param {Named[]} layers
 * @param {{width: number, height: number, rem: number, ratio: number, inputAs?: 'grid' | 'column', kit?: Kit | null}} space
 * @returns {Layout}
 */
function fromLeft(layers, { width, height, rem, ratio, inputAs, kit }) {
  const left =
    (LEFT + (inputAs === 'column' ? BRACE : 0) + (isNamed(layers) ? NAMES.sideways : 0)) * rem;
  const across = width - left - (isNamed(layers) ? PRICE_TEXT : OUTPUT_TEXT) * rem;
  const room = { left, across, rem, ratio, inputAs, kit };
  const roomy = columns(layers, { ...room, along: height - (NAME + CAPTIONS) * rem });
  const fits = labelRoom(roomy) >= ONE_LINE * rem;
  const long = layers.slice(1).some(isMaps) ? MAPS_NAME : LONG_NAME;
  const top = (fits ? NAME : long) * rem;
  const along = height - top - CAPTIONS * rem;
  const figures = fits ? roomy : columns(layers, { ...room, along });
  for (const { place } of figures) place.y = crisp(top + (along - place.height) / 2, ratio);
  const outputs = figures.slice(firstOutput(layers));
  if (outputs.length > 1)
    /** @type {Kit} */ (kit).standAlong(outputs, {
      sideways: true,
      start: top,
      along,
      gap: HEADS_GAP * rem,
    });
  kit?.settle(figures, rem, true);
  return {
    width,
    height,
    sideways: true,
    labelWidth: labelRoom(figures),
    inLines: !fits,
    captions: captionsFor(figures, layers, rem),
    top,
    figures,
  };
}

/** Whether a picture needs the kit. @param {{shape: number[], from?: number}[]} layers the input first
 * @param {'grid' | 'column'} [inputAs] */
export const needsKit = (layers, inputAs) =>
  inputAs === 'column' ||
  layers.slice(1).some(({ shape, from }) => shape.length > 1 || from !== undefined);

/** Whether the input is a line of features, each with its name. @param {{kind?: string}[]} layers the input first */
const isNamed = ([{ kind }]) => kind === 'features';

/** Whether a figure's neurons are round. @param {Figure['kind']} kind */
export const isRound = (kind) => kind === 'circles' || kind === 'grid' || kind === 'column';

/** Whether edges begin and end at the neurons themselves. @param {Figure['kind']} kind */
export const isLine = (kind) => kind === 'circles' || kind === 'column';

/** Whether edges reach a figure of that kind. @param {Figure['kind']} kind */
const hasEdges = (kind) => kind === 'circles' || kind === 'grid';

/**
 * The figures side by side; a gap that edges cross is wider than one that none do.
 * @param {Named[]} layers
 * @param {{left: number, across: number, along: number, rem: number, ratio: number,
 *   inputAs?: 'grid' | 'column', kit?: Kit | null}} room
 */
function columns(layers, { left, across, along, rem, ratio, inputAs, kit }) {
  const figures = shapes(layers, { sideways: true, across, along, rem, ratio, inputAs, kit });
  const first = firstOutput(layers);
  const inLine = figures.slice(0, first + 1); // further outputs stand with the first
  const used = inLine.reduce((sum, { place, after = 0 }) => sum + place.width + after, 0);
  const weights = inLine
    .slice(1)
    .map(({ kind }, i) =>
      hasEdges(kind)
        ? EDGES_GAP
        : i === 0 && (kind === 'tiles' || kind === 'steps')
          ? FIRST_GAP
          : 1,
    );
  const gap = (across - used) / weights.reduce((sum, weight) => sum + weight, 0);
  let x = left;
  inLine.forEach(({ place, after = 0 }, i) => {
    place.x = crisp(x, ratio);
    x += place.width + after + gap * weights[i];
  });
  for (const { place } of figures.slice(first + 1)) place.x = figures[first].place.x;
  return figures;
}

/** How wide names may be: the least distance between two figures' middles. @param {Figure[]} figures */
function labelRoom(figures) {
  const middles = figures.map(({ place }) => place.x + place.width / 2);
  const gaps = middles.slice(1).map((middle, i) => middle - middles[i]);
  return Math.min(...gaps.filter((gap) => gap > 0)) - 8; // outputs share a middle
}

/** Whether edges of its own reach it. @param {Figure['kind']} kind @param {Named} layer */
export const isCovered = (kind, layer) =>
  hasEdges(kind) || isConvolution(/** @type {PictureLayer} */ (layer));

/** How captions are said: what has room between the middles of two gaps that have one.
 * @param {Figure[]} figures @param {Named[]} layers @param {number} rem @returns {Layout['captions']} */
function captionsFor(figures, layers, rem) {
  const middles = figures.flatMap(({ kind, place }, at) => {
    const before = figures[at - 1]?.place;
    const isSaid = at > 0 && at <= firstOutput(layers) && isCovered(kind, layers[at]);
    return isSaid ? [(before.x + before.width + place.x) / 2] : [];
  });
  const gaps = middles.slice(1).map((middle, i) => middle - middles[i]);
  const room = (Math.min(...gaps, 2 * middles[0]) - 8) / rem;
  return room >= CAPTION.words ? 'words' : room >= CAPTION.terse ? 'terse' : 'numbers';
}

/**
 * @param {Named[]} layers
 * @param {{width: number, rem: number, ratio: number, inputAs?: 'grid' | 'column', kit?: Kit | null}} space the height is what it needs
 * @returns {Layout}
 */
function fromTop(layers, { width, rem, ratio, inputAs, kit }) {
  const along = width - rem;
  const figures = shapes(layers, {
    sideways: false,
    across: width,
    along,
    rem,
    ratio,
    inputAs,
    kit,
  });
  let y =
    (STACK_LABEL + (inputAs === 'column' ? BRACE : 0) + (isNamed(layers) ? NAMES.downwards : 0)) *
    rem;
  const first = firstOutput(layers);
  figures.forEach(({ place, after = 0 }, i) => {
    place.x = crisp((width - place.width) / 2, ratio);
    place.y = crisp(i > first ? figures[first].place.y : y, ratio);
    if (i <= first) y += place.height + after + stackGap(figures[i + 1]?.kind, i) * rem;
  });
  const outputs = figures.slice(first);
  if (outputs.length > 1)
    /** @type {Kit} */ (kit).standAlong(outputs, {
      sideways: false,
      start: 0,
      along: width,
      gap: HEADS_ROW * rem,
    });
  kit?.settle(figures, rem, false);
  const height = Math.ceil(y - (STACK_GAP - STACK_DIGITS) * rem);
  return {
    width,
    height,
    sideways: false,
    labelWidth: width,
    inLines: false,
    captions: 'words',
    top: STACK_LABEL * rem,
    figures,
  };
}

/** The gap below a figure, in rem. @param {Figure['kind'] | undefined} next @param {number} at */
function stackGap(next, at) {
  if (!next || hasEdges(next)) return at ? STACK_GAP : FIRST_STACK_GAP;
  return next === 'tiles' && at === 0 ? LINES_GAP : PLAIN_GAP;
}

/**
 * @param {Named[]} layers
 * @param {Room} room
 * @returns {Figure[]}
 */
function shapes(layers, room) {
  const kit = /** @type {Kit} */ (room.kit);
  const share = kit?.shareOf(layers) ?? { input: INPUT, down: 0.34, figure: 0 };
  const isMovement = layers[0].kind === 'movement';
  const free = FREE + MORE * Math.max(0, layers.length - 4);
  const slim = Math.min(1, room.across / (free * room.rem)) ** 2;
  const input = isMovement
    ? kit.movement(layers[0].shape, room)
    : pixels(layers[0].count, SIDE, room.sideways ? share.input * slim : share.down, room);
  const first = firstOutput(layers);
  const more = layers.length - 1 - first;
  const outputs = layers.slice(first).reduce((sum, { count }) => sum + count, 0);
  const shared = room.along - more * (room.sideways ? HEADS_GAP : HEADS_ROW) * room.rem;
  const others = layers.map(({ name, count, shape, from }, i) => {
    if (i === 0 && room.inputAs === 'column')
      return { name, kind: 'column', place: kit.column(count, room) };
    if (i === 0 && isNamed(layers))
      return { name, kind: 'circles', place: circles(count, false, room) };
    if (i === 0) return { name, kind: 'pixels', place: input };
    if (isMaps({ shape })) return null;
    if (isSteps({ shape })) return kit.handing(name, shape, input.pitchY, share.figure, room);
    if (count > MOST_CIRCLES) return { name, kind: 'grid', place: grid(count, room) };
    return {
      name,
      ...(from === undefined ? {} : { from }),
      kind: 'circles',
      place: circles(
        count,
        i >= first,
        more && i >= first ? { ...room, along: (shared * Math.max(count, 8)) / outputs } : room,
      ),
    };
  });
  return /** @type {Figure[]} */ (
    others.every((figure) => figure)
      ? others
      : kit.amongMaps(/** @type {(Figure | null)[]} */ (others), layers, room)
  );
}

/** @param {number} value @param {number} ratio */
const crisp = (value, ratio) => Math.round(value * ratio) / ratio;
