// A small chart: axes with their ticks, curves, and points with words beside them.

const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT] = [320, 190];
const EDGE = { left: 40, right: 12, top: 10, bottom: 30 };

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
 * @property {{at: Place, kind?: string, words?: string, before?: boolean}[]} [dots] their words stand behind them, or before
 */

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [words] */
function draw(tag, attributes, words) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (words !== undefined) element.textContent = words;
  return element;
}

/** Where a place of the axes lies in the picture; what is outside lies at its edge.
 * @param {Picture} picture @returns {(place: Place) => Place} */
export function placeIn({ x, y }) {
  /** @param {Axis} axis @param {number} value */
  const share = ({ from, to }, value) => Math.min(1, Math.max(0, (value - from) / (to - from)));
  return ([a, b]) => [
    EDGE.left + share(x, a) * (WIDTH - EDGE.left - EDGE.right),
    HEIGHT - EDGE.bottom - share(y, b) * (HEIGHT - EDGE.top - EDGE.bottom),
  ];
}

/** A function as the points of a curve. @param {(x: number) => number} f @param {number} from @param {number} to
 * @returns {Place[]} */
export const pointsOf = (f, from, to, count = 120) =>
  Array.from({ length: count + 1 }, (_, i) => {
    const x = from + ((to - from) * i) / count;
    return [x, f(x)];
  });

/** @param {Picture} picture */
function axes(picture) {
  const { x, y } = picture;
  const place = placeIn(picture);
  const written = (/** @type {Axis} */ axis, /** @type {number} */ tick) =>
    axis.written?.(tick) ?? String(tick).replace('-', '−');
  return [
    ...x.ticks.flatMap((tick) => {
      const [at] = place([tick, y.from]);
      return [
        draw('line', { class: 'grid', x1: at, x2: at, y1: EDGE.top, y2: HEIGHT - EDGE.bottom }),
        draw('text', { x: at, y: HEIGHT - EDGE.bottom + 13, class: 'middle' }, written(x, tick)),
      ];
    }),
    ...y.ticks.flatMap((tick) => {
      const [, at] = place([x.from, tick]);
      return [
        draw('line', { class: 'grid', x1: EDGE.left, x2: WIDTH - EDGE.right, y1: at, y2: at }),
        draw('text', { x: EDGE.left - 5, y: at + 4, class: 'end' }, written(y, tick)),
      ];
    }),
    draw('text', { x: WIDTH - EDGE.right, y: HEIGHT - 3, class: 'end name' }, x.name),
    draw('text', { x: EDGE.left + 5, y: EDGE.top + 12, class: 'name' }, y.name),
  ];
}

/** @param {string} label what it shows, for who cannot see it */
export function createPlot(label) {
  const element = draw('svg', {
    class: 'plot',
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: 'img',
    'aria-label': label,
  });
  return {
    element,
    /** @param {Picture} picture */
    show(picture) {
      const place = placeIn(picture);
      const curves = picture.curves.map(({ points, kind = '' }) =>
        draw('polyline', {
          class: kind,
          points: points.map((each) => place(each).join()).join(' '),
        }),
      );
      const dots = (picture.dots ?? []).flatMap(({ at, kind = '', words, before = false }) => {
        const [x, y] = place(at);
        const isRight = before || x > WIDTH * 0.6; // its words stay within the picture
        return [
          draw('circle', { class: kind, cx: x, cy: y, r: 4.5 }),
          ...(words
            ? [
                draw(
                  'text',
                  {
                    class: `${kind} ${isRight ? 'end' : ''}`,
                    x: x + (isRight ? -9 : 9),
                    y: y + (y < 2 * EDGE.top ? 15 : -7),
                  },
                  words,
                ),
              ]
            : []),
        ];
      });
      element.replaceChildren(...axes(picture), ...curves, ...dots);
    },
  };
}
