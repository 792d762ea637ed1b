// How a drawing looks on the pad.

/** @import { Stroke } from '../../state/types.js' */
/** @import { Rgb } from '../../page/colors.js' */

const DOT = 0.01; // px: a line of no length at all is not drawn
const PEN = 0.06; // of the pad's side

/**
 * A smooth line of constant width through the points, for the network gets one of constant width
 * too; a lone point is a dot.
 * @param {CanvasRenderingContext2D} context its strokeStyle is the ink
 * @param {Stroke} stroke
 * @param {number} side the pad's, in CSS px
 */
export function paintStroke(context, stroke, side) {
  if (!stroke.length) return;
  context.lineCap = context.lineJoin = 'round';
  context.lineWidth = PEN * side;
  context.beginPath();
  const [first, ...rest] = stroke;
  context.moveTo(first[0] * side, first[1] * side);
  if (!rest.length) context.lineTo(first[0] * side + DOT, first[1] * side);
  rest.forEach(([x, y], i) => {
    const next = rest[i + 1];
    if (next) {
      const [nextX, nextY] = [(x + next[0]) / 2, (y + next[1]) / 2];
      context.quadraticCurveTo(x * side, y * side, nextX * side, nextY * side);
    } else context.lineTo(x * side, y * side);
  });
  context.stroke();
}

/**
 * A digit of the data set, pixel by pixel.
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} pixels 0..255, row by row
 * @param {HTMLCanvasElement} sheet 28x28, to paint on
 * @param {Rgb} ink
 * @param {number} side
 */
export function paintPixels(context, pixels, sheet, [red, green, blue], side) {
  const small = /** @type {CanvasRenderingContext2D} */ (sheet.getContext('2d'));
  const image = small.createImageData(sheet.width, sheet.height);
  pixels.forEach((value, i) => image.data.set([red, green, blue, value], 4 * i));
  small.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet, 0, 0, side, side);
}
