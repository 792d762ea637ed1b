// Painting edges: sign as colour, size as width and opacity, the strongest on top.

import { isLine } from '../layout.js';

/** @import { Colors } from '../../../page/colors.js' */
/** @import { Lattice } from '../figures/lattice.js' */
/** @import { Figure } from '../layout.js' */

/** @typedef {{kind: Figure['kind'], place: Lattice}} EdgeEnd where edges begin or end */
/** @import { Edges } from '../strongest.js' */

const LEVELS = 12; // edges of one level are one path
const EXPONENT = 0.7; // strong edges stand out, weak ones keep a trace
const INSIDE = 0.45; // how much of an edge is seen within the figure it comes from
const AMONG = 0.15; // and among the circles of a wide layer, which it must not cover

/**
 * An edge's look at a strength of 0..1.
 * @param {number} strength
 */
const look = (strength) => ({ alpha: 0.08 + 0.87 * strength, width: 0.5 + 3 * strength });

/**
 * Makes a painter that keeps its buffers from frame to frame.
 * @param {number} room edges at most
 */
export function createEdgePainter(room) {
  const level = new Uint8Array(room);
  const leaves = new Float32Array(room); // where along the edge its source figure ends
  const enters = new Float32Array(room); // and where the figure begins that it reaches

  /** @param {EdgeEnd} from @param {EdgeEnd} to @param {Edges} edges @param {number} scale */
  function measure(from, to, edges, scale) {
    for (let i = 0; i < edges.count; i++) {
      const strength = Math.min(1, Math.abs(edges.value[i]) / scale) ** EXPONENT;
      const step = Math.min(LEVELS - 1, Math.floor(strength * LEVELS));
      level[i] = edges.value[i] < 0 ? step : LEVELS + step;
      const [start, end] = [edges.from[i], edges.to[i]];
      leaves[i] = isLine(from.kind)
        ? 0
        : from.place.exit(start, to.place.centreX(end), to.place.centreY(end));
      enters[i] = isLine(to.kind)
        ? 1
        : 1 - to.place.exit(end, from.place.centreX(start), from.place.centreY(start));
    }
  }

  /**
   * The part of each edge of a level from one share of its length to another.
   * @param {CanvasRenderingContext2D} context @param {EdgeEnd} from @param {EdgeEnd} to
   * @param {Edges} edges @param {number} wanted @param {boolean} inside
   */
  function trace(context, from, to, edges, wanted, inside) {
    context.beginPath();
    for (let i = 0; i < edges.count; i++) {
      if (level[i] !== wanted) continue;
      const [x, y] = [from.place.centreX(edges.from[i]), from.place.centreY(edges.from[i])];
      const dx = to.place.centreX(edges.to[i]) - x;
      const dy = to.place.centreY(edges.to[i]) - y;
      if (!inside) {
        context.moveTo(x + dx * leaves[i], y + dy * leaves[i]);
        context.lineTo(x + dx * enters[i], y + dy * enters[i]);
        continue;
      }
      if (leaves[i] > 0) {
        context.moveTo(x, y);
        context.lineTo(x + dx * leaves[i], y + dy * leaves[i]);
      }
      if (enters[i] < 1) {
        context.moveTo(x + dx * enters[i], y + dy * enters[i]);
        context.lineTo(x + dx, y + dy);
      }
    }
    context.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {EdgeEnd} from
   * @param {EdgeEnd} to
   * @param {Edges} edges
   * @param {{scale: number, colors: Colors, fade: number, unit: number}} options scale: the
   *   contribution of full strength; fade: 0..1, less when other edges are in front; unit: px
   */
  return function paint(context, from, to, edges, { scale, colors, fade, unit }) {
    measure(from, to, edges, scale);
    const covers = !isLine(from.kind) || !isLine(to.kind);
    const inside = [from.kind, to.kind].includes('grid') ? AMONG : INSIDE;
    for (let step = 0; step < LEVELS; step++) {
      const { alpha, width } = look((step + 0.5) / LEVELS);
      context.lineWidth = width * unit;
      for (const wanted of [step, LEVELS + step]) {
        context.strokeStyle = wanted < LEVELS ? colors.negative : colors.positive;
        context.globalAlpha = alpha * fade;
        trace(context, from, to, edges, wanted, false);
        if (!covers) continue;
        context.globalAlpha = alpha * fade * inside;
        trace(context, from, to, edges, wanted, true);
      }
    }
    context.globalAlpha = 1;
  };
}
