// What the Train screen asks the server.

import { createSender } from '../server/api.js';

/** @import { ModelSummary } from '../state/types.js' */
/** @import { Details, Lessons, Plan, Recipe, Run, RunList } from './types.js' */

/**
 * @param {typeof fetch} [send]
 */
export function createTrainingServer(send) {
  const { request, post } = createSender(send);
  /** @param {string} id */
  const place = (id) => `/api/runs/${encodeURIComponent(id)}`;

  return {
    /** @returns {Promise<Lessons>} */
    lessons: async () => (await request('/api/recipes')).json(),

    /** What a recipe comes to. @param {Recipe} recipe @param {AbortSignal} [signal]
     * @returns {Promise<Plan>} */
    plan: async (recipe, signal) => (await post('/api/recipes', { recipe }, signal)).json(),

    /** The same key again starts nothing again. @param {Recipe} recipe @param {string} key
     * @returns {Promise<Run>} */
    start: async (recipe, key) => (await post('/api/runs', { recipe, key })).json(),

    /** @returns {Promise<RunList>} */
    runs: async () => (await request('/api/runs')).json(),

    /** A run with what is new behind a batch. @param {string} id @param {number | null} after
     * @returns {Promise<Details>} */
    async run(id, after) {
      return (await request(after === null ? place(id) : `${place(id)}?after=${after}`)).json();
    },

    /** @param {string} id @param {string} command @param {number} [value] @returns {Promise<Run>} */
    ask: async (id, command, value) =>
      (
        await post(`${place(id)}/commands`, { command, ...(value === undefined ? {} : { value }) })
      ).json(),

    /** @param {string} id @param {string} title @returns {Promise<Run>} */
    rename: async (id, title) => (await post(place(id), { title }, undefined, 'PATCH')).json(),

    /** @param {string} id */
    async remove(id) {
      await request(place(id), { method: 'DELETE' });
    },

    /** Keep a checkpoint as a model. @param {string} id @param {string} title @param {number} batch
     * @returns {Promise<ModelSummary>} */
    keep: async (id, title, batch) => (await post(`${place(id)}/models`, { title, batch })).json(),
  };
}

/** @typedef {ReturnType<typeof createTrainingServer>} TrainingServer */
