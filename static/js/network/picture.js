// One frame of the network: pixels, the edges over them, the neurons on top, then what is in front.

import { denseKernel } from './contributions.js';
import { createEdgePainter } from './edges.js';
import { paintNeurons, paintRing } from './neurons.js';
import { createPixelPainter } from './pixels.js';
import { createScale } from './scale.js';
import { createSelector } from './strongest.js';
import { besideNeuron, haloText, placeNumbers, withSign } from './text.js';

/** @import { Neuron, Reading, Weights } from '../types.js' */
/** @import { Colors } from '../colors.js' */
/** @import { Numbers } from '../words.js' */
/** @import { Cover } from './labels.js' */
/** @import { Layout, PictureLayer } from './layout.js' */
/** @import { Edges } from './strongest.js' */
/** @import { Pen } from './text.js' */

/**
 * @typedef {object} Frame what one frame shows
 * @property {PictureLayer[]} layers the input first
 * @property {Layout} layout
 * @property {Weights | null} weights
 * @property {Reading | null} reading null for a blank pad
 * @property {number} edgeCount the most edges into a layer
 * @property {Neuron | null} pointed the neuron in front
 * @property {Neuron | null} selected
 * @property {string | null} named the layer all of whose values are shown
 */

const MOST_EDGES = 400;
const FADED = 0.14; // edges behind those of the neuron in front
const BEHIND_VALUES = 0.3; // edges behind a layer's values
const PLAIN_EM = 12; // px: the type at which edges have their plain width
const NUMBERED = 5; // edges of the neuron in front that carry their number

/** @param {Numbers} numbers */
export function createPicture(numbers) {
  const select = createSelector(MOST_EDGES);
  const paintEdges = createEdgePainter(MOST_EDGES);
  const paintPixels = createPixelPainter();
  const scaleOf = createScale();
  let pixels = new Float32Array(0);

  /** The activations of each layer, the input first. @param {Reading} reading */
  function activations({ input, layers }) {
    if (pixels.length !== input.pixels.length) pixels = new Float32Array(input.pixels.length);
    for (let i = 0; i < pixels.length; i++) pixels[i] = input.pixels[i] / 255;
    return [pixels, ...layers.map(({ a }) => a)];
  }

  /**
   * @param {Pen} pen
   * @param {Frame} frame
   * @param {ArrayLike<number>[]} a
   * @returns {Cover[]} what the drawn edges cover
   */
  function edges(pen, frame, a) {
    const { layers, weights, edgeCount, pointed, named } = frame;
    const fade = pointed ? FADED : named ? BEHIND_VALUES : 1;
    /** @type {Cover[]} */
    const covers = [];
    for (let at = 1; at < layers.length; at++) {
      const kernel = denseKernel(weights, layers[at].name, a[at - 1].length);
      if (!kernel) continue;
      let drawn = select(kernel, a[at - 1], edgeCount);
      stroke(pen, frame, at, drawn, fade);
      const only = ownEdges(frame, at);
      if (only) {
        drawn = select(kernel, a[at - 1], Math.max(edgeCount, NUMBERED), only);
        stroke(pen, frame, at, drawn, 1);
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
   * @param {number} at the layer that the edges reach
   * @param {Edges} drawn
   * @param {number} fade
   */
  function stroke({ context, colors, em }, { layers, layout, weights }, at, drawn, fade) {
    const [from, to] = [layout.figures[at - 1], layout.figures[at]];
    const scale = scaleOf(layers, /** @type {Weights} */ (weights));
    paintEdges(context, from, to, drawn, { scale, colors, fade, unit: em / PLAIN_EM });
  }

  /** The input: its pixels or, when a neuron that reads them is in front, what each contributes.
   * @param {Pen} pen @param {Frame} frame @param {ArrayLike<number>[] | null} a */
  function input({ context, colors }, frame, a) {
    const { layers, layout, weights, pointed } = frame;
    const kernel =
      a && showsContributions(frame) ? denseKernel(weights, layers[1].name, a[0].length) : null;
    let color = (/** @type {number} */ i) => colors.activationWord(a ? a[0][i] : 0, 1);
    if (a && weights && kernel && pointed) {
      const scale = scaleOf(layers, weights);
      const units = kernel.shape[1];
      color = (i) => colors.signedWord(kernel.data[i * units + pointed.index] * a[0][i], scale);
    }
    paintPixels(context, layout.figures[0], colors, color);
  }

  /** The numbers of the strongest edges into the neuron in front.
   * @param {Pen} pen @param {Frame} frame @param {ArrayLike<number>[]} a */
  function edgeNumbers(pen, { layers, layout, weights, pointed }, a) {
    const at = layers.findIndex(({ name }) => name === pointed?.layer);
    const kernel = at > 0 ? denseKernel(weights, layers[at].name, a[at - 1].length) : null;
    if (!pointed || !kernel) return;
    const [from, to] = [layout.figures[at - 1], layout.figures[at]];
    const target = { x: to.place.centreX(pointed.index), y: to.place.centreY(pointed.index) };
    const own = select(kernel, a[at - 1], NUMBERED, { to: pointed.index });
    const placed = placeNumbers(from.place, target, own, {
      em: pen.em,
      sideways: layout.sideways,
      beside: from.kind === 'circles',
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

  /**
   * @param {Pen} pen
   * @param {Frame} frame
   * @returns {Cover[]} what the drawn edges cover
   */
  return function paint(pen, frame) {
    const { layers, layout, reading, pointed, selected, named } = frame;
    const { context, colors, em } = pen;
    context.clearRect(0, 0, layout.width, layout.height);
    const a = reading && activations(reading);
    input(pen, frame, a);
    const covers = a ? edges(pen, frame, a) : [];
    for (let i = 1; i < layers.length; i++) {
      paintNeurons(context, layout.figures[i], a && a[i], layers[i].exposure, colors);
    }
    const output = layout.figures[layers.length - 1];
    const answer = reading?.prediction ?? null;
    if (answer !== null) paintRing(context, output, answer, colors.named.text, em / 3);
    if (a && named) layerValues(pen, frame, a);
    if (a && pointed) edgeNumbers(pen, frame, a);
    for (const neuron of [selected, pointed]) {
      const figure = layout.figures.find(({ name }) => name === neuron?.layer);
      if (figure && neuron) paintRing(context, figure, neuron.index, colors.named.focus, em / 4);
    }
    return covers;
  };
}

/**
 * Whether the input shows contributions instead of pixels.
 * @param {Pick<Frame, 'layers' | 'pointed' | 'weights'>} frame
 */
export const showsContributions = ({ layers, pointed, weights }) =>
  weights !== null && pointed?.layer === layers[1].name;

/**
 * Which edges of a gap come to the front: those into the neuron pointed at, or out of the pixel.
 * @param {Frame} frame
 * @param {number} at the layer that the edges reach
 */
function ownEdges({ layers, pointed }, at) {
  if (!pointed) return null;
  if (pointed.layer === layers[at].name) return { to: pointed.index };
  if (pointed.layer === layers[0].name && at === 1) return { from: pointed.index };
  return null;
}
