// The small map beside the question where a drawing lies.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paintSmall } from '../../static/js/explore/map/paint.js';

test('on a small map names stay where their digits are, and the drawing is a hollow ring over them', () => {
  Object.assign(globalThis, {
    document: { documentElement: { dataset: {} } },
    getComputedStyle: () => ({ getPropertyValue: () => '#123456' }),
  });
  /** @type {unknown[][]} */
  const calls = [];
  const context = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (/** @type {unknown[]} */ ...args) =>
          calls.push([name, ...args]),
      set: () => true,
    },
  );
  const fit = { left: 0, top: 100, scale: 1 };
  paintSmall(context, [null, [20, 60], [50, 60]], fit, [21, 61]);
  const of = (/** @type {string} */ name) => calls.filter(([each]) => each === name);
  assert.deepEqual(of('fillText'), [
    ['fillText', '1', 20, 40],
    ['fillText', '2', 50, 40],
  ]);
  assert.deepEqual(of('fill'), [], 'nothing is covered');
  const last = calls.findLastIndex(([name]) => name === 'arc');
  assert.deepEqual(calls[last].slice(1, 3), [21, 39]);
  assert.ok(last > calls.findLastIndex(([name]) => name === 'fillText'), 'over the names');
});
