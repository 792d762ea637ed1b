// What a small screen has of its own: the sheet from below, and the line with the answer.

import { byId } from '../../page/dom.js';
import { isSheet } from '../../state/store.js';
import { createSheet } from './sheet.js';
import { createStrip } from './strip.js';

/** @import { Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const DRAWING = '#pad canvas';

/**
 * @param {{store: {get(): State, set(change: Partial<State>): void}, onSelect: (neuron: Neuron | null) => void, onClose: () => void}} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createPhone(page, t, numbers) {
  const sheet = createSheet(page, t, numbers);
  const answers = [...byId('answer').querySelectorAll('.digit'), byId('amount')];
  const strip = createStrip(
    document.body,
    answers,
    () => document.querySelector(DRAWING),
    () => page.store.set({}),
    t,
    numbers,
  );
  // Closing by Back is no way elsewhere: the page stays where it is. Left for another page, and come
  // back to, it is where it was.
  window.history.scrollRestoration = 'manual';
  window.addEventListener('pagehide', () => (window.history.scrollRestoration = 'auto'));
  window.addEventListener('pageshow', () => (window.history.scrollRestoration = 'manual'));
  return {
    /** @param {State} state */
    update(state) {
      sheet.update(state);
      strip.update(state, state.inspecting || isSheet(state));
    },
  };
}
