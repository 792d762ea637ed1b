// The activation's curve with the point that the neuron is at.

import { equals, written } from '../../page/sums.js';

const NS = 'http://www.w3.org/2000/svg';
const [WIDE, HIGH] = [240, 150];
const POINTS = 96;
const USUAL = 6; // z from −6 to 6, further only where the point is further out

/** @type {Record<string, (z: number) => number>} */
export const FUNCTIONS = {
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
  linear: (z) => z,
};

/** What grows towards 1, and never is 1. */
const NEVER_ONE = ['sigmoid', 'tanh', 'softmax'];

/**
 * "=" where the activation of z as that is written gives what is written, "≈" where it was rounded, and
 * where a softmax, a sigmoid or a tanh would be told as 1.
 * @param {string} activation @param {string} z as it is written @param {string} a as it is written
 */
export function signOf(activation, z, a) {
  if (NEVER_ONE.includes(activation) && Math.abs(written(a)) === 1) return '≈';
  return activation === 'softmax' ? '=' : equals(FUNCTIONS[activation](written(z)), a);
}

/** How far the axis reaches: a round number that holds z. @param {number} z */
export const reachOf = (z) => {
  let reach = USUAL;
  while (Math.abs(z) > reach) reach *= 2;
  return reach;
};

/** @param {string} name @param {Record<string, string | number>} attributes */
function svg(name, attributes) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** @param {(value: number) => string} format */
export function createCurve(format) {
  const line = svg('path', { class: 'curve-line', fill: 'none' });
  const axes = svg('path', { class: 'curve-axes', fill: 'none' });
  const guide = svg('path', { class: 'curve-guide', fill: 'none' });
  const dot = svg('circle', { class: 'curve-dot', r: 5, 'data-testid': 'curve-dot' });
  const texts = ['left', 'right', 'top'].map(() => svg('text', { class: 'curve-text' }));
  const element = svg('svg', {
    viewBox: `-16 -14 ${WIDE + 32} ${HIGH + 34}`,
    class: 'curve',
    role: 'img',
    'data-testid': 'curve',
  });
  element.append(axes, line, guide, dot, ...texts);

  return {
    element,
    /** @param {string} activation @param {number} z @param {number} a @param {string} label */
    show(activation, z, a, label) {
      const f = FUNCTIONS[activation];
      const reach = reachOf(z);
      const [low, high] = [Math.min(0, f(-reach)), f(reach)];
      const x = (/** @type {number} */ value) => ((value + reach) / (2 * reach)) * WIDE;
      const y = (/** @type {number} */ value) => HIGH - ((value - low) / (high - low)) * HIGH;
      const places = Array.from(
        { length: POINTS + 1 },
        (_, i) => -reach + (2 * reach * i) / POINTS,
      );
      const path = places.map((at) => `${x(at).toFixed(2)},${y(f(at)).toFixed(2)}`).join('L');
      line.setAttribute('d', `M${path}`);
      axes.setAttribute('d', `M0,${y(0)}H${WIDE}M${x(0)},0V${HIGH}`);
      guide.setAttribute('d', `M${x(z)},${y(0)}V${y(a)}H${x(0)}`);
      dot.setAttribute('cx', String(x(z)));
      dot.setAttribute('cy', String(y(a)));
      Object.assign(element.dataset, { z: String(z), a: String(a) });
      const said = [`${format(-reach)}`, `z ${format(reach)}`, `a ${format(high)}`];
      const at = [
        [0, y(0) + 16, 'start'],
        [WIDE, y(0) + 16, 'end'],
        [x(0) - 6, 8, 'end'], // the dashed line never comes there
      ];
      texts.forEach((text, i) => {
        text.textContent = said[i];
        text.setAttribute('x', String(at[i][0]));
        text.setAttribute('y', String(at[i][1]));
        text.setAttribute('text-anchor', String(at[i][2]));
      });
      element.setAttribute('aria-label', label);
    },
  };
}
