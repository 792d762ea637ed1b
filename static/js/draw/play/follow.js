// Where the page is longer than the screen it follows the pass: the layer that is computed just now is
// scrolled into what is free between the line with the answer and the controls.

/** @import { State } from '../../state/types.js' */

export const SMALL = '(max-width: 900px)';
export const TOP = 48; // px: the line with the answer
const NAME = 40; // px above a figure: its name, and an axis

/**
 * How far the page has to be scrolled for a layer to be in sight; 0 if it is.
 * @param {{top: number, bottom: number}} layer its figure, in the window
 * @param {{top: number, bottom: number}} free what of the window nothing lies on
 */
export function scrollTo({ top: figure, bottom }, { top: from, bottom: to }) {
  const top = figure - NAME;
  if (top >= from && bottom <= to) return 0;
  const spare = Math.max(0, to - from - (bottom - top)); // one that is higher begins at the top
  return top - from - spare / 2;
}

/** @param {string} layer its name */
function bring(layer) {
  const figure = document.querySelector(`#network .layer[data-layer="${CSS.escape(layer)}"]`);
  const bar = document.querySelector('#network-bar');
  if (!figure || !bar) return;
  const free = { top: TOP, bottom: Math.min(innerHeight, bar.getBoundingClientRect().top) };
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const by = scrollTo(figure.getBoundingClientRect(), free);
  if (by) window.scrollBy({ top: by, behavior: isStill ? 'instant' : 'smooth' });
}

export function createFollower() {
  /** @type {string | undefined} */
  let last;

  /** The pass has come to a layer, or is over. No sheet lies over the picture meanwhile.
   * @param {{get(): State, set(change: Partial<State>): void}} store
   * @param {string | undefined} layer */
  return (store, layer) => {
    const isNew = layer !== last;
    last = layer;
    if (!isNew || !layer || !matchMedia(SMALL).matches) return;
    if (store.get().selected) store.set({ selected: null });
    requestAnimationFrame(() => requestAnimationFrame(() => bring(layer))); // once the controls are there
  };
}
