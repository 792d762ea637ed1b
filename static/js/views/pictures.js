// Input × weights = contributions, as three pictures of the same cells.

import { pageColors } from '../page/colors.js';
import { make } from '../page/dom.js';
import { pointAt } from '../page/touch/finger.js';

/** @import { Colors } from '../page/colors.js' */
/** @import { Field } from '../state/types.js' */

/**
 * @typedef {object} Cells how the numbers lie: as (row, column, map), maps beside one another
 * @property {number} rows
 * @property {number} columns
 * @property {number} maps
 *
 * @typedef {(value: number, colors: Colors) => number} Color a value as four bytes
 */

const SIDE = 190; // cells fill about so many pixels of the canvas, whatever its size on the page
const GAP = 1; // cells between two maps

/**
 * The cells of a plain layer: a row for each, or a square.
 * @param {number} count
 * @returns {Cells}
 */
export function squareOf(count) {
  const columns = Math.ceil(Math.sqrt(count));
  return { rows: Math.ceil(count / columns), columns, maps: 1 };
}

/**
 * Where a number stands, in cells.
 * @param {Cells} cells
 * @param {number} index
 */
export function cellOf({ columns, rows, maps }, index) {
  const across = Math.ceil(Math.sqrt(maps));
  const map = index % maps;
  const place = Math.floor(index / maps);
  return {
    x: (map % across) * (columns + GAP) + (place % columns),
    y: Math.floor(map / across) * (rows + GAP) + Math.floor(place / columns),
  };
}

/** How many cells wide and high all maps are. @param {Cells} cells */
export function extentOf({ columns, rows, maps }) {
  const across = Math.ceil(Math.sqrt(maps));
  const down = Math.ceil(maps / across);
  return { wide: across * (columns + GAP) - GAP, high: down * (rows + GAP) - GAP };
}

/**
 * @param {string} id
 * @param {(index: number | null) => void} onPoint a cell is pointed at
 */
export function createPicture(id, onPoint) {
  const canvas = make('canvas', { class: 'cells', 'data-testid': id, role: 'img' });
  const caption = make('figcaption', { class: 'small soft' });
  const element = make('figure', {}, canvas, caption);
  const small = document.createElement('canvas');
  const image = /** @type {CanvasRenderingContext2D} */ (small.getContext('2d'));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  /** @type {Cells} */
  let cells = squareOf(1);
  let count = 0;

  /** The number under the pointer. @param {PointerEvent} event */
  function cellAt(event) {
    const box = canvas.getBoundingClientRect();
    const { wide, high } = extentOf(cells);
    const x = Math.floor(((event.clientX - box.left) / box.width) * wide);
    const y = Math.floor(((event.clientY - box.top) / box.height) * high);
    for (let i = 0; i < count; i++) {
      const at = cellOf(cells, i);
      if (at.x === x && at.y === y) return i;
    }
    return null;
  }
  pointAt(canvas, (event) => onPoint(event && cellAt(event)));

  /** @param {{field: Field, only: number | null}} frame @param {number} cell px
   * @param {string} color */
  function paintFrame({ field, only }, cell, color) {
    context.strokeStyle = color;
    context.lineWidth = cells.maps > 1 && only === null ? 2 : 3;
    for (let map = 0; map < cells.maps; map++) {
      if (only !== null && map !== only) continue;
      const { x, y } = cellOf(cells, map);
      const [wide, high] = [field.right - field.left + 1, field.bottom - field.top + 1];
      context.strokeRect((x + field.left) * cell, (y + field.top) * cell, wide * cell, high * cell);
    }
  }

  /** What it shows, and its scale, for which there may be no room. @param {string} text */
  function tell(text) {
    const [shown, ...scale] = text.split(/(?=, )/);
    caption.replaceChildren(shown, make('span', { class: 'scale-of' }, scale.join('')));
  }

  return {
    element,
    canvas,
    cellAt,
    /**
     * @param {ArrayLike<number>} values @param {Cells} layout @param {Color} color
     * @param {string} text @param {number | null} pointed
     * @param {{field: Field, only: number | null}} [frame] around cells of all maps, or of one
     */
    show(values, layout, color, text, pointed, frame) {
      [cells, count] = [layout, values.length];
      const { wide, high } = extentOf(cells);
      const colors = pageColors();
      const cell = Math.max(1, Math.floor((SIDE * 2) / Math.max(wide, high)));
      small.width = wide;
      small.height = high;
      const data = image.createImageData(wide, high);
      const words = new Uint32Array(data.data.buffer);
      for (let i = 0; i < count; i++) {
        const { x, y } = cellOf(cells, i);
        words[y * wide + x] = color(values[i], colors);
      }
      image.putImageData(data, 0, 0);
      canvas.width = wide * cell;
      canvas.height = high * cell;
      context.imageSmoothingEnabled = false;
      context.drawImage(small, 0, 0, canvas.width, canvas.height);
      if (pointed !== null && pointed < count) {
        const { x, y } = cellOf(cells, pointed);
        context.strokeStyle = colors.named.focus;
        context.lineWidth = 4;
        context.strokeRect(x * cell - 1, y * cell - 1, cell + 2, cell + 2);
      }
      if (frame) paintFrame(frame, cell, colors.named.focus);
      if (caption.textContent !== text) tell(text);
      canvas.setAttribute('aria-label', text);
    },
  };
}
