// The chapters as the server has them, each fetched once, and how a step is found in its chapter.

import { createApi, createSender, isRefusal } from '../server/api.js';
import { persist } from '../server/persist.js';

/** @import { Drawing, Edit } from '../state/types.js' */
/** @import { Status } from '../server/follower.js' */
/** @import { Chapter, Listed } from './types.js' */

const MEASURING = 30000; // ms for reading the test set

/**
 * @param {string} language
 * @param {(source: string) => (status: Status, detail?: string) => void} tell
 */
export function createCourse(language, tell) {
  const { request } = createSender();
  const api = createApi();
  /** @type {Map<string, Chapter>} */
  const chapters = new Map();
  /** @type {Listed | null} */
  let listed = null;

  /** The accuracy of a network with edits. @param {string} model @param {Edit[]} edits
   * @returns {Promise<number | null>} */
  async function measure(model, edits) {
    const load = () => api.evaluate(model, edits, AbortSignal.timeout(MEASURING));
    return (
      (await persist(load, { onStatus: tell('measure'), isFinal: isRefusal }))?.accuracy ?? null
    );
  }

  return {
    measure,

    /** @returns {Promise<Listed>} */
    async list() {
      if (listed) return listed;
      const load = async () => (await request(`/api/chapters?language=${language}`)).json();
      const reply = await persist(load, { onStatus: tell('chapters'), isFinal: isRefusal });
      if (reply) listed = { chapters: reply.chapters, extras: reply.extras };
      return listed ?? { chapters: [], extras: [] };
    },

    /** @param {string} id @returns {Promise<Chapter | null>} */
    async chapter(id) {
      const known = chapters.get(id);
      if (known) return known;
      const load = async () =>
        (await request(`/api/chapters/${encodeURIComponent(id)}?language=${language}`)).json();
      const chapter = await persist(load, { onStatus: tell('chapter'), isFinal: isRefusal });
      if (chapter) chapters.set(id, chapter);
      return chapter ?? null;
    },

    /** How well the units of a layer tell loops. @param {string} model @param {string} layer
     * and for how many digits each is above 0
     * @returns {Promise<import('./numbers/memory.js').Told | null>} */
    async loops(model, layer) {
      const place = `/api/models/${encodeURIComponent(model)}/units/${encodeURIComponent(layer)}`;
      const load = async () =>
        (await request(place, { signal: AbortSignal.timeout(MEASURING) })).json();
      const reply = await persist(load, { onStatus: tell('units'), isFinal: isRefusal });
      const found = reply?.concepts.find(
        (/** @type {{name: string}} */ { name }) => name === 'loop',
      );
      return found ? { ...found, active: reply.active } : null;
    },

    /** What networks answer to a drawing. @param {string[]} models @param {Drawing} drawing @param {boolean} center
     * @returns {Promise<(number | null)[]>} */
    answers: (models, drawing, center) =>
      Promise.all(
        models.map(async (model) => {
          const load = () => api.read(model, drawing, center, [], AbortSignal.timeout(MEASURING));
          return (
            (await persist(load, { onStatus: tell(model), isFinal: isRefusal }))?.prediction ?? null
          );
        }),
      ),

    /** The trainings that there are, the newest first.
     * @returns {Promise<{id: string, mine: boolean, architecture: string, tested: number | null}[]>} */
    async runs() {
      const load = async () => (await request('/api/runs')).json();
      return (await persist(load, { onStatus: tell('runs'), isFinal: isRefusal }))?.runs ?? [];
    },
  };
}

/** The network that a step speaks of: its own, or that of the last step before it that names one.
 * @param {Chapter} chapter @param {number} at */
export const modelAt = ({ content }, at) =>
  content.slice(0, at + 1).findLast(({ state }) => state.model)?.state.model;

/** The place of a step in its chapter, the first one when there is none of that name.
 * @param {Chapter} chapter @param {string | null | undefined} name */
export const placeOf = (chapter, name) =>
  Math.max(
    0,
    chapter.content.findIndex((step) => step.name === name),
  );

/** The chapter after one. @param {{id: string}[]} chapters @param {string} id @returns {string | null} */
export function after(chapters, id) {
  const at = chapters.findIndex((each) => each.id === id);
  return at < 0 ? null : (chapters[at + 1]?.id ?? null);
}
