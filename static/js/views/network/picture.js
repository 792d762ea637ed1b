// One frame of the network: pixels, the edges over them, the neurons on top, then what is in front.

import { fieldOf, isPictured, layerOf, placeOf, windowOf } from '../../state/units.js';
import { denseKernel, firstRead } from '../../state/contributions.js';
import { createEdgePainter } from './paint/edges.js';
import { Part } from './figures/lattice.js';
import { Tiles } from './figures/tiles.js';
import { paintFrame } from './frames.js';
import { createInputPainter } from './paint/input.js';
import { isLine, isRound } from './layout.js';
import { paintNeurons, paintRing } from './paint/neurons.js';
import { createPixelPainter } from './paint/pixels.js';
import { createScale } from './scale.js';
import { createSelector } from './strongest.js';
import { besideNeuron, haloText, placeNumbers, withSign } from './text.js';
import { createTilePainter } from './paint/tiles.js';

/** @import { ModelDescription, Neuron, Reading, Weights } from '../../state/types.js' */
/** @import { Colors } from '../../page/colors.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Cover } from './overlay/labels.js' */
/** @import { Figure, Layout, PictureLayer } from './layout.js' */
/** @import { EdgeEnd } from './paint/edges.js' */
/** @import { Edges } from './strongest.js' */
/** @import { Pen } from './text.js' */
/** @import { Trace } from './trace/tracing.js' */
/** @import { PaintPaths } from './trace/paths.js' */

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
 * @property {{stage: number, share: number} | null} moment how far the pass is played, null for all of it
 */

const MOST_EDGES = 400;
const FADED = 0.14; // edges behind those of the neuron in front
const BEHIND_VALUES = 0.3; // edges behind a layer's values
const PLAIN_EM = 12; // px: the type at which edges have their plain width
const NUMBERED = 5; // edges of the neuron in front that carry their number
const UNREAD = 0.72; // how much of the ground lies over rows that are not read yet

/** @param {Numbers} numbers */
export function createPicture(numbers) {
  const select = createSelector(MOST_EDGES);
  const paintEdges = createEdgePainter(MOST_EDGES);
  const paintSteps = createPixelPainter(false);
  /** @type {Map<string, ReturnType<typeof createTilePainter>>} */
  const tilePainters = new Map();
  const scaleOf = createScale();
  const paintInput = createInputPainter(scaleOf, numbers.whole);
  let pixels = new Float32Array(0);

  /** The activations of each layer, the input first. @param {Reading} reading */
  function activations({ input, layers }) {
    if (pixels.length !== input.pixels.length) pixels = new Float32Array(input.pixels.length);
    for (let i = 0; i < pixels.length; i++) pixels[i] = input.pixels[i] / 255;
    return [pixels, ...layers.filter(isPictured).map(({ a }) => a)];
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
    return { first, kind, place: new Part(place, first, count), values };
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
    const { layers, edgeCount, pointed, named } = frame;
    const fade = pointed ? FADED : named ? BEHIND_VALUES : 1;
    /** @type {Cover[]} */
    const covers = [];
    const { stage, share } = reached(frame);
    for (let at = 1; at <= stage; at++) {
      const from = handedOn(frame, a, at - 1);
      const kernel = kernelOf(frame, at, from);
      if (!kernel) continue;
      let drawn = select(kernel, from.values, edgeCount);
      stroke(pen, frame, from, at, drawn, at === stage ? fade * share : fade);
      const only = ownEdges(frame, at, from);
      if (only) {
        drawn = select(kernel, from.values, Math.max(edgeCount, NUMBERED), only);
        stroke(pen, frame, from, at, drawn, 1);
      }
      covers.push({
        layer: layers[at].name,
        drawn: drawn.count,
        total: drawn.total,
        share: drawn.share,
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
  function layer({ context, colors }, { layers, layout, row }, at, a) {
    const figure = layout.figures[at];
    const { exposure, name } = layers[at];
    if (figure.place instanceof Tiles) {
      let paint = tilePainters.get(name);
      if (!paint) tilePainters.set(name, (paint = createTilePainter()));
      paint(context, figure.place, a, exposure, colors);
    } else if (figure.kind === 'steps') {
      paintSteps(context, figure, colors, (i) => colors.stateWord(a ? a[i] : 0, exposure));
      veil(context, figure, row, colors);
    } else paintNeurons(context, figure, a, exposure, colors);
  }

  /** What the neuron in front sees: of the pixels, and of the layer before.
   * @param {Pen} pen @param {Frame} frame */
  function frames({ context, colors }, { layers, layout, model, pointed }) {
    const at = layers.findIndex(({ name }) => name === pointed?.layer);
    const found = layerOf(model, pointed?.layer ?? '');
    if (!pointed || !found?.receptive_field) return;
    const [field, window] = [fieldOf(model, pointed), windowOf(model, pointed)];
    const only = found.kind === 'conv2d' ? null : placeOf(found.shape, pointed.index).map;
    if (field) paintFrame(context, layout.figures[0], field, colors.named.focus);
    if (window && at > 1) paintFrame(context, layout.figures[at - 1], window, colors.named.focus, only);
  }

  /** The numbers of the strongest edges into the neuron in front.
   * @param {Pen} pen @param {Frame} frame @param {ArrayLike<number>[]} a */
  function edgeNumbers(pen, frame, a) {
    const { layers, layout, pointed } = frame;
    const at = layers.findIndex(({ name }) => name === pointed?.layer);
    const from = at > 0 ? handedOn(frame, a, at - 1) : null;
    const kernel = from && kernelOf(frame, at, from);
    if (!pointed || !kernel) return;
    const to = layout.figures[at];
    const target = { x: to.place.centreX(pointed.index), y: to.place.centreY(pointed.index) };
    const own = select(kernel, from.values, NUMBERED, { to: pointed.index });
    const placed = placeNumbers(from.place, target, own, {
      em: pen.em,
      sideways: layout.sideways,
      beside: isLine(from.kind),
    });
    pen.context.textAlign = 'center';
    for (const { x, y, value } of placed) {
      const color = value < 0 ? pen.colors.negative : pen.colors.positive;
      haloText(pen, withSign(value, numbers.two(value)), x, y, color);
    }
  }

  /** Every value of the layer whose name is pointed at, beside its neurons.
   * @param {Pen} pen @param {Frame} frame @param {ArrayLike<number>[]} a */
  function layerValues(pen, { layers, layout, named }, a) {
    const at = layers.findIndex(({ name }) => name === named);
    if (at < 1 || layout.figures[at].kind !== 'circles') return;
    const { place } = layout.figures[at];
    const digits = at === layers.length - 1;
    const format = digits ? numbers.three : numbers.two;
    pen.context.textAlign = 'center';
    for (let i = 0; i < place.count; i++) {
      const { x, y } = besideNeuron(place, i, { sideways: layout.sideways, em: pen.em, digits });
      haloText(pen, format(a[at][i]), x, y, pen.colors.named.text);
    }
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
    if (a && stage > 0 && share > 0 && share < 1) appear(pen, share, () => layer(pen, frame, stage, a[stage]));
    return covers;
  }

  /** The paths of a trace alone. @param {Pen} pen @param {Frame} frame @param {Trace} trace
   * @param {PaintPaths} paintPaths @param {ArrayLike<number>[]} a */
  const traced = (pen, frame, trace, paintPaths, a) =>
    paintPaths(pen, frame, trace, {
      layer: (at) => layer(pen, frame, at, a[at]),
      edges: (from, at, drawn) => stroke(pen, frame, frame.layout.figures[from], at, drawn, 1),
    });

  /** What stands in front: numbers, frames, rings. @param {Pen} pen @param {Frame} frame
   * @param {ArrayLike<number>[] | null} a */
  function front(pen, frame, a) {
    const { layout, reading, pointed, selected, named, trace } = frame;
    const { context, colors, em } = pen;
    frames(pen, frame);
    const output = layout.figures[layout.figures.length - 1];
    const answer = reading?.prediction ?? null;
    if (answer !== null && reached(frame).stage === layout.figures.length - 1) paintRing(context, output, answer, colors.named.text, em / 3);
    if (a && named) layerValues(pen, frame, a);
    if (a && pointed && !trace) edgeNumbers(pen, frame, a);
    for (const neuron of [selected, pointed]) {
      const figure = layout.figures.find(({ name }) => name === neuron?.layer);
      if (figure && neuron) paintRing(context, figure, neuron.index, colors.named.focus, em / 4);
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
    const a = reading && activations(reading);
    paintInput(pen, frame, a && a[0]);
    if (layout.figures[1].kind === 'steps') veil(context, layout.figures[0], row, colors);
    const covers = a && trace && paintPaths ? traced(pen, frame, trace, paintPaths, a) : plain(pen, frame, a);
    front(pen, frame, a);
    return covers;
  };
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
  if (pointed.layer !== layers[at - 1].name || isRound(kind)) return null;
  const from = pointed.index - first;
  return from >= 0 && from < values.length ? { from } : null;
}
