// Small drawings that say what a sentence alone says badly: 72 by 40, drawn in the text's colour.

const SVG = 'http://www.w3.org/2000/svg';

/** Dots of a radius. @param {number} r @param {...[number, number]} at */
const dots = (r, ...at) =>
  at
    .map(([x, y]) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`)
    .join('');
/** A grid of squares. @param {number} x @param {number} y @param {number} side @param {number} count */
const grid = (x, y, side, count) =>
  Array.from(
    { length: count * count },
    (_, i) =>
      `M${x + (i % count) * side} ${y + Math.floor(i / count) * side}h${side}v${side}h${-side}z`,
  ).join('');
const AXES = 'M4 36H68M36 4V36';

/** What is drawn thin, strong, and filled, for each term.
 * @type {Record<string, {thin?: string, strong?: string, full?: string, raises?: string, lowers?: string}>} */
const PICTURES = {
  sigmoid: { thin: AXES, strong: 'M4 35C28 35 30 32 36 20S44 5 68 5' },
  relu: { thin: AXES, strong: 'M4 36H36L64 6' },
  tanh: { thin: 'M4 20H68M36 4V36', strong: 'M4 36C28 36 30 33 36 20S44 4 68 4' },
  softmax: {
    thin: 'M4 36H30M42 36H68M32 20h7m-3-3 3 3-3 3',
    strong: '',
    full: 'M6 36v-8h4v8zM13 36v-14h4v14zM20 36v-6h4v6zM44 36v-2h4v2zM51 36v-31h4v31zM58 36v-1h4v1z',
  },
  'weighted-sum': {
    raises: 'M12 8 52 20',
    lowers: 'M12 20H52M12 32 52 20',
    thin: dots(4, [8, 8], [8, 20], [8, 32]),
    full: dots(7, [58, 20]),
  },
  neuron: {
    raises: 'M12 8 42 20',
    lowers: 'M12 32 42 20',
    thin: `${dots(4, [8, 8], [8, 32])}M58 20h9m-3-3 3 3-3 3`,
    full: dots(8, [50, 20]),
  },
  layer: {
    thin: `M12 8 32 14M12 20 32 14M12 32 32 14M12 8 32 28M12 20 32 28M12 32 32 28M40 14 60 20M40 28 60 20${dots(4, [8, 8], [8, 20], [8, 32], [64, 20])}`,
    full: dots(4, [36, 14], [36, 28]),
  },
  bias: {
    thin: AXES,
    strong: 'M22 35C40 35 42 32 48 20S56 5 68 5',
    raises: 'M44 20H33m3-3-3 3 3 3',
  },
  filter: { thin: grid(4, 4, 8, 4), strong: 'M12 4h16v16h-16z', full: 'M52 16h8v8h-8z' },
  pooling: {
    thin: grid(6, 4, 8, 4),
    strong: 'M6 4h16v16h-16z',
    full: `M14 12h8v8h-8zM46 12h8v8h-8z`,
  },
  gradient: {
    thin: 'M6 6C16 40 44 44 66 8',
    raises: 'M10 12 24 34m0-7v7l-7-1',
    full: dots(4, [13, 17]),
  },
  momentum: {
    thin: 'M4 6C14 44 34 40 42 30S58 28 68 36',
    full: dots(4, [46, 23]),
    raises: 'M52 20h12m-4-3 4 3-4 3',
  },
  'learning-rate': {
    thin: 'M6 4C14 44 58 44 66 4',
    strong: 'M8 10 16 25 26 33 36 34',
    full: dots(3, [8, 10], [16, 25], [26, 33], [36, 34]),
  },
};
PICTURES.convolution = PICTURES.filter;
PICTURES['activation-function'] = PICTURES.sigmoid;
PICTURES['hidden-layer'] = PICTURES.layer;

/** @param {string} id a term's @returns {SVGSVGElement | null} */
export function pictureOf(id) {
  const parts = PICTURES[id];
  if (!parts) return null;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 72 40');
  svg.setAttribute('aria-hidden', 'true');
  for (const [kind, d] of Object.entries(parts)) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', kind);
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}
