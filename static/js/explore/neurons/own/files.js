// Files with digits: a table of pixels (CSV), or drawings a line (JSON). What they hold, and what is wrong
// with one that cannot be read; pictures are the server's to read.

import { PIXELS } from '../../../state/units.js';

/** @typedef {{pixels: number[], label: number | null} | {strokes: number[][][], label: number | null}} Given
 * @typedef {{digits: Given[], problem: '' | 'empty' | 'columns' | 'number' | 'json', line: number}} Taken */

/** @param {'empty' | 'columns' | 'number' | 'json'} problem @param {number} line @returns {Taken} */
const refused = (problem, line) => ({ digits: [], problem, line });

/** @param {unknown} label */
const asLabel = (label) =>
  typeof label === 'number' && Number.isInteger(label) && label >= 0 && label <= 9 ? label : null;

/**
 * What a text holds: a line a digit. In a table 784 numbers from 0 (paper) to 255 (ink), or 785 with the label before
 * them; a first line of names is passed over. In JSON `{"strokes": …, "label": 3}` or `{"pixels": 784 shares of ink}`.
 * @param {string} text @returns {Taken}
 */
export function takenFrom(text) {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const read = /^\s*\{/.test(lines.find((line) => line.trim()) ?? '') ? fromJson : fromTable;
  /** @type {Given[]} */
  const digits = [];
  let first = true;
  for (const [at, line] of lines.entries()) {
    if (!line.trim()) continue;
    const found = read(line);
    if (typeof found === 'string') {
      if (!(first && read === fromTable && found === 'number')) return refused(found, at + 1);
    } else digits.push(found);
    first = false;
  }
  return digits.length ? { digits, problem: '', line: 0 } : refused('empty', 0);
}

/** @param {string} line @returns {Given | 'columns' | 'number'} */
function fromTable(line) {
  const cells = line.split(/[,;\t]/);
  if (cells.length !== PIXELS && cells.length !== PIXELS + 1) return 'columns';
  const values = cells.map((cell) => (cell.trim() ? Number(cell) : Number.NaN));
  const pixels = values.slice(-PIXELS);
  if (values.some(Number.isNaN) || pixels.some((value) => value < 0 || value > 255))
    return 'number';
  return {
    pixels: pixels.map(Math.round),
    label: cells.length > PIXELS ? asLabel(values[0]) : null,
  };
}

/** @param {string} line @returns {Given | 'json' | 'columns'} */
function fromJson(line) {
  try {
    const { strokes, pixels, label = null } = JSON.parse(line);
    if (Array.isArray(strokes)) return { strokes, label: asLabel(label) };
    if (!Array.isArray(pixels)) return 'json';
    if (pixels.length !== PIXELS) return 'columns';
    if (pixels.some((/** @type {unknown} */ value) => !(Number(value) >= 0 && Number(value) <= 1)))
      return 'json';
    return { pixels: pixels.map((value) => Math.round(255 * value)), label: asLabel(label) };
  } catch {
    return 'json';
  }
}
