// Safetensors files as the server writes them.

/** @param {Record<string, {shape: number[], data: ArrayLike<number>}>} tensors float32, or uint8 */
export function safetensors(tensors, metadata = { a: 'b' }) {
  let offset = 0;
  const header = {};
  const bytes = Object.entries(tensors).map(([name, { shape, data }]) => {
    const isBytes = data instanceof Uint8Array;
    const values = isBytes ? data : new Uint8Array(Float32Array.from(data).buffer);
    header[name] = {
      dtype: isBytes ? 'U8' : 'F32',
      shape,
      data_offsets: [offset, offset + values.length],
    };
    offset += values.length;
    return values;
  });
  const text = new TextEncoder().encode(JSON.stringify({ ...header, __metadata__: metadata }));
  const buffer = new ArrayBuffer(8 + text.length + offset);
  new DataView(buffer).setBigUint64(0, BigInt(text.length), true);
  new Uint8Array(buffer, 8).set(text);
  let at = 8 + text.length;
  for (const values of bytes) {
    new Uint8Array(buffer, at).set(values);
    at += values.length;
  }
  return buffer;
}

/** A reply whose arrays lie beside it. */
export const packed = (reply, tensors = {}) =>
  safetensors(tensors, { reply: JSON.stringify(reply) });
