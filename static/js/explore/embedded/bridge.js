// The Explore screen beside a chapter: lets the chapter say which view is shown, of which network and
// drawing, and lights up parts. It is loaded only there; learn/types.d.ts says what a bridge is.

import { createLights, boxOf } from '../../views/lights.js';
import { layerOf } from '../../state/units.js';
import { isBlank } from '../../state/history.js';
import { neuronOf } from '../neurons/unit.js';
import { toPlace } from '../place.js';

/** @import { Bridge, Wanted, WantedDrawing } from '../../learn/types.js' */
/** @import { ExploreState, Place } from '../types.js' */

/** Parts of the screen by name. @type {Record<string, string>} */
const PLACES = {
  pad: '#pad',
  answer: '#answer',
  picker: '#picker',
  view: '#view',
  gallery: '.gallery',
  sentence: '.unit-reasons',
  means: '.profile',
  weights: '.unit-part:has(.unit-weights)',
  'most-active': '.unit-digits > .unit-part:nth-child(1)',
  'least-active': '.unit-digits > .unit-part:nth-child(2)',
  features: '.unit-part:has(.concepts)',
  without: '.unit-reasons > div:has([data-testid="unit-off"])',
};

/**
 * @typedef {object} Page the parts of the Explore screen that a chapter works with
 * @property {{get(): ExploreState, set(change: Partial<ExploreState>): void, subscribe(listener: (state: ExploreState) => void): () => void}} store
 * @property {ReturnType<typeof import('../../sessions/drawing.js')['createDrawing']>} pad
 * @property {ReturnType<typeof import('../../state/history.js')['createHistory']>} history
 * @property {(index: number) => Promise<void>} onDigit
 * @property {(id: string) => Promise<boolean>} onPick
 * @property {(place: Place) => void} go
 */

/** A click within the screen leads to another view of it and leaves no trace in the browser's history, which is
 * the chapter's; one that leads elsewhere opens a tab of its own. @param {(fragment: string) => void} onFragment */
function keepLinks(onFragment) {
  document.addEventListener(
    'click',
    (event) => {
      const target = /** @type {Element} */ (event.target);
      const link = /** @type {HTMLAnchorElement | null} */ (target.closest('a[href]'));
      if (!link) return;
      if (!link.getAttribute('href')?.startsWith('#')) {
        link.target = '_blank';
        return;
      }
      event.preventDefault();
      onFragment(link.hash);
    },
    { capture: true },
  );
}

/** @param {Page} page @returns {Bridge} */
function createBridge({ store, pad, history, onDigit, onPick, go }) {
  /** A part, or the card of a unit of the layer that is shown. @param {string} name */
  function elementOf(name) {
    const unit = /^([a-z][a-z0-9-]*)\/(\d+)$/.exec(name);
    if (unit && store.get().place.options.layer === unit[1])
      return document.querySelector(`.gallery [data-testid=unit-${unit[2]}]`);
    return Object.hasOwn(PLACES, name) ? document.querySelector(PLACES[name]) : null;
  }
  const find = (/** @type {string} */ name) => boxOf(elementOf(name));
  const lights = createLights({ find, elementOf });
  store.subscribe(lights.repaint);

  /** The network that is shown stays. @param {Place} place */
  const goTo = (place) => go({ ...place, model: store.get().model?.id ?? null });
  keepLinks((fragment) => goTo({ ...toPlace(fragment), digit: store.get().place.digit }));

  /** @param {WantedDrawing} wanted */
  async function draw(wanted) {
    if (wanted.kind === 'test') await onDigit(wanted.index);
    else if (wanted.kind === 'strokes')
      pad.act(() => history.push({ kind: 'strokes', strokes: wanted.strokes }));
    else pad.act(history.clear);
  }

  /** @param {Wanted} wanted */
  function placeOf({ place, select }) {
    const { place: now, model } = store.get();
    const next = place ? toPlace(place) : now;
    if (!select) return next;
    const units = layerOf(model, select.layer)?.shape.at(-1) ?? 1;
    const unit = String(select.index % units);
    return { ...next, options: { ...next.options, layer: select.layer, unit } };
  }

  return {
    state() {
      const state = store.get();
      return { ...state, selected: state.place.view === 'neurons' ? neuronOf(state) : null };
    },
    subscribe: (listener) => store.subscribe(() => listener()),
    isSettled() {
      const { model, reading, readOf, drawing, waiting, penDown } = store.get();
      if (waiting || penDown) return false;
      return isBlank(drawing) || (reading?.model === model?.id && readOf === drawing);
    },
    async apply(wanted) {
      const { model, drawing } = wanted;
      if (model && model !== store.get().model?.id) await onPick(model);
      if (drawing) await draw(drawing);
      goTo({ ...placeOf(wanted), digit: store.get().place.digit });
    },
    async teach() {}, // belongs to the Draw screen
    drawing: () => history.current(),
    putBack(drawing) {
      if (drawing !== history.current()) pad.act(() => history.push(drawing));
    },
    clear(needed) {
      document.documentElement.dataset.needs = needed.join(' ');
    },
    light: lights.light,
    onPart: lights.onPart,
    has: (name) => find(name) !== null,
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
