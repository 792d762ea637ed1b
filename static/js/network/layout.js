// Where everything stands: pure geometry, from layer sizes and the room there is.

/**
 * @typedef {object} Figure one layer as it is drawn
 * @property {string} name
 * @property {'pixels' | 'circles' | 'cells'} kind
 * @property {number} count neurons
 * @property {number} columns
 * @property {number} rows
 * @property {number} x left edge
 * @property {number} y upper edge
 * @property {number} pitchX distance from neuron to neuron
 * @property {number} pitchY
 * @property {number} size side or diameter of a neuron
 *
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {boolean} sideways the pass runs from left to right, else from top to bottom
 * @property {Figure[]} figures the input first
 */

const NARROW = 480; // px: below this the pass runs from top to bottom
const MOST_CIRCLES = 24; // larger layers are grids of cells
const LABEL = 62; // px above a figure for its name
const EDGE = 20;
const OUTPUT_TEXT = 76; // px beside the outputs for digit and probability

/**
 * @param {{name: string, count: number}[]} layers the input first
 * @param {number} width
 * @param {number} height
 * @returns {Layout}
 */
export function layOut(layers, width, height) {
  const sideways = width >= NARROW;
  const figures = layers.map(({ name, count }, i) => shape(name, count, i === 0, i === layers.length - 1, width, height, sideways));
  const gaps = figures.length - 1;
  if (sideways) {
    const used = figures.reduce((sum, figure) => sum + extent(figure).width, 0);
    const gap = (width - 2 * EDGE - OUTPUT_TEXT - used) / gaps;
    let x = EDGE;
    for (const figure of figures) {
      figure.x = x;
      figure.y = LABEL + (height - LABEL - EDGE - extent(figure).height) / 2;
      x += extent(figure).width + gap;
    }
  } else {
    const used = figures.reduce((sum, figure) => sum + extent(figure).height, 0);
    const gap = (height - 2 * EDGE - 48 - used) / gaps;
    let y = EDGE + 24;
    for (const figure of figures) {
      figure.x = (width - extent(figure).width) / 2;
      figure.y = y;
      y += extent(figure).height + gap;
    }
  }
  return { width, height, sideways, figures };
}

/**
 * The height that a picture needs at least.
 * @param {number} width
 */
export function leastHeight(width) {
  return width >= NARROW ? 400 : 640;
}

/**
 * @param {string} name
 * @param {number} count
 * @param {boolean} isInput
 * @param {boolean} isOutput
 * @param {number} width
 * @param {number} height
 * @param {boolean} sideways
 * @returns {Figure}
 */
function shape(name, count, isInput, isOutput, width, height, sideways) {
  const base = { name, count, x: 0, y: 0 };
  const tall = height - LABEL - EDGE;
  if (isInput) {
    const side = sideways ? Math.min(tall * 0.72, width * 0.31, 400) : Math.min(width * 0.5, 200);
    const pitch = Math.max(4, Math.floor(side / 28));
    return { ...base, kind: 'pixels', columns: 28, rows: 28, pitchX: pitch, pitchY: pitch, size: pitch };
  }
  if (count <= MOST_CIRCLES) {
    const room = sideways ? tall : width - 2 * EDGE;
    const pitch = Math.min(room / Math.max(count, 10), isOutput ? 52 : 44);
    const size = Math.min(pitch * 0.74, 30);
    return sideways
      ? { ...base, kind: 'circles', columns: 1, rows: count, pitchX: size, pitchY: pitch, size }
      : { ...base, kind: 'circles', columns: count, rows: 1, pitchX: pitch, pitchY: size, size };
  }
  const columns = sideways ? Math.max(1, Math.ceil(Math.sqrt(count / 2.2))) : Math.ceil(Math.sqrt(count * 2.2));
  const rows = Math.ceil(count / columns);
  const pitch = Math.floor(sideways ? Math.min((tall * 0.92) / rows, 26, (width * 0.2) / columns) : Math.min((width - 2 * EDGE) / columns, 18));
  return { ...base, kind: 'cells', columns, rows, pitchX: pitch, pitchY: pitch, size: pitch - 2 };
}

/** @param {Figure} figure */
export function extent(figure) {
  return { width: figure.columns * figure.pitchX, height: figure.rows * figure.pitchY };
}

/**
 * The middle of a neuron.
 * @param {Figure} figure
 * @param {number} index
 */
export function centre(figure, index) {
  return {
    x: figure.x + ((index % figure.columns) + 0.5) * figure.pitchX,
    y: figure.y + (Math.floor(index / figure.columns) + 0.5) * figure.pitchY,
  };
}

/**
 * The neuron at a place, or null. Beside a circle its whole row counts, so it is easy to hit.
 * @param {Layout} layout
 * @param {number} x
 * @param {number} y
 * @returns {{layer: string, index: number} | null}
 */
export function hit(layout, x, y) {
  for (const figure of layout.figures) {
    const slack = figure.kind === 'circles' ? 14 : 0;
    const across = layout.sideways ? slack : 0;
    const down = layout.sideways ? 0 : slack;
    const { width, height } = extent(figure);
    if (x < figure.x - across || x >= figure.x + width + across) continue;
    if (y < figure.y - down || y >= figure.y + height + down) continue;
    const column = clamp(Math.floor((x - figure.x) / figure.pitchX), figure.columns);
    const row = clamp(Math.floor((y - figure.y) / figure.pitchY), figure.rows);
    const index = row * figure.columns + column;
    return index < figure.count ? { layer: figure.name, index } : null;
  }
  return null;
}

/**
 * The neuron that an arrow key leads to.
 * @param {Layout} layout
 * @param {{layer: string, index: number}} from
 * @param {string} key
 * @returns {{layer: string, index: number}}
 */
export function walk(layout, from, key) {
  const at = layout.figures.findIndex(({ name }) => name === from.layer);
  const figure = layout.figures[at];
  const column = from.index % figure.columns;
  const row = Math.floor(from.index / figure.columns);
  const dx = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
  const dy = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
  const [nextColumn, nextRow] = [column + dx, row + dy];
  const inside = nextColumn >= 0 && nextColumn < figure.columns && nextRow >= 0 && nextRow < figure.rows;
  const index = nextRow * figure.columns + nextColumn;
  if (inside && index < figure.count) return { layer: figure.name, index };
  const along = layout.sideways ? dx : dy;
  const next = layout.figures[at + along];
  if (!along || !next) return from;
  return { layer: next.name, index: nearest(layout, figure, from.index, next) };
}

/**
 * The neuron of another layer that lies closest along the layer.
 * @param {Layout} layout
 * @param {Figure} figure
 * @param {number} index
 * @param {Figure} next
 */
function nearest(layout, figure, index, next) {
  const here = centre(figure, index);
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < next.count; i++) {
    const there = centre(next, i);
    const distance = Math.hypot(there.x - here.x, there.y - here.y);
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

/** @param {number} value @param {number} count */
const clamp = (value, count) => Math.max(0, Math.min(count - 1, value));
