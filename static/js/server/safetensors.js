// Reads a safetensors file: 8 bytes with the header's length, the header as JSON, the numbers.

/** @import { Weights } from '../state/types.js' */

/**
 * @param {ArrayBuffer} buffer
 * @returns {Weights} name → shape and values, float32, row by row
 */
export function parseSafetensors(buffer) {
  if (buffer.byteLength < 8) throw new Error('Expected a safetensors file; got too few bytes.');
  const view = new DataView(buffer);
  const size = Number(view.getBigUint64(0, true));
  if (size > buffer.byteLength - 8) throw new Error('Expected a whole header; got less.');
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, size)));
  const start = 8 + size;
  const weights = new Map();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    if (entry.dtype !== 'F32') throw new Error(`Expected F32 in ${name}; got ${entry.dtype}.`);
    const [from, to] = entry.data_offsets;
    if (start + to > buffer.byteLength) throw new Error(`Expected all of ${name}; got less.`);
    // A copy: the numbers may begin at an address that Float32Array cannot view.
    const data = new Float32Array(buffer.slice(start + from, start + to));
    weights.set(name, { shape: entry.shape, data });
  }
  return weights;
}
