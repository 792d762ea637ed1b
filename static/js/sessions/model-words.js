// The words that only some networks need come with their description: nobody else loads them.

import { loadWords } from '../page/late.js';

/** @import { ModelDescription } from '../state/types.js' */

/** The catalogues that speak of a network. @param {Pick<ModelDescription, 'outputs'>} model */
export const cataloguesOf = ({ outputs }) => (outputs?.length > 1 ? ['heads'] : []);

/**
 * The same server, whose models come when their words are there.
 * @template {{model: (id: string) => Promise<ModelDescription>}} Api
 * @param {Api} api
 * @param {Record<string, string>} catalogue that the words are added to
 * @param {typeof loadWords} [load]
 * @returns {Api}
 */
export function withModelWords(api, catalogue, load = loadWords) {
  /** @type {Set<string>} */
  const known = new Set();
  return {
    ...api,
    async model(id) {
      const model = await api.model(id);
      const missing = cataloguesOf(model).filter((name) => !known.has(name));
      for (const name of missing) {
        Object.assign(catalogue, await load(name));
        known.add(name);
      }
      return model;
    },
  };
}
