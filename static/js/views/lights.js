// Lights up parts of a screen beside a chapter, and tells which of them is pointed at. On a projector
// the rest of the screen steps back.

import { make } from '../page/dom.js';

/** @typedef {{left: number, top: number, width: number, height: number}} Box in the window */

/** @param {Element | null} element @returns {Box | null} null for what cannot be seen */
export function boxOf(element) {
  if (!element?.getClientRects().length) return null;
  const { left, top, width, height } = element.getBoundingClientRect();
  return width && height ? { left, top, width, height } : null;
}

/** The smallest of the parts at a point of the window.
 * @param {(name: string) => Box | null} find @param {string[]} names @param {number} x @param {number} y */
export function smallestAt(find, names, x, y) {
  let best = null;
  let least = Infinity;
  for (const name of names) {
    const box = find(name);
    if (!box || x < box.left || y < box.top || x > box.left + box.width || y > box.top + box.height)
      continue;
    if (box.width * box.height < least) [best, least] = [name, box.width * box.height];
  }
  return best;
}

/** @param {{find: (name: string) => Box | null}} parts */
export function createLights({ find }) {
  const lights = make('div', { class: 'lights', 'aria-hidden': 'true' });
  const spotlight = make('div', { class: 'spotlight', hidden: true });
  lights.append(spotlight);
  document.body.append(lights);
  const isLarge = document.documentElement.dataset.embedded === 'large'; // on a projector
  /** @type {string[]} */
  let lit = [];
  /** @type {string | null} */
  let strong = null;
  /** @type {string | null} */
  let pointed = null;
  /** @type {Set<(name: string | null) => void>} */
  const listeners = new Set();

  function paint() {
    const names = strong && !lit.includes(strong) ? [...lit, strong] : lit;
    while (lights.childElementCount > names.length + 1) lights.lastElementChild?.remove();
    let holes = '';
    names.forEach((name, i) => {
      const box = find(name);
      const light = /** @type {HTMLElement} */ (
        lights.children[i + 1] ?? lights.appendChild(make('div', { class: 'light' }))
      );
      light.hidden = !box;
      light.dataset.part = name;
      light.classList.toggle('strong', name === strong || name === pointed);
      if (!box) return;
      holes += `M${box.left} ${box.top}h${box.width}v${box.height}h${-box.width}Z`;
      Object.assign(light.style, {
        left: `${box.left}px`,
        top: `${box.top}px`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      });
    });
    spotlight.hidden = !isLarge || !holes;
    spotlight.style.clipPath = `path(evenodd, "M0 0H${innerWidth}V${innerHeight}H0Z${holes}")`;
  }

  /** On a small screen what is spoken of may lie outside the window. @param {string | undefined} name */
  function bringIntoView(name) {
    const box = name ? find(name) : null;
    if (!box || (box.top >= 0 && box.top + Math.min(box.height, innerHeight) <= innerHeight))
      return;
    window.scrollBy({ top: box.top - Math.max(0, (innerHeight - box.height) / 2) });
  }

  /** @param {PointerEvent | null} event */
  function point(event) {
    const name = event ? smallestAt(find, lit, event.clientX, event.clientY) : null;
    if (name === pointed) return;
    pointed = name;
    paint();
    for (const listener of listeners) listener(name);
  }

  document.addEventListener('pointermove', point, { passive: true });
  document.documentElement.addEventListener('pointerleave', () => point(null));
  document.addEventListener('scroll', paint, { passive: true, capture: true });
  window.addEventListener('resize', () => requestAnimationFrame(paint));

  return {
    /** What is shown has changed. */
    repaint() {
      if (lit.length || strong) requestAnimationFrame(paint); // once everything has been painted
    },
    /** @param {string[]} names @param {string | null} one that is pointed at from without */
    light(names, one) {
      [lit, strong] = [names, one];
      pointed = null;
      paint();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          bringIntoView(one ?? names[0]); // after the views have shown what the step asks for
          paint();
        }),
      );
    },
    /** @param {(name: string | null) => void} listener */
    onPart: (listener) => void listeners.add(listener),
  };
}
