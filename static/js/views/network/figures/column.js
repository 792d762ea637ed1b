// The input as a column of neurons, as on a blackboard: some from its middle, an ellipsis at either
// end for the rest, and a brace around all. Pure geometry.

import { Lattice } from './lattice.js';

/** @import { Room } from './sizes.js' */

export const SHOWN = 16; // neurons of their own

export class Column extends Lattice {
  /**
   * @param {{count: number, pitch: number, size: number, sideways: boolean}} measures
   */
  constructor({ count, pitch, size, sideways }) {
    const slots = SHOWN + 2;
    const [pitchX, pitchY] = sideways ? [size, pitch] : [pitch, size];
    super({ count: slots, columns: sideways ? 1 : slots, pitchX, pitchY, size });
    this.count = count;
    this.sideways = sideways;
    /** The first one shown: in the middle of the image's rows, and of its columns. */
    this.first = Math.ceil(count / 2) + 6;
  }

  /** Where a neuron stands: of its own, or in an ellipsis. @param {number} index */
  slot(index) {
    return Math.max(0, Math.min(SHOWN + 1, index - this.first + 1));
  }

  /** @param {number} index */
  centreX(index) {
    return super.centreX(this.slot(index));
  }

  /** @param {number} index */
  centreY(index) {
    return super.centreY(this.slot(index));
  }

  /** How many neurons the ellipses stand for. */
  hidden() {
    return [this.first, this.count - this.first - SHOWN];
  }

  /** The neuron at a place, or −1; an ellipsis is none. @param {number} x @param {number} y
   * @param {number} [slack] */
  at(x, y, slack = 0) {
    const [right, bottom] = [this.x + this.width, this.y + this.height];
    if (x < this.x - slack || x >= right + slack || y < this.y - slack || y >= bottom + slack)
      return -1;
    const slot = Math.floor(
      this.sideways ? (y - this.y) / this.pitchY : (x - this.x) / this.pitchX,
    );
    return slot >= 1 && slot <= SHOWN ? this.first + slot - 1 : -1;
  }

  /** The neighbour of a neuron, or −1 where the column ends. @param {number} index
   * @param {number} dx @param {number} dy */
  step(index, dx, dy) {
    const next = index + (this.sideways ? dy : dx);
    const isAcross = this.sideways ? dx !== 0 : dy !== 0;
    return isAcross || next < 0 || next >= this.count ? -1 : next;
  }
}

/** The input as a column. @param {number} count @param {Room} room */
export function column(count, { sideways, along, rem }) {
  const pitch = Math.min(along / (SHOWN + 2), 2.25 * rem);
  return new Column({ count, pitch, size: pitch * 0.72, sideways });
}
