// Feature maps as tiles: small images side by side, one for each map. Pure geometry.

import { Lattice } from './lattice.js';

/**
 * @typedef {object} TileMeasures
 * @property {number} maps
 * @property {number} rows of a map
 * @property {number} columns of a map
 * @property {number} across tiles side by side
 * @property {number} cell px of a value's side
 * @property {number} gap px between tiles
 */

export class Tiles extends Lattice {
  /** @param {TileMeasures} measures */
  constructor({ maps, rows, columns, across, cell, gap }) {
    super({ count: maps * rows * columns, columns, pitchX: cell, pitchY: cell, size: cell });
    this.maps = maps;
    this.across = across;
    this.mapRows = rows;
    this.stepX = columns * cell + gap;
    this.stepY = rows * cell + gap;
    this.rows = Math.ceil(maps / across);
    this.width = across * this.stepX - gap;
    this.height = this.rows * this.stepY - gap;
  }

  /** The corner of a map's tile. @param {number} map */
  corner(map) {
    const [column, row] = [map % this.across, Math.floor(map / this.across)];
    return { x: this.x + column * this.stepX, y: this.y + row * this.stepY };
  }

  /** The middle of a unit; units lie as (row, column, map). @param {number} index */
  centreX(index) {
    const column = Math.floor(index / this.maps) % this.columns;
    return this.corner(index % this.maps).x + (column + 0.5) * this.pitchX;
  }

  /** @param {number} index */
  centreY(index) {
    const row = Math.floor(index / this.maps / this.columns);
    return this.corner(index % this.maps).y + (row + 0.5) * this.pitchY;
  }

  /**
   * The unit at a place, or −1: what lies between tiles belongs to the nearer one.
   * @param {number} x @param {number} y @param {number} [slack]
   */
  at(x, y, slack = 0) {
    if (x < this.x - slack || x >= this.x + this.width + slack) return -1;
    if (y < this.y - slack || y >= this.y + this.height + slack) return -1;
    const gap = this.stepX - this.columns * this.pitchX;
    const tileX = within(Math.floor((x - this.x + gap / 2) / this.stepX), this.across);
    const tileY = within(Math.floor((y - this.y + gap / 2) / this.stepY), this.rows);
    const map = tileY * this.across + tileX;
    if (map >= this.maps) return -1;
    const corner = this.corner(map);
    const column = within(Math.floor((x - corner.x) / this.pitchX), this.columns);
    const row = within(Math.floor((y - corner.y) / this.pitchY), this.mapRows);
    return (row * this.columns + column) * this.maps + map;
  }

  /**
   * The neighbour of a unit: in its map, then in the tile beside, or −1 where the figure ends.
   * @param {number} index @param {number} dx −1, 0 or 1 @param {number} dy
   */
  step(index, dx, dy) {
    const { maps, columns, mapRows, across } = this;
    let map = index % maps;
    let column = (Math.floor(index / maps) % columns) + dx;
    let row = Math.floor(index / maps / columns) + dy;
    if (column < 0 || column >= columns) {
      if ((map % across) + dx < 0 || (map % across) + dx >= across) return -1;
      map += dx;
      column = dx > 0 ? 0 : columns - 1;
    }
    if (row < 0 || row >= mapRows) {
      map += dy * across;
      row = dy > 0 ? 0 : mapRows - 1;
    }
    return map < 0 || map >= maps ? -1 : (row * columns + column) * maps + map;
  }
}

/** @param {number} value @param {number} count */
const within = (value, count) => Math.max(0, Math.min(count - 1, value));
