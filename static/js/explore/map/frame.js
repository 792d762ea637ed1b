// Where points of a map stand on the screen: numbers only. A map's own units mean nothing; one factor
// for both axes keeps its shape.

/** @typedef {{low: [number, number], high: [number, number]}} Extent */
/** @typedef {{zoom: number, x: number, y: number}} Sight zoomed so many times, and shifted by so many px */
/** @typedef {{scale: number, left: number, top: number}} Fit screen = left + scale · x */

const PAD = 28; // px that stay free around a map
const MOST_ZOOM = 40;
/** @type {Sight} */
export const WHOLE = { zoom: 1, x: 0, y: 0 };

/** @param {Float32Array} points @returns {Extent} */
export function extentOf(points) {
  /** @type {Extent} */
  const { low, high } = { low: [Infinity, Infinity], high: [-Infinity, -Infinity] };
  for (let i = 0; i < points.length; i++) {
    const axis = i % 2;
    if (points[i] < low[axis]) low[axis] = points[i];
    if (points[i] > high[axis]) high[axis] = points[i];
  }
  return points.length ? { low, high } : { low: [-1, -1], high: [1, 1] };
}

/** Between two extents. @param {Extent} a @param {Extent} b @param {number} share */
export const between = (a, b, share) => ({
  low: /** @type {[number, number]} */ (
    a.low.map((value, i) => value + (b.low[i] - value) * share)
  ),
  high: /** @type {[number, number]} */ (
    a.high.map((value, i) => value + (b.high[i] - value) * share)
  ),
});

/**
 * The whole map in a window, then as it is zoomed and shifted. Up on the screen is up in the map.
 * @param {Extent} extent @param {number} width @param {number} height px @param {Sight} sight @param {number} [pad] px that stay free
 * @returns {Fit}
 */
export function fitOf({ low, high }, width, height, { zoom, x, y }, pad = PAD) {
  const [wide, tall] = [Math.max(1e-9, high[0] - low[0]), Math.max(1e-9, high[1] - low[1])];
  const scale =
    zoom * Math.max(1e-9, Math.min((width - 2 * pad) / wide, (height - 2 * pad) / tall));
  return {
    scale,
    left: width / 2 + x - (scale * (low[0] + high[0])) / 2,
    top: height / 2 + y + (scale * (low[1] + high[1])) / 2,
  };
}

/** @param {Fit} fit @param {number} x @param {number} y @returns {[number, number]} px */
export const onScreen = ({ scale, left, top }, x, y) => [left + scale * x, top - scale * y];

/**
 * Zoomed by a factor around a place that stays where it is.
 * @param {Sight} sight @param {number} factor @param {number} px from the middle @param {number} py
 * @returns {Sight}
 */
export function zoomed({ zoom, x, y }, factor, px, py) {
  const next = Math.max(1, Math.min(MOST_ZOOM, zoom * factor));
  const by = next / zoom;
  return next === 1 ? WHOLE : { zoom: next, x: px - (px - x) * by, y: py - (py - y) * by };
}

/** Whether any of the points can be seen. @param {Float32Array} points @param {Fit} fit
 * @param {number} width @param {number} height px */
export function isAnyIn(points, fit, width, height) {
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = onScreen(fit, points[i], points[i + 1]);
    if (x >= 0 && x <= width && y >= 0 && y <= height) return true;
  }
  return false;
}

/** The point next to a place of the screen; null where none is near. @param {Float32Array} points
 * @param {Fit} fit @param {number} x @param {number} y @param {number} reach px */
export function nearestTo(points, fit, x, y, reach) {
  let [best, least] = [-1, reach * reach];
  for (let i = 0; i < points.length; i += 2) {
    const dx = fit.left + fit.scale * points[i] - x;
    const dy = fit.top - fit.scale * points[i + 1] - y;
    const far = dx * dx + dy * dy;
    if (far < least) [best, least] = [i / 2, far];
  }
  return best < 0 ? null : best;
}

/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * The next point that way: near, and rather ahead than aside.
 * @param {Float32Array} points @param {number} from @param {string} key of an arrow
 * @returns {number | null}
 */
export function towards(points, from, key) {
  const way = WAYS[key];
  if (!way) return null;
  const [x, y] = [points[2 * from], points[2 * from + 1]];
  let [best, least] = [null, Infinity];
  for (let i = 0; i < points.length / 2; i++) {
    const [dx, dy] = [points[2 * i] - x, points[2 * i + 1] - y];
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (i === from || ahead <= 0 || ahead < aside) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [/** @type {any} */ (i), cost];
  }
  return best;
}

/** The middle of each digit's points, where most of them are. @param {Float32Array} points
 * @param {Uint8Array} labels @returns {([number, number] | null)[]} medians */
export function middles(points, labels) {
  return Array.from({ length: 10 }, (_, digit) => {
    const [xs, ys] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] !== digit) continue;
      xs.push(points[2 * i]);
      ys.push(points[2 * i + 1]);
    }
    const middle = (/** @type {number[]} */ list) =>
      list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
    return xs.length ? [middle(xs), middle(ys)] : null;
  });
}

const ROUNDS = 40; // in which names that lie on one another move apart

/**
 * Names that lie on one another, moved apart as little as it takes.
 * @param {([number, number] | null)[]} places in CSS px @param {number} least px between any two
 * @returns {([number, number] | null)[]}
 */
export function spread(places, least) {
  const moved = places.map((place) => /** @type {[number, number] | null} */ (place && [...place]));
  for (let round = 0; round < ROUNDS; round++) {
    let isMoved = false;
    for (let i = 0; i < moved.length; i++) {
      for (let j = i + 1; j < moved.length; j++) {
        const [one, other] = [moved[i], moved[j]];
        if (!one || !other) continue;
        const [dx, dy] = [other[0] - one[0], other[1] - one[1]];
        const far = Math.hypot(dx, dy);
        if (far >= least - 1e-6) continue;
        const [ux, uy] = far > 0 ? [dx / far, dy / far] : [1, 0];
        const half = (least - far) / 2;
        one[0] -= ux * half;
        one[1] -= uy * half;
        other[0] += ux * half;
        other[1] += uy * half;
        isMoved = true;
      }
    }
    if (!isMoved) break;
  }
  return moved;
}

/** Gently off and gently there. @param {number} share 0..1 */
export const eased = (share) => (share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2);

/**
 * From one map to another, digit by digit; a digit that was not there stands where it will be.
 * @param {{points: Float32Array, indices: Uint16Array}} before @param {{points: Float32Array, indices: Uint16Array}} after
 * @returns {Float32Array} where each digit of `after` stood
 */
export function startsOf(before, after) {
  /** @type {Map<number, number>} */
  const old = new Map();
  before.indices.forEach((index, i) => old.set(index, i));
  const starts = after.points.slice();
  after.indices.forEach((index, i) => {
    const from = old.get(index);
    if (from === undefined) return;
    starts[2 * i] = before.points[2 * from];
    starts[2 * i + 1] = before.points[2 * from + 1];
  });
  return starts;
}

/** @param {Float32Array} from @param {Float32Array} to @param {number} share @param {Float32Array} into */
export function mixInto(from, to, share, into) {
  for (let i = 0; i < to.length; i++) into[i] = from[i] + (to[i] - from[i]) * share;
  return into;
}

/** A place, moved away from another one if it is nearer to it than so many px; up from one that it lies on.
 * @param {[number, number]} place @param {[number, number]} from @param {number} least px
 * @returns {[number, number]} */
export function clearOf([x, y], [fromX, fromY], least) {
  const far = Math.hypot(x - fromX, y - fromY);
  if (far >= least) return [x, y];
  if (far === 0) return [fromX, fromY - least];
  return [fromX + ((x - fromX) * least) / far, fromY + ((y - fromY) * least) / far];
}
