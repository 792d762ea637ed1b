// Keeps the drawing while this tab lives, so that a reload or another language does not lose it.

/** @import { Drawing } from '../state/types.js' */

const KEY = 'drawing';

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
 * @param {() => Pick<Storage, 'getItem' | 'setItem'>} storage asked for each time: a browser may refuse
 */
export function createKeep(storage) {
  return {
    /** @param {Drawing} drawing @param {boolean} center */
    save(drawing, center) {
      try {
        storage().setItem(KEY, JSON.stringify({ drawing, center }));
      } catch {
        // a browser that keeps nothing begins anew
      }
    },
    /** @returns {{drawing: Drawing, center: boolean} | null} */
    load() {
      try {
        const kept = JSON.parse(storage().getItem(KEY) ?? 'null');
        return kept && isDrawing(kept.drawing) ? { drawing: kept.drawing, center: kept.center !== false } : null;
      } catch {
        return null;
      }
    },
  };
}
