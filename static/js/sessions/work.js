// Keeps which network reads, and what was changed in networks, while this tab lives: neither a reload
// nor another screen loses them.

/** @import { Edit, Neuron, State } from '../state/types.js' */

const KEY = 'work';
const MOST = 400_000; // characters: a visit with more changes than that keeps those of the network that reads

/** @typedef {{model: string | null, edits: Record<string, Edit[]>, neuron?: Neuron, isClosed: boolean}} Work
 * `neuron`: the one that was looked into; `isClosed`: nothing was asked of the answer */

/** Those that were changed. @param {State['edits']} edits */
const made = (edits) => Object.fromEntries(Object.entries(edits).filter(([, list]) => list.length));

/** @param {unknown} value @returns {value is Edit[]} whether it fits the network is for the server to say */
const isEdits = (value) =>
  Array.isArray(value) && value.every((each) => typeof each?.kind === 'string');

/**
 * @param {() => Pick<Storage, 'getItem' | 'setItem'>} storage asked for each time: a browser may refuse
 */
export function createWork(storage) {
  return {
    /** @param {Pick<State, 'edits' | 'selected' | 'inspecting'> & {against?: State['against'],
     *   model: {id: string} | null}} state */
    save({ model, edits, selected, inspecting, against }) {
      const id = model?.id ?? null;
      const neuron = inspecting && selected ? { neuron: selected } : {};
      const own = id === null ? {} : { [id]: edits[id] ?? [] };
      const all = [edits, own, {}].map((each) =>
        JSON.stringify({ model: id, edits: made(each), isClosed: against === null, ...neuron }),
      );
      try {
        storage().setItem(KEY, all.find((text) => text.length <= MOST) ?? '');
      } catch {
        // a browser that keeps nothing begins anew
      }
    },
    /** @returns {Work} */
    load() {
      try {
        const {
          model,
          edits,
          neuron,
          isClosed = false,
        } = JSON.parse(storage().getItem(KEY) ?? '{}');
        const whole = Object.entries(edits ?? {}).filter(([, list]) => isEdits(list));
        return {
          model: typeof model === 'string' ? model : null,
          edits: Object.fromEntries(whole),
          ...(typeof neuron?.layer === 'string' && neuron.index >= 0 ? { neuron } : {}),
          isClosed,
        };
      } catch {
        return { model: null, edits: {}, isClosed: false };
      }
    },
  };
}
