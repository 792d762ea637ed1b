// The edges between layers: which of each gap's are drawn, how strongly, and what they cover.

import { denseKernel, firstRead } from '../../../state/contributions.js';
import { answering, headOf } from '../../../state/ends.js';
import { firstOutput, isOutput, isRound, readBy } from '../layout.js';
import { createEvenSelector, createSelector } from '../strongest.js';
import { createEdgePainter } from './edges.js';

/** @import { Weights } from '../../../state/types.js' */
/** @import { Cover } from '../overlay/labels.js' */
/** @import { Figure } from '../layout.js' */
/** @import { Steps } from '../figures/steps.js' */
/** @import { Frame } from '../picture.js' */
/** @import { createScale } from '../scale.js' */
/** @import { Edges } from '../strongest.js' */
/** @import { Pen } from '../text.js' */
/** @import { EdgeEnd } from './edges.js' */

/** @typedef {{carried: number, sum: number}} Sums Σ|w·a| of the edges that are drawn, and of all */
/** @typedef {EdgeEnd & {first: number, values: ArrayLike<number>}} Handed the figure that edges leave, and the
 * activations from the first on that is read */

const MOST_EDGES = 400;
const FADED = 0.14; // edges behind those of the neuron in front
const BEHIND_VALUES = 0.3; // edges behind a layer's values
const PLAIN_EM = 12; // px: the type at which edges have their plain width
export const NUMBERED = 5; // edges of the neuron in front that carry their number
const FEW = 8; // edges that all carry it

/** How many layers the pass has reached, and how much of the last one is to be seen.
 * @param {Pick<Frame, 'layers' | 'moment'>} frame */
export const reached = ({ layers, moment }) => moment ?? { stage: layers.length - 1, share: 1 };

/**
 * What a layer hands on to the next: its figure, or the part of it, and the activations.
 * @param {Frame} frame @param {ArrayLike<number>[]} a @param {number} at
 */
export function handedOn({ layers, layout, row }, a, at) {
  const first = firstRead(layers[at], row);
  const { kind, place } = layout.figures[at];
  if (layout.figures[at].kind !== 'steps') return { first, kind, place, values: a[at] };
  const count = layers[at].shape[1];
  const values = Array.prototype.slice.call(a[at], first, first + count);
  return { first, kind, place: /** @type {Steps} */ (place).handed, values };
}

/** The weights of the edges into a layer, if they are drawn.
 * @param {Frame} frame @param {number} at @param {{values: ArrayLike<number>}} from */
const kernelOf = ({ layers, weights }, at, { values }) =>
  denseKernel(weights, layers[at].name, values.length);

/** @param {ReturnType<typeof createScale>} scaleOf */
export function createGaps(scaleOf) {
  const select = createSelector(MOST_EDGES);
  const selectEvenly = createEvenSelector(MOST_EDGES);
  const paintEdges = createEdgePainter(MOST_EDGES);

  /**
   * @param {Pen} pen
   * @param {Frame} frame
   * @param {ArrayLike<number>[]} a
   * @returns {Cover[]} what the drawn edges cover
   */
  function edges(pen, frame, a) {
    const { layers, layout, reading, edgeCount, pointed, named } = frame;
    const fade = pointed ? FADED : named ? BEHIND_VALUES : 1;
    /** @type {(Cover & Partial<Sums>)[]} */
    const covers = [];
    const { stage, share } = reached(frame);
    const isAsked = frame.lead;
    for (let at = 1; at <= stage; at++) {
      if (layout.figures[at].kind === 'tiles') {
        const cover = frame.paintLines?.(
          isAsked ? grey(pen) : pen,
          frame,
          a,
          at,
          at === stage ? share : 1,
        );
        if (cover) covers.push(cover);
        continue;
      }
      const from = handedOn(frame, a, readBy(layers, at));
      const kernel = kernelOf(frame, at, from);
      const isLast = isOutput(layers, at);
      const ends = isLast ? outputsOf(frame, at) : [];
      if (!kernel || (isLast && !ends.length)) continue;
      let drawn = isLast
        ? selectEvenly(kernel, from.values, edgeCount, ends)
        : select(kernel, from.values, edgeCount);
      if (isLast && isAsked) favour(drawn, frame);
      stroke(
        isAsked && !isLast ? grey(pen) : pen,
        frame,
        from,
        at,
        drawn,
        at === stage ? fade * share : fade,
      );
      if (isLast && !pointed && !frame.lead && reading) {
        const own = Math.ceil(edgeCount / layers[at].count); // the answer's reasons lie on top
        stroke(
          pen,
          frame,
          from,
          at,
          select(kernel, from.values, own, { to: ends[0] }),
          fade * share,
        );
      }
      const only = ownEdges(frame, at, from);
      if (only) {
        drawn = select(kernel, from.values, Math.max(edgeCount, NUMBERED), only);
        stroke(pen, frame, from, at, drawn, 1);
      }
      const { count, total, carried, sum } = drawn;
      const first =
        isLast && covers.find(({ layer }) => layer === layers[firstOutput(layers)].name);
      if (first) join(first, { count, total, carried, sum });
      else
        covers.push({
          layer: layers[at].name,
          drawn: count,
          total,
          share: drawn.share,
          carried,
          sum,
        });
    }
    return covers;
  }

  /**
   * @param {Pen} pen
   * @param {Frame} frame
   * @param {EdgeEnd} from
   * @param {number} at the layer that the edges reach
   * @param {Edges} drawn
   * @param {number} fade
   */
  function stroke({ context, colors, em }, { layers, layout, weights }, from, at, drawn, fade) {
    const to = layout.figures[at];
    const scale = scaleOf(layers, /** @type {Weights} */ (weights));
    paintEdges(context, from, to, drawn, { scale, colors, fade, unit: em / PLAIN_EM });
  }

  /**
   * The strongest edges into one neuron: those that carry their number.
   * @param {Frame} frame @param {number} at its layer @param {Handed} from @param {number} to
   */
  function strongest(frame, at, from, to) {
    const kernel = kernelOf(frame, at, from);
    return kernel && select(kernel, from.values, kernel.shape[0] <= FEW ? FEW : NUMBERED, { to });
  }

  return { edges, stroke, strongest };
}

/** Of a lead blue speaks for the answer and orange for the other, at edges as at pixels: what raises the
 * other's sum is orange. @param {Pick<Edges, 'to' | 'value' | 'count'>} drawn
 * @param {Pick<Frame, 'lead'>} frame */
export function favour({ to, value, count }, { lead }) {
  for (let i = 0; i < count; i++) if (to[i] === lead?.second) value[i] = -value[i];
}

/** Edges that only lead there favour nobody. @param {Pen} pen @returns {Pen} */
const grey = ({ colors, ...pen }) => {
  const none = colors.named['text-soft'];
  return { ...pen, colors: { ...colors, positive: none, negative: none } };
};

/** Edges into another output that reads the same layer count with the first's. @param {Cover & Partial<Sums>} cover
 * @param {Sums & {count: number, total: number}} more */
function join(cover, { count, total, carried, sum }) {
  cover.drawn += count;
  cover.total += total;
  cover.carried = (cover.carried ?? 0) + carried;
  cover.sum = (cover.sum ?? 0) + sum;
  cover.share = cover.sum > 0 ? cover.carried / cover.sum : 0;
}

/** The units of an output that get edges, the answer first; of a lead only the two that it is between.
 * @param {Frame} frame @param {number} at the output's place */
function outputsOf({ layers, reading, lead }, at) {
  const { name, count } = layers[at];
  if (lead) return lead.layer === name ? [lead.first, lead.second] : [];
  const answer = answering(reading, headOf(reading, name))?.index ?? 0;
  const all = Array.from({ length: count }, (_, i) => i);
  return [answer, ...all.filter((i) => i !== answer)];
}

/**
 * Which edges of a gap come to the front: those into the neuron pointed at; or out of a pixel, a
 * map's or a step's unit, which no edges reach.
 * @param {Frame} frame
 * @param {number} at the layer that the edges reach
 * @param {{first: number, kind: Figure['kind'], values: ArrayLike<number>}} from
 */
function ownEdges({ layers, pointed }, at, { first, kind, values }) {
  if (!pointed) return null;
  if (pointed.layer === layers[at].name) return { to: pointed.index };
  if (pointed.layer !== layers[readBy(layers, at)].name || isRound(kind)) return null;
  const from = pointed.index - first;
  return from >= 0 && from < values.length ? { from } : null;
}
