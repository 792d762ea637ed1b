// Where the neurons of a figure stand: rows and columns at equal distances. Pure geometry.

/**
 * @typedef {object} Measures
 * @property {number} count neurons
 * @property {number} columns
 * @property {number} pitchX distance from neuron to neuron
 * @property {number} pitchY
 * @property {number} size a neuron's side or diameter
 */

export class Lattice {
  /** @param {Measures} measures */
  constructor({ count, columns, pitchX, pitchY, size }) {
    this.count = count;
    this.columns = columns;
    this.rows = Math.ceil(count / columns);
    this.pitchX = pitchX;
    this.pitchY = pitchY;
    this.size = size;
    this.width = columns * pitchX;
    this.height = this.rows * pitchY;
    this.x = 0;
    this.y = 0;
  }

  /** The middle of a neuron. @param {number} index */
  centreX(index) {
    return this.x + ((index % this.columns) + 0.5) * this.pitchX;
  }

  /** @param {number} index */
  centreY(index) {
    return this.y + (Math.floor(index / this.columns) + 0.5) * this.pitchY;
  }

  /**
   * The neuron at a place, or −1.
   * @param {number} x
   * @param {number} y
   * @param {number} [slack] how far beside the figure still counts: small marks are easily missed
   */
  at(x, y, slack = 0) {
    const [right, bottom] = [this.x + this.width, this.y + this.height];
    if (x < this.x - slack || x >= right + slack) return -1;
    if (y < this.y - slack || y >= bottom + slack) return -1;
    const column = within(Math.floor((x - this.x) / this.pitchX), this.columns);
    const row = within(Math.floor((y - this.y) / this.pitchY), this.rows);
    const index = row * this.columns + column;
    return index < this.count ? index : -1;
  }

  /**
   * The neighbour of a neuron, or −1 where the figure ends.
   * @param {number} index
   * @param {number} dx −1, 0 or 1
   * @param {number} dy
   */
  step(index, dx, dy) {
    const column = (index % this.columns) + dx;
    const row = Math.floor(index / this.columns) + dy;
    if (column < 0 || column >= this.columns || row < 0) return -1;
    const next = row * this.columns + column;
    return next < this.count ? next : -1;
  }

  /**
   * How far along a line from a neuron to a point outside the figure ends: 0..1 of the line.
   * @param {number} index
   * @param {number} x
   * @param {number} y
   */
  exit(index, x, y) {
    const [fromX, fromY] = [this.centreX(index), this.centreY(index)];
    const across = share(fromX, x, this.x, this.x + this.width);
    const down = share(fromY, y, this.y, this.y + this.height);
    return Math.min(across, down, 1);
  }
}

/** Where the way from one coordinate to another crosses an interval's end; 1 when it does not. */
function share(
  /** @type {number} */ from,
  /** @type {number} */ to,
  /** @type {number} */ low,
  /** @type {number} */ high,
) {
  const wall = to > from ? high : low;
  return to === from ? 1 : Math.max(0, (wall - from) / (to - from));
}

/** @param {number} value @param {number} count */
const within = (value, count) => Math.max(0, Math.min(count - 1, value));
