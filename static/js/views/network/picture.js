// One frame of the network: pixels, the edges over them, the neurons on top, then what is in front.

import { answering, inputOf } from '../../state/ends.js';
import { isPictured } from '../../state/units.js';
import { createGaps, handedOn, reached } from './paint/gaps.js';
import { createInputPainter } from './paint/input.js';
import { firstOutput, readBy } from './layout.js';
import { paintNeurons, paintRing } from './paint/neurons.js';
import { createPixelPainter } from './paint/pixels.js';
import { createScale } from './scale.js';

/** @import { ModelDescription, Neuron, Parts, PictureLayer, Reading, Weights } from '../../state/types.js' */
/** @import { Lead } from '../../state/lead.js' */
/** @import { Colors } from '../../page/colors.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Cover } from './overlay/labels.js' */
/** @import { Figure, Layout } from './layout.js' */
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

const UNREAD = 0.72; // how much of the ground lies over rows that are not read yet

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

/** Paints one layer's activations: circles, a grid, maps, or steps with what they hand on. */
function createLayers() {
  const paintSteps = createPixelPainter(false);
  /** @type {Map<string, ReturnType<Kit['createTilePainter']>>} */
  const tilePainters = new Map();
  /** @type {ReturnType<Kit['createHandedPainter']> | null} */
  let paintHanded = null;

  /** One layer's activations. @param {Pen} pen @param {Frame} frame @param {number} at
   * @param {ArrayLike<number> | null} a */
  return function layer({ context, colors, em }, { layers, layout, row, kit }, at, a) {
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
  };
}

/** @param {Numbers} numbers */
export function createPicture(numbers) {
  const layer = createLayers();
  const scaleOf = createScale();
  const gaps = createGaps(scaleOf);
  const paintInput = createInputPainter(scaleOf, numbers.whole);

  /** All layers with the strongest edges between them.
   * @param {Pen} pen @param {Frame} frame @param {ArrayLike<number>[] | null} a */
  function plain(pen, frame, a) {
    const covers = a ? gaps.edges(pen, frame, a) : [];
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
        gaps.stroke(pen, frame, source, at, drawn, 1);
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
      strongest: (at, from, to) => gaps.strongest(frame, at, from, to),
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

/** The activations of each layer, the input first. @param {Reading} reading */
const activations = ({ input, layers }) => [
  inputOf({ input }),
  ...layers.filter(isPictured).map(({ a }) => a),
];

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
