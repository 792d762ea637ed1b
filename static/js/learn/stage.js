// The real Draw screen beside the chapter, in a frame: no view is copied, and what its visitor has
// drawn on the Draw screen itself stays as it was.

import { make } from '../page/dom.js';
import { rooted } from '../server/root.js';

/** @import { Bridge } from './types.js' */

/**
 * @param {HTMLElement} container
 * @param {string} title
 * @param {string} language
 * @param {boolean} [large] for a projector: larger type, and only what is spoken of in full light
 */
export function createStage(container, title, language, large = false) {
  /** @type {Promise<Bridge> | null} */
  let bridge = null;
  /** @type {((event: KeyboardEvent) => void)[]} */
  const listeners = [];

  /** The bridge to the screen, which is loaded with the first step that needs it. */
  function open() {
    bridge ??= new Promise((resolve) => {
      const frame = make('iframe', { title, 'data-testid': 'stage-frame' });
      container.replaceChildren(frame);
      const take = () => {
        const inner = frame.contentWindow;
        if (!inner || inner.location.href === 'about:blank') return;
        for (const listener of listeners) inner.addEventListener('keydown', listener);
        inner.addEventListener('bridge', (event) => resolve(/** @type {CustomEvent<Bridge>} */ (event).detail));
        if ('nnviz' in inner) resolve(/** @type {{nnviz: Bridge}} */ (/** @type {unknown} */ (inner)).nnviz);
      };
      frame.addEventListener('load', take);
      frame.src = rooted(`/?embed=${large ? 'large' : '1'}&lang=${language}`);
    });
    return bridge;
  }

  return {
    open,
    /** Keys that are pressed within the screen. @param {(event: KeyboardEvent) => void} listener */
    onKey: (listener) => void listeners.push(listener),
  };
}
