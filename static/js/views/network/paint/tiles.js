// Painting feature maps: every tile a small image, with a line around it.

/** @import { Colors } from '../../../page/colors.js' */
/** @import { Tiles } from '../figures/tiles.js' */

/** Makes a painter of one figure; it keeps its buffers from frame to frame. */
export function createTilePainter() {
  const canvas = document.createElement('canvas');
  const image = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  let data = image.createImageData(1, 1);
  let words = new Uint32Array(data.data.buffer);

  /** All maps under each other. @param {Tiles} place */
  function resize({ columns, mapRows, maps }) {
    const high = mapRows * maps;
    if (canvas.width === columns && canvas.height === high) return;
    canvas.width = columns;
    canvas.height = high;
    data = image.createImageData(columns, high);
    words = new Uint32Array(data.data.buffer);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Tiles} place
   * @param {ArrayLike<number> | null} a
   * @param {number} exposure
   * @param {Colors} colors
   */
  return function paint(context, place, a, exposure, colors) {
    resize(place);
    const { maps, columns, mapRows } = place;
    const cells = columns * mapRows;
    for (let cell = 0; cell < cells; cell++) {
      for (let map = 0; map < maps; map++) {
        const value = a ? a[cell * maps + map] : 0;
        words[map * cells + cell] = colors.activationWord(value, exposure);
      }
    }
    image.putImageData(data, 0, 0);
    context.imageSmoothingEnabled = false;
    context.lineWidth = 1;
    context.strokeStyle = colors.named['line-strong'];
    const [wide, high] = [columns * place.pitchX, mapRows * place.pitchY];
    for (let map = 0; map < maps; map++) {
      const { x, y } = place.corner(map);
      context.drawImage(canvas, 0, map * mapRows, columns, mapRows, x, y, wide, high);
      context.strokeRect(x - 0.5, y - 0.5, wide + 1, high + 1);
    }
  };
}
