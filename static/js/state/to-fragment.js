// The address that reopens what is shown: model, drawing, options, neuron. Nothing is lost on the
// way: points keep their four decimals, pixels their value. It comes when something is shared.

import { FINE, sumOf } from './link-sum.js';

/** @import { Drawing, Edit, State, Stroke } from './types.js' */

/** @param {number[]} bytes */
const toText = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** A whole number from 0 in bytes of seven bits. @param {number[]} bytes @param {number} value */
function write(bytes, value) {
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  bytes.push(value);
}

/** Signs fold into even and odd numbers, so that small differences stay short.
 * @param {number} value */
const fold = (value) => (value < 0 ? -2 * value - 1 : 2 * value);
/** @param {Stroke[]} strokes */
export function encodeStrokes(strokes) {
  /** @type {number[]} */
  const bytes = [];
  let [x, y] = [0, 0];
  for (const stroke of strokes) {
    write(bytes, stroke.length);
    for (const point of stroke) {
      const [nextX, nextY] = point.map((value) => Math.round(value * FINE));
      write(bytes, fold(nextX - x));
      write(bytes, fold(nextY - y));
      [x, y] = [nextX, nextY];
    }
  }
  return toText(bytes);
}

/** Pixels, where a run of zeros is a zero and its length. @param {number[]} pixels */
export function encodePixels(pixels) {
  /** @type {number[]} */
  const bytes = [];
  for (let i = 0; i < pixels.length; ) {
    bytes.push(pixels[i]);
    let run = 1;
    if (pixels[i] === 0) {
      while (pixels[i + run] === 0) run++;
      write(bytes, run);
    }
    i += run;
  }
  return toText(bytes);
}

/** Edits as JSON, where painted weights are bytes: the distance to the input before, and the value;
 * an image that was learned is as short as one that is drawn.
 * @param {Edit[]} edits */
export function encodeEdits(edits) {
  const short = edits.map((edit) => {
    if (edit.kind === 'learn') {
      const { pixels, ...rest } = edit;
      return { ...rest, image: encodePixels(pixels) };
    }
    if (edit.kind !== 'weights') return edit;
    const { inputs, values, ...rest } = edit;
    /** @type {number[]} */
    const bytes = [];
    inputs.forEach((input, i) => {
      write(bytes, input - (i ? inputs[i - 1] : 0));
      write(bytes, fold(Math.round(values[i] * FINE)));
    });
    return { ...rest, painted: toText(bytes) };
  });
  return toText(Array.from(new TextEncoder().encode(JSON.stringify(short))));
}

/** A row of a table as JSON: its place in the test set, or none, and its numbers by their names.
 * @param {import('./types.js').FeaturesGiven} row */
const encodeRow = ({ index, features }) =>
  toText(Array.from(new TextEncoder().encode(JSON.stringify([index, features]))));

/** @param {Drawing} drawing */
function encodeDrawing(drawing) {
  if (drawing.kind === 'strokes') return `s${encodeStrokes(drawing.strokes)}`;
  if (drawing.kind === 'features') return `f${encodeRow(drawing)}`;
  return drawing.index === null ? `p${encodePixels(drawing.pixels)}` : `t${drawing.index}`;
}

/**
 * The address's fragment for what is shown.
 * @param {Pick<State, 'model' | 'drawing' | 'center' | 'edgeCount' | 'row' | 'selected' | 'inspecting' | 'tracing' | 'inputAs' | 'comparing' | 'compared' | 'edits'>} state
 * @param {number} edgeCount the usual one, which need not be said
 */
export function toFragment(state, edgeCount) {
  const {
    model,
    drawing,
    center,
    edgeCount: edges,
    row,
    selected,
    inspecting,
    tracing,
    inputAs,
    compared,
    edits,
  } = state;
  const parts = new URLSearchParams();
  if (model) parts.set('model', model.id);
  parts.set('drawing', encodeDrawing(drawing));
  if (!center) parts.set('center', '0');
  if (edges !== edgeCount) parts.set('edges', String(edges));
  if (row !== null) parts.set('row', String(row));
  if (selected) parts.set('neuron', `${selected.layer}.${selected.index}`);
  if (tracing) parts.set('trace', '1');
  if (inputAs !== 'grid') parts.set('input', inputAs);
  if (inspecting) parts.set('inside', '1');
  if (state.comparing) parts.set('compare', compared.join(',') || 'yes');
  const made = edits[model?.id ?? ''] ?? [];
  if (made.length) parts.set('edits', encodeEdits(made));
  return `#sum=${sumOf(parts)}&${parts}`;
}
