// For paper: what is on the screen is put on one sheet, in the light theme, whatever the screen's is.
// The sheet is there only while it is printed.

import { loadSheet } from '../../page/dom.js';
import { createPaper } from './sheet.js';

/** @import { State } from '../../state/types.js' */

/**
 * @param {Pick<ReturnType<typeof import('../../views/network/view.js')['createNetworkView']>,
 *   'shown' | 'refit'>} network
 * @param {{get(): State, set(change: Partial<State>): void}} store
 * @param {(state: State) => void} show all of it, at once: printing waits for no frame
 */
export function preparePrinting(network, store, show) {
  loadSheet('print');
  const { dataset } = document.documentElement;
  const paper = createPaper(network);
  /** @type {'light' | 'dark'} */
  let theme = 'light';

  /** @param {'light' | 'dark'} next */
  function paint(next) {
    dataset.theme = next;
    store.set({ theme: next });
    show(store.get());
  }

  window.addEventListener('beforeprint', () => {
    theme = dataset.theme === 'dark' ? 'dark' : 'light';
    paint('light');
    paper.lay();
  });
  window.addEventListener('afterprint', () => {
    paper.take();
    paint(theme);
  });
}
