import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inkOf } from '../../static/js/draw/input/centring.js';
import { strokeAt } from '../../static/js/views/pad/eraser.js';
import { createNoise } from '../../static/js/draw/pad/noise.js';

const ACROSS = [
  [0.1, 0.5],
  [0.9, 0.5],
];
const DOWN = [
  [0.5, 0.1],
  [0.5, 0.9],
];

test('the eraser finds the nearest stroke, between its points too, and none out of reach', () => {
  assert.equal(strokeAt([ACROSS, DOWN], [0.3, 0.52]), 0);
  assert.equal(strokeAt([ACROSS, DOWN], [0.51, 0.2]), 1);
  assert.equal(strokeAt([ACROSS, DOWN], [0.5, 0.5]), 1); // the newest of equals
  assert.equal(strokeAt([ACROSS, DOWN], [0.2, 0.2]), -1);
  assert.equal(strokeAt([[[0.4, 0.4]]], [0.41, 0.4]), 0); // a dot
  assert.equal(strokeAt([], [0.4, 0.4]), -1);
});

test('noise grows with every press, always over the clean drawing', () => {
  const more = createNoise(() => 1);
  const digit = { kind: 'pixels', pixels: [0, 100, ...new Array(782).fill(0)], label: 3, index: 7 };
  const first = more(digit, digit.pixels);
  assert.deepEqual([first.noise, first.label, first.pixels[0], first.pixels[1]], [0.2, 3, 51, 131]);
  const second = more(first, first.pixels);
  assert.deepEqual([second.noise, second.pixels[0], second.pixels[1]], [0.4, 102, 162]);
  let last = second;
  for (let i = 0; i < 3; i++) last = more(last, last.pixels);
  assert.deepEqual([last.noise, last.label, last.pixels[1]], [1, null, 255]); // nothing of it is left
  assert.equal(more(last, last.pixels).noise, 0.2);
});

test('a blank pad gets nothing but noise', () => {
  const made = createNoise(() => 0.5)({ kind: 'strokes', strokes: [] }, null);
  assert.deepEqual([made.noise, made.pixels.length, made.pixels[5]], [1, 784, 128]);
});

test('ink has a centre of mass and a size without the pen', () => {
  const pixels = new Array(784).fill(0);
  for (let row = 4; row < 24; row++) pixels[row * 28 + 10] = 255;
  const { x, y, size } = inkOf(pixels);
  assert.deepEqual([x, y], [10.5, 14]);
  assert.ok(Math.abs(size - 17.9) < 0.01);
});
