// Which digits are listed, in which order, and what is known of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, flowOf, stepped } from '../../static/js/explore/digits/flow.js';
import { asksReading, select, toldOf } from '../../static/js/explore/digits/selection.js';
import { LABELS, SAID } from './explore-state.js';

const ALL = { label: '', read: '', only: '', sort: 'place' };

test('digits are filtered by label, answer, right or wrong and doubt, and sorted by certainty', () => {
  const chosen = (some) => [...select(LABELS, SAID, { ...ALL, ...some })];
  assert.deepEqual(chosen({}), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(chosen({ label: '3' }), [0, 1, 4]);
  assert.deepEqual(chosen({ label: '3', read: '5', sort: 'sure' }), [4, 1]);
  assert.deepEqual(chosen({ only: 'wrong', sort: 'sure' }), [4, 3, 1]);
  assert.deepEqual(chosen({ only: 'right', sort: 'unsure' }), [5, 2, 0]);
  assert.deepEqual(chosen({ only: 'disputed' }), [4]);
  assert.deepEqual(chosen({ sure: 'half' }), [0, 1, 2, 3, 5]);
  assert.deepEqual(chosen({ sure: 'high', label: '3' }), [4]);
  assert.deepEqual(chosen({ sort: 'doubt' }), [4, 3, 1, 5, 2, 0]);
});

test('before it is known what the network says, labels alone are filtered', () => {
  assert.deepEqual(
    [...select(LABELS, null, { ...ALL, label: '5', only: 'wrong', sort: 'sure' })],
    [2, 3],
  );
  assert.deepEqual(toldOf(null, null, 4), {
    index: 4,
    label: null,
    read: null,
    confidence: null,
    isWrong: false,
    disputed: null,
  });
  assert.equal(toldOf(LABELS, SAID, 4).isWrong, true);
});

test('only the rows in sight are painted, and each place knows its digit', () => {
  const flow = flowOf({ width: 400, height: 100, top: 1000 }, 70_000, 40);
  assert.deepEqual([flow.across, flow.cell, flow.rows], [10, 40, 7000]);
  assert.deepEqual([flow.first, flow.last], [250, 280]);
  assert.equal(at(flow, 85, 1001, 70_000), 252);
  assert.equal(at(flow, -1, 0, 70_000), null);
  assert.equal(at(flow, 399, 280_001, 70_000), null);
  assert.deepEqual(flowOf({ width: 0, height: 0, top: 0 }, 0, 40).rows, 0);
});

test('keys walk over the digits and stop at the ends', () => {
  const flow = flowOf({ width: 400, height: 100, top: 0 }, 95, 40);
  assert.equal(stepped('ArrowRight', 4, flow, 95), 5);
  assert.equal(stepped('ArrowDown', 4, flow, 95), 14);
  assert.equal(stepped('ArrowDown', 90, flow, 95), 90);
  assert.equal(stepped('ArrowLeft', 0, flow, 95), 0);
  assert.equal(stepped('End', 0, flow, 95), 94);
  assert.equal(stepped('PageDown', 80, flow, 95), 94);
  assert.equal(stepped('a', 0, flow, 95), null);
});

test('before the answers are there, no digit is said to be read right, wrong or surely', () => {
  const none = { read: '', sure: '', only: '' };
  const asked = (/** @type {object} */ change) => asksReading({ ...none, ...change });
  assert.deepEqual([asked({}), asked({ only: 'disputed' })], [false, false]);
  for (const change of [{ read: '3' }, { sure: 'low' }, { only: 'right' }, { only: 'wrong' }])
    assert.ok(asked(change));
});
