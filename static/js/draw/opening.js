// What a visit begins with: what its address tells, what this tab has kept of the visit before, and
// the first picture: the models, the one that is named, and a real digit being read.

import { isRefusal } from '../server/api.js';
import { persist } from '../server/persist.js';
import { problemOf } from '../state/ends.js';
import { blank, createHistory } from '../state/history.js';
import { CHECKPOINT } from '../state/names.js';
import { emptyState } from '../state/store.js';
import { createKeep, storageOf } from '../sessions/keep.js';
import { createWork } from '../sessions/work.js';
import { EDGE_COUNTS } from '../views/network/overlay/legend.js';
import { PANELS } from './problems/switch.js';

/** @import { State } from '../state/types.js' */
/** @import { Shared } from '../state/fragment.js' */

/** What the address tells, beyond a model's name. @returns {Promise<Shared>} */
export const told = async () =>
  /^(#(model=[^&]*)?)?$/.test(location.hash)
    ? { model: null }
    : (await import('../state/fragment.js')).fromFragment(location.hash);

/** @param {boolean} isEmbedded */
export async function bring(isEmbedded) {
  const keep = createKeep(storageOf(isEmbedded));
  const work = createWork(storageOf(isEmbedded));
  const [kept, before, shared] = [keep.load(), work.load(), await told()];
  const { drawing, testDigit, model } = shared;
  const isShared = drawing !== undefined || testDigit !== undefined;

  const history = createHistory(kept?.all);
  const elsewhere = drawing && problemOf(drawing); // of another problem: it waits for its network
  if (drawing && !elsewhere && JSON.stringify(drawing) !== JSON.stringify(history.current())) {
    history.push(drawing); // what was drawn before can be had again
  }

  /** @type {State} */
  const initial = {
    ...emptyState(),
    edits: isShared && model ? { ...before.edits, [model]: shared.edits ?? [] } : before.edits,
    drawing: testDigit === undefined ? history.current() : blank(),
    canUndo: history.canUndo(),
    canRedo: history.canRedo(),
    center: isShared ? (shared.center ?? true) : (kept?.center ?? true),
    edgeCount: shared.edges ?? EDGE_COUNTS.first,
    compared: shared.compared ?? [],
    row: shared.row ?? null,
    selected:
      (isShared ? shared : window.history.state?.layers?.length ? before : {}).neuron ?? null, // a reload opens it again
    tracing: shared.trace ?? false,
    inputAs: shared.inputAs ?? 'grid',
  };
  return {
    initial,
    history,
    shared,
    /** The steps of problems that are not on the screen. */
    others: kept?.others ?? {},
    /** What the address brings for another problem's network. */
    waiting: drawing && elsewhere ? { problem: elsewhere, drawing } : null,
    /** The network that read when the visitor left. */
    lastModel: before.model,
    /** Nothing was asked of the answer when the visitor left. */
    isClosed: before.isClosed && !isShared,
    /** The pad holds what somebody has put there. */
    isTouched: kept !== null || isShared,
    /** @param {Parameters<typeof keep.save>[0] | null} steps of every problem; null keeps those from before
     * @param {State} state */
    save(steps, state) {
      if (steps) keep.save(steps, state.center);
      work.save(state);
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof bring>>} Brought */

/**
 * @typedef {import('./embedded/bridge.js').Page & {
 *   api: ReturnType<typeof import('../server/api.js')['createApi']>,
 *   tell: ReturnType<typeof import('../views/status.js')['createTroubles']>,
 *   address: ReturnType<typeof import('./address.js')['createAddress']>,
 *   layers: import('../page/layers.js').Layers,
 * }} Page
 */

/**
 * The network that read when the visitor left, if there still is one of that name.
 * @param {string | null} model
 * @param {State['models']} models
 * @param {Page['api']} api
 */
async function remembered(model, models, api) {
  if (model === null || models.some(({ id }) => id === model)) return model;
  return CHECKPOINT.test(model)
    ? api.model(model).then(
        ({ id }) => id,
        () => null,
      )
    : null;
}

/**
 * @param {Page} page
 * @param {Brought} brought
 * @param {boolean} isEmbedded beside a chapter, which works with the page
 */
export async function start(page, { shared, lastModel }, isEmbedded) {
  const { store, api, tell, address, layers, panels, pad, history, testDigits, reader } = page;
  const { testDigit } = shared;
  const greets = testDigit === undefined;
  const greeting = !greets
    ? pad.loadDigit(
        () => testDigits.place(testDigit),
        () => true,
      )
    : pad.touched()
      ? undefined
      : pad.loadDigit(testDigits.first, () => !pad.touched());
  const list = await persist(api.models, { onStatus: tell('model'), isFinal: isRefusal });
  if (!list) return;
  store.set({ models: list.models });
  if (greets) reader.read(history.current());
  reader.pick(address.model() ?? (await remembered(lastModel, list.models, api)) ?? list.default);
  if (isEmbedded) (await import('./embedded/bridge.js')).offerBridge(page);
  if (shared.damaged) address.tellDamaged();
  const digit = await greeting;
  const isGreeted = digit && !isEmbedded && !PANELS[store.get().problem]; // a chapter says what is shown
  if (isGreeted && (!greets || !pad.touched())) {
    history.push(digit);
    store.set({ welcome: greets });
    pad.show();
  }
  if (shared.inside) panels.onInspect();
  if (shared.compared) panels.onCompare();
  layers.start();
}
