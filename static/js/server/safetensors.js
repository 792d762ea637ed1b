// Reads a safetensors file: 8 bytes with the header's length, the header as JSON, the numbers.

/** @import { Weights } from '../state/types.js' */

const KINDS = { F32: Float32Array, U8: Uint8Array };

/**
 * @param {ArrayBuffer} buffer
 * @returns {{tensors: Map<string, {shape: number[], data: Float32Array | Uint8Array}>, metadata: Record<string, string>}}
 *   the values are row by row
 */
export function parseTensors(buffer) {
  if (buffer.byteLength < 8) throw new Error('Expected a safetensors file; got too few bytes.');
  const view = new DataView(buffer);
  const size = Number(view.getBigUint64(0, true));
  if (size > buffer.byteLength - 8) throw new Error('Expected a whole header; got less.');
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(
    new TextDecoder().decode(new Uint8Array(buffer, 8, size)),
  );
  const start = 8 + size;
  const tensors = new Map();
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [from, to],
    },
  ] of Object.entries(entries)) {
    const Kind = KINDS[/** @type {keyof typeof KINDS} */ (dtype)];
    if (!Kind) throw new Error(`Expected F32 or U8 in ${name}; got ${dtype}.`);
    if (start + to > buffer.byteLength) throw new Error(`Expected all of ${name}; got less.`);
    // A copy: the numbers may begin at an address that Float32Array cannot view.
    tensors.set(name, { shape, data: new Kind(buffer.slice(start + from, start + to)) });
  }
  return { tensors, metadata };
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {Weights} name → shape and values, float32
 */
export const parseSafetensors = (buffer) => /** @type {Weights} */ (parseTensors(buffer).tensors);
