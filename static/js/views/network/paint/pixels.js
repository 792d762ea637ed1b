// Painting the input: a cell for every pixel, with the ground shining between them.

/** @import { Colors } from '../../../page/colors.js' */
/** @import { Figure } from '../layout.js' */

/**
 * Makes a painter of one image; `color` gives a pixel as four bytes.
 * @param {boolean} [seams] whether cells are set apart
 */
export function createPixelPainter(seams = true) {
  const canvas = document.createElement('canvas');
  const image = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  let data = image.createImageData(1, 1);
  let words = new Uint32Array(data.data.buffer);

  /** @param {number} columns @param {number} rows */
  function resize(columns, rows) {
    if (canvas.width === columns && canvas.height === rows) return;
    canvas.width = columns;
    canvas.height = rows;
    data = image.createImageData(columns, rows);
    words = new Uint32Array(data.data.buffer);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Figure} figure
   * @param {Colors} colors
   * @param {(index: number) => number} color
   */
  return function paint(context, { place }, colors, color) {
    resize(place.columns, place.rows);
    for (let i = 0; i < place.count; i++) words[i] = color(i);
    image.putImageData(data, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(canvas, place.x, place.y, place.width, place.height);
    if (seams) paintSeams(context, place, colors.named.ground);
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Figure['place']} place
 * @param {string} color
 */
function paintSeams(context, { x, y, columns, rows, pitchX, pitchY, width, height }, color) {
  context.beginPath();
  for (let column = 1; column < columns; column++) {
    context.moveTo(x + column * pitchX, y);
    context.lineTo(x + column * pitchX, y + height);
  }
  for (let row = 1; row < rows; row++) {
    context.moveTo(x, y + row * pitchY);
    context.lineTo(x + width, y + row * pitchY);
  }
  context.lineWidth = 1;
  context.globalAlpha = 0.35;
  context.strokeStyle = color;
  context.stroke();
  context.globalAlpha = 1;
}
