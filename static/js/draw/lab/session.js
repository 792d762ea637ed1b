// The edits of this visit: their history, what they do to the test set, and models that are kept.

import { createFollower } from '../../server/follower.js';
import { learnedOf } from './edited.js';

/** @import { Edit, Evaluation, ModelSummary, State } from '../../state/types.js' */
/** @import { Status } from '../../server/follower.js' */

const REST = 400; // ms without change until a network that takes long reads the test set
const PATIENCE = 20000; // ms

/**
 * @typedef {object} Server the part of api.js that is needed here
 * @property {(id: string, edits: Edit[], signal: AbortSignal) => Promise<Evaluation>} evaluate
 * @property {() => Promise<{models: ModelSummary[]}>} models
 * @property {(base: string, edits: Edit[], title: string) => Promise<ModelSummary>} save
 * @property {(id: string) => Promise<void>} remove
 */

/**
 * @param {Server} api
 * @param {{get(): State, set(change: Partial<State>): void}} store
 * @param {object} page
 * @param {() => void} page.onEdited the drawing has to be read again
 * @param {(id: string) => void} page.onPick
 * @param {(status: Status, detail?: string) => void} page.tell
 * @param {(error: Error) => boolean} page.isRefusal
 * @param {import('./undone.js').Before} [page.before] what each model's edits were before
 * @param {import('../../server/follower.js').Clock} [clock]
 */
export function createSession(
  api,
  store,
  { onEdited, onPick, tell, isRefusal, before = new Map() },
  clock,
) {
  let gesture = '';
  /** @type {Edit[] | undefined} */
  let asked;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const patiently = {
    onStale: () => {},
    onStatus: tell,
    isFinal: isRefusal,
    slowAfter: PATIENCE,
    patience: PATIENCE,
    clock,
  };

  /** @type {ReturnType<typeof createFollower<{id: string, edits: Edit[]}, Evaluation>>} */
  const follower = createFollower({
    request: ({ id, edits }, signal) => api.evaluate(id, edits, signal),
    onReply: (evaluation) => store.set({ evaluation }),
    ...patiently,
  });

  /** The same of networks whose description does not say it, as they were learned.
   * @type {ReturnType<typeof createFollower<string, Evaluation>>} */
  const learned = createFollower({
    request: (id, signal) => api.evaluate(id, [], signal),
    onReply: ({ accuracy, mean_absolute_error: error }, id) =>
      store.set({ tested: { ...store.get().tested, [id]: error ?? accuracy } }),
    ...patiently,
  });
  /** @type {string | undefined} */
  let learnedOfId;

  const idNow = () => store.get().model?.id ?? '';
  const editsNow = () => store.get().edits[idNow()] ?? [];
  const stepsNow = () => before.get(idNow()) ?? [];

  /** @param {Edit[]} edits */
  function put(edits) {
    store.set({
      edits: { ...store.get().edits, [idNow()]: edits },
      canUndoEdit: stepsNow().length > 0,
    });
    onEdited();
    evaluate();
  }

  /** Read the test set by the network as it is now, unless that was asked for already. */
  function evaluate() {
    const { model } = store.get();
    const edits = editsNow();
    if (!model || edits === asked) return;
    asked = edits;
    clearTimeout(timer);
    if (!edits.length) follower.forget();
    else if (model.kind === 'mlp') follower.want({ id: model.id, edits });
    else timer = setTimeout(() => follower.want({ id: model.id, edits }), REST);
  }

  return {
    /** The edits become these; those of one gesture are undone in one step.
     * @param {Edit[]} edits @param {string} of the gesture's name */
    edit(edits, of) {
      if (of !== gesture) before.set(idNow(), [...stepsNow(), editsNow()]);
      gesture = of;
      put(edits);
    },

    /** The edits become these, and there is nothing to undo before them. @param {Edit[]} edits */
    begin(edits) {
      before.delete(idNow());
      gesture = '';
      put(edits);
    },

    /** The gesture is over: the next one is a step of its own. */
    settle() {
      gesture = '';
    },

    undo() {
      const steps = stepsNow();
      const last = steps[steps.length - 1];
      if (!last) return;
      before.set(idNow(), steps.slice(0, -1));
      gesture = '';
      put(last);
    },

    reset() {
      if (!editsNow().length) return;
      before.set(idNow(), [...stepsNow(), editsNow()]);
      gesture = '';
      put([]);
    },

    /** No network is changed any more; each can be had back as it was. */
    resetAll() {
      const { edits } = store.get();
      for (const [id, made] of Object.entries(edits)) {
        if (made.length) before.set(id, [...(before.get(id) ?? []), made]);
      }
      gesture = '';
      store.set({ edits: {}, canUndoEdit: stepsNow().length > 0 });
      onEdited();
      evaluate();
    },

    /** Keep the edited network under a name, and go on with it. @param {string} title
     * @returns {Promise<void>} rejects with the server's reason */
    async save(title) {
      const summary = await api.save(idNow(), editsNow(), title);
      this.reset();
      store.set({ models: (await api.models()).models });
      onPick(summary.id);
    },

    /** Delete the saved model that reads now, and go back to the first. @returns {Promise<void>} */
    async remove() {
      await api.remove(idNow());
      const { models } = await api.models();
      store.set({ models });
      onPick(models[0].id);
    },

    /** Another model reads, perhaps one with edits. */
    follow() {
      const canUndoEdit = stepsNow().length > 0;
      if (canUndoEdit !== store.get().canUndoEdit) store.set({ canUndoEdit });
      evaluate();
      const { model } = store.get();
      if (model && model.id !== learnedOfId && learnedOf(store.get()) === undefined) {
        learnedOfId = model.id;
        learned.want(model.id);
      }
    },
  };
}
