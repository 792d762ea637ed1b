// What this screen asks the server, besides what every screen asks: numbers of a whole set come in
// typed arrays, which are small and quick to walk through.

import { strokesOf } from '../state/history.js';
import { createSender } from '../server/api.js';

/** @import { Ascent, Attack, Attribution, Confusion, Distortion, Drawing, Labels, LayerConcepts, MapOf, Method, Misreadings, Placed, Predictions, Robustness, Run, Split, Subject, UnitOfDigits, UnitPage } from './types.js' */

export const PAGE = 1000; // digits whose pictures come together
const NEVER = 999_999_999; // a batch that no training comes to

/** @param {string} id */
const place = (id) => `/api/models/${encodeURIComponent(id)}`;

/** A drawing as the interface takes it. @param {Drawing} drawing @param {boolean} center */
export const bodyOf = (drawing, center) =>
  drawing.kind === 'pixels'
    ? { pixels: drawing.pixels.map((value) => value / 255) }
    : { strokes: strokesOf(drawing), center };

/** @param {typeof fetch} [send] */
export function createExploreServer(send) {
  const { request, post } = createSender(send);

  /** @param {Subject} subject @param {string} path @param {AbortSignal} signal @param {object} [body] @returns {Promise<any>} */
  async function ask({ id, edits }, path, signal, body) {
    const address = `${place(id)}/${path}`;
    const reply =
      body || edits.length
        ? post(address, { ...body, ...(edits.length ? { edits } : {}) }, signal)
        : request(address, { signal });
    return (await reply).json();
  }

  return {
    /** @param {Split} split @param {AbortSignal} signal @returns {Promise<Labels>} */
    async labels(split, signal) {
      const { total, labels, disputed } = await (
        await request(`/api/datasets/mnist/${split}/labels`, { signal })
      ).json();
      return {
        split,
        total,
        labels: Uint8Array.from(labels),
        disputed: new Map(disputed.map((/** @type {any} */ each) => [each.index, each])),
      };
    },

    /** The pictures of a thousand digits. @param {Split} split @param {number} page @param {AbortSignal} [signal] */
    images: async (split, page, signal) =>
      new Uint8Array(
        await (
          await request(`/api/datasets/mnist/${split}/images/${page}`, signal ? { signal } : {})
        ).arrayBuffer(),
      ),

    /** @param {Subject} subject @param {Split} split @param {AbortSignal} signal @returns {Promise<Predictions>} */
    async predictions(subject, split, signal) {
      const { total, predictions, confidences, label_probabilities } = await ask(
        subject,
        `predictions/${split}`,
        signal,
      );
      return {
        split,
        total,
        predictions: Uint8Array.from(predictions),
        confidences: Float32Array.from(confidences),
        label_probabilities: Float32Array.from(label_probabilities),
      };
    },

    /** @param {AbortSignal} signal @returns {Promise<Misreadings>} */
    async misreadings(signal) {
      const reply = await request('/api/datasets/mnist/test/misreadings', { signal });
      /** @type {{models: {model: string, indices: number[], predictions: number[]}[]}} */
      const { models } = await reply.json();
      return models.map(({ model, indices, predictions }) => ({
        model,
        readings: new Map(indices.map((index, i) => [index, predictions[i]])),
      }));
    },

    /** @param {Subject} subject @param {AbortSignal} signal @returns {Promise<Confusion>} */
    confusion: (subject, signal) => ask(subject, 'confusion', signal),

    /** @param {Subject} subject @param {string} layer @param {AbortSignal} signal @returns {Promise<LayerConcepts>} */
    layer: (subject, layer, signal) => ask(subject, `units/${layer}`, signal),

    /** @param {Subject} subject @param {string} layer @param {number} unit @param {AbortSignal} signal @returns {Promise<UnitPage>} */
    unit: (subject, layer, unit, signal) => ask(subject, `units/${layer}/${unit}`, signal),

    /** The picture that excites a unit most. @param {Subject} subject @param {string} layer @param {number} unit
     * @param {number} regularisation 0..1 @param {AbortSignal} signal @returns {Promise<Ascent>} */
    ascent: (subject, layer, unit, regularisation, signal) =>
      ask(subject, `units/${layer}/${unit}/ascent`, signal, { regularisation }),

    /** What a unit makes of digits of one's own. @param {Subject} subject @param {string} layer @param {number} unit
     * @param {object[]} drawings @param {AbortSignal} signal @returns {Promise<UnitOfDigits>} */
    own: (subject, layer, unit, drawings, signal) =>
      ask(subject, `units/${layer}/${unit}/digits`, signal, { drawings }),

    /** @param {Subject} subject @param {string} layer @param {Method} method @param {AbortSignal} signal @returns {Promise<MapOf>} */
    async map(subject, layer, method, signal) {
      const { points, labels, indices, ...rest } = await ask(
        subject,
        `maps/${layer}?method=${method}`,
        signal,
      );
      return {
        ...rest,
        points: Float32Array.from(points.flat()),
        labels: Uint8Array.from(labels),
        indices: Uint16Array.from(indices),
      };
    },

    /** Where a drawing lies, and the digits next to it in the layer. @param {Subject} subject @param {object} drawn
     * @param {{layer: string, method: Method | null, count: number}} where @param {AbortSignal} signal @returns {Promise<Placed>} */
    place: (subject, drawn, where, signal) =>
      ask(subject, 'places', signal, { ...drawn, ...where }),

    /** Which pixels speak for an output. @param {Subject} subject @param {object} drawn
     * @param {{method: Blame, output?: number}} what @param {AbortSignal} signal @returns {Promise<Attribution>} */
    attribution: (subject, drawn, what, signal) =>
      ask(subject, 'attributions', signal, { ...drawn, ...what }),

    /** @param {Subject} subject @param {object} drawn @param {{method: Attack['method'], target: number | null, epsilon: number | null}} how
     * @param {AbortSignal} signal @returns {Promise<Attack>} */
    attack: (subject, drawn, how, signal) => ask(subject, 'attacks', signal, { ...drawn, ...how }),

    /** @param {Subject} subject @param {object} drawn @param {string} kind @param {AbortSignal} signal @returns {Promise<Distortion>} */
    distortion: (subject, drawn, kind, signal) =>
      ask(subject, 'distortions', signal, { ...drawn, kind }),

    /** A training's checkpoints, without its curve. @param {string} id @param {AbortSignal} signal
     * @returns {Promise<Run>} */
    async run(id, signal) {
      const reply = await request(`/api/runs/${id}?after=${NEVER}`, { signal });
      const { run, kept } = await reply.json();
      return { id, kept, isGrowing: run.state === 'running' };
    },

    /** @param {Subject} subject @param {string} kind @param {AbortSignal} signal @returns {Promise<Robustness>} */
    robustness: (subject, kind, signal) => ask(subject, `robustness?kind=${kind}`, signal),
  };
}

/** @typedef {ReturnType<typeof createExploreServer>} ExploreServer */
