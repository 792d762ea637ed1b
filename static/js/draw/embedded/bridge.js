// The Draw screen beside a chapter: lets the chapter set it up, read it, and light up its parts. It
// is loaded only there; the chapter's types.d.ts says what a bridge is.

import { make } from '../../page/dom.js';
import { isBlank } from '../../state/history.js';
import { createParts } from './parts.js';

/** @import { Drawing, Edit, State } from '../../state/types.js' */
/** @import { Bridge, Wanted, WantedDrawing } from '../../learn/types.js' */

/**
 * @typedef {object} Page the parts of the Draw screen that a chapter works with
 * @property {{get(): State, set(change: Partial<State>): void, subscribe(listener: (state: State) => void): () => void}} store
 * @property {ReturnType<typeof import('../guide.js')['createGuide']>} guide
 * @property {ReturnType<typeof import('../panels.js')['createPanels']>} panels
 * @property {ReturnType<typeof import('../../sessions/drawing.js')['createDrawing']>} pad
 * @property {ReturnType<typeof import('../../state/history.js')['createHistory']>} history
 * @property {ReturnType<typeof import('../../sessions/test-digits.js')['createTestDigits']>} testDigits
 * @property {ReturnType<typeof import('../../sessions/reader.js')['createReader']>} reader
 * @property {ReturnType<typeof import('../../views/network/view.js')['createNetworkView']>} network
 */

const RATE = 0.1; // of a step that teaches
const MOST_STEPS = 100; // in one edit

/** At rest: nothing open, nothing kept, all of it shown. @type {Partial<State>} */
const REST = {
  inspecting: false,
  comparing: false,
  changing: false,
  tracing: false,
  hovered: null,
  selected: null,
  row: null,
  inputAs: 'grid',
  erasing: false,
  welcome: false,
};

/** @param {Page} page @returns {Bridge} */
export function createBridge({ store, guide, panels, pad, history, testDigits, reader, network }) {
  const parts = createParts(network.place);
  const lights = make('div', { class: 'lights', 'aria-hidden': 'true' });
  const spotlight = make('div', { class: 'spotlight', hidden: true });
  lights.append(spotlight);
  document.body.append(lights);
  const isLarge = document.documentElement.dataset.embedded === 'large'; // on a projector
  /** @type {string[]} */
  let lit = [];
  /** @type {string | null} */
  let strong = null;
  /** @type {string | null} */
  let pointed = null;
  /** @type {Set<(name: string | null) => void>} */
  const listeners = new Set();

  function paint() {
    const names = strong && !lit.includes(strong) ? [...lit, strong] : lit;
    while (lights.childElementCount > names.length + 1) lights.lastElementChild?.remove();
    let holes = '';
    names.forEach((name, i) => {
      const box = parts.find(name);
      const light = /** @type {HTMLElement} */ (lights.children[i + 1] ?? lights.appendChild(make('div', { class: 'light' })));
      light.hidden = !box;
      light.dataset.part = name;
      light.classList.toggle('strong', name === strong || name === pointed);
      if (!box) return;
      holes += `M${box.left} ${box.top}h${box.width}v${box.height}h${-box.width}Z`;
      Object.assign(light.style, {
        left: `${box.left}px`,
        top: `${box.top}px`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      });
    });
    spotlight.hidden = !isLarge || !holes;
    spotlight.style.clipPath = `path(evenodd, "M0 0H${innerWidth}V${innerHeight}H0Z${holes}")`;
  }

  /** On a small screen what is spoken of may lie outside the window. @param {string | undefined} name */
  function bringIntoView(name) {
    const box = name ? parts.find(name) : null;
    if (!box || (box.top >= 0 && box.top + Math.min(box.height, innerHeight) <= innerHeight)) return;
    window.scrollBy({ top: box.top - Math.max(0, (innerHeight - box.height) / 2) });
  }

  /** @param {PointerEvent | null} event */
  function point(event) {
    const name = event ? parts.at(lit, event.clientX, event.clientY) : null;
    if (name === pointed) return;
    pointed = name;
    paint();
    for (const listener of listeners) listener(name);
  }

  document.addEventListener('pointermove', point, { passive: true });
  document.documentElement.addEventListener('pointerleave', () => point(null));
  document.addEventListener('scroll', paint, { passive: true, capture: true });
  window.addEventListener('resize', () => requestAnimationFrame(paint));
  store.subscribe(() => {
    if (lit.length || strong) requestAnimationFrame(paint); // once everything has been painted
  });

  /** @param {WantedDrawing} wanted */
  async function draw(wanted) {
    const now = history.current();
    if (wanted.kind === 'blank') {
      if (!isBlank(now)) pad.act(history.clear);
    } else if (wanted.kind === 'strokes') {
      pad.act(() => history.push({ kind: 'strokes', strokes: wanted.strokes }));
    } else if (wanted.kind === 'mistake') {
      await pad.put(() => testDigits.mistake(store.get().model?.id ?? ''));
    } else if (now.kind !== 'pixels' || now.index !== wanted.index || now.noise) {
      await pad.put(() => testDigits.place(wanted.index));
    }
  }

  /** @param {string} what */
  async function open(what) {
    if (what === 'inspector') await panels.onInspect();
    else if (what === 'lab') await panels.onChange();
    else if (what === 'compare') await panels.onCompare();
    else if (what === 'trace') store.set({ tracing: true, selected: store.get().selected });
    else if (what === 'column') store.set({ inputAs: 'column' });
    else if (what === 'play') await guide.onPlay();
  }

  const edits = () => store.get().edits[store.get().model?.id ?? ''] ?? [];

  return {
    state: () => guide.derive(store.get()),
    subscribe: (listener) => store.subscribe(() => listener()),

    isSettled() {
      const { model, reading, readOf, drawing, waiting, penDown } = store.get();
      if (isBlank(drawing)) return !waiting && !penDown && reading === null;
      return !waiting && !penDown && reading !== null && reading.model === model?.id && readOf === drawing;
    },

    async apply({ model, drawing, select, open: opened = [], row, edges, center, edits: changes }, keepEdits) {
      guide.onEnd();
      store.set(REST);
      if (model && model !== store.get().model?.id) await reader.pick(model);
      if (changes) await panels.edit(changes);
      else if (!keepEdits && edits().length) await panels.edit([]);
      if (drawing) await draw(drawing);
      const isCentred = center ?? true;
      if (isCentred !== store.get().center) {
        store.set({ center: isCentred });
        reader.again();
      }
      store.set({
        ...(select ? { selected: select } : {}),
        ...(row === undefined ? {} : { row }),
        ...(edges === undefined ? {} : { edgeCount: edges }),
      });
      for (const each of opened) await open(each);
    },

    async teach(label, times) {
      const { reading } = store.get();
      if (!reading) return;
      const now = edits();
      const last = now.at(-1);
      const { pixels } = reading.input;
      const isSame = last?.kind === 'learn' && last.label === label && last.times + times <= MOST_STEPS && last.pixels.every((value, i) => value === pixels[i]);
      const learned = { kind: /** @type {const} */ ('learn'), pixels, label, learning_rate: RATE, times: isSame ? last.times + times : times };
      await panels.edit([...(isSame ? now.slice(0, -1) : now), learned]);
    },
    drawing: () => history.current(),
    putBack(drawing) {
      if (drawing !== history.current()) pad.act(() => history.push(drawing));
    },

    light(names, one) {
      [lit, strong] = [names, one];
      pointed = null;
      paint();
      requestAnimationFrame(() => requestAnimationFrame(() => {
        bringIntoView(one ?? names[0]); // after the views have shown what the step asks for
        paint();
      }));
    },
    onPart: (listener) => void listeners.add(listener),
    has: (name) => parts.find(name) !== null,
    theme(theme) {
      document.documentElement.dataset.theme = theme;
      store.set({ theme });
    },
  };
}
