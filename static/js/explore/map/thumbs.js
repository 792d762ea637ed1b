// Digits made small, so that ten thousand of them can be painted in one frame: each size of each digit
// is made when it is first seen, and kept as long as that size is in use.

import { SIDE } from '../../state/units.js';

const SIZES = 3; // that are kept

/**
 * A digit as `size` × `size` bytes: the mean of what lies under each.
 * @param {ArrayLike<number>} pixels 784 @param {number} size at most 28
 */
export function shrunk(pixels, size) {
  const small = new Uint8Array(size * size);
  const edge = (/** @type {number} */ i) => Math.floor((i * SIDE) / size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let [sum, count] = [0, 0];
      for (let y = edge(row); y < Math.max(edge(row) + 1, edge(row + 1)); y++) {
        for (let x = edge(column); x < Math.max(edge(column) + 1, edge(column + 1)); x++) {
          sum += pixels[y * SIDE + x];
          count += 1;
        }
      }
      small[row * size + column] = Math.round(sum / count);
    }
  }
  return small;
}

/** @param {(index: number) => ArrayLike<number> | null} pixelsOf a digit, null while it comes */
export function createThumbs(pixelsOf) {
  /** @type {Map<number, (Uint8Array | undefined)[]>} the size used last stands last */
  const sizes = new Map();

  /** @param {number} size @returns {(index: number) => Uint8Array | null} */
  return function ofSize(size) {
    const made = sizes.get(size) ?? [];
    sizes.delete(size);
    sizes.set(size, made);
    if (sizes.size > SIZES) sizes.delete([...sizes.keys()][0]);
    return (index) => {
      const found = made[index];
      if (found) return found;
      const pixels = pixelsOf(index);
      return pixels ? (made[index] = shrunk(pixels, size)) : null;
    };
  };
}
