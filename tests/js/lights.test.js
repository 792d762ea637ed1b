import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, smallestAt } from '../../static/js/views/lights.js';

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
