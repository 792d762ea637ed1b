// A pad in the middle of a page that scrolls: on a small screen a swipe over it goes on scrolling, until
// a tap says that one wants to draw. It sleeps again once something else is touched.

const SCROLLED = '(max-width: 900px)'; // where the pad lies in the way of a finger that scrolls

/**
 * @param {HTMLElement} pad
 * @param {{matches: () => boolean, root: EventTarget}} [page] whether the page is one column, and what
 *   hears a touch elsewhere
 */
export function wakeByTap(
  pad,
  { matches, root } = { matches: () => matchMedia(SCROLLED).matches, root: document },
) {
  let isAwake = false;
  /** @param {boolean} next */
  function set(next) {
    isAwake = next;
    pad.classList.toggle('asleep', !next);
  }
  set(false);

  /** @param {Event} event */
  const isTouch = (event) => /** @type {PointerEvent} */ (event).pointerType === 'touch';

  pad.addEventListener(
    'pointerdown',
    (event) => {
      if (!isAwake && isTouch(event) && matches()) event.stopPropagation(); // no stroke begins
    },
    { capture: true },
  );
  pad.addEventListener('click', () => set(true)); // a swipe ends in none
  root.addEventListener(
    'pointerdown',
    (event) => {
      const at = /** @type {Node | null} */ (event.target);
      if (isAwake && isTouch(event) && !pad.parentElement?.contains(at)) set(false);
    },
    { capture: true },
  );
}
