// Painting the paths of a trace: only their edges are drawn, the neurons that they do not touch
// fade. What is on a path is painted once more, in full, within the outline of its cells.

import { windowOf } from '../../../state/units.js';
import { Tiles } from '../figures/tiles.js';
import { paintFrame } from '../frames.js';
import { isRound } from '../layout.js';
import { Edges } from '../strongest.js';
import { besideNeuron, covers, haloText } from '../text.js';

/** @import { Cover } from '../overlay/labels.js' */
/** @import { Figure } from '../layout.js' */
/** @import { Frame } from '../picture.js' */
/** @import { Pen } from '../text.js' */
/** @import { Step, Trace } from './tracing.js' */

const FADED = 0.3;
const LINE = 2; // px around a neuron that belong to it
const WINDOW = 0.55; // how much is seen of the frames around windows

/**
 * @typedef {object} Tools what paints the rest of the picture
 * @property {(at: number) => void} layer all of a layer
 * @property {(from: number, at: number, drawn: Edges) => void} edges
 * @property {(share: number) => string} percent
 *
 * @typedef {(pen: Pen, frame: Frame, trace: Trace, tools: Tools) => Cover[]} PaintPaths
 */

/** The edges of a step as their painter takes them. @param {Step} step */
function edgesOf({ edges, total, share }) {
  const drawn = new Edges(edges.length);
  edges.forEach(({ from, to, value }, i) => {
    drawn.from[i] = from;
    drawn.to[i] = to;
    drawn.value[i] = value;
  });
  return Object.assign(drawn, { count: edges.length, total, share });
}

/** The corner of a neuron's cell and its side. @param {Figure} figure @param {number} index */
function cell({ kind, place }, index) {
  const [wide, high] = isRound(kind) ? [place.size, place.size] : [place.pitchX, place.pitchY];
  return { x: place.centreX(index) - wide / 2, y: place.centreY(index) - high / 2, wide, high };
}

/**
 * The neurons on a path, in full.
 * @param {Pen} pen @param {Figure} figure @param {number[]} places @param {() => void} paintLayer
 */
function highlight({ context, colors }, figure, places, paintLayer) {
  const cells = places.map((index) => cell(figure, index));
  context.save();
  context.beginPath();
  for (const { x, y, wide, high } of cells) {
    context.rect(x - LINE, y - LINE, wide + 2 * LINE, high + 2 * LINE);
  }
  context.clip();
  paintLayer();
  context.restore();
  if (isRound(figure.kind)) return;
  context.strokeStyle = colors.named.text;
  context.lineWidth = 1.5;
  for (const { x, y, wide, high } of cells) context.strokeRect(x - 1, y - 1, wide + 2, high + 2);
}

/** The windows through which neurons of maps see the layer before.
 * @param {Pen} pen @param {Frame} frame @param {Step} step @param {number} at their layer */
function windows({ context, colors }, { model, layout }, { layer, targets }, at) {
  const source = layout.figures[at - 1];
  if (source.place instanceof Tiles) return; // frames in all maps would hide them
  context.globalAlpha = WINDOW;
  for (const index of targets) {
    const window = windowOf(model, { layer, index });
    if (window) paintFrame(context, source, window, colors.named.focus);
  }
  context.globalAlpha = 1;
}

/** What each neuron of a step carries, beside its circle.
 * @param {Pen} pen @param {Frame} frame @param {Step} step @param {(share: number) => string} percent */
function shares(pen, { layout }, { source, carries }, percent) {
  const figure = layout.figures.find(({ name }) => name === source);
  if (!figure || (figure.kind !== 'circles' && figure.kind !== 'grid')) return;
  pen.context.textAlign = 'center';
  /** @type {{x: number, y: number}[]} */
  const written = [];
  for (const [index, share] of carries) {
    const { sideways } = layout;
    const { x, y } = besideNeuron(figure.place, index, { sideways, em: pen.em, digits: false });
    if (written.some((other) => covers({ x, y }, other, pen.em))) continue; // the list tells it
    written.push({ x, y });
    haloText(pen, percent(share), x, y, pen.colors.named.text);
  }
}

/** @type {PaintPaths} */
export function paintPaths(pen, frame, { neuron, steps }, tools) {
  const { layers, layout } = frame;
  const { context } = pen;
  const at = (/** @type {string} */ layer) => layers.findIndex(({ name }) => name === layer);
  context.globalAlpha = FADED;
  for (let i = 1; i < layers.length; i++) tools.layer(i);
  context.globalAlpha = 1;
  const flat = (/** @type {number} */ i) => layout.figures[i].kind !== 'circles';
  /** @type {[number, number[]][]} */
  const onPath = [[at(neuron.layer), [neuron.index]]];
  for (const { source, chosen } of steps) if (at(source) > 0) onPath.push([at(source), chosen]);
  const paintOn = (/** @type {[number, number[]]} */ [i, places]) =>
    highlight(pen, layout.figures[i], places, () => tools.layer(i));
  onPath.filter(([i]) => flat(i)).forEach(paintOn); // their edges run over them
  for (const step of steps) tools.edges(at(step.source), at(step.layer), edgesOf(step));
  onPath.filter(([i]) => !flat(i)).forEach(paintOn); // these lie on their edges' ends
  for (const step of steps) windows(pen, frame, step, at(step.layer));
  for (const step of steps) shares(pen, frame, step, tools.percent);
  return steps.map(({ layer, edges, total, share }) => ({
    layer,
    drawn: edges.length,
    total,
    share,
  }));
}
