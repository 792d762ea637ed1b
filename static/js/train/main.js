// Puts the Train screen together: what is set up and watched in one store, what reads the drawing in
// another, views around both.

import { createAnswer, words } from '../views/answer.js';
import { createApi, isRefusal } from '../server/api.js';
import { byId } from '../page/dom.js';
import { createFullscreen } from '../page/fullscreen.js';
import { afterFirst, loadWords } from '../page/late.js';
import { createKeep, storageOf } from '../sessions/keep.js';
import { listenForKeys } from '../page/keys.js';
import { createDrawing } from '../sessions/drawing.js';
import { createHistory, isBlank } from '../state/history.js';
import { EDGE_COUNTS } from '../views/network/overlay/legend.js';
import { createNetworkView } from '../views/network/view.js';
import { createPad } from '../views/pad/pad.js';
import { wakeByTap } from '../views/pad/wake.js';
import { createTestDigits } from '../sessions/test-digits.js';
import { persist } from '../server/persist.js';
import { createReader } from '../sessions/reader.js';
import { createSpeech } from '../page/speech.js';
import { createStatus, createTroubles } from '../views/status.js';
import { stepsOf } from '../state/steps.js';
import { createStore, emptyState } from '../state/store.js';
import { createTheme } from '../page/theme.js';
import { createNumbers, createTranslate } from '../page/words.js';
import { createActions } from './actions.js';
import { createAsked } from './asked.js';
import { createCurves } from './curves/late.js';
import { createOpen } from './open.js';
import { createPlace } from './curves/place.js';
import { createFilm } from './run/playback.js';
import { createFilters } from './filters.js';
import { createHead } from './run/head.js';
import { createGiven } from './given.js';
import { createLate } from './late.js';
import { createRoom } from './run/room.js';
import { createRuns } from './run/runs.js';
import { createScrub } from './run/scrub.js';
import { isAwaited, shownCheckpoint, shownModel } from './run/selectors.js';
import { createTrainingServer } from './server.js';
import { createSetup } from './setup/setup.js';
import { createStepBox } from './step-box.js';
import { createCheckpointReader, createReadBy } from './run/checkpoint-reader.js';
import { createWatcher } from './run/watcher.js';

/** @import { Neuron, State } from '../state/types.js' */
/** @import { TrainState } from './types.js' */

const LONGEST_RELEASE = 2000; // ms that a deletion waits for answers about the run

/** @type {Record<string, string>} */
const catalogue = JSON.parse(byId('catalogue').textContent ?? '{}');
const t = createTranslate(catalogue);
const language = document.documentElement.lang;
const numbers = createNumbers(language);
const isEmbedded = 'embedded' in document.documentElement.dataset; // beside a chapter
const keep = createKeep(storageOf(isEmbedded));
const kept = keep.load();

const history = createHistory(kept?.all);
/** @type {State} */
const initial = {
  ...emptyState(),
  drawing: history.current(),
  center: kept?.center ?? true,
  edgeCount: EDGE_COUNTS.first,
};
const page = createStore(initial);
/** @type {TrainState} */
const nothing = {
  lessons: null,
  lesson: '',
  recipe: null,
  other: null,
  plan: null,
  refusal: '',
  starting: false,
  slow: false,
  runs: [],
  usage: null,
  trouble: null,
  watched: null,
  beside: null,
  details: {},
  batch: null,
  playing: false,
  said: '',
  gone: null,
  theme: 'light',
};
const store = createStore(nothing);
const api = createApi();
const server = createTrainingServer();
const tell = createTroubles((worst) => page.set(worst));
/** The words that only some networks need. @param {import('../state/types.js').ModelDescription} model */
async function enter(model) {
  if (model.outputs.length > 1) Object.assign(catalogue, await loadWords('heads'));
  return given.enter(model);
}
const testDigits = createTestDigits(api);
const given = createGiven(
  { state: page.get, history, api, anyDigit: () => testDigits.next(null), catalogue },
  t,
  numbers,
);
const reader = createReader(api, page, tell, { enter });
const drawing = createDrawing({ store: page, history, reader, tell: tell('digit') });
const { onDraw, onStroke, onUndo, onRedo, onClear } = drawing;
const asked = createAsked(tell('asked'), tell('runs'));
const watcher = createWatcher(server, store, asked.hear);
/** The address names the run that is watched; beside a chapter it adds no step to the way back. @param {string} id */
const onName = (id) =>
  isEmbedded ? window.history.replaceState(null, '', `#run=${id}`) : opened.leave(`run=${id}`);
const film = createFilm(store, page.get);
const showModel = createCheckpointReader(reader, page);
/** No run and no checkpoint of it is asked for; waited for a moment only. @param {string} id */
const release = (id) =>
  Promise.race([
    watcher.quiet().then(() => {
      const isItsOwn = page.get().model?.id.startsWith(id);
      return isItsOwn ? showModel(standing || null) : undefined;
    }),
    new Promise((resolve) => setTimeout(resolve, LONGEST_RELEASE)),
  ]);
const opened = createOpen({
  page,
  store,
  onAddress: () => actions.onAddress(),
  browser: isEmbedded ? (await import('../page/own-history.js')).createOwnHistory() : window,
});
const { layers, small } = opened;
const actions = createActions({ server, store, watcher, release, tell: asked.tell, onName }, t);
let standing = ''; // the network that reads while no run is watched

const [undo, redo, clear] = ['undo', 'redo', 'clear'].map(
  (id) => /** @type {HTMLButtonElement} */ (byId(id)),
);
undo.addEventListener('click', onUndo);
redo.addEventListener('click', onRedo);
clear.addEventListener('click', onClear);
const onDigit = () => drawing.put(given.any);
byId('test-digit').addEventListener('click', onDigit);

const stepBox = createStepBox(
  /** @type {HTMLDetailsElement} */ (byId('step')),
  {
    api,
    page,
    tell: tell('step'),
    onEdits(model, edits) {
      page.set({ edits: { ...page.get().edits, [model]: edits } });
      reader.again();
    },
    onPin() {
      const at = shownCheckpoint(store.get());
      if (at) store.set({ batch: at.batch, playing: false }); // what is taught must not be swept away
    },
  },
  t,
  numbers,
);
const filters = createFilters(byId('filters-box'), t, numbers);
const showFilters = () => filters.update(page.get(), store.get().watched, isAwaited(store.get()));
/** What is looked at in the network that learns. */
const looking = {
  onHover: (/** @type {Neuron | null} */ hovered) => page.set({ hovered }),
  onSelect: (/** @type {Neuron | null} */ selected) => page.set({ selected }),
  onRow: (/** @type {number} */ row) =>
    page.set({ row: row < stepsOf(page.get().reading) ? row : null }),
};
wakeByTap(byId('pad'));
const padViews = [
  createPad(byId('pad'), { onDraw, onStroke, onErase: () => {} }, t),
  createAnswer(byId('answer'), byId('probabilities'), null, t, numbers),
];
const pageViews = [
  createNetworkView(byId('network'), looking, t, numbers),
  createStatus(byId('status'), t),
  createSpeech(byId('spoken'), (state) => words(state, t, numbers).spoken),
];
const views = [
  createSetup(byId('setup'), actions, t, numbers),
  createHead(byId('run-head'), actions, t, numbers, language),
  createLate(async () => {
    const { createHealth } = await import('./run/health.js');
    return createHealth(byId('health-box'), byId('problem'), t, numbers);
  }),
  createCurves(byId('curves'), actions, t),
  createScrub(byId('scrub'), { ...actions, store, onFilm: film.toggle, small }, t, numbers),
  createRuns(byId('history'), { ...actions, small }, t, numbers, language),
  createRoom(byId('trouble'), byId('history'), t, numbers),
];

const placeCurves = createPlace(byId('curves'), byId('curves-beside'));
const box = /** @type {HTMLDetailsElement} */ (byId('setup-box'));
let isListed = false; // whether it is known which runs there are
/** @type {string | null} */
let folded = null; // the run for which the set-up was folded

/** What was started, or chosen far below, is to be seen. @param {HTMLElement} section */
function bringIntoSight(section) {
  const { top } = section.getBoundingClientRect();
  if (top < 0 || top > innerHeight) window.scrollTo({ top: 0, behavior: 'instant' }); // it comes first
}

const sayWhoReads = createReadBy(byId('mine-about'), page.get, store, t);

page.subscribe((state) => {
  const isHouse = given.update(state);
  byId('train').classList.toggle('heads', (state.model?.outputs.length ?? 1) > 1);
  for (const view of isHouse ? pageViews : [...padViews, ...pageViews]) view.update(state);
  undo.disabled = !state.canUndo;
  redo.disabled = !state.canRedo;
  clear.disabled = isBlank(state.drawing);
  sayWhoReads();
  stepBox.update(state);
  showFilters();
});
store.subscribe((state) => {
  if (!isAwaited(state)) showModel(state.watched ? shownModel(state) : standing || null); // till then as before
  for (const view of views) view.update(state);
  showFilters();
  sayWhoReads();
  byId('train').classList.toggle('watching', state.watched !== null);
  placeCurves(state.watched !== null);
  byId('train').classList.toggle('awaited', isAwaited(state));
  if (state.watched !== folded) {
    small.close();
    box.open = state.watched === null; // it makes room for what is watched
  }
  if (state.watched !== null && state.watched !== folded && isListed) bringIntoSight(byId('watch'));
  folded = state.watched;
  byId('train').toggleAttribute('data-ready', isListed);
});

listenForKeys({
  undo: onUndo,
  redo: onRedo,
  clear: onClear,
  play: film.toggle,
  trace: () => {},
  erase: () => {},
  escape: layers.escape,
});
createTheme(byId('theme'), (theme) => {
  page.set({ theme });
  store.set({ theme });
});
createFullscreen(byId('fullscreen'));
for (const event of ['online', 'visibilitychange']) {
  (event === 'online' ? window : document).addEventListener(event, () => {
    reader.hurry();
    watcher.hurry();
  });
}
window.addEventListener('pagehide', () => {
  if (drawing.touched() || kept)
    keep.save({ ...kept?.others, digits: given.digits() }, page.get().center);
});

async function start() {
  const [lessons, list] = await Promise.all([
    persist(server.lessons, { onStatus: tell('lessons'), isFinal: isRefusal }),
    persist(api.models, { onStatus: tell('model'), isFinal: isRefusal }),
  ]);
  if (!lessons || !list) return;
  standing = list.default;
  store.set({ lessons });
  if (!isEmbedded) actions.onLesson(lessons.lessons[0].id); // a chapter says which
  await watcher.hurry(true);
  opened.arrive(actions.onAddress(true));
  isListed = true;
  store.set({});
  store.flush();
  layers.start();
  if (isEmbedded) {
    const { createBridge } = await import('./embedded/bridge.js');
    const bridge = createBridge({
      store,
      page,
      onLesson: actions.onLesson,
      onRecipe: actions.onRecipe,
      onStart: actions.onStart,
    });
    Object.assign(window, { nnviz: bridge }); // for the chapter's page, which may have loaded later or earlier
    window.dispatchEvent(new CustomEvent('bridge', { detail: bridge }));
  }
  const digit = kept ? null : await drawing.loadDigit(testDigits.first, () => !drawing.touched());
  if (digit && !drawing.touched()) page.set({ welcome: given.greet(digit) });
  if (page.get().problem !== 'houses') drawing.show();
}

start();
afterFirst(() =>
  import('../page/terms/terms.js').then(({ createTerms }) => createTerms(undefined, layers)),
);
/** @param {'light' | 'dark'} theme */
function repaint(theme) {
  for (const each of [page, store]) {
    each.set({ theme });
    each.flush();
  }
}
afterFirst(() =>
  import('../page/paper/printed.js').then(({ printLight }) => printLight('printed', repaint)),
);
afterFirst(() => import('../page/touch/swipes.js').then(({ suitFingers }) => suitFingers()));
