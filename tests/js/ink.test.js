import assert from 'node:assert/strict';
import test from 'node:test';
import { paintStroke } from '../../static/js/views/pad/ink.js';

test('a lone point is a dot: a line of some length, for a canvas leaves out those of none', () => {
  /** @type {[string, number, number][]} */
  const drawn = [];
  const context = {
    beginPath() {},
    stroke: () => drawn.push(['stroke', 0, 0]),
    moveTo: (/** @type {number} */ x, /** @type {number} */ y) => drawn.push(['move', x, y]),
    lineTo: (/** @type {number} */ x, /** @type {number} */ y) => drawn.push(['line', x, y]),
  };
  paintStroke(/** @type {any} */ (context), [[0.5, 0.25]], 200);
  const [[, x0, y0], [, x1, y1], [last]] = drawn;
  assert.equal(last, 'stroke');
  assert.deepEqual([x0, y0, y1], [100, 50, 50]);
  assert.ok(x1 > x0 && x1 - x0 < 0.1);
});
