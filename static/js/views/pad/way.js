// The pen's way as the network reads it, laid over the pad: 48 steps, lit as far as has been read.

/** @import { Stroke } from '../../state/types.js' */

const SVG = 'http://www.w3.org/2000/svg';
const NUMBERS = 5; // of a step: x, y, 8Δx, 8Δy, lifted

/**
 * Where on the pad each step lies: the drawing's middle is 0, half of its longer side 1.
 * @param {ArrayLike<number>} steps row by row
 * @param {Stroke[]} strokes that they were made of
 * @returns {{x: number, y: number, lifted: boolean}[]} in 0..1 of the pad
 */
export function stepsOnPad(steps, strokes) {
  const points = strokes.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [
    Math.min(...xs),
    Math.max(...xs),
    Math.min(...ys),
    Math.max(...ys),
  ];
  const half = Math.max(right - left, bottom - top) / 2;
  return Array.from({ length: steps.length / NUMBERS }, (_, i) => ({
    x: (left + right) / 2 + half * steps[i * NUMBERS],
    y: (top + bottom) / 2 + half * steps[i * NUMBERS + 1],
    lifted: steps[i * NUMBERS + 4] > 0,
  }));
}

/** @param {HTMLElement} pad */
export function createWay(pad) {
  const box = document.createElement('div');
  box.className = 'way';
  box.dataset.for = 'pen';
  box.setAttribute('aria-hidden', 'true');
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', '0 0 1 1');
  box.append(picture);
  pad.append(box);

  /** @param {string} kind @param {Record<string, string | number>} attributes */
  function add(kind, attributes) {
    const element = document.createElementNS(SVG, kind);
    for (const [name, value] of Object.entries(attributes))
      element.setAttribute(name, String(value));
    picture.append(element);
  }

  return {
    /** @param {{x: number, y: number, lifted: boolean}[]} steps @param {number} read how many are lit */
    show(steps, read) {
      picture.replaceChildren();
      steps.forEach(({ x, y, lifted }, i) => {
        const lit = i < read ? 'lit' : 'unread';
        const before = steps[i - 1];
        if (before)
          add('line', {
            class: `${lit}${lifted || before.lifted ? ' lifted' : ''}`,
            x1: before.x,
            y1: before.y,
            x2: x,
            y2: y,
          });
      });
      steps.forEach(({ x, y, lifted }, i) => {
        const lit = i < read ? 'lit' : 'unread';
        add('circle', {
          class: `${lit}${lifted ? ' lifted' : ''}${i === read - 1 ? ' now' : ''}`,
          cx: x,
          cy: y,
          r: i === read - 1 ? 0.022 : 0.009,
        });
      });
    },
    destroy: () => box.remove(),
  };
}
