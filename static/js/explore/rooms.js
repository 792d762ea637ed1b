// The views, one at a time: each comes when it is first wanted, stays as it was left, and hears of
// changes only while it is shown.

import { make, say } from '../page/dom.js';
import { persist } from '../server/persist.js';

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

/** What is said where a view has not come. @type {Record<string, string>} */
const STATUS = { slow: 'waiting.loading', failing: 'waiting.lost' };

/**
 * @param {HTMLElement} container
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {() => Promise<unknown>} words what the views say; the questions come with the page
 * @param {typeof LOADERS} [load]
 */
export function createRooms(container, page, t, numbers, words, load = LOADERS) {
  /** @type {Partial<Record<ViewName, {element: HTMLElement, view: ExploreView | null}>>} */
  const rooms = {};
  /** @type {ExploreState | null} */
  let latest = null;

  /** @param {ViewName} name */
  async function open(name) {
    const element = make('div', { class: `room room-${name}`, 'data-room': name });
    rooms[name] = { element, view: null };
    container.append(element);
    const said = make('p', { class: 'soft empty', role: 'status', 'data-testid': 'room-said' });
    element.append(said);
    const speak = name === 'questions' ? async () => {} : words;
    const come = () => Promise.all([load[name](), speak()]);
    const found = await persist(come, {
      onStatus: (status) => say(said, STATUS[status] ? t(STATUS[status]) : ''),
      isFinal(error) {
        if (!(error instanceof TypeError)) throw error; // it came, and is broken
        return false;
      },
    });
    said.remove();
    if (!found) return;
    rooms[name].view = found[0].create(element, page, t, numbers);
    if (latest?.place.view === name) rooms[name].view?.update(latest);
  }

  return {
    /** @param {ExploreState} state */
    update(state) {
      const { view: name } = state.place;
      const left = latest?.place.view;
      if (left && left !== name) rooms[left]?.view?.leave?.();
      latest = state;
      if (container.dataset.view !== name) container.dataset.view = name;
      for (const [each, room] of Object.entries(rooms)) room.element.hidden = each !== name;
      if (!rooms[name]) open(name);
      else rooms[name]?.view?.update(state);
    },
  };
}
