// Start again: the first digit or house, the first network of the problem, nothing changed, nothing open. The drawing that was
// there and the changes can be had back with Undo.

import { EDGE_COUNTS } from '../views/network/overlay/legend.js';

/** @import { Drawing, State } from '../state/types.js' */

/** What is chosen on the screen, as at a first visit. @type {Partial<State>} */
export const FIRST = {
  selected: null,
  hovered: null,
  ringed: null,
  tracing: false,
  against: null,
  asked: 0,
  inspecting: false,
  changing: false,
  comparing: false,
  teaching: false,
  compared: [],
  row: null,
  center: true,
  erasing: false,
  inputAs: 'grid',
  edgeCount: EDGE_COUNTS.first,
};

/**
 * @param {object} page
 * @param {{get(): State, set(change: Partial<State>): void}} page.store
 * @param {{onEnd: () => void}} page.guide
 * @param {{put: (load: () => Promise<Drawing | null>) => Promise<void>}} page.pad
 * @param {{session: () => Promise<{resetAll: () => void}>}} page.panels
 * @param {() => Promise<Drawing>} page.first what is given of the problem at first
 * @param {() => Promise<{default: string, models: State['models']}>} page.models
 * @param {(id: string) => Promise<void>} page.onPick
 */
export async function startAgain({ store, guide, pad, panels, first, models, onPick }) {
  guide.onEnd();
  store.set(FIRST);
  if (Object.values(store.get().edits).some((edits) => edits.length))
    (await panels.session()).resetAll();
  const put = pad.put(first);
  const list = await models();
  const { problem } = store.get();
  const isDefault = list.models.some(
    (model) => model.id === list.default && model.problem === problem,
  );
  await onPick(
    isDefault
      ? list.default
      : (list.models.find((model) => model.problem === problem)?.id ?? list.default),
  );
  await put;
}
