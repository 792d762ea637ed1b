// A small line chart that can follow the pen: a few lines over one axis, a mark at one place, and the
// numbers as text beside it. Charts that are read at leisure are Plotly's.

import { make } from '../../page/dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const [WIDE, HIGH] = [320, 150];
const [LEFT, RIGHT, TOP, BOTTOM] = [40, 8, 8, 30];

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [text] */
function shape(tag, attributes, text = '') {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = text;
  return element;
}

/** A path through points; where a number is missing the line is broken. @param {(number | null)[]} xs
 * @param {(number | null)[]} ys @param {(x: number) => number} atX @param {(y: number) => number} atY */
export function pathOf(xs, ys, atX, atY) {
  let isDown = false;
  return xs
    .map((x, i) => {
      const y = ys[i];
      if (x === null || y === null) {
        isDown = false;
        return '';
      }
      const step = `${isDown ? 'L' : 'M'}${atX(x).toFixed(1)} ${atY(y).toFixed(1)}`;
      isDown = true;
      return step;
    })
    .join('');
}

/**
 * @param {string} name for tests @param {string} label
 * @param {string} axis what is read across
 */
export function createCurve(name, label, axis) {
  const lines = shape('g', {});
  const svg = shape('svg', {
    viewBox: `0 0 ${WIDE} ${HIGH}`,
    class: 'curve',
    role: 'img',
    'aria-label': label,
    'data-testid': name,
  });
  const bottom = HIGH - BOTTOM;
  for (const share of [0, 0.5, 1]) {
    const y = bottom - share * (bottom - TOP);
    svg.append(
      shape('line', { class: 'curve-grid', x1: LEFT, x2: WIDE - RIGHT, y1: y, y2: y }),
      shape('text', { x: LEFT - 5, y: y + 4, 'text-anchor': 'end' }, `${100 * share}%`),
    );
  }
  const [first, last] = [
    shape('text', { x: LEFT, y: bottom + 14 }),
    shape('text', { x: WIDE - RIGHT, y: bottom + 14, 'text-anchor': 'end' }),
  ];
  svg.append(
    first,
    last,
    shape('text', { x: (LEFT + WIDE - RIGHT) / 2, y: HIGH - 4, 'text-anchor': 'middle' }, axis),
    lines,
  );
  const element = make('div', { class: 'curve-box' }, svg);

  return {
    element,
    /**
     * @param {number[]} xs
     * @param {{values: (number | null)[], kind: string}[]} series shares, 0..1
     * @param {number | null} mark
     * @param {(x: number) => string} words of a place on the axis
     */
    show(xs, series, mark, words) {
      const [low, high] = [xs[0], xs[xs.length - 1]];
      const atX = (/** @type {number} */ x) =>
        LEFT + ((x - low) / (high - low || 1)) * (WIDE - LEFT - RIGHT);
      const atY = (/** @type {number} */ y) => bottom - y * (bottom - TOP);
      first.textContent = words(low);
      last.textContent = words(high);
      const paths = series.map(({ values, kind }) =>
        shape('path', { class: `curve-line ${kind}`, d: pathOf(xs, values, atX, atY) }),
      );
      const marks =
        mark === null
          ? []
          : [
              shape('line', {
                class: 'curve-mark',
                x1: atX(mark),
                x2: atX(mark),
                y1: TOP,
                y2: bottom,
              }),
            ];
      lines.replaceChildren(...marks, ...paths);
    },
  };
}
