// For paper: what is on the screen is put on one sheet, which is there only while it is printed.

import { printLight } from '../../page/paper/printed.js';
import { createPaper } from './sheet.js';

/** @import { State } from '../../state/types.js' */

/**
 * @param {Pick<ReturnType<typeof import('../../views/network/view.js')['createNetworkView']>,
 *   'shown' | 'refit'>} network
 * @param {{get(): State, set(change: Partial<State>): void}} store
 * @param {(state: State) => void} show
 */
export function preparePrinting(network, store, show) {
  const repaint = (/** @type {State['theme']} */ theme) => {
    store.set({ theme });
    show(store.get());
  };
  return printLight('print', repaint, createPaper(network));
}
