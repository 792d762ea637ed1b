// Keeps the drawing and its steps while this tab lives, so that a reload or another language loses
// neither the drawing nor what can be undone.

import { PIXELS } from '../state/units.js';

/** @import { Steps } from '../state/history.js' */

const KEY = 'drawing';
/** @type {Steps} */
const EMPTY = { steps: [{ kind: 'strokes', strokes: [] }], now: 0 };
const MOST = 400_000; // characters: older steps are let go

/** @param {unknown} value @returns {value is Drawing} */
function isDrawing(value) {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, strokes, pixels, features } = /** @type {Record<string, unknown>} */ (value);
  /** @param {unknown} list */
  const points = (list) =>
    Array.isArray(list) && list.every((point) => Array.isArray(point) && point.length === 2);
  if (kind === 'features') return Object.values(features ?? {}).every(Number.isFinite);
  return kind === 'strokes'
    ? Array.isArray(strokes) && strokes.every(points)
    : kind === 'pixels' && Array.isArray(pixels) && pixels.length === PIXELS;
}

/** @param {any} value @returns {value is Steps} */
const isSteps = (value) =>
  Array.isArray(value?.steps) &&
  value.steps.every(isDrawing) &&
  value.steps[value.now] !== undefined;

/**
 * As many steps as there is room for: those nearest to what is on the pad.
 * @param {Steps} all
 * @returns {Steps}
 */
export function fitting({ steps, now }) {
  let [from, to] = [now, now + 1];
  let left = MOST - JSON.stringify(steps[now]).length;
  for (;;) {
    const next = from > 0 ? from - 1 : to; // what was comes before what was undone
    if (next >= steps.length) break;
    left -= JSON.stringify(steps[next]).length;
    if (left < 0) break;
    if (next < from) from = next;
    else to = next + 1;
  }
  return { steps: steps.slice(from, to), now: now - from };
}

/** Where it is kept. @param {boolean} isEmbedded beside a chapter, where nothing is */
export const storageOf = (isEmbedded) => () => {
  if (isEmbedded) throw new Error('What is done beside a chapter is not what was done here.');
  return sessionStorage;
};

/**
 * @param {() => Pick<Storage, 'getItem' | 'setItem'>} storage asked for each time: a browser may refuse
 */
export function createKeep(storage) {
  return {
    /** @param {Record<string, Steps>} all by their problem @param {boolean} center */
    save({ digits = EMPTY, ...others }, center) {
      try {
        const rest = Object.fromEntries(
          Object.entries(others).map(([problem, steps]) => [problem, fitting(steps)]),
        );
        storage().setItem(KEY, JSON.stringify({ ...fitting(digits), center, others: rest }));
      } catch {
        // a browser that keeps nothing begins anew
      }
    },
    /** @returns {{all: Steps, others: Record<string, Steps>, center: boolean} | null} */
    load() {
      try {
        const { center, others, ...all } = JSON.parse(storage().getItem(KEY) ?? 'null') ?? {};
        const rest = Object.fromEntries(
          Object.entries(others ?? {}).filter(([, each]) => isSteps(each)),
        );
        return isSteps(all) ? { all, others: rest, center: center !== false } : null;
      } catch {
        return null;
      }
    },
  };
}
