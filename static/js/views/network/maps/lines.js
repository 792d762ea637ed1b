// Lines from map to map by how much they carry, and on them the kernels through which they go.
// Fetched with the first network that has maps.

import { createKernelScale, mapContributions } from '../../../state/maps.js';
import { isConvolution, layerOf, placeOf } from '../../../state/units.js';
import { Tiles } from '../figures/tiles.js';
import { createEvenSelector } from '../strongest.js';

/** @import { Cover } from '../overlay/labels.js' */
/** @import { Figure, Layout } from '../layout.js' */
/** @import { Frame } from '../picture.js' */
/** @import { Pen } from '../text.js' */

const MOST = 400;
const FULL = 1 / 4; // of the layer's full brightness: a line that gives the map that mean is at full strength
const EXPONENT = 0.7;
const FADED = 0.14; // lines that do not lead into the map in front
const KERNEL = 1.5; // em: a kernel's picture
const ABOVE_NAME = 0.55; // of the gap, downwards: below lies the layer's name
const SPREAD = 0.3; // of a tile's side: how far apart lines of tiles in one row begin

/**
 * @typedef {{x: number, y: number}} Point
 * @typedef {(pen: Pen, frame: Frame, a: ArrayLike<number>[], at: number, fade: number) => Cover | null} PaintLines
 */

/** @returns {PaintLines} */
export function createLines() {
  const select = createEvenSelector(MOST);
  const kernelScale = createKernelScale();
  let ones = new Float32Array(0);

  return function paintLines(pen, frame, a, at, fade) {
    const { layers, layout, model, weights, edgeCount, pointed } = frame;
    const layer = layerOf(model, layers[at].name);
    const carried = layer && mapContributions(layer, weights, a[at - 1], a[at]);
    if (!layer || !carried) return null;
    const [sources, maps] = carried.shape;
    if (ones.length < sources) ones = new Float32Array(sources).fill(1);
    const isFiltered = isConvolution(layer);
    const front = pointed?.layer === layer.name ? placeOf(layer.shape, pointed.index).map : null;
    const all = Array.from({ length: maps }, (_, map) => map);
    const most = isFiltered ? edgeCount : MOST;
    const drawn = select(carried, ones, most, all);
    const cover = {
      layer: layer.name,
      drawn: drawn.count,
      total: sources * maps,
      share: drawn.share,
    };
    const [from, to] = [layout.figures[at - 1], layout.figures[at]];
    const full = layers[at].exposure * FULL;
    for (let i = 0; i < drawn.count; i++) {
      if (drawn.to[i] === front) continue;
      line(
        pen,
        layout,
        from,
        to,
        drawn.from[i],
        drawn.to[i],
        drawn.value[i] / full,
        front === null ? fade : fade * FADED,
      );
    }
    const through = isFiltered ? weights?.get(`${layer.name}/W`) : null;
    if (front !== null) {
      const own = select(carried, ones, MOST, [front]);
      for (let i = 0; i < own.count; i++)
        line(pen, layout, from, to, own.from[i], front, own.value[i] / full, fade);
      for (let i = 0; through && sources > 1 && i < own.count; i++)
        kernel(pen, layout, from, to, own.from[i], front, through, kernelScale(through.data));
    }
    for (const map of through && sources === 1 ? all : []) {
      pen.context.globalAlpha = front === null || map === front ? fade : fade * 0.4;
      kernel(
        pen,
        layout,
        from,
        to,
        0,
        map,
        /** @type {NonNullable<typeof through>} */ (through),
        kernelScale(/** @type {NonNullable<typeof through>} */ (through).data),
      );
    }
    pen.context.globalAlpha = 1;
    return isFiltered ? cover : null;
  };
}

/** Where a line leaves a map, or the input; the lines of tiles in one row a little apart.
 * @param {Figure} figure @param {number} map @param {Layout} layout @param {Point} towards */
function leaves({ place }, map, { sideways }, towards) {
  if (!(place instanceof Tiles)) {
    const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
    return sideways
      ? { x: place.x + place.width, y: y + within((towards.y - y) / 2, 0.4 * place.height) }
      : { x: x + within((towards.x - x) / 2, 0.4 * place.width), y: place.y + place.height };
  }
  const { x, y } = place.corner(map);
  const [wide, high] = [place.columns * place.pitchX, place.mapRows * place.pitchY];
  if (!sideways)
    return {
      x: x + wide / 2 + apart(Math.floor(map / place.across), place.rows, wide),
      y: y + high,
    };
  return { x: x + wide, y: y + high / 2 + apart(map % place.across, place.across, high) };
}

/** Where it arrives. @param {Figure} figure @param {number} map @param {Layout} layout */
function arrives({ place }, map, { sideways }) {
  const tiles = /** @type {Tiles} */ (place);
  const { x, y } = tiles.corner(map);
  const [wide, high] = [tiles.columns * tiles.pitchX, tiles.mapRows * tiles.pitchY];
  if (!sideways)
    return { x: x + wide / 2 + apart(Math.floor(map / tiles.across), tiles.rows, wide), y };
  return { x, y: y + high / 2 + apart(map % tiles.across, tiles.across, high) };
}

/** @param {number} value @param {number} most to either side of zero */
const within = (value, most) => Math.max(-most, Math.min(most, value));

/** @param {number} at @param {number} count @param {number} side */
const apart = (at, count, side) => (count > 1 ? (at / (count - 1) - 0.5) * SPREAD * side : 0);

/** The curve's two ends and the points that bend it: within the gap between the figures.
 * @param {Layout} layout @param {Figure} from @param {Figure} to @param {number} source @param {number} map */
function curve(layout, from, to, source, map) {
  const end = arrives(to, map, layout);
  const start = leaves(from, source, layout, end);
  const [near, far] = layout.sideways
    ? [
        { x: from.place.x + from.place.width, y: start.y },
        { x: to.place.x, y: end.y },
      ]
    : [
        { x: start.x, y: from.place.y + from.place.height },
        { x: end.x, y: to.place.y },
      ];
  return { start, near, far, end };
}

/** @param {Pen} pen @param {Layout} layout @param {Figure} from @param {Figure} to
 * @param {number} source @param {number} map @param {number} strength @param {number} fade */
function line({ context, colors, em }, layout, from, to, source, map, strength, fade) {
  const size = Math.min(1, Math.abs(strength)) ** EXPONENT;
  const { start, near, far, end } = curve(layout, from, to, source, map);
  const middle = { x: (near.x + far.x) / 2, y: (near.y + far.y) / 2 };
  context.globalAlpha = (0.12 + 0.83 * size) * fade;
  context.lineWidth = ((0.5 + 3 * size) * em) / 12;
  context.strokeStyle = strength < 0 ? colors.negative : colors.positive;
  context.beginPath();
  context.moveTo(start.x, start.y);
  context.lineTo(near.x, near.y);
  if (layout.sideways) context.bezierCurveTo(middle.x, near.y, middle.x, far.y, far.x, far.y);
  else context.bezierCurveTo(near.x, middle.y, far.x, middle.y, far.x, far.y);
  context.lineTo(end.x, end.y);
  context.stroke();
  context.globalAlpha = 1;
}

/** A kernel's weights on its line. @param {Pen} pen @param {Layout} layout @param {Figure} from
 * @param {Figure} to @param {number} source @param {number} map
 * @param {{shape: number[], data: Float32Array}} weights @param {number} scale */
function kernel({ context, colors, em }, layout, from, to, source, map, { shape, data }, scale) {
  const { near, far } = curve(layout, from, to, source, map);
  const [high, wide, sources, maps] = shape;
  const { across: columns, rows, stepX, stepY } = /** @type {Tiles} */ (to.place);
  const lines = layout.sideways ? columns : rows; // tiles behind one another: their kernels side by side
  const gap = layout.sideways ? far.x - near.x : (far.y - near.y) * ABOVE_NAME;
  const beside = (layout.sideways ? stepY : stepX) / 2; // lines from one input run together
  const most = Math.min(KERNEL * em, (0.8 * gap) / lines, beside);
  const cell = Math.max(2, Math.floor(most / Math.max(high, wide)));
  const line = layout.sideways ? map % columns : Math.floor(map / columns);
  const along = sources > 1 ? 0.3 : (line + 0.5) / lines;
  const t = layout.sideways ? along : along * ABOVE_NAME;
  const bent = t * t * (3 - 2 * t);
  const x = Math.round(
    near.x + (far.x - near.x) * (layout.sideways ? t : bent) - (wide * cell) / 2,
  );
  const y = Math.round(
    near.y + (far.y - near.y) * (layout.sideways ? bent : t) - (high * cell) / 2,
  );
  context.fillStyle = colors.named.ground;
  context.fillRect(x - 1, y - 1, wide * cell + 2, high * cell + 2);
  for (let i = 0; i < high; i++) {
    for (let j = 0; j < wide; j++) {
      const w = data[((i * wide + j) * sources + source) * maps + map];
      context.fillStyle = colors.signed(w, scale);
      context.fillRect(x + j * cell, y + i * cell, cell, cell);
    }
  }
  context.strokeStyle = colors.named['line-strong'];
  context.lineWidth = 1;
  context.strokeRect(x - 0.5, y - 0.5, wide * cell + 1, high * cell + 1);
}
