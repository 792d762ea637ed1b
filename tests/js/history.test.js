import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createHistory,
  edgeOf,
  isBlank,
  isOn,
  joinPoint,
  toPad,
} from '../../static/js/state/history.js';

test('history: strokes add up, undo and redo walk, a new stroke ends redo', () => {
  const history = createHistory();
  assert.ok(isBlank(history.current()));
  history.addStroke([[0, 0]]);
  history.addStroke([[1, 1]]);
  assert.deepEqual(history.current().strokes, [[[0, 0]], [[1, 1]]]);
  history.undo();
  assert.deepEqual(history.current().strokes, [[[0, 0]]]);
  assert.ok(history.canRedo());
  history.redo();
  history.undo();
  history.addStroke([[2, 2]]);
  assert.ok(!history.canRedo());
  history.clear();
  assert.ok(isBlank(history.current()));
  history.undo();
  assert.deepEqual(history.current().strokes, [[[0, 0]], [[2, 2]]]);
});

test('history: undo and redo stop at the ends, clearing a blank pad is no step', () => {
  const history = createHistory();
  history.undo();
  history.redo();
  history.clear();
  assert.ok(!history.canUndo() && !history.canRedo());
});

test('history: it goes on from steps that were kept, and does not grow for ever', () => {
  const first = createHistory();
  for (let i = 0; i < 150; i++) first.addStroke([[i / 200, 0]]);
  first.undo();
  const { steps, now } = first.all();
  assert.equal(steps.length, 100);
  const again = createHistory({ steps, now });
  assert.deepEqual(again.current(), first.current());
  assert.ok(again.canRedo());
  again.redo();
  assert.equal(again.current().strokes.length, 150);
});

test('history: a stroke on a test digit begins a new drawing, undo brings the digit back', () => {
  const digit = { kind: 'pixels', pixels: [1], label: 7, index: 0 };
  const history = createHistory();
  history.push(digit);
  history.addStroke([[0, 0]]);
  assert.deepEqual(history.current(), { kind: 'strokes', strokes: [[[0, 0]]] });
  history.undo();
  assert.equal(history.current(), digit);
});

test('a point of the pad is a share of its sides with four decimals', () => {
  const box = { left: 100, top: 50, width: 300, height: 300 };
  assert.deepEqual(toPad(100, 50, box), [0, 0]);
  assert.deepEqual(toPad(200, 350, box), [0.3333, 1]);
});

test('a point too near the end of its stroke to be seen does not lengthen it', () => {
  const stroke = [];
  for (const point of [
    [0.5, 0.5],
    [0.5, 0.5],
    [0.501, 0.5],
    [0.504, 0.5],
    [0.504, 0.6],
  ]) {
    joinPoint(stroke, point);
  }
  assert.deepEqual(stroke, [
    [0.5, 0.5],
    [0.504, 0.5],
    [0.504, 0.6],
  ]);
});

test('a way that leaves the pad is cut at its edge', () => {
  assert.ok(isOn([0, 1]) && isOn([0.5, 0.5]));
  assert.ok(!isOn([-0.0001, 0.5]) && !isOn([0.5, 1.0001]));
  for (const [on, beside, edge] of [
    [
      [0.5, 0.5],
      [1.5, 0.5],
      [1, 0.5],
    ],
    [
      [0.5, 0.5],
      [0.5, -0.5],
      [0.5, 0],
    ],
    [
      [0.5, 0.5],
      [2.5, 1.5],
      [1, 0.75],
    ], // the nearer edge
    [
      [0.25, 0.5],
      [-0.25, 1],
      [0, 0.75],
    ],
    [
      [1, 0.5],
      [1.5, 0.5],
      [1, 0.5],
    ], // from the edge itself
  ]) {
    const found = edgeOf(on, beside);
    assert.ok(isOn(found) && Math.hypot(found[0] - edge[0], found[1] - edge[1]) < 1e-3, found);
  }
});
