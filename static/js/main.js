// Puts the page together: the store in the middle, views around it, one follower for the pen.

import { createAnswer, sentence } from './answer.js';
import { createApi, ProblemError } from './api.js';
import { byId } from './dom.js';
import { createFollower } from './follow.js';
import { createLegend, EDGE_COUNTS } from './network/legend.js';
import { createNetworkView } from './network/view.js';
import { blank, createHistory, isBlank, strokesOf } from './pad/history.js';
import { createPad } from './pad/pad.js';
import { createPicker } from './picker.js';
import { createReadout } from './readout.js';
import { createSeen } from './seen.js';
import { createStatus } from './status.js';
import { createStore } from './store.js';
import { createTheme } from './theme.js';
import { createNumbers, createTranslate } from './words.js';

/** @import { Drawing, Reading, State, Stroke, Weights } from './types.js' */

const TEST_DIGITS = 10000;
const FIRST_DIGIT = 0; // the test set's first digit, a 7, greets the first visitor

const language = document.documentElement.lang;
const t = createTranslate(JSON.parse(byId('catalogue').textContent ?? '{}'));
const numbers = createNumbers(language);
const api = createApi();
const history = createHistory();
/** @type {Map<string, Weights>} */
const weightsOf = new Map();

/** @type {State} */
const initial = {
  models: [],
  model: null,
  weights: null,
  drawing: blank(),
  center: true,
  canUndo: false,
  canRedo: false,
  welcome: false,
  reading: null,
  stale: false,
  status: 'ok',
  statusDetail: '',
  edgeCount: EDGE_COUNTS.first,
  hovered: null,
  selected: null,
  theme: document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light',
};
const store = createStore(initial);

/** @type {ReturnType<typeof createFollower<{model: string, drawing: Drawing, center: boolean}, Reading>>} */
const follower = createFollower({
  request: ({ model, drawing, center }) => api.read(model, drawing, center),
  onReply: (reading) => store.set({ reading }),
  onStatus: ({ stale, status, detail = '' }) =>
    store.set({
      ...(stale === undefined ? {} : { stale }),
      ...(status === undefined ? {} : { status, statusDetail: detail }),
    }),
  isFinal: (error) => error instanceof ProblemError && error.status < 500,
});

/** Have the drawing read; a blank one has no reading. @param {Drawing} drawing */
function read(drawing) {
  const { model, center } = store.get();
  store.set({ drawing });
  if (isBlank(drawing)) {
    follower.forget();
    store.set({ reading: null });
  } else if (model) follower.want({ model: model.id, drawing, center });
}

/** After a step of the history. */
function show() {
  store.set({ canUndo: history.canUndo(), canRedo: history.canRedo(), welcome: false });
  read(history.current());
}

const views = [
  createPad(
    byId('pad'),
    {
      onDraw: (stroke) => {
        store.set({ welcome: false });
        const drawing = { kind: /** @type {'strokes'} */ ('strokes'), strokes: [...strokesOf(history.current()), stroke] };
        const { model, center } = store.get();
        if (model) follower.want({ model: model.id, drawing, center });
      },
      onStroke: (stroke) => {
        history.addStroke(stroke);
        show();
      },
    },
    t,
  ),
  createSeen(byId('seen'), byId('pixel'), t),
  createAnswer(byId('answer'), byId('probabilities'), t, numbers),
  createPicker(byId('picker'), { onPick: (id) => attempt(() => pick(id)) }, t, numbers),
  createReadout(byId('readout'), t, numbers),
  createStatus(byId('status'), t),
];
const legend = createLegend(
  byId('legend'),
  { onEdgeCount: (edgeCount) => store.set({ edgeCount }) },
  t,
  numbers,
);
const network = createNetworkView(
  byId('network'),
  {
    onHover: (hovered) => store.set({ hovered }),
    onSelect: (selected) => store.set({ selected }),
  },
  t,
  numbers,
);
const undo = /** @type {HTMLButtonElement} */ (byId('undo'));
const redo = /** @type {HTMLButtonElement} */ (byId('redo'));
const clear = /** @type {HTMLButtonElement} */ (byId('clear'));
const center = /** @type {HTMLInputElement} */ (byId('center'));
const testClass = /** @type {HTMLSelectElement} */ (byId('test-class'));

/** @type {number | undefined} */
let speakTimer;
/** @type {Reading | null} */
let spokenFor = null;

/** Say the result when the drawing has rested for a moment, not at every frame. @param {State} state */
function speak(state) {
  if (state.reading === spokenFor) return;
  spokenFor = state.reading;
  clearTimeout(speakTimer);
  speakTimer = setTimeout(() => {
    byId('spoken').textContent = sentence(store.get(), t, numbers);
  }, 700);
}

store.subscribe((state) => {
  for (const view of [...views, legend, network]) view.update(state);
  undo.disabled = !state.canUndo;
  redo.disabled = !state.canRedo;
  clear.disabled = isBlank(state.drawing);
  const isDigit = state.drawing.kind === 'pixels';
  center.disabled = isDigit;
  byId('seen-note').textContent = t(
    isDigit ? 'seen.digit.about' : state.center ? 'seen.center.about' : 'seen.raw.about',
  );
  byId('pad-note').classList.toggle('keys', !isDigit);
  byId('pad-note').textContent =
    state.drawing.kind === 'pixels'
      ? t('pad.digit', { index: numbers.whole(state.drawing.index), label: state.drawing.label })
      : t('pad.keys');
  speak(state);
});

undo.addEventListener('click', () => {
  history.undo();
  show();
});
redo.addEventListener('click', () => {
  history.redo();
  show();
});
clear.addEventListener('click', () => {
  history.clear();
  show();
});
center.addEventListener('change', () => {
  store.set({ center: center.checked });
  read(history.current());
});
byId('test-digit').addEventListener('click', () => attempt(showTestDigit));
testClass.addEventListener('change', () => attempt(showTestDigit));
document.addEventListener('keydown', (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.closest('select, input[type="text"], [open]')) return;
  const command = event.ctrlKey || event.metaKey;
  const pressed = event.key.toLowerCase();
  if (command && pressed === 'z' && !event.shiftKey) undo.click();
  else if (command && (pressed === 'y' || (pressed === 'z' && event.shiftKey))) redo.click();
  else if (!command && (event.key === 'Delete' || event.key === 'Backspace')) clear.click();
  else return;
  event.preventDefault();
});
createTheme(byId('theme'), (theme) => store.set({ theme }));

/** Put a digit of the test set on the pad: any, or one of the class that is chosen. */
async function showTestDigit() {
  const label = testClass.value === '' ? null : Number(testClass.value);
  const sizes = label === null ? TEST_DIGITS : (await api.testDigit({ label, offset: 0 })).total;
  const offset = Math.floor(Math.random() * sizes);
  const [digit] = (await api.testDigit({ label, offset })).digits;
  history.push({ kind: 'pixels', ...digit });
  show();
}

/** Let another model read. Its weights are fetched once. @param {string} id */
async function pick(id) {
  const model = await api.model(id);
  store.set({ model, weights: weightsOf.get(id) ?? null, reading: null, hovered: null, selected: null });
  window.history.replaceState(null, '', `#model=${id}`);
  follower.forget();
  read(history.current());
  if (!weightsOf.has(id)) weightsOf.set(id, await api.weights(model.weights.url));
  if (store.get().model?.id === id) store.set({ weights: weightsOf.get(id) });
}

/**
 * Do something that asks the server; when it fails say so, and try again until it works.
 * @param {() => Promise<void>} action
 */
async function attempt(action) {
  for (let pause = 300; ; pause = Math.min(2 * pause, 4000)) {
    try {
      await action();
      if (store.get().status === 'failing') store.set({ status: 'ok' });
      return;
    } catch (error) {
      if (error instanceof ProblemError && error.status < 500) {
        store.set({ status: 'refused', statusDetail: error.message });
        return;
      }
      store.set({ status: 'failing' });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** The first visit: the models, and a real digit being read. */
async function start() {
  const { models, default: first } = await api.models();
  const asked = new URLSearchParams(location.hash.slice(1)).get('model');
  const id = models.some((model) => model.id === asked) ? /** @type {string} */ (asked) : first;
  store.set({ models });
  const [[digit]] = await Promise.all([
    api.testDigit({ offset: FIRST_DIGIT }).then(({ digits }) => digits),
    pick(id),
  ]);
  if (history.canUndo()) return; // somebody was faster and has drawn
  history.push({ kind: 'pixels', ...digit });
  show();
  store.set({ welcome: true });
}

attempt(start);
