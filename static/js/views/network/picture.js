// One frame of the network: pixels, the edges over them, the neurons on top, then what is in front.

import { answering, headOf, inputOf } from '../../state/ends.js';
import { isPictured } from '../../state/units.js';
import { denseKernel, firstRead } from '../../state/contributions.js';
import { createEdgePainter } from './paint/edges.js';
import { createInputPainter } from './paint/input.js';
import { firstOutput, isOutput, isRound, readBy } from './layout.js';
import { paintNeurons, paintRing } from './paint/neurons.js';
import { createPixelPainter } from './paint/pixels.js';
import { createScale } from './scale.js';
import { createEvenSelector, createSelector } from './strongest.js';

/** @import { ModelDescription, Neuron, Parts, Reading, Weights } from '../../state/types.js' */
/** @import { Lead } from '../../state/lead.js' */
/** @import { Colors } from '../../page/colors.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Cover } from './overlay/labels.js' */
/** @import { Figure, Layout, PictureLayer } from './layout.js' */
/** @import { EdgeEnd } from './paint/edges.js' */
/** @import { Edges } from './strongest.js' */
/** @import { Pen } from './text.js' */
/** @import { Trace } from './trace/tracing.js' */
/** @import { PaintPaths } from './trace/paths.js' */
/** @import { PaintFront } from './front.js' */
/** @import { Steps } from './figures/steps.js' */
/** @import { Tiles } from './figures/tiles.js' */
/** @import { Kit } from './kit.js' */
/** @import { PaintLines } from './maps/lines.js' */

/**
 * @typedef {object} Frame what one frame shows
 * @property {PictureLayer[]} layers the input first
 * @property {ModelDescription | null} model
 * @property {Layout} layout
 * @property {Weights | null} weights
 * @property {Reading | null} reading null for a blank pad
 * @property {number} edgeCount the most edges into a layer
 * @property {number | null} row the last row that an LSTM has read, null for all
 * @property {Neuron | null} pointed the neuron in front
 * @property {Neuron | null} selected
 * @property {string | null} named the layer all of whose values are shown
 * @property {Trace | null} trace the paths that are shown in place of all edges
 * @property {PaintPaths | null} paintPaths their painter, once it is here
 * @property {Neuron | null} ringed a unit that is named in a text
 * @property {Lead | null} lead how far one output leads another: only their edges are drawn
 * @property {Parts | null} parts what each pixel gives to that
 * @property {Kit | null} kit what draws maps, steps and a column, once it is here
 * @property {PaintLines | null} paintLines the painter of lines from map to map, once it is here
 * @property {PaintFront | null} paintFront the painter of what stands in front, once it is here
 * @property {{stage: number, share: number} | null} moment how far the pass is played, null for all of it
 */

/** @typedef {{carried: number, sum: number}} Sums Σ|w·a| of the edges that are drawn, and of all */

const MOST_EDGES = 400;
const FADED = 0.14; // edges behind those of the neuron in front
const BEHIND_VALUES = 0.3; // edges behind a layer's values
const PLAIN_EM = 12; // px: the type at which edges have their plain width
const NUMBERED = 5; // edges of the neuron in front that carry their number
const FEW = 8; // edges that all carry it
const UNREAD = 0.72; // how much of the ground lies over rows that are not read yet

/** @param {Numbers} numbers */
export function createPicture(numbers) {
  const select = createSelector(MOST_EDGES);
  const selectEvenly = createEvenSelector(MOST_EDGES);
  const paintEdges = createEdgePainter(MOST_EDGES);
  const paintSteps = createPixelPainter(false);
  /** @type {Map<string, ReturnType<Kit['createTilePainter']>>} */
  const tilePainters = new Map();
  /** @type {ReturnType<Kit['createHandedPainter']> | null} */
  let paintHanded = null;
  const scaleOf = createScale();
  const paintInput = createInputPainter(scaleOf, numbers.whole);

  /** The activations of each layer, the input first. @param {Reading} reading */
  function activations({ input, layers }) {
    return [inputOf({ input }), ...layers.filter(isPictured).map(({ a }) => a)];
  }

  /**
   * What a layer hands on to the next: its figure, or the part of it, and the activations.
   * @param {Frame} frame @param {ArrayLike<number>[]} a @param {number} at
   */
  function handedOn({ layers, layout, row }, a, at) {
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
    for (let at = 1; at <= stage; at++) {
      if (layout.figures[at].kind === 'tiles') {
        const cover = frame.paintLines?.(pen, frame, a, at, at === stage ? share : 1);
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
      stroke(pen, frame, from, at, drawn, at === stage ? fade * share : fade);
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

  /** What is not read yet fades. @param {CanvasRenderingContext2D} context @param {Figure} figure
   * @param {number | null} row @param {Colors} colors */
  function veil(context, { place }, row, colors) {
    if (row === null || row >= place.rows) return;
    const read = row * place.pitchY;
    context.save();
    context.globalAlpha *= UNREAD;
    context.fillStyle = colors.named.ground;
    context.fillRect(place.x, place.y + read, place.width, place.height - read);
    context.restore();
  }

  /** One layer's activations. @param {Pen} pen @param {Frame} frame @param {number} at
   * @param {ArrayLike<number> | null} a */
  function layer({ context, colors, em }, { layers, layout, row, kit }, at, a) {
    const figure = layout.figures[at];
    const { exposure, name } = layers[at];
    if (figure.kind === 'tiles') {
      let paint = tilePainters.get(name);
      if (!paint) tilePainters.set(name, (paint = /** @type {Kit} */ (kit).createTilePainter()));
      paint(context, /** @type {Tiles} */ (figure.place), a, exposure, colors);
    } else if (figure.kind === 'steps') {
      paintSteps(context, figure, colors, (i) => colors.stateWord(a ? a[i] : 0, exposure));
      veil(context, figure, row, colors);
      paintHanded ??= /** @type {Kit} */ (kit).createHandedPainter();
      paintHanded({ context, colors, em }, layout, figure, (i) =>
        colors.stateWord(a ? a[i] : 0, exposure),
      );
    } else paintNeurons(context, figure, a, exposure, colors);
  }

  /** All layers with the strongest edges between them.
   * @param {Pen} pen @param {Frame} frame @param {ArrayLike<number>[] | null} a */
  function plain(pen, frame, a) {
    const covers = a ? edges(pen, frame, a) : [];
    const { stage, share } = reached(frame);
    for (let at = 1; at < frame.layers.length; at++) {
      if (at >= stage) layer(pen, frame, at, at === stage && share === 1 ? a && a[at] : null);
      else layer(pen, frame, at, a && a[at]);
    }
    if (a && stage > 0 && share > 0 && share < 1)
      appear(pen, share, () => layer(pen, frame, stage, a[stage]));
    return covers;
  }

  /** The paths of a trace alone. @param {Pen} pen @param {Frame} frame @param {Trace} trace
   * @param {PaintPaths} paintPaths @param {ArrayLike<number>[]} a */
  const traced = (pen, frame, trace, paintPaths, a) =>
    paintPaths(pen, frame, trace, {
      layer: (at) => layer(pen, frame, at, a[at]),
      edges: (from, at, drawn) => {
        const source = handedOn(frame, a, from);
        for (let i = 0; i < drawn.count; i++) drawn.from[i] -= source.first;
        stroke(pen, frame, source, at, drawn, 1);
      },
      percent: numbers.percent,
    });

  /** What stands in front: numbers, frames, rings. @param {Pen} pen @param {Frame} frame
   * @param {ArrayLike<number>[] | null} a */
  function front(pen, frame, a) {
    const { layout, reading, pointed, selected, ringed, lead, paintFront } = frame;
    const { context, colors, em } = pen;
    for (let at = firstOutput(frame.layers); at <= reached(frame).stage; at++) {
      const answer = answering(reading, at - firstOutput(frame.layers));
      if (answer) paintRing(context, layout.figures[at], answer.index, colors.named.text, em / 3);
    }
    paintFront?.(pen, frame, a, {
      from: (at) =>
        handedOn(frame, /** @type {ArrayLike<number>[]} */ (a), readBy(frame.layers, at)),
      strongest: (at, from, to) => {
        const kernel = kernelOf(frame, at, from);
        return (
          kernel && select(kernel, from.values, kernel.shape[0] <= FEW ? FEW : NUMBERED, { to })
        );
      },
    });
    const second = lead && { layer: lead.layer, index: lead.second };
    for (const neuron of [second, selected, pointed, ringed]) {
      const figure = layout.figures.find(({ name }) => name === neuron?.layer);
      if (!figure || !neuron) continue;
      paintRing(context, figure, neuron.index, colors.named.focus, em / 4);
      const steps = figure.kind === 'steps' ? /** @type {Steps} */ (figure.place) : null;
      const unit = steps ? neuron.index - steps.first() : -1;
      if (steps && unit >= 0 && unit < steps.columns)
        paintRing(context, { ...figure, place: steps.handed }, unit, colors.named.focus, em / 4);
    }
  }

  /**
   * @param {Pen} pen
   * @param {Frame} frame
   * @returns {Cover[]} what the drawn edges cover
   */
  return function paint(pen, frame) {
    const { layout, reading, row, trace, paintPaths } = frame;
    const { context, colors } = pen;
    context.clearRect(0, 0, layout.width, layout.height);
    for (const { kind, place } of layout.figures)
      if (kind === 'steps') readTo(/** @type {Steps} */ (place), row);
    const a = reading && activations(reading);
    paintInput(pen, frame, a && a[0]);
    if (layout.figures[1].kind === 'steps') veil(context, layout.figures[0], row, colors);
    const covers =
      a && trace && paintPaths ? traced(pen, frame, trace, paintPaths, a) : plain(pen, frame, a);
    front(pen, frame, a);
    return covers;
  };
}

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

/** How far an LSTM has read: what it hands on is the state there. @param {Steps} place
 * @param {number | null} row */
function readTo(place, row) {
  place.read = Math.min(row ?? place.rows, place.rows);
}

/** Paint something that only partly is there yet. @param {Pen} pen @param {number} share
 * @param {() => void} paint */
function appear({ context }, share, paint) {
  context.globalAlpha = share;
  paint();
  context.globalAlpha = 1;
}

/** How many layers the pass has reached, and how much of the last one is to be seen.
 * @param {Pick<Frame, 'layers' | 'moment'>} frame */
const reached = ({ layers, moment }) => moment ?? { stage: layers.length - 1, share: 1 };

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
