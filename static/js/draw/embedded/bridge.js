// The Draw screen beside a chapter: lets the chapter set it up, read it, and light up its parts. It
// is loaded only there; the chapter's types.d.ts says what a bridge is.

import { byId } from '../../page/dom.js';
import { isBlank } from '../../state/history.js';
import { createLights } from '../../views/lights.js';
import { arrived } from './arrived.js';
import { createParts } from './parts.js';
import { createReadingPad, createTurning } from './reading-pad.js';
import { settledAt } from './settled.js';

/** @import { State } from '../../state/types.js' */
/** @import { Bridge, WantedDrawing } from '../../learn/types.js' */

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
  teaching: false,
  changing: false,
  tracing: false,
  hovered: null,
  selected: null,
  row: null,
  inputAs: 'grid',
  erasing: false,
  welcome: false,
  quiet: true,
};

/** On a projector the list is read by all: the term that is asked for, `product-7`, has no product.
 * @param {string} name of what a step needs or holds back @returns {string} as a rule of CSS */
function hiding(name) {
  const term = /^product-(\d+)$/.exec(name)?.[1];
  return term
    ? `[data-embedded="large"] .terms tr[data-index="${term}"] td:last-child { visibility: hidden; }`
    : '';
}

/** @param {Page} page @returns {Bridge} */
export function createBridge({ store, guide, panels, pad, history, testDigits, reader, network }) {
  const parts = createParts(network.place);
  const lights = createLights(parts);
  const held = new CSSStyleSheet();
  document.adoptedStyleSheets.push(held);
  store.subscribe(() => lights.repaint());
  const readingPad = createReadingPad(
    byId('pad'),
    (index) => store.set({ hovered: index === null ? null : { layer: 'input', index } }),
    createTurning(history.current, (drawing) => pad.act(() => history.push(drawing))),
  );

  /** @param {WantedDrawing} wanted */
  async function draw(wanted) {
    const now = history.current();
    if (wanted.kind === 'blank') {
      pad.act(history.clear); // even when it is: what greets a visitor may still be on its way
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
    settled: (share) => settledAt(store.get().reading, store.get().weights, share),

    isSettled() {
      const { model, reading, readOf, drawing, waiting, penDown } = store.get();
      if (isBlank(drawing)) return !waiting && !penDown && reading === null;
      return (
        !waiting &&
        !penDown &&
        reading !== null &&
        reading.model === model?.id &&
        readOf === drawing
      );
    },

    async apply(
      {
        model,
        drawing,
        select,
        open: opened = [],
        row,
        edges,
        center,
        edits: changes,
        compared,
        features,
        pen,
      },
      keepEdits,
    ) {
      guide.onEnd();
      store.set(REST);
      readingPad.set(pen);
      if (model && model !== store.get().model?.id) await reader.pick(model);
      await arrived(store, model);
      if (changes || (!keepEdits && (edits().length || store.get().canUndoEdit)))
        (await panels.session()).begin(changes ?? []); // what another step did is not undone here
      if (drawing) await draw(drawing);
      const given = history.current();
      if (features && given.kind === 'features') {
        pad.act(() =>
          history.push({
            kind: 'features',
            features: { ...given.features, ...features },
            index: null,
            target: null,
          }),
        );
      }
      const isCentred = center ?? true;
      if (isCentred !== store.get().center) {
        store.set({ center: isCentred });
        reader.again();
      }
      store.set({
        ...(select ? { selected: select } : {}),
        ...(row === undefined ? {} : { row }),
        ...(edges === undefined ? {} : { edgeCount: edges }),
        ...(compared ? { compared } : {}),
      });
      for (const each of opened) await open(each);
    },

    async teach(label, times) {
      const { reading } = store.get();
      if (!reading) return;
      const now = edits();
      const last = now.at(-1);
      const { pixels } = reading.input;
      const isSame =
        last?.kind === 'learn' &&
        last.label === label &&
        last.times + times <= MOST_STEPS &&
        last.pixels.every((value, i) => value === pixels[i]);
      const learned = {
        kind: /** @type {const} */ ('learn'),
        pixels,
        label,
        learning_rate: RATE,
        times: isSame ? last.times + times : times,
      };
      await panels.edit([...(isSame ? now.slice(0, -1) : now), learned]);
    },
    select: (selected) => store.set({ selected }),
    point(hovered) {
      document.documentElement.toggleAttribute('data-pointed', hovered !== null);
      store.set({ hovered });
    },
    drawing: () => history.current(),
    putBack(drawing) {
      if (drawing !== history.current()) pad.act(() => history.push(drawing));
    },

    clear(needed) {
      document.documentElement.dataset.needs = needed.join(' ');
      held.replaceSync(needed.map(hiding).join(''));
    },
    light: lights.light,
    onPart: lights.onPart,
    has: (name) => parts.find(name) !== null,
    theme(theme) {
      document.documentElement.dataset.theme = theme;
      store.set({ theme });
    },
  };
}

/** Let the chapter's page have a bridge, whichever of the two has loaded first. @param {Page} page */
export function offerBridge(page) {
  const bridge = createBridge(page);
  Object.assign(window, { nnviz: bridge });
  window.dispatchEvent(new CustomEvent('bridge', { detail: bridge }));
}
