// Keeps the drawing and its steps while this tab lives, so that a reload or another language loses
// neither the drawing nor what can be undone.

/** @import { Drawing } from '../state/types.js' */
/** @import { Steps } from '../state/history.js' */

const KEY = 'drawing';
const MOST = 400_000; // characters: older steps are let go

/** @param {unknown} value @returns {value is Drawing} */
function isDrawing(value) {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, strokes, pixels } = /** @type {Record<string, unknown>} */ (value);
  /** @param {unknown} list */
  const points = (list) =>
    Array.isArray(list) && list.every((point) => Array.isArray(point) && point.length === 2);
  return kind === 'strokes'
    ? Array.isArray(strokes) && strokes.every(points)
    : kind === 'pixels' && Array.isArray(pixels) && pixels.length === 784;
}

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

/**
 * @param {() => Pick<Storage, 'getItem' | 'setItem'>} storage asked for each time: a browser may refuse
 */
export function createKeep(storage) {
  return {
    /** @param {Steps} all @param {boolean} center */
    save(all, center) {
      try {
        storage().setItem(KEY, JSON.stringify({ ...fitting(all), center }));
      } catch {
        // a browser that keeps nothing begins anew
      }
    },
    /** @returns {{all: Steps, center: boolean} | null} */
    load() {
      try {
        const { steps, now, center } = JSON.parse(storage().getItem(KEY) ?? 'null') ?? {};
        const isWhole = Array.isArray(steps) && steps.every(isDrawing) && steps[now] !== undefined;
        return isWhole ? { all: { steps, now }, center: center !== false } : null;
      } catch {
        return null;
      }
    },
  };
}
