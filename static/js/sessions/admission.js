// Which network a screen about drawn digits may show: one that an address names, that was looked at
// elsewhere, or that is picked; and in words why another is shown.

import { CHECKPOINT, modelName } from '../state/names.js';

/** @import { ModelSummary, Translate } from '../state/types.js' */

/** @typedef {{id: string, note: string}} Admitted the network that is shown, and why not the one that was asked for */

/**
 * @param {{models: () => Promise<{models: ModelSummary[], default: string}>, model: (id: string) => Promise<ModelSummary>}} api
 * @param {Translate} t
 * @param {() => Promise<Translate>} named words that name every network: they may not be here yet
 */
export function createAdmission(api, t, named) {
  /** @type {ModelSummary[]} */
  let all = [];
  let usual = '';

  /** @param {string} id @returns {Promise<ModelSummary | null>} */
  async function find(id) {
    const found = all.find((each) => each.id === id);
    if (found || !CHECKPOINT.test(id)) return found ?? null;
    return api.model(id).catch(() => null);
  }

  /** @param {ModelSummary} model */
  const nameOf = (model) =>
    named().then(
      (words) => modelName(model, words),
      () => model.title,
    );

  return {
    /** What can be picked: those that read digits. */
    async list() {
      const list = await api.models();
      [all, usual] = [list.models, list.default];
      return all.filter(({ problem }) => problem === 'digits');
    },

    /** The first that reads digits, or the usual one. @param {(string | null)[]} asked @returns {Promise<Admitted>} */
    async first(...asked) {
      let note = '';
      for (const id of asked) {
        if (id === null) continue;
        const found = await find(id);
        if (found?.problem === 'digits') return { id, note };
        note ||= found
          ? t('explore.note.problem', { name: await nameOf(found) })
          : t('explore.note.missing', { id });
      }
      return { id: usual, note };
    },
  };
}
