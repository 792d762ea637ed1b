import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SIDE } from '../../static/js/state/units.js';
import { createGridPen } from '../../static/js/views/pad/grid-pen.js';

const type = (pen, ...keys) => keys.map((key) => pen.press(key));

test('arrows move the cursor, Space puts the pen down and up, the stroke is what was passed', () => {
  const pen = createGridPen();
  const { row, column } = pen.cell();
  type(pen, 'ArrowRight', ' ', 'ArrowDown', 'ArrowLeft');
  assert.deepEqual(pen.cell(), { row: row + 1, column });
  assert.equal(pen.stroke().length, 3);
  const [up] = type(pen, 'Enter');
  assert.equal(up.done.length, 3);
  const middle = (cell) => Math.round(((cell + 0.5) / SIDE) * 10000) / 10000;
  assert.deepEqual(up.done[0], [middle(column + 1), middle(row)]);
  assert.deepEqual(up.done[2], [middle(column), middle(row + 1)]);
  assert.equal(pen.stroke(), null);
});

test('the cursor stays on the grid, and pushing against its edge adds no points', () => {
  const pen = createGridPen();
  type(pen, ...Array(40).fill('ArrowUp'), ...Array(40).fill('ArrowLeft'), ' ');
  assert.deepEqual(pen.cell(), { row: 0, column: 0 });
  type(pen, 'ArrowUp', 'ArrowLeft');
  assert.equal(pen.stroke().length, 1);
});

test('a long step passes every cell on its way; diagonals go both ways at once', () => {
  const pen = createGridPen();
  const { row, column } = pen.cell();
  type(pen, ' ');
  pen.press('ArrowDown', true);
  assert.equal(pen.stroke().length, 5);
  type(pen, 'End');
  assert.deepEqual(pen.cell(), { row: row + 5, column: column - 1 });
});

test('Escape lifts the pen only while it is down; other keys are not for the pen', () => {
  const pen = createGridPen();
  assert.equal(pen.press('Escape'), null);
  assert.equal(pen.press('a'), null);
  type(pen, ' ');
  assert.equal(pen.press('Escape').done.length, 1);
});
