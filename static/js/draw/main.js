// Puts the page together: the store in the middle, views around it, one reader that follows the pen.

import { createAddress } from './address.js';
import { createChoice, createMissing } from './choice.js';
import { createGuide } from './guide.js';
import { createHelp } from './help.js';
import { bring, start } from './opening.js';
import { createPanels } from './panels.js';
import { listenForImages } from './pad/tools.js';
import { createProblems } from './problems/switch.js';
import { createScreen } from './screen.js';
import { createWhy } from './why/why.js';
import { byId } from '../page/dom.js';
import { listenForKeys } from '../page/keys.js';
import { afterFirst, createLate, loadWords } from '../page/late.js';
import { createLayers } from '../page/layers.js';
import { createTheme } from '../page/theme.js';
import { createNumbers, createTranslate } from '../page/words.js';
import { createApi } from '../server/api.js';
import { createDrawing } from '../sessions/drawing.js';
import { createReader } from '../sessions/reader.js';
import { createTestDigits } from '../sessions/test-digits.js';
import { createStore } from '../state/store.js';
import { EDGE_COUNTS } from '../views/network/overlay/legend.js';
import { createNetworkView } from '../views/network/view.js';
import { createTroubles } from '../views/status.js';

/** @type {Record<string, string>} */
const catalogue = JSON.parse(byId('catalogue').textContent ?? '{}');
const t = createTranslate(catalogue);
const language = document.documentElement.lang;
const numbers = createNumbers(language);
const isEmbedded = 'embedded' in document.documentElement.dataset; // beside a chapter

const brought = await bring(isEmbedded);
const { history, waiting } = brought;
const store = createStore(brought.initial);
const api = createApi();
const tell = createTroubles((worst) => store.set(worst));
const address = createAddress(
  { store, replace: (url) => layers.replace(url) },
  byId('shared'),
  EDGE_COUNTS.first,
);
const onLayer = () => layers.sync();

/** Words that a panel brings. @param {string} name */
const addWords = async (name) => Object.assign(catalogue, await loadWords(name));
/** What a network that is picked brings along. @param {import('../state/types.js').ModelDescription} model */
async function arrive(model) {
  if (model.outputs.length > 1) await addWords('heads');
  return problems.enter(model);
}
/** @param {string} id */
async function onPick(id) {
  if (!(await reader.pick(id))) return;
  address.name(id);
  if (!store.get().inspecting) store.set({ selected: null }); // what was kept is of another network
}

// What reads, and what it is given.
const reader = createReader(api, store, tell, { enter: arrive });
const missing = createMissing({ store, api, tell });
const testDigits = createTestDigits(api);
const pad = createDrawing({ store, history, reader, tell: tell('digit'), onAct: address.leave });
if (brought.isTouched) pad.touch();
const choice = createChoice(store);
const { onHover, onSelect, onBack, onKept, onTap, onRow, units } = choice;
const problems = createProblems(
  {
    store,
    history,
    firstDigit: testDigits.first,
    catalogue,
    addWords,
    panel: {
      input: byId('given'),
      answer: byId('amount'),
      store,
      api,
      onGive: (given, isSettled) =>
        isSettled ? pad.act(() => history.push(given)) : pad.onGive(given),
      put: pad.put,
      history: pad,
      units,
      t,
      numbers,
      language,
    },
  },
  brought.others,
);
if (waiting) problems.expect(waiting.problem, waiting.drawing);
const put = createLate(async () =>
  (await import('./pad/put.js')).createPut({ store, api, history, pad, testDigits, problems }),
);
const onErasing = () => store.set({ erasing: !store.get().erasing });

// What is shown of it, and what opens over that.
const guide = createGuide(store, t, numbers);
const why = createWhy({ store, api, tell, events: units, isClosed: brought.isClosed }, t, numbers);
const network = createNetworkView(byId('network'), { onHover, onSelect: onTap, onRow }, t, numbers);
const panels = createPanels(
  {
    addWords,
    store,
    api,
    reader,
    guide,
    address,
    network,
    tell,
    onPick,
    onSelect,
    onBack,
    onKept,
    onLayer,
  },
  t,
  numbers,
);
const screen = createScreen(
  {
    store,
    choice,
    pad,
    put,
    onErasing,
    guide,
    why,
    panels,
    problems,
    network,
    reader,
    onPick,
    onOpen: onLayer,
    catalogue,
  },
  t,
  numbers,
);
const help = createHelp({ store, guide, button: byId('tour'), onLayer }, t, numbers);
const layers = createLayers(
  [
    ...choice.layers(panels.isSmall),
    why.layer,
    { ...guide.layer, isOpen: () => guide.layer.isOpen() && !help.layer.isOpen() }, // the tour's own
    help.layer,
    ...panels.layers,
    screen.picker,
  ],
  async () => (await import('./other-address.js')).goTo(page, problems, onPick),
  isEmbedded ? (await import('../page/own-history.js')).createOwnHistory() : window,
);
/** What a first picture, another address and a chapter work with. @type {import('./opening.js').Page} */
const page = {
  store,
  api,
  tell,
  address,
  layers,
  guide,
  panels,
  pad,
  history,
  testDigits,
  reader,
  network,
};

/** @param {import('../state/types.js').State} whole */
function show(whole) {
  const state = screen.update(whole);
  missing.follow(state);
  address.follow(state);
  layers.sync();
  help.update();
}
store.subscribe(show);

// What the visitor does anywhere on the page.
listenForKeys({
  undo: pad.onUndo,
  redo: pad.onRedo,
  clear: pad.onClear,
  trace: guide.onTrace,
  play: guide.onPlay,
  erase: onErasing,
  escape: layers.escape,
});
listenForImages(
  /** @type {HTMLButtonElement} */ (byId('image')),
  /** @type {HTMLInputElement} */ (byId('image-file')),
  byId('pad'),
  put('onImage'),
);
createTheme(byId('theme'), (theme) => store.set({ theme }));
const fullscreen = byId('fullscreen');
fullscreen.hidden = !document.fullscreenEnabled;
const whole = createLate(async () =>
  (await import('../page/fullscreen.js')).followFullscreen(fullscreen),
);
window.addEventListener('online', reader.hurry);
document.addEventListener('visibilitychange', reader.hurry);
/** The first digit, the first network, nothing changed. */
async function onAgain() {
  const { startAgain } = await import('./again.js');
  await startAgain({ ...page, first: problems.first, models: api.models, onPick });
}
for (const [id, onClick] of Object.entries({
  share: panels.onShare,
  'teach-open': panels.onTeach,
  fullscreen: whole('toggle'),
  again: onAgain,
  tour: help.onTour,
}))
  byId(id).addEventListener('click', onClick);
window.addEventListener('pagehide', () =>
  brought.save(pad.touched() ? problems.all() : null, store.get()),
);
for (const link of document.querySelectorAll('[data-language]')) {
  link.addEventListener('click', () => {
    /** @type {HTMLAnchorElement} */ (link).hash = location.hash;
  });
}

start(page, brought, isEmbedded);

// What nobody needs for the first picture.
afterFirst(() => help.explain(layers));
if (matchMedia('(any-pointer: coarse)').matches)
  afterFirst(() => import('../page/touch/swipes.js').then(({ suitFingers }) => suitFingers()));
if (!isEmbedded) {
  afterFirst(() => import('./welcome/offer.js').then(({ createOffer }) => createOffer(store)));
  afterFirst(() =>
    import('./picture/key.js').then(({ createKey }) => createKey(byId('guide'), store)),
  );
}
/** @type {Promise<void> | null} */
let coming = null;
let isPrintable = false;
function printing() {
  coming ??= import('./paper/printing.js')
    .then(({ preparePrinting }) => preparePrinting(network, store, show))
    .then(() => void (isPrintable = true));
  coming.catch(() => (coming = null));
  return coming;
}
afterFirst(printing);
document.addEventListener('keydown', async (event) => {
  if (isPrintable || event.key !== 'p' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault(); // else the screen is printed, as its sheet is not there yet
  await printing().catch(() => {});
  window.print();
});
