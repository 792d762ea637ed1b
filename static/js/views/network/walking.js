// Which neuron is meant by a key, from another neuron on. Fetched when the picture has the focus.

/** @import { Neuron } from '../../state/types.js' */
/** @import { Figure, Layout } from './layout.js' */

const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});
const LAYERS = /** @type {Record<string, number>} */ ({ PageUp: -1, PageDown: 1 });

/**
 * The neuron that a key leads to, or null for a key that leads nowhere. Arrows walk within a figure
 * and, at its end, on to the next layer; Page Up and Page Down go from layer to layer; Home and End
 * to a layer's first and last neuron.
 * @param {Layout} layout
 * @param {Neuron} from
 * @param {string} key
 * @returns {Neuron | null}
 */
export function walk(layout, from, key) {
  const at = layout.figures.findIndex(({ name }) => name === from.layer);
  const { name, place } = layout.figures[at];
  if (key === 'Home') return { layer: name, index: 0 };
  if (key === 'End') return { layer: name, index: place.count - 1 };
  if (key in LAYERS) return cross(layout, at, from.index, LAYERS[key]) ?? from;
  if (!(key in ARROWS)) return null;
  const [dx, dy] = ARROWS[key];
  const next = place.step(from.index, dx, dy);
  if (next >= 0) return { layer: name, index: next };
  const beside = layout.figures[at + (layout.sideways ? dy : dx)]; // another output
  const { from: trunk } = layout.figures[at];
  if (trunk !== undefined && beside?.from === trunk && beside.name !== name)
    return {
      layer: beside.name,
      index: (layout.sideways ? dy : dx) > 0 ? 0 : beside.place.count - 1,
    };
  return cross(layout, at, from.index, layout.sideways ? dx : dy) ?? from;
}

/** The figure one layer on or back: outputs that stand together have the same one before them.
 * @param {Figure[]} figures @param {number} at @param {number} by layers */
function onwards(figures, at, by) {
  const { from } = figures[at];
  if (from === undefined) return at + by;
  return by < 0 ? from : figures.length;
}

/**
 * On to the next layer's nearest neuron.
 * @param {Layout} layout
 * @param {number} at
 * @param {number} index
 * @param {number} by layers
 */
function cross(layout, at, index, by) {
  const next = by === 0 ? undefined : layout.figures[onwards(layout.figures, at, by)];
  return next ? { layer: next.name, index: nearest(layout.figures[at], index, next) } : null;
}

/**
 * @param {Figure} figure
 * @param {number} index
 * @param {Figure} next
 */
function nearest({ place: here }, index, { place: there }) {
  const [x, y] = [here.centreX(index), here.centreY(index)];
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < there.count; i++) {
    const distance = Math.hypot(there.centreX(i) - x, there.centreY(i) - y);
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
