// What stands in front of the picture: frames around what a unit sees, the numbers of edges and of
// neurons. Fetched when something is first pointed at.

import { fieldOf, isConvolution, layerOf, placeOf, windowOf } from '../../state/units.js';
import { Tiles } from './figures/tiles.js';
import { paintFrame } from './frames.js';
import { isLine, isOutput } from './layout.js';
import { withSign } from './scale.js';
import {
  IN_ROW,
  besideNeuron,
  covers,
  haloText,
  placeNumbers,
  rowsBelow,
  slipBelow,
} from './text.js';

/** @import { Numbers } from '../../page/words.js' */
/** @import { Lead } from '../../state/lead.js' */
/** @import { Lattice } from './figures/lattice.js' */
/** @import { Steps } from './figures/steps.js' */
/** @import { Figure } from './layout.js' */
/** @import { Frame } from './picture.js' */
/** @import { Edges } from './strongest.js' */
/** @import { Pen } from './text.js' */

/**
 * @typedef {{kind: Figure['kind'], place: Lattice, values: ArrayLike<number>, first: number}} Source
 *
 * @typedef {object} Tools
 * @property {(at: number) => Source} from what the layer before hands on
 * @property {(at: number, from: Source, to: number) => Edges | null} strongest edges into one neuron
 *
 * @typedef {(pen: Pen, frame: Frame, a: ArrayLike<number>[] | null, tools: Tools) => void} PaintFront
 */

const WIDE = 3.4; // em: room for "−12.34"
const NAME = 3; // em above a figure, downwards: its name
const BESIDE = 1.6; // em from a figure's side to the middle of "+12.3"
const BEYOND = 1.3; // em from a slip's middle to that of the nearest value above or below it
const NUMBERED = 5; // parts of a lead that are written where not all have room

/**
 * Where the numbers of maps stand: at the foot of each tile; where tiles are too narrow for that, the
 * largest beside the figure, at its left or its right as the tile lies. None covers another.
 * @param {Tiles} place @param {Float64Array} sums of each map @param {number} em
 */
export function besideMaps(place, sums, em) {
  const [wide, high] = [place.columns * place.pitchX, place.mapRows * place.pitchY];
  const isBeside = wide < WIDE * em;
  const order = [...sums.keys()].sort((i, j) => Math.abs(sums[j]) - Math.abs(sums[i]));
  /** @type {{map: number, x: number, y: number, isBeside: boolean}[]} */
  const placed = [];
  for (const map of isBeside ? order.slice(0, NUMBERED) : order) {
    const corner = place.corner(map);
    const isLeft = map % place.across < place.across / 2;
    const beside = isLeft ? place.x - BESIDE * em : place.x + place.width + BESIDE * em;
    const x = isBeside ? beside : corner.x + wide / 2;
    const y = corner.y + (isBeside ? high / 2 : high - em / 2);
    if (placed.some((other) => covers({ x, y }, other, em))) continue; // the list tells it
    placed.push({ map, x, y, isBeside });
  }
  return placed;
}

/** @param {Numbers} numbers @returns {PaintFront} */
export function createFront(numbers) {
  /** @param {Pen} pen @param {number} value @param {number} x @param {number} y
   * @param {(value: number) => string} [format] */
  function signed(pen, value, x, y, format = numbers.two) {
    const text = format(value);
    const isNothing = !/[1-9]/.test(text); // "0.00" speaks for neither side
    const color = value < 0 ? pen.colors.negative : pen.colors.positive;
    haloText(
      pen,
      withSign(isNothing ? 0 : value, text),
      x,
      y,
      isNothing ? pen.colors.named.text : color,
    );
  }

  /** What the neuron in front sees: of the pixels, and of the layer before.
   * @param {Pen} pen @param {Frame} frame */
  function frames({ context, colors }, { layers, layout, model, pointed }) {
    const at = layers.findIndex(({ name }) => name === pointed?.layer);
    const found = layerOf(model, pointed?.layer ?? '');
    if (!pointed || !found?.receptive_field) return;
    const [field, window] = [fieldOf(model, pointed), windowOf(model, pointed)];
    const only = isConvolution(found) ? null : placeOf(found.shape, pointed.index).map;
    if (field) paintFrame(context, layout.figures[0], field, colors.named.focus);
    if (window && at > 1)
      paintFrame(context, layout.figures[at - 1], window, colors.named.focus, only);
  }

  /** The numbers of the strongest edges into the neuron in front.
   * @param {Pen} pen @param {Frame} frame @param {Tools} tools */
  function edgeNumbers(pen, { layers, layout, pointed }, tools) {
    const at = layers.findIndex(({ name }) => name === pointed?.layer);
    if (at < 1 || !pointed) return;
    const from = tools.from(at);
    const own = tools.strongest(at, from, pointed.index);
    if (!own) return;
    const to = layout.figures[at];
    const target = { x: to.place.centreX(pointed.index), y: to.place.centreY(pointed.index) };
    const { sideways } = layout;
    const until = sideways ? undefined : to.place.y - NAME * pen.em; // there stands the layer's name
    const manner = { em: pen.em, sideways, beside: isLine(from.kind), until };
    for (const { x, y, value } of placeNumbers(from.place, target, own, manner))
      signed(pen, value, x, y);
  }

  /** Every value of the layer that is pointed at, beside its neurons; the slip has the neuron's own.
   * @param {Pen} pen @param {Frame} frame @param {ArrayLike<number>[]} a */
  function layerValues(pen, { layers, layout, model, named, pointed, ringed }, a) {
    const at = layers.findIndex(({ name }) => name === (named ?? pointed?.layer));
    if (at < 1 || layout.figures[at].kind !== 'circles') return;
    const { place } = layout.figures[at];
    const digits = isOutput(layers, at);
    if (digits && model?.outputs?.[0].kind === 'number') return; // it stands there, in dollars
    const { sideways, width } = layout;
    const { em } = pen;
    if (!sideways && !rowsBelow(place, em)) return; // no room: the slip has what was tapped
    const format = digits && sideways ? numbers.three : numbers.two;
    const onSlip = [ringed ?? pointed].find((neuron) => neuron?.layer === layers[at].name)?.index;
    const slip =
      sideways || onSlip === undefined ? null : slipBelow(place, onSlip, { width, em, digits });
    for (let i = 0; i < place.count; i++) {
      if (i === onSlip) continue;
      const { x, y } = besideNeuron(place, i, { sideways, em, digits });
      const isUnder = slip
        ? Math.abs(x - slip.x) < (IN_ROW.wide / 2 + 1.1) * em &&
          Math.abs(y - slip.y) < (IN_ROW.high / 2 + 0.4) * em
        : digits && onSlip !== undefined && Math.abs(y - place.centreY(onSlip)) < BEYOND * em;
      if (isUnder) continue; // the slip lies there
      haloText(pen, format(a[at][i]), x, y, pen.colors.named.text);
    }
  }

  /** Each source's part of a lead at the source; of maps the sum of each.
   * @param {Pen} pen @param {Frame} frame @param {Lead} lead */
  function leadParts(pen, { layout }, { source, at, contributions }) {
    const figure = layout.figures.find(({ name }) => name === source);
    if (!figure) return;
    const { kind, place } = figure;
    const { sideways } = layout;
    if (place instanceof Tiles) {
      const sums = new Float64Array(place.maps);
      for (let i = 0; i < at.length; i++) sums[at[i] % place.maps] += contributions[i];
      for (const { map, x, y, isBeside } of besideMaps(place, sums, pen.em))
        signed(pen, sums[map], x, y, isBeside ? numbers.one : numbers.two);
      return;
    }
    const handed = kind === 'steps' ? /** @type {Steps} */ (place) : null;
    const order = Array.from(contributions.keys());
    order.sort((i, j) => Math.abs(contributions[j]) - Math.abs(contributions[i]));
    /** @type {{x: number, y: number}[]} */
    const written = [];
    for (const i of kind === 'circles' ? order : order.slice(0, NUMBERED)) {
      const manner = { sideways, em: pen.em, digits: false };
      const { x, y } = handed
        ? besideNeuron(handed.handed, i, manner)
        : besideNeuron(place, at[i], manner);
      const isTaken = written.some(
        (other) => Math.abs(other.x - x) < WIDE * pen.em && Math.abs(other.y - y) < pen.em,
      );
      if (isTaken) continue; // a smaller one, which the list tells
      written.push({ x, y });
      signed(pen, contributions[i], x, y);
    }
  }

  return function paintFront(pen, frame, a, tools) {
    const { pointed, named, trace, lead } = frame;
    pen.context.textAlign = 'center';
    frames(pen, frame);
    if (!a) return;
    if (lead) leadParts(pen, frame, lead);
    if (trace) return;
    if (named || pointed) layerValues(pen, frame, a);
    if (pointed) edgeNumbers(pen, frame, tools);
  };
}
