// A small chart: axes with their ticks, curves, and points with words beside them.

const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT] = [320, 190];
const EDGE = { left: 40, right: 12, top: 10, bottom: 30 };
const LINE = 13; // from one line of words to the next
const LETTER = 6; // about as wide as one is

/**
 * @typedef {[number, number]} Place in the units of the axes
 * @typedef {object} Axis
 * @property {number} from
 * @property {number} to
 * @property {number[]} ticks
 * @property {string} name
 * @property {(value: number) => string} [written] a tick's value
 *
 * @typedef {object} Picture
 * @property {Axis} x
 * @property {Axis} y
 * @property {{points: Place[], kind?: string}[]} curves
 * @property {{at: Place, kind?: string, words?: string | string[], side?: Side}[]} [dots] with words in one line or more
 *
 * @typedef {'before' | 'between' | 'beside' | 'above' | 'below'} Side of a point, on which its words stand: above and
 *   to the left, to the left and further down, to the right, above or below and to the right
 */

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [words] */
function draw(tag, attributes, words) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (words !== undefined) element.textContent = words;
  return element;
}

/** Where a place of the axes lies in the picture; what is outside lies at its edge.
 * @param {Picture} picture @param {number} [height] of the picture @returns {(place: Place) => Place} */
export function placeIn({ x, y }, height = HEIGHT) {
  /** @param {Axis} axis @param {number} value */
  const share = ({ from, to }, value) => Math.min(1, Math.max(0, (value - from) / (to - from)));
  return ([a, b]) => [
    EDGE.left + share(x, a) * (WIDTH - EDGE.left - EDGE.right),
    height - EDGE.bottom - share(y, b) * (height - EDGE.top - EDGE.bottom),
  ];
}

/** A function as the points of a curve. @param {(x: number) => number} f @param {number} from @param {number} to
 * @returns {Place[]} */
export const pointsOf = (f, from, to, count = 120) =>
  Array.from({ length: count + 1 }, (_, i) => {
    const x = from + ((to - from) * i) / count;
    return [x, f(x)];
  });

/** @param {Picture} picture @param {number} height */
function axes(picture, height) {
  const { x, y } = picture;
  const place = placeIn(picture, height);
  const written = (/** @type {Axis} */ axis, /** @type {number} */ tick) =>
    axis.written?.(tick) ?? String(tick).replace('-', '−');
  return [
    ...x.ticks.flatMap((tick) => {
      const [at] = place([tick, y.from]);
      return [
        draw('line', { class: 'grid', x1: at, x2: at, y1: EDGE.top, y2: height - EDGE.bottom }),
        draw('text', { x: at, y: height - EDGE.bottom + 13, class: 'middle' }, written(x, tick)),
      ];
    }),
    ...y.ticks.flatMap((tick) => {
      const [, at] = place([x.from, tick]);
      return [
        draw('line', { class: 'grid', x1: EDGE.left, x2: WIDTH - EDGE.right, y1: at, y2: at }),
        draw('text', { x: EDGE.left - 5, y: at + 4, class: 'end' }, written(y, tick)),
      ];
    }),
    draw('text', { x: WIDTH - EDGE.right, y: height - 3, class: 'end name' }, x.name),
    draw('text', { x: EDGE.left + 5, y: EDGE.top + 12, class: 'name' }, y.name),
  ];
}

/** Letters of the longest. @param {string[]} lines */
const longest = (lines) => Math.max(0, ...lines.map(({ length }) => length));

/** How high the first of a point's lines of words stands. @param {number} y the point's
 * @param {number} count @param {Side} [side] */
function firstLine(y, count, side) {
  if (side === 'beside') return y + 4;
  if (side === 'between') return y + 4 * LINE;
  const isBelow = side === 'below' || y - 7 - count * LINE < 0;
  return isBelow ? y + 15 : y - 7 - (count - 1) * LINE;
}

/** @param {string} label what it shows, for who cannot see it @param {number} [height] */
export function createPlot(label, height = HEIGHT) {
  const element = draw('svg', {
    class: 'plot',
    viewBox: `0 0 ${WIDTH} ${height}`,
    role: 'img',
    'aria-label': label,
  });
  return {
    element,
    /** @param {Picture} picture */
    show(picture) {
      const place = placeIn(picture, height);
      const curves = picture.curves.map(({ points, kind = '' }) =>
        draw('polyline', {
          class: kind,
          points: points.map((each) => place(each).join()).join(' '),
        }),
      );
      const dots = (picture.dots ?? []).flatMap(({ at, kind = '', words = [], side }) => {
        const [x, y] = place(at);
        const lines = [words].flat();
        const first = firstLine(y, lines.length, side);
        const room = side ? WIDTH - 9 - LETTER * longest(lines) : WIDTH * 0.6;
        const isEnd = side === 'before' || side === 'between' || x > room; // they stay within the picture
        return [
          draw('circle', { class: kind, cx: x, cy: y, r: 4.5 }),
          ...lines.map((line, i) => {
            const from = { x: x + (isEnd ? -9 : 9), y: first + i * LINE };
            return draw('text', { class: `said ${kind} ${isEnd ? 'end' : ''}`, ...from }, line);
          }),
        ];
      });
      element.replaceChildren(...axes(picture, height), ...curves, ...dots);
    },
  };
}
