import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  around,
  asManyAs,
  between,
  freeOf,
  smallestAt,
  toMiddle,
} from '../../static/js/views/boxes.js';

test('what is only its children reaches around all of them', () => {
  const boxes = [
    { left: 10, top: 40, width: 20, height: 10 },
    { left: 5, top: 45, width: 10, height: 30 },
  ];
  assert.deepEqual(around(boxes), { left: 5, top: 40, width: 25, height: 35 });
  assert.deepEqual(around(boxes.slice(0, 1)), boxes[0]);
  assert.equal(around([]), null, 'nothing of it can be seen');
});

test('of parts that lie within one another the smallest is meant', () => {
  const boxes = {
    all: { left: 0, top: 0, width: 100, height: 100 },
    part: { left: 10, top: 10, width: 20, height: 20 },
  };
  const at = (x, y) => smallestAt((name) => boxes[name] ?? null, ['all', 'part', 'gone'], x, y);
  assert.equal(at(15, 15), 'part');
  assert.equal(at(50, 50), 'all');
  assert.equal(at(150, 50), null);
});

test('what a sheet or a line covers is not framed', () => {
  const [line, sheet] = [
    { left: 0, top: 0, width: 390, height: 44 },
    { left: 0, top: 300, width: 390, height: 156 },
  ];
  const free = freeOf([line, sheet], 456);
  assert.deepEqual(free, { top: 44, bottom: 300 });
  assert.deepEqual(freeOf([], 456), { top: 0, bottom: 456 });
  const box = { left: 10, top: 250, width: 100, height: 100 };
  assert.deepEqual(between(box, free), { ...box, height: 50 });
  assert.deepEqual(between({ ...box, top: 20 }, free), { ...box, top: 44, height: 76 });
  assert.equal(between({ ...box, top: 320 }, free), null);
});

test('what has to be scrolled to stands in the middle of what is free', () => {
  const box = { left: 0, top: 600, width: 100, height: 56 };
  assert.equal(toMiddle(box, 44, 300), 600 - 44 - 100);
  assert.equal(toMiddle({ ...box, top: 100 }, 44, 300), 0, 'it is all seen');
  assert.equal(toMiddle({ ...box, height: 400 }, 44, 300), 600 - 44, 'its head, if it is higher');
});

test('with the first part come into sight as many of those after it as there is room for', () => {
  const [input, hidden1, hidden2] = [
    { left: 97, top: 100, width: 196, height: 196 },
    { left: 20, top: 400, width: 350, height: 16 },
    { left: 20, top: 520, width: 350, height: 16 },
  ];
  const both = { left: 20, top: 100, width: 350, height: 316 };
  assert.deepEqual(asManyAs([input, hidden1, hidden2], 360), both);
  assert.deepEqual(asManyAs([input, hidden1, hidden2], 300), input);
  assert.deepEqual(asManyAs([input, hidden1, hidden2], 500), { ...both, height: 436 });
  assert.deepEqual(asManyAs([hidden2], 4), hidden2); // the first, however high
});
