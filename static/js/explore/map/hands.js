// A map in hand: pointers point, pick, drag and pinch; keys zoom, arrows walk from point to point. The wheel
// scrolls the page until the map is clicked, and again when the pointer has left it; with Ctrl it always zooms.
// So does one finger, until two have made the map larger.

import { nearestTo, towards, WHOLE, zoomed } from './frame.js';

/** @import { Fit, Sight } from './frame.js' */

const REACH = 14; // px within which a dot is meant
const STEP = 1.5; // of a zoom by key or button

/**
 * @param {HTMLCanvasElement} top
 * @param {HTMLElement} element the map
 * @param {object} map
 * @param {() => Float32Array | null} map.points
 * @param {() => Fit} map.fit
 * @param {() => number[]} map.size px across and down
 * @param {() => Sight} map.sight
 * @param {(next: Sight) => void} map.see
 * @param {() => number | null} map.pointed
 * @param {(place: number | null) => void} map.point
 * @param {(place: number) => void} map.onPick
 */
export function takeInHand(
  top,
  element,
  { points, fit, size, sight, see, pointed, point, onPick },
) {
  /** @type {Map<number, [number, number]>} pointers that are down */
  const down = new Map();
  let dragged = false;
  let isHeld = false; // clicked into, and the pointer has not left it since

  /** The point nearest to a place. @param {[number, number]} place @param {number} reach px */
  function near(place, reach) {
    const all = points();
    return all && nearestTo(all, fit(), ...place, reach);
  }

  /** @param {MouseEvent} event @returns {[number, number]} */
  function at(event) {
    const box = top.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  top.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    down.set(event.pointerId, at(event));
    dragged = false;
    isHeld = true;
    top.setPointerCapture(event.pointerId);
  });
  top.addEventListener('pointermove', (event) => {
    const now = at(event);
    const old = down.get(event.pointerId);
    if (!old) return point(near(now, REACH));
    if (!dragged && Math.hypot(now[0] - old[0], now[1] - old[1]) < 4) return;
    dragged = true;
    const others = [...down].filter(([id]) => id !== event.pointerId);
    down.set(event.pointerId, now);
    if (!others.length && event.pointerType === 'touch' && sight().zoom === 1) return;
    if (!others.length)
      return see({ ...sight(), x: sight().x + now[0] - old[0], y: sight().y + now[1] - old[1] });
    const [, still] = others[0];
    const apart = (/** @type {[number, number]} */ p) =>
      Math.max(1, Math.hypot(p[0] - still[0], p[1] - still[1]));
    const [width, height] = size();
    see(
      zoomed(
        sight(),
        apart(now) / apart(old),
        (now[0] + still[0] - width) / 2,
        (now[1] + still[1] - height) / 2,
      ),
    );
  });
  for (const end of /** @type {const} */ (['pointerup', 'pointercancel'])) {
    top.addEventListener(end, (event) => {
      const was = down.delete(event.pointerId);
      if (end === 'pointercancel' || !was || dragged || down.size) return;
      const found = near(at(event), event.pointerType === 'mouse' ? REACH : 2 * REACH);
      point(found);
      if (found !== null) onPick(found);
    });
  }
  top.addEventListener(
    'touchstart',
    // two fingers pinch and do not scroll, unless a scroll is on
    (event) => event.touches.length > 1 && event.cancelable && event.preventDefault(),
    { passive: false },
  );
  top.addEventListener('pointerleave', (event) => {
    isHeld = false;
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (event.pointerType === 'mouse' && !element.parentElement?.contains(to)) point(null); // a finger only taps
  });
  top.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !isHeld) return; // the page scrolls, either way
      event.preventDefault();
      const [x, y] = at(event);
      const [width, height] = size();
      see(zoomed(sight(), Math.exp(-event.deltaY / 300), x - width / 2, y - height / 2));
    },
    { passive: false },
  );
  top.addEventListener('keydown', (event) => {
    const [all, now] = [points(), pointed()];
    if (event.ctrlKey || event.metaKey || event.altKey || !all) return;
    if (event.key === 'Enter' && now !== null) return onPick(now);
    const factor = { '+': STEP, '=': STEP, '-': 1 / STEP }[event.key];
    if (factor) return see(zoomed(sight(), factor, 0, 0));
    if (event.key === '0') return see(WHOLE);
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const [width, height] = size();
    point(
      now === null
        ? near([width / 2, height / 2], Infinity)
        : (towards(all, now, event.key) ?? now),
    );
  });
}
