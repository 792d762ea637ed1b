// Whose drawing stands on the screen beside a chapter.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPad } from '../../static/js/learn/showing/pad.js';

const never = () => false;
const own = { kind: 'strokes', strokes: [[[0.1, 0.2]]] };
const shows = { screen: 'draw', state: { drawing: { kind: 'test', index: 7 } } };
const plain = { screen: 'draw', state: {} };

/** A screen that shows what it is asked to. */
function screenWith(drawing, problem = 'digits') {
  const screen = {
    applied: [],
    drawing: () => drawing,
    state: () => ({ problem }),
    async apply(wanted, keepEdits) {
      screen.applied.push([wanted, keepEdits]);
      if (wanted.drawing) drawing = { ...wanted.drawing };
    },
    putBack: (given) => (drawing = given),
    draws: (given) => (drawing = given),
  };
  return screen;
}

test("a step's drawing takes the place of one's own, which comes back with a step that shows none", async () => {
  const [pad, screen] = [createPad(), screenWith(own)];
  const start = await pad.setUp(screen, shows, null, never);
  assert.deepEqual(start, { kind: 'test', index: 7 });
  assert.equal(await pad.setUp(screen, plain, null, never), own);
  assert.equal(screen.drawing(), own);
});

test('what was drawn over a shown one is the own drawing from then on', async () => {
  const [pad, screen] = [createPad(), screenWith(own)];
  await pad.setUp(screen, shows, null, never);
  const other = { ...own };
  screen.draws(other);
  await pad.setUp(screen, plain, null, never);
  assert.equal(screen.drawing(), other, 'nothing is put over it');
  await pad.setUp(screen, shows, null, never);
  await pad.setUp(screen, plain, null, never);
  assert.equal(screen.drawing(), other);
});

test('a network that reads no drawings of digits is not given one, and a house is no drawing', async () => {
  const [pad, houses] = [createPad(), screenWith(own, 'houses')];
  await pad.setUp(houses, shows, null, never);
  await pad.setUp(houses, plain, null, never);
  assert.notEqual(houses.drawing(), own);
  const [other, digits] = [createPad(), screenWith({ kind: 'features', features: {} })];
  await other.setUp(digits, shows, null, never);
  await other.setUp(digits, plain, null, never);
  assert.equal(digits.drawing().kind, 'test');
});

test('what someone sent is shown with their changes, and is not the own drawing', async () => {
  const [pad, screen] = [createPad(), screenWith(own)];
  const sent = {
    drawing: { kind: 'strokes', strokes: [] },
    edits: [{ kind: 'bias' }],
    center: true,
  };
  const start = await pad.setUp(screen, shows, sent, never);
  assert.deepEqual(start, { kind: 'test', index: 7 }, 'the step begins with what it shows');
  assert.equal(screen.drawing(), sent.drawing);
  assert.deepEqual(screen.applied.at(-1), [{ edits: sent.edits, center: true }, false]);
  await pad.setUp(screen, plain, null, never);
  assert.equal(screen.drawing(), own);
});

test('a step that another has overtaken sets nothing up any more', async () => {
  const [pad, screen] = [createPad(), screenWith(own)];
  await pad.setUp(screen, shows, null, never);
  const shown = screen.drawing();
  assert.equal(await pad.setUp(screen, plain, null, () => true), null);
  assert.equal(screen.drawing(), shown);
});
