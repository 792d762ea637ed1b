import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSafetensors } from '../../static/js/server/safetensors.js';
import { safetensors } from './tensors.js';

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
