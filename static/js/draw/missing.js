// What is not there yet: code that comes with the first thing that it is to do, and numbers that a
// reading came without, when somebody looks at them.

/** @import { State } from '../state/types.js' */

/**
 * Something whose code comes when it is first asked to act; asked for again where it could not be had.
 * @template {Record<string, (...given: any[]) => unknown>} T
 * @param {() => Promise<T>} load
 * @returns {<K extends keyof T>(name: K) => (...given: Parameters<T[K]>) => Promise<void>}
 */
export function createLate(load) {
  /** @type {Promise<T> | null} */
  let coming = null;
  return (name) =>
    async (...given) => {
      coming ??= load();
      const acts = await coming.catch(() => (coming = null));
      acts?.[name](...given);
    };
}

/**
 * The first layer that is looked at and has numbers that are not there yet.
 * @param {State} state as it is shown
 */
export const lacking = ({ reading, hovered, selected, held }) =>
  [held, hovered, selected]
    .map((neuron) => neuron?.layer)
    .find((name) => {
      const found = reading?.layers.find((layer) => layer.name === name);
      return found && !found.z;
    });

/**
 * @param {object} page
 * @param {{get(): State, set(change: Partial<State>): void}} page.store
 * @param {ReturnType<typeof import('../server/api.js')['createApi']>} page.api
 * @param {ReturnType<typeof import('../views/status.js')['createTroubles']>} page.tell
 */
export function createMissing({ store, api, tell }) {
  const want = createLate(async () => {
    const { createDetails } = await import('../sessions/details.js');
    return createDetails(api.details, store, tell('details'));
  })('want');

  return {
    /** @param {State} state as it is shown */
    follow(state) {
      const layer = lacking(state);
      if (layer) want(layer);
    },
  };
}
