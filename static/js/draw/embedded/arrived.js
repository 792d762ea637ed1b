// When the network that a step is about stands on the screen.

/** @import { State } from '../../state/types.js' */

/**
 * Until it stands there, or whichever comes first: what is set up before that would be another's, or
 * nobody's.
 * @param {{get(): State, subscribe(listener: (state: State) => void): () => void}} store
 * @param {string} [model]
 * @returns {Promise<void>}
 */
export function arrived(store, model) {
  const isThere = (/** @type {State} */ { model: shown }) =>
    shown !== null && (!model || shown.id === model);
  return new Promise((resolve) => {
    if (isThere(store.get())) return resolve();
    const end = store.subscribe((state) => {
      if (!isThere(state)) return;
      end();
      resolve();
    });
  });
}
