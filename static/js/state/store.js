// The page's state in one place: views are told when it changes, at most once a frame.

/** @import { State } from './types.js' */

/**
 * @template {object} S
 * @param {S} initial
 * @param {(callback: () => void) => void} [schedule] when to tell; a frame later by default
 */
export function createStore(initial, schedule = (callback) => requestAnimationFrame(callback)) {
  let state = initial;
  let pending = false;
  /** @type {Set<(state: S) => void>} */
  const listeners = new Set();

  function tell() {
    pending = false;
    for (const listener of listeners) listener(state);
  }

  return {
    get: () => state,
    /** Tell now, not with the next frame. */
    flush: tell,
    /** @param {Partial<S>} change */
    set(change) {
      state = { ...state, ...change };
      if (!pending) {
        pending = true;
        schedule(tell);
      }
    },
    /**
     * @param {(state: S) => void} listener
     * @returns {() => void} ends it
     */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * Remembers what a view was last told: which of these values are others now, by name, or null where none is.
 * The first time all of them are.
 */
export function createChanged() {
  /** @type {Record<string, unknown> | null} */
  let before = null;
  /** @type {<T extends object>(now: T, ...names: (keyof T & string)[]) => Set<string> | null} names: those that
   * count; all by default */
  return (now, ...names) => {
    const values = /** @type {Record<string, unknown>} */ (now);
    const others = (names.length ? names : Object.keys(now)).filter(
      (name) => !before || values[name] !== before[name],
    );
    before = values;
    return others.length ? new Set(others) : null;
  };
}

/** Something stands in place of the network. @param {Pick<State, 'inspecting' | 'comparing' | 'teaching'>} state */
export const isCovered = ({ inspecting, comparing, teaching }) =>
  inspecting || comparing || teaching;

/** On a small screen a kept unit lies in a sheet, unless something else is there: why, a step, several networks.
 * An input's value stands at the input itself: no sheet moves what a finger looks for there.
 * @param {Pick<State, 'selected' | 'inspecting' | 'comparing' | 'teaching' | 'against' | 'reading'>} state */
export function isSheet({ selected, inspecting, comparing, teaching, against, reading }) {
  const isAsked = against !== null && (reading?.prediction ?? null) !== null;
  const isKept = selected !== null && selected.layer !== 'input';
  return isKept && !isCovered({ inspecting, comparing, teaching }) && !isAsked;
}

/** A page on which nothing has happened yet. @returns {State} */
export const emptyState = () => ({
  models: [],
  problem: 'digits',
  model: null,
  weights: null,
  learned: null,
  edits: {},
  evaluation: null,
  canUndoEdit: false,
  changing: false,
  drawing: { kind: 'strokes', strokes: [] },
  center: true,
  penDown: false,
  canUndo: false,
  canRedo: false,
  erasing: false,
  welcome: false,
  reading: null,
  detailed: 0,
  readOf: null,
  waiting: false,
  stale: false,
  status: 'ok',
  statusDetail: '',
  edgeCount: 0,
  inspecting: false,
  comparing: false,
  teaching: false,
  compared: [],
  row: null,
  hovered: null,
  selected: null,
  ringed: null,
  against: null,
  from: null,
  asked: 0,
  lead: null,
  parts: null,
  sides: null,
  theme: 'light',
  tracing: false,
  trace: null,
  moment: null,
  held: null,
  playing: false,
  speed: 'normal',
  inputAs: 'grid',
  said: '',
  named: [],
});

/**
 * Does something with the newest value once values have stopped coming for a while.
 * @template T
 * @param {number} quiet ms
 * @param {(value: T) => void} act
 */
export function createDebounce(quiet, act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let newest = /** @type {{value: T, at: number} | null} */ (null);

  /** A new timer for every value would cost more than one that looks again. */
  function look() {
    timer = undefined;
    if (!newest) return;
    const left = quiet - (performance.now() - newest.at);
    if (left > 1) {
      timer = setTimeout(look, left);
      return;
    }
    const { value } = newest;
    newest = null;
    act(value);
  }

  return {
    /** @param {T} value */
    when(value) {
      newest = { value, at: performance.now() };
      timer ??= setTimeout(look, quiet);
    },
    destroy() {
      clearTimeout(timer);
      newest = null;
    },
  };
}
