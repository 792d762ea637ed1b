// The trace as files: JSON as it came, CSV with one line for each neuron.

import { inputOf } from '../../state/ends.js';
import { placeOf } from '../../state/units.js';

/** @import { State } from '../../state/types.js' */

/** @typedef {Pick<State, 'model' | 'reading' | 'edits' | 'drawing' | 'center'>} Shown */

/** @param {Shown} shown @param {string} address that reopens it */
export function toJson({ model, reading, edits, drawing, center }, address) {
  const made = edits[model?.id ?? ''] ?? [];
  const strokes =
    drawing.kind === 'strokes'
      ? { strokes: drawing.strokes, center }
      : drawing.kind === 'features'
        ? { features: drawing.features }
        : {};
  return `${JSON.stringify({ address, model: model?.id, edits: made, drawing: strokes, reading }, null, 1)}\n`;
}

/** A cell of text: quoted where it has to be, and what a table would take for a formula is text by an
 * apostrophe. @param {string} text */
export function cell(text) {
  const shown = /^[\s]*[=+\-@]/.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** One line for each neuron (RFC 4180); places are counted from 1, as on the page.
 * @param {Shown} shown */
export function toCsv({ reading }) {
  const lines = ['layer,kind,activation,index,row,column,map,z,a'];
  if (!reading) return `${lines[0]}\r\n`;
  const [, columns] = reading.input.shape; // none of a row's features
  Array.from(inputOf(reading)).forEach((value, i) => {
    const place = columns ? [Math.floor(i / columns) + 1, (i % columns) + 1] : ['', ''];
    lines.push(['input', 'input', '', i, ...place, '', '', value].join(','));
  });
  for (const { name, kind, activation, shape, z, a } of reading.layers) {
    a.forEach((value, i) => {
      const { row, column, map } = placeOf(shape, i);
      const place =
        shape.length === 3
          ? [row + 1, column + 1, map + 1]
          : shape.length === 2
            ? [row + 1, '', map + 1]
            : ['', '', ''];
      lines.push([cell(name), kind, activation, i, ...place, z?.[i], value].join(','));
    });
  }
  return `${lines.join('\r\n')}\r\n`;
}
