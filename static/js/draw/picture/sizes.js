// Which pictures can be sent as they are, and how they fit where they are shown.

export const READ_TYPES = ['image/png', 'image/jpeg', 'image/webp'];

const HEIC = ['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'];

/** @typedef {{width: number, height: number}} Size */

/** As large as there is room, in the same proportions. @param {Size} size @param {Size} room @returns {Size} */
export function fitted(size, room) {
  const scale = Math.min(room.width / size.width, room.height / size.height);
  return { width: size.width * scale, height: size.height * scale };
}

/** @param {Size} size @param {number} side @param {number} pixels */
export const heldIn = ({ width, height }, side, pixels) =>
  Math.max(width, height) <= side && width * height <= pixels;

/** Whether a file is what an iPhone saves, by its first bytes. @param {Blob} file */
export async function isHeic(file) {
  const start = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const word = (/** @type {number} */ from) => String.fromCharCode(...start.slice(from, from + 4));
  return word(4) === 'ftyp' && HEIC.includes(word(8));
}
