import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fitted, heldIn, isHeic } from '../../static/js/draw/picture/sizes.js';

test('a picture fits its room in its own proportions', () => {
  assert.deepEqual(fitted({ width: 200, height: 100 }, { width: 50, height: 50 }), {
    width: 50,
    height: 25,
  });
  assert.deepEqual(fitted({ width: 10, height: 40 }, { width: 100, height: 80 }), {
    width: 20,
    height: 80,
  });
});

test('a side or all pixels together may be too many', () => {
  assert.equal(heldIn({ width: 100, height: 100 }, 100, 10_000), true);
  assert.equal(heldIn({ width: 101, height: 10 }, 100, 10_000), false);
  assert.equal(heldIn({ width: 100, height: 100 }, 100, 9999), false);
});

test('HEIC is known by its first bytes, whatever its name says', async () => {
  const file = (/** @type {string} */ text) => new Blob([new Uint8Array(4), text]);
  assert.equal(await isHeic(file('ftypheic....')), true);
  assert.equal(await isHeic(file('ftypmif1....')), true);
  assert.equal(await isHeic(file('ftypavif....')), false);
  assert.equal(await isHeic(new Blob(['short'])), false);
});
