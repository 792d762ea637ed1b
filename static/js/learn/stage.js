// The real Draw, Train or Explore screen beside the chapter, in a frame: no view is copied, and what its visitor
// has drawn on the Draw screen itself stays as it was.

import { make } from '../page/dom.js';
import { rooted } from '../server/root.js';

/** @import { Bridge, Step } from './types.js' */

/** @param {Step['screen']} screen */
const pathOf = (screen) =>
  ({ draw: rooted('/'), train: rooted('/train'), explore: rooted('/explore') })[screen];

const WIDE = 904; // px that a projector's screen is laid out at: the least that is not a phone's arrangement
const HIGH = 620; // px that the fullest of its arrangements needs at that width

/** How much larger than it is laid out a projector's screen is drawn: in one arrangement everywhere, whose
 * type grows with the wall. @param {number} width of the place, in px @param {number} height */
export const scaleFor = (width, height) =>
  width > 0 && height > 0 ? Math.min(width / WIDE, height / HIGH) : 1;

/**
 * @param {HTMLElement} container
 * @param {string} title
 * @param {string} language
 * @param {boolean} [large] for a projector: larger type, and only what is spoken of in full light
 */
export function createStage(container, title, language, large = false) {
  /** @type {Map<string, {frame: HTMLIFrameElement, bridge: Promise<Bridge>}>} */
  const screens = new Map();
  /** @type {((event: KeyboardEvent) => void)[]} */
  const listeners = [];

  function fit() {
    const scale = scaleFor(container.clientWidth, container.clientHeight);
    container.style.setProperty('--stage-scale', String(scale));
  }
  if (large) new ResizeObserver(fit).observe(container);

  /** @param {string} path */
  function load(path) {
    const frame = make('iframe', { title, 'data-testid': 'stage-frame' });
    container.append(frame);
    /** @type {Promise<Bridge>} */
    const bridge = new Promise((resolve) => {
      const take = () => {
        const inner = frame.contentWindow;
        if (!inner || inner.location.href === 'about:blank') return;
        for (const listener of listeners) inner.addEventListener('keydown', listener);
        inner.addEventListener('bridge', (event) =>
          resolve(/** @type {CustomEvent<Bridge>} */ (event).detail),
        );
        if ('nnviz' in inner)
          resolve(/** @type {{nnviz: Bridge}} */ (/** @type {unknown} */ (inner)).nnviz);
      };
      frame.addEventListener('load', take);
      frame.src = `${path}?embed=${large ? 'large' : '1'}&lang=${language}`;
    });
    return { frame, bridge };
  }

  return {
    /** The bridge to a screen, which is loaded with the first step that needs it. @param {Step['screen']} screen */
    open(screen) {
      const path = pathOf(screen);
      if (large) fit(); // also while another window lies over this one, and nothing is observed
      const found = screens.get(path) ?? load(path);
      screens.set(path, found);
      for (const { frame } of screens.values()) frame.hidden = frame !== found.frame;
      return found.bridge;
    },
    /** Keys that are pressed within the screen. @param {(event: KeyboardEvent) => void} listener */
    onKey: (listener) => void listeners.push(listener),
  };
}
