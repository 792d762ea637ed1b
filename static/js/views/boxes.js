// Boxes in the window: what is around them, what is seen of them, and how far to scroll for that.

/** @typedef {{left: number, top: number, width: number, height: number}} Box in the window */

/** The smallest box around others. @param {Box[]} boxes @returns {Box | null} */
export function around(boxes) {
  if (!boxes.length) return null;
  const [left, top] = [boxes.map((box) => box.left), boxes.map((box) => box.top)].map((all) =>
    Math.min(...all),
  );
  const right = Math.max(...boxes.map((box) => box.left + box.width));
  const bottom = Math.max(...boxes.map((box) => box.top + box.height));
  return { left, top, width: right - left, height: bottom - top };
}

/** What of a box is seen between what covers the window from above and from below.
 * @param {Box} box @param {{top: number, bottom: number}} free @returns {Box | null} */
export function between(box, free) {
  const top = Math.max(box.top, free.top);
  const bottom = Math.min(box.top + box.height, free.bottom);
  return bottom > top ? { ...box, top, height: bottom - top } : null;
}

/** The heights of the window that covers leave free. @param {Box[]} covers lines at its top, sheets at its
 * bottom @param {number} height of the window */
export function freeOf(covers, height) {
  const above = covers.filter((box) => box.top <= 0);
  const below = covers.filter((box) => box.top > 0);
  return {
    top: Math.max(0, ...above.map((box) => box.top + box.height)),
    bottom: Math.min(height, ...below.map((box) => box.top)),
  };
}

/** The smallest of the parts at a point of the window.
 * @param {(name: string) => Box | null} find @param {string[]} names @param {number} x @param {number} y */
export function smallestAt(find, names, x, y) {
  let best = null;
  let least = Infinity;
  for (const name of names) {
    const box = find(name);
    if (!box || x < box.left || y < box.top || x > box.left + box.width || y > box.top + box.height)
      continue;
    if (box.width * box.height < least) [best, least] = [name, box.width * box.height];
  }
  return best;
}

/** How far to scroll until all of a box is seen between two heights; its head, if it is higher than that.
 * @param {Box} box @param {number} top @param {number} bottom */
export function hidden({ top: from, height }, top, bottom) {
  const below = from + height - bottom;
  if (from < top || height > bottom - top) return from - top;
  return Math.max(0, below);
}

/** How far to scroll until a box that is not all seen stands in the middle between two heights.
 * @param {Box} box @param {number} top @param {number} bottom */
export function toMiddle(box, top, bottom) {
  const by = hidden(box, top, bottom);
  const spare = bottom - top - box.height;
  return by === 0 || spare < 0 ? by : box.top - top - spare / 2;
}

/** The first of some boxes, with as many of those after it as there is room for.
 * @param {Box[]} boxes at least one @param {number} room their height together @returns {Box} */
export function asManyAs([first, ...others], room) {
  let together = first;
  for (const box of others) {
    const more = /** @type {Box} */ (around([together, box]));
    if (more.height > room) break;
    together = more;
  }
  return together;
}

/** The window without some boxes, which may overlap, as a path. @param {Box[]} boxes
 * @param {number} width @param {number} height */
export function shadow(boxes, width, height) {
  const cuts = (/** @type {number[]} */ at, /** @type {number} */ end) =>
    [...new Set([0, end, ...at.map((each) => Math.min(end, Math.max(0, each)))])].sort(
      (a, b) => a - b,
    );
  const xs = cuts(
    boxes.flatMap((box) => [box.left, box.left + box.width]),
    width,
  );
  const ys = cuts(
    boxes.flatMap((box) => [box.top, box.top + box.height]),
    height,
  );
  let path = '';
  for (const [row, top] of ys.slice(0, -1).entries()) {
    const bottom = ys[row + 1];
    const across = boxes.filter((box) => box.top < bottom && box.top + box.height > top);
    for (const [column, left] of xs.slice(0, -1).entries()) {
      const right = xs[column + 1];
      if (across.some((box) => box.left < right && box.left + box.width > left)) continue;
      path += `M${left} ${top}H${right}V${bottom}H${left}Z`;
    }
  }
  return path;
}
