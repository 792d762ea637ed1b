// Puts the page together: the store in the middle, views around it, one reader that follows the pen.

import { createAddress } from './address.js';
import { createAnswer, words } from '../views/answer.js';
import { createApi, isRefusal } from '../server/api.js';
import { byId, say } from '../page/dom.js';
import { createFullscreen } from '../page/fullscreen.js';
import { createGuide } from './guide.js';
import { createHelp } from './help.js';
import { afterFirst, loadWords } from '../page/late.js';
import { createKeep } from '../sessions/keep.js';
import { listenForKeys } from '../page/keys.js';
import { createLayers } from '../page/layers.js';
import { createControls } from '../views/network/overlay/controls.js';
import { createLegend, EDGE_COUNTS } from '../views/network/overlay/legend.js';
import { same } from '../views/network/pointing.js';
import { createNetworkView } from '../views/network/view.js';
import { createDrawing } from '../sessions/drawing.js';
import { blank, createHistory, isBlank, strokesOf } from '../state/history.js';
import { listenForImages } from './picture/images.js';
import { createPad } from '../views/pad/pad.js';
import { NoDigitError, createTestDigits } from '../sessions/test-digits.js';
import { createTools } from './tools.js';
import { createMissing } from './missing.js';
import { createPanels } from './panels.js';
import { persist } from '../server/persist.js';
import { createPicker } from '../views/picker/picker.js';
import { PANELS } from './problems/registry.js';
import { createProblems } from './problems/switch.js';
import { createReader } from '../sessions/reader.js';
import { createReadout } from './readout/readout.js';
import { createSeen } from './seen.js';
import { createSpeech } from '../page/speech.js';
import { createStatus, createTroubles } from '../views/status.js';
import { problemOf } from '../state/ends.js';
import { stepsOf } from '../state/steps.js';
import { CHECKPOINT } from '../state/names.js';
import { createStore, emptyState, isCovered } from '../state/store.js';
import { createTheme } from '../page/theme.js';
import { createNumbers, createTranslate } from '../page/words.js';
import { createWhy } from './why/why.js';
import { createWork } from '../sessions/work.js';

/** @import { Neuron, State } from '../state/types.js' */

/** @type {Record<string, string>} */
const catalogue = JSON.parse(byId('catalogue').textContent ?? '{}');
const t = createTranslate(catalogue);
const numbers = createNumbers(document.documentElement.lang);
const isEmbedded = 'embedded' in document.documentElement.dataset; // beside a chapter
const storage = () => {
  if (isEmbedded) throw new Error('What is done beside a chapter is not what was done here.');
  return sessionStorage;
};
const keep = createKeep(storage);
const kept = keep.load();
const work = createWork(storage);
const before = work.load();

/** What the address tells, beyond a model's name. @returns {Promise<import('../state/fragment.js').Shared>} */
const told = async () =>
  /^(#(model=[^&]*)?)?$/.test(location.hash)
    ? { model: null }
    : (await import('../state/fragment.js')).fromFragment(location.hash);
const shared = await told();
const isShared = shared.drawing !== undefined || shared.testDigit !== undefined;

const history = createHistory(kept?.all);
const elsewhere = shared.drawing && problemOf(shared.drawing); // of another problem: it waits for its network
if (
  shared.drawing &&
  !elsewhere &&
  JSON.stringify(shared.drawing) !== JSON.stringify(history.current())
) {
  history.push(shared.drawing); // what was drawn before can be had again
}

/** @type {State} */
const initial = {
  ...emptyState(),
  edits:
    isShared && shared.model
      ? { ...before.edits, [shared.model]: shared.edits ?? [] }
      : before.edits,
  drawing: shared.testDigit === undefined ? history.current() : blank(),
  canUndo: history.canUndo(),
  canRedo: history.canRedo(),
  center: isShared ? (shared.center ?? true) : (kept?.center ?? true),
  edgeCount: shared.edges ?? EDGE_COUNTS.first,
  compared: shared.compared ?? [],
  row: shared.row ?? null,
  selected: shared.neuron ?? null,
  tracing: shared.trace ?? false,
  inputAs: shared.inputAs ?? 'grid',
};
const store = createStore(initial);
const api = createApi();
const address = createAddress(
  { store, replace: (url) => layers.replace(url) },
  byId('shared'),
  t,
  EDGE_COUNTS.first,
);
const tell = createTroubles((worst) => store.set(worst));
const reader = createReader(api, store, tell, { enter: arrive });
const missing = createMissing({ store, api, tell });
const testDigits = createTestDigits(api);
const pad = createDrawing({ store, history, reader, tell: tell('digit'), onAct: address.leave });
const { act, show, loadDigit } = pad;
/** Words that a panel brings. @param {string} name */
const addWords = async (name) => Object.assign(catalogue, await loadWords(name));
/** What a network that is picked brings along. @param {import('../state/types.js').ModelDescription} model */
async function arrive(model) {
  if (model.outputs.length > 1) await addWords('heads');
  return problems.enter(model);
}
if (kept !== null || isShared) pad.touch();

/** Put a digit of the test set on the pad: any, or one of a class. @param {number | null} label */
const onTestDigit = (label) => pad.put(() => problems.test(label) ?? testDigits.next(label));

/** Put a test digit on the pad that the network reads wrong, as it was learned. */
function onMistake() {
  const model = store.get().model;
  if (!model) return;
  pad.put(() =>
    testDigits.mistake(model.id).catch((/** @type {Error} */ error) => {
      if (error instanceof NoDigitError) return null; // it reads all of them right
      throw error;
    }),
  );
}

/** @type {Promise<ReturnType<typeof import('./noise.js').createNoise>> | null} */
let noiseMaker = null;
async function onNoise() {
  noiseMaker ??= import('./noise.js').then(({ createNoise }) => createNoise());
  const noise = await noiseMaker.catch(() => null);
  if (!noise) {
    noiseMaker = null; // asked for again with the next press
    return;
  }
  const drawing = history.current();
  const { reading, readOf } = store.get();
  const isRead = readOf === drawing && reading !== null;
  if (!isRead && !isBlank(drawing)) {
    const stop = store.subscribe(({ readOf: of }) => {
      if (of === drawing || history.current() !== drawing) stop();
      if (of === drawing && history.current() === drawing) onNoise();
    });
    return; // its pixels are still on their way
  }
  act(() => history.push(noise(drawing, isRead ? reading.input.pixels : null)));
}

const onErasing = () => store.set({ erasing: !store.get().erasing });
/** @param {number} index of a stroke */
function onErase(index) {
  act(() =>
    history.push({
      kind: 'strokes',
      strokes: strokesOf(history.current()).filter((_, i) => i !== index),
    }),
  );
}

/** @type {Promise<Awaited<ReturnType<typeof import('./picture/photo.js').createPhoto>>> | null} */
let photo = null;
/** A picture takes the place of the drawing. @param {File} file */
function onImage(file) {
  const { model, problem } = store.get();
  if (!model || problem !== 'digits') return;
  photo ??= import('./picture/photo.js').then(async ({ createPhoto }) => {
    const send = (/** @type {Blob} */ blob) => api.image(store.get().model?.id ?? model.id, blob);
    const view = await createPhoto(byId('pad'), send, (drawing) =>
      act(() => history.push(drawing)),
    );
    store.subscribe(view.update);
    return view;
  });
  const opened = photo;
  opened.catch(() => (photo = null)); // asked for again with the next picture
  pad.put(async () => (await opened).read(file));
}

/** The first digit, the first network, nothing changed. */
async function onAgain() {
  const { startAgain } = await import('./again.js');
  await startAgain({
    store,
    guide,
    pad,
    panels,
    first: problems.first,
    models: api.models,
    onPick,
  });
}

/** @param {string} id */
async function onPick(id) {
  if (await reader.pick(id)) address.name(id);
}

/** Another shared address was put into this page's. */
async function onAddress() {
  const now = await told();
  if (now.damaged) address.tellDamaged();
  if (now.drawing === undefined && now.testDigit === undefined)
    return onPick(address.model() ?? '');
  const {
    drawing,
    testDigit,
    center: centred = true,
    edges,
    row = null,
    neuron = null,
    trace: tracing = false,
  } = now;
  const id = address.model();
  store.set({
    center: centred,
    row,
    selected: neuron,
    edgeCount: edges ?? EDGE_COUNTS.first,
    tracing,
  });
  const next =
    drawing ??
    (await loadDigit(
      () => testDigits.place(testDigit ?? 0),
      () => true,
    ));
  const problem =
    store.get().models.find((model) => model.id === id)?.problem ?? store.get().problem;
  const isElsewhere = next && problems.expect(problem, next); // its network brings it along
  if (id) await reader.pick(id);
  if (next && !isElsewhere) act(() => history.push(next));
  if (now.inside) onInspect();
  if (now.compared) onCompare();
}

const { onDraw, onStroke, onUndo, onRedo, onClear } = pad;
/** @param {Neuron | null} hovered */
const onHover = (hovered) => store.set({ hovered });
/** @param {Neuron | null} selected */
const onSelect = (selected) =>
  store.set(selected ? { selected, against: null } : { selected, tracing: false });
/** Keep what is clicked, or let it go when it was kept. @param {Neuron} neuron */
const onKeep = (neuron) => onSelect(same(neuron, store.get().selected) ? null : neuron);

/** A tap on the picture; while its arithmetic is open another unit takes the place, none leaves it.
 * @param {Neuron | null} neuron */
function onTap(neuron) {
  if (!store.get().inspecting || (neuron && neuron.layer !== 'input')) onSelect(neuron);
}

/** How far an LSTM is shown to have read. @param {number} row */
const onRow = (row) => store.set({ row: row < stepsOf(store.get().reading) ? row : null });
/** Units named in texts. */
const units = {
  onHover: (/** @type {Neuron | null} */ ringed) => store.set({ ringed }),
  onGo: (/** @type {Neuron} */ selected) =>
    store.set({ selected, ringed: null, against: null, tracing: false }),
};
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
        isSettled ? act(() => history.push(given)) : pad.onGive(given),
      put: pad.put,
      history: pad,
      units,
      t,
      numbers,
      language: document.documentElement.lang,
    },
  },
  kept?.others ?? {},
);
if (shared.drawing && elsewhere) problems.expect(elsewhere, shared.drawing);
const guide = createGuide(store, t, numbers);
const why = createWhy({ store, api, tell, events: units }, t, numbers);

const network = createNetworkView(byId('network'), { onHover, onSelect: onTap, onRow }, t, numbers);
const onLayer = () => layers.sync();
const panels = createPanels(
  { addWords, store, api, reader, guide, address, network, tell, onPick, onSelect, onLayer },
  t,
  numbers,
);
const { onInspect, onChange, onCompare, onShare } = panels;
const answer = createAnswer(
  byId('answer'),
  byId('probabilities'),
  { onHover, onKeep, onAsk: why.onAsk },
  t,
  numbers,
);
const padViews = [
  createPad(byId('pad'), { onDraw, onStroke, onErase }, t),
  createTools({ onUndo, onRedo, onClear, onErasing, onNoise, onMistake, onTestDigit }, t, numbers),
  answer,
];
const imageViews = [
  createSeen(byId('seen'), byId('pixel'), { onHover, onKeep }, t),
  { update: showCentring },
];
const views = [
  network,
  createLegend(
    byId('legend'),
    { onEdgeCount: (edgeCount) => store.set({ edgeCount }) },
    t,
    numbers,
  ),
  createControls(
    { ...guide, ...units, onCompare, onInputAs: (inputAs) => store.set({ inputAs }) },
    t,
  ),
  createReadout(
    byId('readout'),
    { onInspect, onChange, onUnits: () => store.set({}), ...units },
    t,
    numbers,
  ),
  why,
  createPicker(byId('picker'), { onPick }, catalogue, t, numbers),
  createStatus(byId('status'), t),
  createSpeech(byId('spoken'), (state) =>
    `${words(state, t, numbers).spoken} ${answer.also()}`.trim(),
  ),
];
const center = /** @type {HTMLInputElement} */ (byId('center'));

const help = createHelp({ store, guide, button: byId('tour'), onLayer }, t, numbers);

const layers = createLayers(
  [
    {
      name: 'kept',
      isOpen: () => !panels.isSmall() && isWhole() && store.get().selected !== null,
      close: () => onSelect(null),
    },
    {
      name: 'trace',
      isOpen: () => isWhole() && store.get().tracing,
      close: () => store.set({ tracing: false }),
    },
    {
      name: 'why',
      isOpen: () => isWhole() && store.get().against !== null,
      close: () => why.onAsk(null),
    },
    {
      name: 'play',
      isOpen: () => store.get().moment !== null && !help.layer.isOpen(),
      close: guide.onEnd,
    },
    help.layer,
    ...panels.layers,
  ],
  onAddress,
  isEmbedded ? (await import('../page/own-history.js')).createOwnHistory() : window,
);
/** The whole network is to be seen, and nothing in its place. */
function isWhole() {
  return !isCovered(store.get());
}

/** @param {State} state */
function showCentring(state) {
  const isDigit = state.drawing.kind === 'pixels' && !state.penDown;
  center.checked = state.center;
  center.disabled = isDigit;
  const digit = state.drawing.kind === 'pixels' ? state.drawing : null;
  const isNoise = isDigit && digit?.noise !== undefined;
  const isUnlabelled = isDigit && digit?.label === null;
  const about = isNoise
    ? 'seen.noise.about'
    : isUnlabelled
      ? 'seen.image.about'
      : isDigit
        ? 'seen.digit.about'
        : state.center
          ? 'seen.center.about'
          : 'seen.raw.about';
  say(byId('seen-note'), t(about));
  const title = !isDigit
    ? 'pad.title'
    : !isUnlabelled
      ? 'pad.title.digit'
      : isNoise
        ? 'pad.title'
        : 'pad.image';
  say(byId('pad-title'), t(title));
}

/** @param {State} whole */
function showAll(whole) {
  const state = why.derive(whole, guide.derive(whole));
  panels.update(state); // first: who is hidden paints nothing
  problems.update(state);
  const panel = PANELS[state.problem];
  for (const view of [...(!panel || panel.pad ? padViews : []), ...(panel ? [] : imageViews)])
    view.update(state);
  for (const view of views) view.update(state);
  panels.moveFocus(state);
  missing.follow(state);
  layers.sync();
  help.update();
  for (const id of ['seen', 'network', 'readout']) byId(id).classList.toggle('stale', state.stale);
  byId('result').setAttribute('aria-busy', String(state.waiting));
}
store.subscribe(showAll);
center.addEventListener('change', () => {
  store.set({ center: center.checked });
  reader.again();
});
listenForKeys({
  undo: onUndo,
  redo: onRedo,
  clear: onClear,
  trace: guide.onTrace,
  play: guide.onPlay,
  erase: onErasing,
  escape: layers.escape,
});
listenForImages(
  /** @type {HTMLButtonElement} */ (byId('image')),
  /** @type {HTMLInputElement} */ (byId('image-file')),
  byId('pad'),
  onImage,
);
createTheme(byId('theme'), (theme) => store.set({ theme }));
createFullscreen(byId('fullscreen'));
window.addEventListener('online', reader.hurry);
document.addEventListener('visibilitychange', reader.hurry);
byId('share').addEventListener('click', onShare);
byId('teach-open').addEventListener('click', panels.onTeach);
byId('again').addEventListener('click', onAgain);
byId('tour').addEventListener('click', help.onTour);
window.addEventListener('pagehide', () => {
  if (pad.touched()) keep.save(problems.all(), store.get().center);
  work.save(store.get());
});
for (const link of document.querySelectorAll('[data-language]')) {
  link.addEventListener('click', () => {
    /** @type {HTMLAnchorElement} */ (link).hash = location.hash;
  });
}

/** The network that read when the visitor left, if there still is one of that name.
 * @param {State['models']} models */
async function remembered(models) {
  const { model } = before;
  if (model === null || models.some(({ id }) => id === model)) return model;
  return CHECKPOINT.test(model)
    ? api.model(model).then(
        ({ id }) => id,
        () => null,
      )
    : null;
}

/** The first visit: the models, and a real digit being read. */
async function start() {
  const { testDigit } = shared;
  const greeting =
    testDigit !== undefined
      ? loadDigit(
          () => testDigits.place(testDigit),
          () => true,
        )
      : pad.touched()
        ? undefined
        : loadDigit(testDigits.first, () => !pad.touched());
  const list = await persist(api.models, { onStatus: tell('model'), isFinal: isRefusal });
  if (!list) return;
  store.set({ models: list.models });
  if (testDigit === undefined) reader.read(history.current());
  const named = address.model() ?? (await remembered(list.models)) ?? list.default;
  reader.pick(named);
  if (isEmbedded) {
    const { createBridge } = await import('./embedded/bridge.js');
    const bridge = createBridge({
      store,
      guide,
      panels,
      pad,
      history,
      testDigits,
      reader,
      network,
    });
    Object.assign(window, { nnviz: bridge }); // for the chapter's page, which may have loaded later or earlier
    window.dispatchEvent(new CustomEvent('bridge', { detail: bridge }));
  }
  if (shared.damaged) address.tellDamaged();
  const digit = await greeting;
  if (digit && !PANELS[store.get().problem] && (testDigit !== undefined || !pad.touched())) {
    history.push(digit);
    store.set({ welcome: testDigit === undefined });
    show();
  }
  if (shared.inside) onInspect();
  if (shared.compared) onCompare();
  layers.start();
}

start();
afterFirst(help.explain);
if (matchMedia('(any-pointer: coarse)').matches)
  afterFirst(() => import('../page/touch/swipes.js').then(({ keepSwipes }) => keepSwipes()));
if (!isEmbedded)
  afterFirst(() => import('./welcome/offer.js').then(({ createOffer }) => createOffer(store, t)));
/** At once, not with the next frame. @param {'light' | 'dark'} theme */
function repaint(theme) {
  store.set({ theme });
  showAll(store.get());
}
afterFirst(() =>
  import('./printing.js').then(({ preparePrinting }) => preparePrinting(byId('network'), repaint)),
);
