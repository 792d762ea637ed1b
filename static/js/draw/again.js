// Start again: the first digit or house, the first network of the problem, nothing changed, nothing open. What
// was done is said, with the way back to all that was there.

import { loadSheet, make } from '../page/dom.js';
import { loadWords } from '../page/late.js';
import { createTranslate } from '../page/words.js';
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
 * @typedef {object} Page
 * @property {{get(): State, set(change: Partial<State>): void, subscribe(listener: (state: State) => void): () => void}} store
 * @property {{onEnd: () => void}} guide
 * @property {{put: (load: () => Promise<Drawing | null>) => Promise<void>, onUndo: () => void}} pad
 * @property {{current: () => Drawing}} history
 * @property {{session: () => Promise<{resetAll: () => void}>}} panels
 * @property {{again: () => void}} reader
 * @property {Pick<import('../page/layers.js').Layers, 'add' | 'sync'>} layers
 * @property {() => Promise<Drawing>} first what is given of the problem at first
 * @property {() => Promise<{default: string, models: State['models']}>} models
 * @property {(id: string) => Promise<void>} onPick
 */

/** What stands on the screen, to be put there again. @param {State} state @returns {Partial<State>} */
export const kept = ({ edits, compared, center, inputAs, edgeCount, row, selected }) => ({
  ...{ edits, compared, center, inputAs, edgeCount, row, selected },
});

/** @param {Page} page */
export async function startAgain({
  store,
  guide,
  pad,
  history,
  panels,
  reader,
  layers,
  first,
  models,
  onPick,
}) {
  guide.onEnd();
  const [was, model, drawn] = [kept(store.get()), store.get().model, history.current()];
  store.set(FIRST);
  if (Object.values(store.get().edits).some((edits) => edits.length))
    (await panels.session()).resetAll();
  const put = pad.put(first);
  const list = await models();
  const { problem } = store.get();
  const isDefault = list.models.some(
    (each) => each.id === list.default && each.problem === problem,
  );
  const id = isDefault
    ? list.default
    : (list.models.find((each) => each.problem === problem)?.id ?? list.default);
  await onPick(id);
  await put;

  /** All as it was before. */
  async function back() {
    if (history.current() !== drawn) pad.onUndo();
    if (model && model.id !== store.get().model?.id) await onPick(model.id);
    store.set(was);
    reader.again();
  }
  const given = history.current();
  const isSame = (/** @type {State} */ { model: now }) =>
    history.current() === given && [id, model?.id].includes(now?.id); // the new one comes with its reading
  await tell(store, layers, back, isSame);
}

let isKnown = false; // to what Escape closes
/** @type {(() => void) | null} while the line is there */
let sendAway = null;

/** A line that says it, until it is sent away or something else is done.
 * @param {Page['store']} store @param {Page['layers']} layers @param {() => Promise<void>} back
 * @param {(state: State) => boolean} isSame whether nothing else was put there */
async function tell(store, layers, back, isSame) {
  const [words] = await Promise.all([loadWords('tour'), loadSheet('tour')]);
  const t = createTranslate(words);
  if (!isKnown)
    layers.add({ name: 'again', isOpen: () => sendAway !== null, close: () => sendAway?.() });
  isKnown = true;
  sendAway?.();
  const undo = make('button', { type: 'button', 'data-testid': 'again-undo' }, t('again.undo'));
  const close = make(
    'button',
    { type: 'button', class: 'plain', 'aria-label': t('again.close'), title: t('again.close') },
    '×',
  );
  const line = make('div', { class: 'again-told', role: 'status', 'data-testid': 'again-told' });
  document.querySelector('main')?.append(line);
  line.append(make('p', {}, t('again.told')), undo, close); // what is put into a status is spoken
  const done = () => {
    line.remove();
    stop();
    sendAway = null;
  };
  const stop = store.subscribe((now) => {
    const isOpen = now.inspecting || now.comparing || now.teaching || now.selected || now.moment;
    if (!isSame(now) || isOpen) done();
  });
  sendAway = done;
  layers.sync();
  close.addEventListener('click', done);
  undo.addEventListener('click', () => {
    done();
    back();
  });
}
