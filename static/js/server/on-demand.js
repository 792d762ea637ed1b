// What is asked of the server only on demand: numbers that somebody looks at, changes, a step of training,
// pictures, other problems' inputs. It comes with the first of these questions (api.js).

import { inked, place } from './api.js';
import { parseSafetensors } from './safetensors.js';

/** @import { Drawing, Edit, Evaluation, LayerActivations, LeadTold, ModelSummary, Picture, Reading, StepExplained, Weights } from '../state/types.js' */
/** @import { createSender } from './api.js' */

/** What a reading read. @param {Pick<Reading, 'input' | 'strokes'>} reading */
const again = ({ input: { features, pixels }, strokes }) =>
  features ? { features } : pixels ? inked(pixels) : { strokes };

/**
 * @param {ReturnType<typeof createSender>} sender
 * @param {(id: string, body: object, signal?: AbortSignal) => Promise<Reading>} reading
 */
export function createOnDemand({ request, post }, reading) {
  return {
    /** @param {Edit[]} edits @param {string} id @param {AbortSignal} [signal]
     * @returns {Promise<Weights>} */
    async editedWeights(id, edits, signal) {
      const response = await post(`${place(id)}/weights`, { edits }, signal);
      return parseSafetensors(await response.arrayBuffer());
    },

    /** How an edited network reads the test set. @param {string} id @param {Edit[]} edits
     * @param {AbortSignal} [signal] @returns {Promise<Evaluation>} */
    async evaluate(id, edits, signal) {
      return {
        ...(await (await post(`${place(id)}/evaluation`, { edits }, signal)).json()),
        edits,
      };
    },

    /** Keep an edited network under a name. @param {string} base @param {Edit[]} edits
     * @param {string} title @returns {Promise<ModelSummary>} */
    save: async (base, edits, title) => (await post('/api/models', { base, edits, title })).json(),

    /** @param {string} id */
    async remove(id) {
      await request(place(id), { method: 'DELETE' });
    },

    /** Every number of one layer, of what a reading read. @param {Pick<Reading, 'model' | 'input' | 'strokes'>} of
     * @param {string} layer @param {Edit[]} edits @param {AbortSignal} [signal] */
    async details({ model, input, strokes }, layer, edits, signal) {
      const { layers } = await reading(
        model,
        { ...again({ input, strokes }), edits, parts: 'none', whole: [layer] },
        signal,
      );
      return /** @type {LayerActivations} */ (layers.find(({ name }) => name === layer));
    },

    /** Every number of a reading, as the interface tells it. @param {Pick<Reading, 'model' | 'input' | 'strokes'>} of
     * @param {Edit[]} edits @returns {Promise<Reading>} */
    everything: async ({ model, input, strokes }, edits) =>
      (await post(`${place(model)}/activations`, { ...again({ input, strokes }), edits })).json(),

    /** What an input asks of every neuron when it is meant to be a label, or a row a target.
     * @param {string} model @param {{pixels: number[]} | object} taught with its label or target
     * @param {Edit[]} edits @param {AbortSignal} [signal] @returns {Promise<StepExplained>} */
    async step(model, taught, edits, signal) {
      const shown = 'pixels' in taught ? { ...taught, ...inked(taught.pixels) } : taught;
      return (await post(`${place(model)}/step`, { ...shown, edits }, signal)).json();
    },

    /** How far one output leads another, traced to the pixels.
     * @param {string} model @param {number[]} pixels @param {{first: number, second: number, head?: number, row?: number}} rivals
     * @param {Edit[]} edits @param {AbortSignal} [signal] @returns {Promise<LeadTold>} */
    async lead(model, pixels, rivals, edits, signal) {
      return (
        await post(`${place(model)}/lead`, { ...inked(pixels), ...rivals, edits }, signal)
      ).json();
    },

    /**
     * A picture of a digit as the network will see it.
     * @param {string} model any: the pixels are the same for all
     * @param {Blob} file
     * @returns {Promise<{drawing: Drawing, picture: Picture | null}>} with what was found in it
     */
    async image(model, file) {
      const response = await request(`${place(model)}/activations`, {
        method: 'POST',
        headers: { 'Content-Type': file.type || 'application/octet-stream' },
        body: file,
      });
      const { input, picture = null } = /** @type {Reading} */ (await response.json());
      return {
        drawing: { kind: 'pixels', pixels: input.pixels, label: null, index: null },
        picture,
      };
    },

    /** A drawing of a test writer's pen. @param {number} offset @param {number | null} label of one digit
     * @returns {Promise<{total: number, drawings: {index: number, label: number, strokes: import('../state/types.js').Stroke[]}[]}>} */
    testMovement: async (offset, label) => {
      const of = label === null ? '' : `&label=${label}`;
      return (await request(`/api/datasets/unipen/test?limit=1&offset=${offset}${of}`)).json();
    },

    /** A house of the test set, as it was sold. @param {number} offset
     * @returns {Promise<{total: number, houses: {index: number, features: Record<string, number>, sale_price_usd: number}[]}>} */
    testHouse: async (offset) =>
      (await request(`/api/datasets/ames/test?limit=1&offset=${offset}`)).json(),
  };
}
