// Has the newest drawing read by the model that is picked. A model and its first reading are shown
// together, so that changing the model never flashes a network without an answer.

import { isRefusal } from '../server/api.js';
import { createFollower } from '../server/follower.js';
import { isBlank } from '../state/history.js';
import { persist } from '../server/persist.js';
import { wholeOf } from '../server/reading.js';
import { size } from '../state/units.js';

/** @import { Status } from '../server/follower.js' */
/** @import { Drawing, Edit, ModelDescription, Neuron, Reading, State, Weights } from '../state/types.js' */

const KNOWN = 120; // networks whose weights are kept at hand
/** @type {Edit[]} */
const NO_EDITS = [];

/**
 * @typedef {object} Arrival another problem's input: it is shown with the first network that reads it
 * @property {Drawing} drawing
 * @property {() => Partial<State>} show
 *
 * @typedef {object} Server the part of api.js that is needed here
 * @property {(id: string) => Promise<ModelDescription>} model
 * @property {(url: string) => Promise<Weights>} weights
 * @property {(id: string, drawing: Drawing, center: boolean, edits: Edit[], signal: AbortSignal, whole: string[]) => Promise<Reading>} read
 * @property {(id: string, edits: Edit[], signal: AbortSignal) => Promise<Weights>} editedWeights
 */

/** What is pointed at stays, where the model has such a neuron.
 * @param {ModelDescription} model @param {Neuron | null} neuron */
function keep(model, neuron) {
  if (!neuron) return null;
  if (neuron.layer === 'input') return neuron.index < size(model.input_shape) ? neuron : null;
  const shape = model.layers.find(({ name }) => name === neuron.layer)?.shape ?? [0];
  return neuron.index < shape.reduce((a, b) => a * b) ? neuron : null;
}

/** The weights that a reading with edits is made with, fetched once; null without edits.
 * @param {{editedWeights: (id: string, edits: Edit[], signal: AbortSignal) => Promise<Weights>}} api */
function createEdited(api) {
  /** @type {{edits: Edit[], weights: Weights} | null} what was edited last */
  let last = null;
  return async (
    /** @type {{id: string, edits: Edit[]}} */ { id, edits },
    /** @type {AbortSignal} */ signal,
  ) => {
    if (!edits.length) return null;
    if (last?.edits !== edits)
      last = { edits, weights: await api.editedWeights(id, edits, signal) };
    return last.weights;
  };
}

/** What there is while nobody reads. */
const NOBODY = {
  model: null,
  weights: null,
  learned: null,
  reading: null,
  readOf: null,
  waiting: false,
};

/**
 * @param {Server} api
 * @param {{get(): State, set(change: Partial<State>): void}} store
 * @param {(source: string) => (status: Status, detail?: string) => void} tell
 * @param {object} [rest]
 * @param {(model: ModelDescription) => Promise<Arrival | null>} [rest.enter] what a model of another
 *   problem is given; null where it reads what is there
 * @param {import('../server/follower.js').Clock} [rest.clock]
 */
export function createReader(api, store, tell, { enter = async () => null, clock } = {}) {
  /** @type {Map<string, {model: ModelDescription, weights: Weights | null}>} */
  const known = new Map();
  /** @type {string | null} */
  let picked = null;
  let picks = 0;
  let drawing = store.get().drawing;
  /** @type {Arrival | null} */
  let arriving = null;
  /** @typedef {{id: string, drawing: Drawing, center: boolean, edits: Edit[]}} Wanted */
  /** @type {Wanted | null} */
  let newest = null;
  const editedWeights = createEdited(api);

  /** @type {ReturnType<typeof createFollower<Wanted, [Reading, Weights | null]>>} */
  const follower = createFollower({
    request: (wanted, signal) =>
      Promise.all([
        api.read(wanted.id, wanted.drawing, wanted.center, wanted.edits, signal, whole(wanted.id)),
        editedWeights(wanted, signal),
      ]),
    onReply: ([reading, weights], wanted) => {
      showModel(wanted.id);
      store.set({
        reading,
        weights: weights ?? known.get(wanted.id)?.weights ?? null,
        readOf: wanted.drawing,
        waiting: wanted !== newest,
      });
    },
    onStale: (stale) => {
      if (stale !== store.get().stale) store.set({ stale });
    },
    onStatus: tell('reading'),
    isFinal: isRefusal,
    clock,
  });

  /** The layers that are told whole. @param {string} id */
  function whole(id) {
    const { hovered, selected } = store.get();
    return wholeOf(known.get(id)?.model.layers ?? [], [hovered?.layer, selected?.layer]);
  }

  /** @param {string} id */
  function showModel(id) {
    const entry = known.get(id);
    const { model, hovered, selected } = store.get();
    if (!entry || entry.model === model) return;
    const isOther = arriving !== null; // its units are others, by whatever name
    store.set({
      ...entry,
      learned: entry.weights,
      reading: null,
      hovered: isOther ? null : keep(entry.model, hovered),
      selected: isOther ? null : keep(entry.model, selected),
      ...arriving?.show(),
    });
    arriving = null;
  }

  function readNow() {
    if (picked === null) return;
    if (isBlank(drawing)) {
      follower.forget();
      showModel(picked);
      store.set({ reading: null, readOf: null, waiting: false });
      return;
    }
    const { center, edits } = store.get();
    newest = { id: picked, drawing, center, edits: edits[picked] ?? NO_EDITS };
    store.set({ waiting: true });
    follower.want(newest);
  }

  return {
    /** Have this drawing read; a blank one has no reading. @param {Drawing} next */
    read(next) {
      if (arriving) return; // what is on the screen is not what the picked network reads
      drawing = next;
      readNow();
    },

    /** The same drawing once more: an option changed. */
    again: readNow,

    /** The network is back, or the page is looked at again. */
    hurry: follower.hurry,

    /** Nobody reads any more, until another is picked. */
    leave() {
      picks += 1;
      picked = null;
      follower.forget();
      store.set(NOBODY);
    },

    /**
     * Let another model read. Its description and weights are fetched once.
     * @param {string} id
     * @returns {Promise<boolean>} whether it reads now; false if another was picked meanwhile
     */
    async pick(id) {
      picks += 1;
      const mine = picks;
      const options = {
        onStatus: tell('model'),
        isFinal: isRefusal,
        isWanted: () => mine === picks,
      };
      const model = known.get(id)?.model ?? (await persist(() => api.model(id), options));
      if (!model || mine !== picks) return false;
      if (!known.has(id)) remember(id, model);
      const arrival = await persist(() => enter(model), options);
      if (arrival === undefined || mine !== picks) return false;
      if (arrival || arriving) drawing = (arrival ?? store.get()).drawing;
      arriving = arrival;
      picked = id;
      follower.forget();
      if (!store.get().model) showModel(id);
      readNow();
      loadWeights(model, options);
      return true;
    },
  };

  /** @param {string} id @param {ModelDescription} model */
  function remember(id, model) {
    const oldest = [...known.keys()].find((each) => each !== picked);
    if (known.size >= KNOWN && oldest !== undefined) known.delete(oldest);
    known.set(id, { model, weights: null });
  }

  /** @param {ModelDescription} model @param {Parameters<typeof persist>[1]} options */
  async function loadWeights(model, options) {
    if (known.get(model.id)?.weights) return;
    const weights = await persist(() => api.weights(model.weights.url), options);
    if (!weights) return;
    known.set(model.id, { model, weights });
    if (store.get().model !== model) return;
    const isEdited = store.get().edits[model.id]?.length && store.get().weights;
    store.set(isEdited ? { learned: weights } : { weights, learned: weights });
  }
}
