// Lights up parts of a screen beside a chapter, and tells which of them is pointed at. On a projector
// the rest of the screen steps back.

import { make } from '../page/dom.js';
import {
  around,
  asManyAs,
  between,
  freeOf,
  hidden,
  shadow,
  smallestAt,
  toMiddle,
} from './boxes.js';

const FRAMES = 45; // after which everything has its place
const AIR = 12; // px above and below parts that stand together
const NARROW = 900; // px up to which sheets cover a part of the window

/** @import { Box } from './boxes.js' */

/** @param {Element | null} element @returns {Box | null} null for what cannot be seen: what lies folded up
 * in something closed has a box, too; an element that is only its children's reaches around them */
export function boxOf(element) {
  if (element && getComputedStyle(element).display === 'contents')
    return around([...element.children].map(boxOf).filter((box) => box !== null));
  if (!element?.checkVisibility({ visibilityProperty: true })) return null;
  const { left, top, width, height } = element.getBoundingClientRect();
  return width && height ? { left, top, width, height } : null;
}

/** A box with air around it, within the window: its frame does not touch the words. @param {Box} box @returns {Box} */
function withAir({ left, top, width, height }) {
  const [x, y] = [Math.max(2, left - 5), Math.max(2, top - 3)];
  const [right, bottom] = [left + width + 5, top + height + 3];
  return {
    left: x,
    top: y,
    width: Math.min(innerWidth - 2, right) - x,
    height: Math.min(innerHeight - 2, bottom) - y,
  };
}

/** What of a box is seen within the ancestors of an element that scroll.
 * @param {Element} element @param {Box} box @returns {Box | null} */
function seenOf(element, box) {
  let [left, top, right, bottom] = [box.left, box.top, box.left + box.width, box.top + box.height];
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    if (getComputedStyle(at).overflowY === 'visible') continue;
    const edge = at.getBoundingClientRect();
    [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
    [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
  }
  return right > left && bottom > top
    ? { left, top, width: right - left, height: bottom - top }
    : null;
}

/**
 * @typedef {object} Parts
 * @property {(name: string) => Box | null} find where a part is, null while it cannot be seen
 * @property {(name: string) => Element | null} elementOf what it is, or lies in
 * @property {() => Element[]} [covers] what lies over the rest of a small screen, from above and from below
 */

/** @param {Parts} parts */
export function createLights({ find: placeOf, elementOf, covers = () => [] }) {
  const lights = make('div', { class: 'lights', 'aria-hidden': 'true' });
  const spotlight = make('div', { class: 'spotlight', hidden: true });
  lights.append(spotlight);
  document.body.append(lights);
  const isLarge = document.documentElement.dataset.embedded === 'large'; // on a projector
  /** @type {string[]} */
  let lit = [];
  /** @type {string[]} what a task is done with: in full light, without a frame */
  let used = [];
  /** @type {string | null} */
  let strong = null;
  /** @type {string | null} */
  let pointed = null;
  /** @type {Set<(name: string | null) => void>} */
  const listeners = new Set();

  /** Where something can be seen at all. @param {Element | null} element */
  function freeFor(element) {
    const over = covers().filter((each) => boxOf(each));
    if (over.some((each) => each.contains(element))) return { top: 0, bottom: innerHeight };
    return freeOf(
      over.map((each) => each.getBoundingClientRect()),
      innerHeight,
    );
  }

  /** @param {string} name */
  function find(name) {
    const [element, box] = [elementOf(name), placeOf(name)];
    const seen = element && box ? seenOf(element, box) : box;
    return seen && between(seen, freeFor(element));
  }

  function paint() {
    const names = strong && !lit.includes(strong) ? [...lit, strong] : lit;
    while (lights.childElementCount > names.length + 1) lights.lastElementChild?.remove();
    /** @type {Box[]} */
    const holes = [];
    names.forEach((name, i) => {
      const found = find(name);
      const box = found && withAir(found);
      const light = /** @type {HTMLElement} */ (
        lights.children[i + 1] ?? lights.appendChild(make('div', { class: 'light' }))
      );
      light.hidden = !box;
      light.dataset.part = name;
      light.classList.toggle('strong', name === strong || name === pointed);
      if (!box) return;
      holes.push(box);
      Object.assign(light.style, {
        left: `${box.left}px`,
        top: `${box.top}px`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      });
    });
    spotlight.hidden = !isLarge || !holes.length;
    for (const name of used) {
      const box = find(name);
      if (box) holes.push(box);
    }
    spotlight.style.clipPath = `path("${shadow(holes, innerWidth, innerHeight)}")`;
  }

  /** What is spoken of may lie outside the window, or far down in a panel that scrolls. A sheet that it
   * does not lie in makes room. @param {string | undefined} name @returns {boolean} it was there */
  function bringIntoView(name) {
    const element = name ? elementOf(name) : null;
    const before = name ? placeOf(name) : null;
    if (!name || !element || !before) return false;
    const isOver = covers().some((each) => each.contains(element));
    document.documentElement.dataset.spoken = isOver ? 'sheet' : 'page';
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      const box = placeOf(name);
      if (
        !box ||
        at.scrollHeight <= at.clientHeight ||
        getComputedStyle(at).overflowY === 'visible'
      )
        continue;
      const edge = at.getBoundingClientRect();
      at.scrollTop += hidden(box, edge.top, edge.bottom);
    }
    const box = placeOf(name);
    const { top, bottom } = freeFor(element);
    if (!box) return true;
    const isNarrow = innerWidth <= NARROW;
    const next = isNarrow && !isOver && name === lit[0] ? lit.slice(1).map(placeOf) : [];
    const all = asManyAs([box, ...next.filter((each) => each !== null)], bottom - top - 2 * AIR);
    const head = !isNarrow && all.height > bottom - top ? top + AIR : top; // what is too high, whole at its head
    const by = (isNarrow ? toMiddle : hidden)(all, head, bottom);
    window.scrollBy({ top: by, behavior: 'instant' });
    return true;
  }

  /** What of a small screen was free when it was last looked at, px from its top. */
  let free = Infinity;
  /** @type {string | null} the part that was touched last */
  let touched = null;
  /** @type {string | null} what of it stays in sight, until something else is touched */
  let kept = null;
  /** What was touched stays in sight as a whole when a sheet comes up over it, if it has room above that. */
  function makeRoom() {
    const element = touched && innerWidth <= NARROW ? elementOf(touched) : null;
    if (!touched || !element) return;
    const [before, { top, bottom }] = [free, freeFor(element)];
    free = bottom;
    if (bottom >= before || (placeOf(touched)?.height ?? Infinity) > bottom - top) return;
    kept = touched;
    bringIntoView(kept);
  }

  /** @param {PointerEvent | null} event */
  function point(event) {
    const name = event ? smallestAt(find, lit, event.clientX, event.clientY) : null;
    if (name === pointed) return;
    pointed = name;
    paint();
    for (const listener of listeners) listener(name);
  }

  let watched = 0; // calls
  let isSought = false; // what is spoken of has not stood on the screen yet
  let isUntouched = false; // nobody has moved anything since the step began
  /** The views show what a step asks for with one of the next frames, and some move things with a later
   * one. @param {string[]} names @param {string | null} one */
  function watch(names, one) {
    watched += 1;
    const mine = watched;
    let frames = 0;
    isSought = true;
    function look() {
      if (mine !== watched) return;
      frames += 1;
      if (frames > 1 && isSought) isSought = !bringIntoView(one ?? names[0]);
      paint();
      if (frames < FRAMES) requestAnimationFrame(look);
    }
    requestAnimationFrame(look);
  }

  document.addEventListener('pointermove', point, { passive: true });
  document.documentElement.addEventListener('pointerleave', () => point(null));
  document.addEventListener(
    'scroll',
    () => {
      // What a step sets up on a small screen may scroll to something else, a moment later.
      if (innerWidth <= NARROW)
        bringIntoView(isUntouched ? (strong ?? lit[0]) : (kept ?? undefined));
      paint();
    },
    { passive: true, capture: true },
  );
  document.addEventListener(
    'pointerdown',
    ({ clientX, clientY }) => {
      touched = smallestAt(find, lit, clientX, clientY);
      kept = null;
    },
    { passive: true, capture: true },
  );
  for (const touch of ['pointerdown', 'wheel', 'keydown'])
    document.addEventListener(touch, () => (isUntouched = false), { passive: true, capture: true });
  window.addEventListener('resize', () =>
    requestAnimationFrame(() => {
      if (isLarge) bringIntoView(lit[0]);
      paint();
    }),
  );

  return {
    /** What is shown has changed. */
    repaint() {
      if (!lit.length && !strong) return;
      requestAnimationFrame(() => {
        // What comes later above it, or makes it larger, may have pushed it out again.
        if (isSought || isUntouched) isSought = !bringIntoView(strong ?? lit[0]);
        makeRoom();
        paint(); // once everything has been painted
      });
    },
    /** @param {string[]} names @param {string | null} one that is pointed at from without
     * @param {string[]} [needed] what a task is done with */
    light(names, one, needed = used) {
      if (names !== lit) window.scrollTo({ top: 0, behavior: 'instant' }); // another step: its headings, whole
      isUntouched ||= names !== lit;
      [lit, strong, used] = [names, one, needed];
      pointed = null;
      paint();
      watch(names, one);
    },
    /** @param {(name: string | null) => void} listener */
    onPart: (listener) => void listeners.add(listener),
  };
}
