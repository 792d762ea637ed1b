// Lets the checkpoint that is looked at read the drawing: one after the other, always the newest wish.

import { say } from '../../page/dom.js';
import { modelName } from '../../state/names.js';
import { whoReads } from './selectors.js';

/** @import { State, Translate } from '../../state/types.js' */
/** @import { TrainState } from '../types.js' */

const PATIENCE = 4000; // ms for one of them

/**
 * @param {{pick: (id: string) => Promise<boolean>, leave: () => void}} reader
 * @param {{get(): State, subscribe(listener: (state: State) => void): () => void}} page
 */
export function createCheckpointReader(reader, page) {
  /** @type {string | null} */
  let wanted = null;
  /** @type {string | null} */
  let picked = null;
  let work = Promise.resolve();

  /** Until the network stands on the page. @param {string} id @returns {Promise<void>} */
  const shown = (id) =>
    new Promise((resolve) => {
      const isThere = () => page.get().model?.id === id;
      if (isThere()) return resolve();
      const end = () => {
        clearTimeout(timer);
        unsubscribe();
        resolve();
      };
      const timer = setTimeout(end, PATIENCE);
      const unsubscribe = page.subscribe(() => isThere() && end());
    });

  async function advance() {
    while (wanted !== picked) {
      picked = wanted;
      if (picked === null) reader.leave();
      else if (await reader.pick(picked)) await shown(picked);
    }
  }

  /** Ends when the newest wish stands. @param {string | null} id null for none
   * @returns {Promise<void>} */
  return (id) => {
    wanted = id;
    work = work.then(advance);
    return work;
  };
}

/**
 * Which network reads the drawing, or why none does.
 * @param {HTMLElement} line
 * @param {() => State} page
 * @param {{get(): TrainState, set(change: Partial<TrainState>): void}} store
 * @param {Translate} t
 */
export const createReadBy = (line, page, store, t) => () => {
  const { model } = page();
  say(line, t(whoReads(store.get(), model !== null), model ? { name: modelName(model, t) } : {}));
  line.dataset.model = model?.id ?? '';
  if (store.get().reads !== model?.id) store.set({ reads: model?.id });
};
