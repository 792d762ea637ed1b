// A drawing that is no digit, where words stand beside a point, and which pixel a pad that is read points at.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pixelAt } from '../../static/js/draw/embedded/reading-pad.js';
import { emptyMemory, remember } from '../../static/js/learn/numbers/memory.js';
import { createOwn, misreadIn } from '../../static/js/learn/showing/own.js';
import { NO_DIGIT } from '../../static/js/learn/task.js';
import { FULL, strengthOf } from '../../static/js/learn/widgets/neurons/changes.js';
import { sideOf } from '../../static/js/learn/widgets/squash.js';
import { newestLoss, sizesOf, withHidden } from '../../static/js/train/embedded/bridge.js';

test('a drawing that is said to be no digit is neither read rightly nor misread', () => {
  const drawing = { kind: 'strokes', strokes: [[[0.1, 0.2]]] };
  const reading = { model: 'one', prediction: 3 };
  const state = /** @type {any} */ ({ model: { id: 'one', layers: [] }, drawing, reading });
  for (const [meant, count] of [
    [NO_DIGIT, 0],
    [-1, 0],
    [null, 0],
    [0, 1],
    [9, 1],
  ]) {
    const memory = { ...emptyMemory(), meant };
    remember(memory, state, true);
    assert.equal(memory.read.size, count, String(meant));
  }
});

test("the learner's own misread digit is kept, and stands in a step that asks for one", () => {
  const drawing = { kind: 'strokes', strokes: [[[0.1, 0.2]]] };
  const reading = { model: 'one', prediction: 7 };
  const state = /** @type {any} */ ({
    model: { id: 'one' },
    drawing,
    readOf: drawing,
    reading,
    edits: {},
  });
  assert.deepEqual(misreadIn(state, 1), { drawing, meant: 1, model: 'one' });
  for (const [change, meant] of [
    [{}, 7], // it was read
    [{}, null],
    [{}, NO_DIGIT],
    [{ penDown: true }, 1],
    [{ readOf: null }, 1],
    [{ edits: { one: [{ kind: 'off' }] } }, 1], // another network misread it
  ])
    assert.equal(misreadIn({ ...state, ...change }, meant), null);

  /** @type {any} */
  const kept = { misread: {} };
  const own = createOwn(
    /** @type {any} */ ({
      get: () => kept,
      set: (
        /** @type {string} */ kind,
        /** @type {string} */ key,
        /** @type {unknown} */ value,
      ) => {
        kept[kind][key] = value;
      },
    }),
  );
  const step = /** @type {any} */ ({
    state: { model: 'one', drawing: { kind: 'misread', index: 5 } },
  });
  const test = { state: { model: 'one', drawing: { kind: 'test', index: 5 } } };
  assert.deepEqual(own.given(step), test);
  own.keep(misreadIn(state, 1));
  assert.deepEqual(own.given(step), { meant: 1, state: { model: 'one', drawing } });
  const other = { ...step, state: { ...step.state, model: 'two' } };
  assert.equal(own.given(other).state.drawing.kind, 'test'); // it may read it
});

test('words beside a point of the sigmoid stand off its curve', () => {
  assert.equal(sideOf(0.00003, false), 'above');
  assert.equal(sideOf(0.11, false), 'before');
  assert.equal(sideOf(0.7, false), 'below');
  assert.equal(sideOf(0.42, true), 'below'); // its half has the room beside it
  assert.equal(sideOf(0.6, true), 'before');
  assert.equal(sideOf(0.99, true), 'below');
});

test('a pad that is read points at the pixel under the pointer', () => {
  const box = { left: 10, top: 20, width: 280, height: 280 };
  const at = (/** @type {number} */ clientX, /** @type {number} */ clientY) =>
    pixelAt({ clientX, clientY }, box);
  assert.equal(at(10, 20), 0);
  assert.equal(at(289, 20), 27);
  assert.equal(at(15, 35), 28);
  assert.equal(at(289, 299), 783);
  for (const [x, y] of [
    [9, 20],
    [291, 30],
    [20, 301],
  ])
    assert.equal(at(x, y), null);
});

test('a change is coloured by its size and its direction', () => {
  assert.equal(strengthOf(0.5, 0.5), 0);
  assert.ok(Math.abs(strengthOf(0.5 + FULL / 2, 0.5) - 0.5) < 1e-9);
  assert.equal(strengthOf(0.1, 0.9), -1);
  assert.equal(strengthOf(0.9, 0.1), 1);
});

test('what is drawn on top of a named drawing is no further digit', () => {
  const [one, two] = [[[0.1, 0.2]], [[0.3, 0.4]]];
  const reading = { model: 'one', prediction: 3 };
  const memory = { ...emptyMemory(), meant: 3 };
  const draw = (/** @type {number[][][]} */ strokes) =>
    remember(
      memory,
      /** @type {any} */ ({
        model: { id: 'one', layers: [] },
        drawing: { kind: 'strokes', strokes },
        reading,
      }),
      true,
    );
  draw([one]);
  draw([one, two]);
  assert.equal(memory.read.size, 1);
  draw([two]); // after the pad was cleared
  assert.equal(memory.read.size, 2);
});

test('the loss as it is now is the mean of the newest fifty batches', () => {
  assert.equal(newestLoss([]), null);
  assert.equal(newestLoss([null]), null);
  assert.equal(newestLoss([9, ...Array(49).fill(1), 2]), 51 / 50);
});

test('layers that are set up are told by their sizes, and take those that a step asks for', () => {
  const dense = { kind: 'dense', units: 16, activation: 'sigmoid' };
  const output = { kind: 'dense', name: 'output', units: 10, activation: 'softmax' };
  const conv = { kind: 'conv2d', name: 'conv1', filters: 8, kernel_size: [3, 3] };
  const recipe = (...layers) =>
    /** @type {any} */ ({ architecture: { input_shape: [784], layers: [...layers, output] } });
  const { layers } = withHidden(recipe(dense, dense), [32]).architecture;
  assert.deepEqual(layers, [{ ...dense, name: 'hidden1', units: 32 }, output]);
  const made = withHidden(recipe(conv), [8, 4]).architecture; // what was no dense layer is gone
  assert.deepEqual(
    made.layers.map(({ kind, units }) => [kind, units]),
    [
      ['dense', 8],
      ['dense', 4],
      ['dense', 10],
    ],
  );
  assert.deepEqual(made.input_shape, [784]);
  const plan = (...shapes) => /** @type {any} */ ({ layers: shapes.map((shape) => ({ shape })) });
  assert.equal(sizesOf(recipe(dense), plan([32], [10])), '784-32-10');
  assert.equal(sizesOf(recipe(conv), plan([24, 24, 8], [10])), '784-24×24×8-10');
});
