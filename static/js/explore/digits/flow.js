// How many digits stand in a row, which are in sight, and which one is at a place: numbers only.

/**
 * @param {{width: number, height: number, top: number}} sight of the scrolled window, px
 * @param {number} count digits in all
 * @param {number} wish px that a digit should measure
 */
export function flowOf({ width, height, top }, count, wish) {
  const across = Math.max(1, Math.floor(width / wish));
  const cell = width / across;
  const rows = Math.ceil(count / across);
  const first = Math.max(0, Math.floor(top / cell)) * across;
  const last = Math.min(count, (Math.floor((top + height) / cell) + 1) * across);
  return { across, cell, rows, first, last, high: rows * cell };
}

/** @typedef {ReturnType<typeof flowOf>} Flow */

/** The digit under a point of the whole sheet, null for none. @param {Flow} flow @param {number} x
 * @param {number} y @param {number} count */
export function at({ across, cell }, x, y, count) {
  const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
  const found = row * across + column;
  return column >= 0 && column < across && row >= 0 && found < count ? found : null;
}

/** Where keys lead. @param {string} key @param {number} from @param {Flow} flow @param {number} count
 * @returns {number | null} */
export function stepped(key, from, { across, cell }, count) {
  const page = Math.max(1, Math.floor(400 / cell)) * across;
  const by = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: across,
    ArrowUp: -across,
    PageDown: page,
    PageUp: -page,
  }[key];
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (by === undefined || !count) return null;
  const to = from + by;
  return to < 0 || to >= count
    ? Math.abs(by) === page
      ? Math.max(0, Math.min(count - 1, to))
      : from
    : to;
}
