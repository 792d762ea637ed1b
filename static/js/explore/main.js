// Puts the Explore screen together: one drawing and the network that reads it, as on Draw, and the view
// that the address names, which comes when it is first wanted.

import { createAnswer, words } from '../views/answer.js';
import { createApi, isRefusal } from '../server/api.js';
import { byId } from '../page/dom.js';
import { createFullscreen } from '../page/fullscreen.js';
import { listenForKeys } from '../page/keys.js';
import { afterFirst, loadWords } from '../page/late.js';
import { createSpeech } from '../page/speech.js';
import { createTheme } from '../page/theme.js';
import { createNumbers, createTranslate, joined } from '../page/words.js';
import { persist } from '../server/persist.js';
import { createAdmission } from '../sessions/admission.js';
import { createDrawing } from '../sessions/drawing.js';
import { createKeep, storageOf } from '../sessions/keep.js';
import { createReader } from '../sessions/reader.js';
import { createTestDigits } from '../sessions/test-digits.js';
import { createWork } from '../sessions/work.js';
import { createHistory } from '../state/history.js';
import { createStore, emptyState } from '../state/store.js';
import { createPad } from '../views/pad/pad.js';
import { wakeByTap } from '../views/pad/wake.js';
import { createPicker } from '../views/picker/picker.js';
import { createStatus, createTroubles } from '../views/status.js';
import { accompanied } from './follow.js';
import { createPictures } from './digits/pictures.js';
import { createAddress } from './frame/address.js';
import { createFrame } from './frame/frame.js';
import { createHeard } from './frame/heard.js';
import { createViewWords } from './frame/words.js';
import { createRooms } from './rooms.js';
import { toPlace, withOptions } from './place.js';
import { createExploreServer } from './server.js';
import { createShelf, isMissed } from './shelf.js';
import { subjectOf, testIndex } from './subject.js';
import { companions, createWants, mapAt } from './wants.js';

/** @import { Drawing } from '../state/types.js' */
/** @import { ExploreState, OwnDigit, Place } from './types.js' */

/** @type {Record<string, string>} */
const catalogue = JSON.parse(byId('catalogue').textContent ?? '{}');
const t = createTranslate(catalogue);
const language = document.documentElement.lang;
const numbers = createNumbers(language);
const isEmbedded = 'embedded' in document.documentElement.dataset; // beside a chapter
const storage = storageOf(isEmbedded);
const [keep, work] = [createKeep(storage), createWork(storage)];
const [kept, before] = [keep.load(), work.load()];

const history = createHistory(kept?.all);
/** @type {ExploreState} */
const initial = {
  ...emptyState(),
  edits: before.edits,
  drawing: history.current(),
  center: kept?.center ?? true,
  canUndo: history.canUndo(),
  canRedo: history.canRedo(),
  place: toPlace(location.hash),
  loaded: {},
  followed: {},
  pictures: 0,
  pointed: null,
  own: [],
};
const store = createStore(initial);
const server = createExploreServer();
let gone = ''; // the network that is shown and was deleted meanwhile
const troubles = createTroubles((worst) => store.set(worst));
/** @type {typeof troubles} that a network is gone is told above the views, with a way on */
const tell = (source) => (status, detail) =>
  troubles(source)(gone && status === 'refused' ? 'ok' : status, detail);
const api = accompanied(
  createApi(),
  server,
  store,
  (kind, problem) => tell(kind)(problem ? 'refused' : 'ok', problem),
  onGone,
);
const reader = createReader(api, store, tell, {
  async enter({ outputs }) {
    if (outputs.length > 1) Object.assign(catalogue, await loadWords('heads'));
    return null;
  },
});
const admission = createAdmission(api, t, async () => joined(t, await loadWords('picker')));
const testDigits = createTestDigits(api);
const shelf = createShelf(store);
const wants = createWants(server);
const pad = createDrawing({ store, history, reader, tell: tell('digit'), onAct: tidy });
if (kept) pad.touch();
const pictures = createPictures(server.images, () =>
  store.set({ pictures: store.get().pictures + 1 }),
);

const speak = createViewWords(catalogue);
const heard = createHeard(t, numbers, () => store.set({}), speak);
const address = createAddress(window, (asked) => {
  heard.hear(location.hash);
  const { view, model } = store.get().place;
  const place = { ...asked, model: asked.model ?? model };
  arrive(place);
  if (place.view !== view) window.scrollTo(0, 0);
  if (place.model !== null && place.model !== model) onPick(place.model);
  if (place.digit !== null && place.digit !== (coming ?? digitOnPad())) onDigit(place.digit);
});

/** Another address for what is shown, or a step on. @param {Place} place @param {boolean} [isStep] */
function go(place, isStep = false) {
  if (isStep && !isEmbedded) return address.step(place);
  address.say(place);
  arrive(place);
}

/** Show a place. @param {Place} place */
function arrive(place) {
  const { place: old, model } = store.get();
  store.set({ place });
  const named = (/** @type {Place} */ each) =>
    model ? JSON.stringify(companions(each, model, server)) : '';
  if (named(old) !== named(place)) reader.again();
}

/** The digit of the address is no longer on the pad, or another is. */
function tidy() {
  coming = null;
  const digit = testIndex(history.current());
  const { place } = store.get();
  if (digit !== place.digit) go({ ...place, digit });
}

/** @type {number | null} the test digit that is on its way */
let coming = null;
/** Put a test digit on the pad. @param {number} index */
function onDigit(index) {
  coming = index;
  return pad.put(() => testDigits.place(index));
}
const brought = () => import('./digits/brought.js');
/** Noise that the network takes for a digit. @param {number | null} target */
const onNoise = (target) =>
  pad.put(async () => (await brought()).noise(server, store.get(), target));
/** A picture as the network would read it. @param {File} file */
const onImage = async (file) => (await brought()).image(api, store.get(), file);
/** Drawings as the network would read them. @param {number[][][][]} drawings */
const onInk = async (drawings) => (await brought()).ink(server, store.get(), drawings);
/** A drawing takes the place of the one on the pad. @param {Drawing} drawing */
const onDrawing = (drawing) => pad.act(() => history.push(drawing));
/** @param {Record<string, string>} options @param {boolean} [isStep] a place that Back returns from */
function onOptions(options, isStep = false) {
  heard.hear('');
  go(withOptions(store.get().place, options), isStep);
}
let refused = ''; // why another network is shown than was asked for
let picks = 0;
/** @param {...(string | null)} asked the first of these that reads digits, else the usual network */
async function onPick(...asked) {
  const mine = ++picks;
  const { id, note } = await admission.first(...asked);
  if (mine !== picks) return false;
  refused = note;
  gone = '';
  const isThere = await reader.pick(id);
  if (isThere) go({ ...store.get().place, model: id });
  return isThere;
}

/** A network is no longer there: nor is it in the list. @param {string} id */
async function onGone(id) {
  if (gone === id) return;
  gone = id;
  const models = await admission.list().catch(() => null); // it comes another time
  store.set(models ? { models } : {});
}
/** The list of networks, open. */
function onChoose() {
  picker.layer.open?.();
  byId('picker').querySelector('summary')?.focus();
}

const rooms = createRooms(
  byId('view'),
  {
    onDigit,
    onDrawing,
    onOptions,
    onModel: (/** @type {string} */ id) => onPick(id),
    onPoint: (/** @type {number | null} */ pointed) =>
      store.get().pointed !== pointed && store.set({ pointed }),
    onCancel: shelf.cancel,
    onAgain(/** @type {string} */ key) {
      const want = needs(store.get()).find((each) => each.key === key);
      if (want) shelf.again(want);
    },
    onNoise,
    onOwn: (/** @type {OwnDigit[]} */ own) => store.get().own !== own && store.set({ own }),
    onImage,
    onInk,
    pictures,
  },
  t,
  numbers,
  speak,
);

/** @param {ExploreState} state */
function needs(state) {
  const subject = subjectOf(state);
  return subject ? wants.needs(state.place, subject, state.model, state.own) : [];
}

wakeByTap(byId('pad'));
const frame = createFrame(
  {
    onUndo: pad.onUndo,
    onRedo: pad.onRedo,
    onClear: pad.onClear,
    onTestDigit: () => pad.put(() => testDigits.next(null)),
    onChoose,
  },
  t,
);
const listed = { onPick: (/** @type {string} */ id) => onPick(id), onOpen: address.sync };
const picker = createPicker(byId('picker'), listed, catalogue, t, numbers);
const views = [
  createPad(byId('pad'), { onDraw: pad.onDraw, onStroke: pad.onStroke, onErase: () => {} }, t),
  createAnswer(byId('answer'), byId('probabilities'), null, t, numbers),
  picker,
  createStatus(byId('status'), t),
  createSpeech(byId('spoken'), (state) => words(state, t, numbers).spoken),
];
/** @param {ExploreState} state */
function showFrame(state) {
  const subject = subjectOf(state);
  const isMissing =
    subject !== null && (gone === subject.id || isMissed(state, subject, needs(state)));
  frame.update(state, heard.words(state, refused), isMissing);
}

let mapped = ''; // the newest map that is whole
/** Where the drawing lies can be told once the map is there. @param {ExploreState} state */
function placeAgain(state) {
  const subject = subjectOf(state);
  const key = subject ? mapAt(state.place, subject, state.model) : '';
  if (state.loaded[key]?.state !== 'done' || key === mapped) return;
  mapped = key;
  reader.again();
}

store.subscribe((state) => {
  for (const view of views) view.update(state);
  showFrame(state);
  shelf.need(needs(state));
  rooms.update(state);
  placeAgain(state);
});
listenForKeys({
  undo: pad.onUndo,
  redo: pad.onRedo,
  clear: pad.onClear,
  play: () => {},
  trace: () => {},
  erase: () => {},
  escape: () => {},
});
createTheme(byId('theme'), (theme) => store.set({ theme }));
createFullscreen(byId('fullscreen'));
window.addEventListener('online', reader.hurry);
document.addEventListener('visibilitychange', reader.hurry);
/** What was drawn and changed is kept as the page is left. */
function remember() {
  if (pad.touched()) keep.save({ ...kept?.others, digits: history.all() }, store.get().center);
  const model = refused && before.model ? { id: before.model } : store.get().model;
  work.save({ ...store.get(), model }); // what only stands in for another does not follow one to Draw
}
import('./frame/left.js').then(({ rememberWhenLeft }) => rememberWhenLeft(remember, work));
for (const link of document.querySelectorAll('[data-language]')) {
  link.addEventListener('click', () => {
    /** @type {HTMLAnchorElement} */ (link).hash = location.hash;
  });
}
/** The place of the test digit on the pad. */
function digitOnPad() {
  const drawing = history.current();
  return drawing.kind === 'pixels' ? drawing.index : null;
}

async function start() {
  heard.hear(location.hash);
  const models = await persist(admission.list, { onStatus: tell('model'), isFinal: isRefusal });
  if (!models) return;
  store.set({ models });
  reader.read(history.current());
  await onPick(store.get().place.model, before.model); // another address may have come meanwhile
  if (isEmbedded) {
    const { offerBridge } = await import('./embedded/bridge.js');
    return offerBridge({ store, pad, history, onDigit, onPick, go }); // a chapter says what is shown
  }
  const { digit } = store.get().place;
  if (coming !== null) return;
  if (digit !== null && digit !== digitOnPad()) await onDigit(digit);
  else if (!pad.touched()) {
    const first = await pad.loadDigit(testDigits.first, () => !pad.touched());
    if (!first || pad.touched()) return;
    history.push(first);
    store.set({ welcome: true });
    pad.show();
  }
}

start();
afterFirst(() => address.explain(picker.layer));
/** @param {'light' | 'dark'} theme */
function repaint(theme) {
  store.set({ theme });
  store.flush();
}
afterFirst(() =>
  import('../page/paper/printed.js').then(({ printLight }) => printLight('printed', repaint)),
);
afterFirst(() => import('../page/touch/swipes.js').then(({ suitFingers }) => suitFingers()));
