// The views, one at a time: each comes when it is first wanted, stays as it was left, and hears of
// changes only while it is shown.

import { make } from '../page/dom.js';

/** @import { ExploreState, ExploreView, ViewName } from './types.js' */
/** @import { Drawing, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

/**
 * @typedef {object} Page what a view may ask of the page
 * @property {(index: number) => void} onDigit a test digit goes on the pad
 * @property {(drawing: Drawing) => void} onDrawing a drawing goes on the pad
 * @property {(options: Record<string, string>, isStep?: boolean) => void} onOptions set up otherwise
 * @property {(id: string) => Promise<boolean>} onModel another network, false if it does not come
 * @property {(index: number | null) => void} onPoint a test digit is pointed at
 * @property {(key: string) => void} onCancel nobody wants to wait for that
 * @property {(key: string) => void} onAgain once more
 * @property {(target: number | null) => void} onNoise noise that it takes for a digit goes on the pad
 * @property {(digits: import('./types.js').OwnDigit[]) => void} onOwn digits that units are asked about
 * @property {(file: File) => Promise<number[]>} onImage a picture as the network would read it
 * @property {(drawings: number[][][][]) => Promise<number[][]>} onInk drawings as the network would read them
 * @property {import('./digits/pictures.js').Pictures} pictures
 */

/** @typedef {(container: HTMLElement, page: Page, t: Translate, numbers: Numbers) => ExploreView} Create */

/** @type {Record<ViewName, () => Promise<{create: Create}>>} */
const LOADERS = {
  questions: () => import('./questions/questions.js'),
  dataset: () => import('./digits/dataset.js'),
  confusion: () => import('./results/confusion.js'),
  mistakes: () => import('./results/mistakes.js'),
  neurons: () => import('./neurons/neurons.js'),
  map: () => import('./map/map.js'),
  why: () => import('./why/why.js'),
  fool: () => import('./fool/fool.js'),
};

/**
 * @param {HTMLElement} container
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createRooms(container, page, t, numbers) {
  /** @type {Partial<Record<ViewName, {element: HTMLElement, view: ExploreView | null}>>} */
  const rooms = {};
  /** @type {ExploreState | null} */
  let latest = null;

  /** @param {ViewName} name */
  async function open(name) {
    const element = make('div', { class: `room room-${name}`, 'data-room': name });
    rooms[name] = { element, view: null };
    container.append(element);
    try {
      const { create } = await LOADERS[name]();
      rooms[name].view = create(element, page, t, numbers);
      if (latest?.place.view === name) rooms[name].view?.update(latest);
    } catch (error) {
      element.remove();
      delete rooms[name]; // asked for again with the next look at it
      if (!(error instanceof TypeError)) throw error;
    }
  }

  return {
    /** @param {ExploreState} state */
    update(state) {
      latest = state;
      const { view: name } = state.place;
      if (container.dataset.view !== name) container.dataset.view = name;
      for (const [each, room] of Object.entries(rooms)) room.element.hidden = each !== name;
      if (!rooms[name]) open(name);
      else rooms[name]?.view?.update(state);
    },
  };
}
