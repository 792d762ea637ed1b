// What a reading came without is fetched when somebody looks at it; so is the code for that.

import { createLate } from '../page/late.js';

/** @import { State } from '../state/types.js' */

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
