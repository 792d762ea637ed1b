// An LSTM: a row for every step, as high as the image's rows, a column for every unit. Beside it the
// state of the last row that is read, turned upright: what it hands on. Pure geometry.

import { Lattice } from './lattice.js';

/** @import { Measures } from './lattice.js' */

export class Steps extends Lattice {
  /** @param {Measures} measures @param {Lattice} handed a cell for every unit */
  constructor(measures, handed) {
    super(measures);
    this.handed = handed;
    /** The last row that is read, from 1. */
    this.read = this.rows;
  }

  /** Put it in its place. @param {number} gap px between the steps and what they hand on
   * @param {boolean} sideways */
  settle(gap, sideways) {
    const { handed } = this;
    handed.x = sideways ? this.x + this.width + gap : this.x + (this.width - handed.width) / 2;
    handed.y = sideways ? this.y + (this.height - handed.height) / 2 : this.y + this.height + gap;
  }

  /** The first unit of the last row that is read. */
  first() {
    return (this.read - 1) * this.columns;
  }

  /** @param {number} x @param {number} y @param {number} [slack] */
  at(x, y, slack = 0) {
    const unit = this.handed.at(x, y, slack);
    return unit >= 0 ? this.first() + unit : super.at(x, y, slack);
  }
}
