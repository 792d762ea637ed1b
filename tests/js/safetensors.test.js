import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSafetensors } from '../../static/js/server/safetensors.js';

function safetensors(tensors) {
  let offset = 0;
  const header = {};
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + 4 * data.length] };
    offset += 4 * data.length;
  }
  const text = new TextEncoder().encode(JSON.stringify({ ...header, __metadata__: { a: 'b' } }));
  const buffer = new ArrayBuffer(8 + text.length + offset);
  new DataView(buffer).setBigUint64(0, BigInt(text.length), true);
  new Uint8Array(buffer, 8).set(text);
  let at = 8 + text.length;
  for (const { data } of Object.values(tensors)) {
    new Uint8Array(buffer, at).set(new Uint8Array(Float32Array.from(data).buffer));
    at += 4 * data.length;
  }
  return buffer;
}

test('a safetensors file is read whatever its header length is', () => {
  for (const name of ['W', 'WW', 'WWW', 'WWWW']) {
    const read = parseSafetensors(safetensors({ [name]: { shape: [2, 1], data: [0.5, -2] } }));
    assert.deepEqual([...read.keys()], [name]);
    assert.deepEqual([...read.get(name).data], [0.5, -2]);
    assert.deepEqual(read.get(name).shape, [2, 1]);
  }
});

test('a broken safetensors file is refused', () => {
  const whole = safetensors({ W: { shape: [2], data: [1, 2] } });
  assert.throws(() => parseSafetensors(new ArrayBuffer(3)), /too few/);
  assert.throws(() => parseSafetensors(whole.slice(0, 20)), /header/);
  assert.throws(() => parseSafetensors(whole.slice(0, whole.byteLength - 4)), /all of W/);
});
