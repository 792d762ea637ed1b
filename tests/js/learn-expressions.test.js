// Expressions and quantities of a step: worked out of what is shown, null where there is nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, holds } from '../../static/js/learn/evaluate.js';
import { emptyMemory, remember } from '../../static/js/learn/numbers/memory.js';
import { createQuantities } from '../../static/js/learn/quantities.js';
import { emptyState } from '../../static/js/state/store.js';

const quantities = { ink: () => 5, none: () => null, twice: (x) => 2 * x, name: () => 'cnn' };

test('an expression is worked out, and null where a quantity has no value', () => {
  assert.equal(evaluate(['+', ['ink'], ['*', 2, ['twice', 3]]], quantities), 17);
  assert.equal(evaluate(['==', ['name'], ['text', 'cnn']], quantities), true);
  assert.equal(evaluate(['<', ['none'], 1], quantities), null);
  assert.equal(evaluate(['/', 1, 0], { '/': () => 5 }), null, 'no infinity in a text');
  assert.equal(
    evaluate(['if', ['<', ['ink'], 6], ['text', 'few'], ['missing']], quantities),
    'few',
  );
  assert.equal(evaluate(['if', ['none'], 1, 2], quantities), null);
  assert.equal(evaluate(['missing'], quantities), null);
  assert.equal(evaluate(['toString'], quantities), null);
});

test('what is settled needs no other value', () => {
  assert.equal(evaluate(['and', false, ['none']], quantities), false);
  assert.equal(evaluate(['and', true, ['none']], quantities), null);
  assert.equal(evaluate(['or', true, ['none']], quantities), true);
  assert.equal(evaluate(['or', false, ['none']], quantities), null);
  assert.equal(holds(['not', ['none']], quantities), false);
  assert.equal(holds(['not', false], quantities), true);
  assert.equal(holds(['ink'], quantities), false, 'a number is no condition');
});

/** A network of two pixels shown as 784, one hidden layer of two units and two outputs. */
function shown() {
  const pixels = Array.from({ length: 784 }, (_, i) => (i === 1 ? 255 : i === 2 ? 51 : 0));
  const kernel = new Float32Array(784 * 2);
  kernel.set([0.5, -1, 2, 4], 2); // pixels 1 and 2
  const layers = [
    {
      name: 'hidden1',
      kind: 'dense',
      arithmetic: 'sum',
      activation: 'sigmoid',
      shape: [2],
      z: [1, -0.2],
      a: [0.73, 0.45],
    },
    {
      name: 'output',
      kind: 'dense',
      arithmetic: 'sum',
      activation: 'softmax',
      shape: [2],
      z: [0, 1],
      a: [0.27, 0.73],
    },
  ];
  const model = {
    id: 'small',
    layers: layers.map((layer) => ({
      ...layer,
      weights: 4,
      biases: 2,
      parameters: 6,
      window: null,
    })),
  };
  const reading = {
    model: 'small',
    input: { shape: [28, 28], pixels },
    layers,
    probabilities: [0.27, 0.73],
    prediction: 1,
  };
  const weights = new Map([
    ['hidden1/W', { shape: [784, 2], data: kernel }],
    ['hidden1/b', { shape: [2], data: Float32Array.from([0.1, 0]) }],
  ]);
  const drawing = { kind: 'strokes', strokes: [[[0, 0]]] };
  const models = [{ id: 'small', accuracy: { mnist_test: 0.9 } }];
  return { ...emptyState(), model, models, reading, readOf: drawing, drawing, weights };
}

test('quantities are read off what is shown', () => {
  const state = shown();
  const q = createQuantities(() => state, emptyMemory());
  assert.equal(q.ink(), 2);
  assert.equal(q.prediction(), 1);
  assert.equal(q.sure(), 0.73);
  assert.equal(q.w('hidden1', 1, 2), 4);
  assert.ok(Math.abs(Number(q.contribution('hidden1', 1, 2)) - 0.8) < 1e-6);
  assert.ok(Math.abs(Number(q.least('hidden1', 1)) + 1) < 1e-6);
  assert.ok(Math.abs(Number(q.greatest('hidden1', 1)) - 0.8) < 1e-6);
  assert.ok(Math.abs(Number(q.total('hidden1', 0)) - 0.9) < 1e-6);
  assert.equal(q.weight_size('hidden1', 1), 0.75);
  assert.equal(q.most('hidden1'), 0);
  assert.equal(q.count('hidden1', 0.5), 1);
  assert.equal(q.parameters(), 12);
  assert.equal(q.accuracy(), 0.9);
  assert.equal(q.a('conv1', 0), null);
  assert.equal(q.a('hidden1', 9), null);
  assert.equal(q.tried('hidden1', 0, 'bar'), 1 / (1 + Math.exp(-Math.fround(0.1))));
  assert.equal(q.tried('hidden1', 0, 'toString'), null);
});

test('the accuracy with edits is that of these edits, and not known before it is measured', () => {
  const edits = { small: [{ kind: 'prune', share: 0.1 }] };
  const state = { ...shown(), edits };
  const q = createQuantities(() => state, emptyMemory());
  assert.equal(q.accuracy(), null);
  state.evaluation = { model: 'small', edits: edits.small, accuracy: 0.8 };
  assert.equal(q.accuracy(), 0.8);
  assert.equal(q.accuracy_before(), 0.9);
  state.edits = { small: [...edits.small] };
  assert.equal(q.accuracy(), null);
});

test('drawings are counted by what they were meant to be', () => {
  const memory = emptyMemory();
  const state = shown();
  const q = createQuantities(() => state, memory);
  remember(memory, state, true);
  assert.equal(q.reads(), 0, 'nobody said what it is');
  assert.equal(q.changed('hidden1'), false);
  assert.equal(q.change('hidden1'), 0);
  memory.meant = 1;
  remember(memory, state, false);
  assert.equal(q.reads(), 0, 'not before it is read');
  remember(memory, state, true);
  assert.equal(q.reads(), 1);
  memory.meant = 3;
  remember(memory, state, true);
  assert.deepEqual([q.reads(), q.misreads(), q.right()], [0, 1, false]);
});

test('what a neuron separates is told by its weights, and how far dials were turned by all', () => {
  const state = shown();
  const memory = emptyMemory();
  const q = createQuantities(() => state, memory);
  assert.equal(q.separation('hidden1', 0, 'post'), 0, 'it tells nothing apart');
  const kernel = new Float32Array(784 * 2);
  for (const row of [7, 20])
    for (let column = 10; column < 18; column += 1) kernel[(row * 28 + column) * 2] = 5;
  state.weights = new Map([...state.weights, ['hidden1/W', { shape: [784, 2], data: kernel }]]);
  state.learned = new Map([
    ['hidden1/W', { shape: [784, 2], data: new Float32Array(784 * 2) }],
    ['hidden1/b', state.weights.get('hidden1/b')],
  ]);
  assert.ok(q.weakest('hidden1', 0, 'post') > 0.99 && q.strongest('hidden1', 0, 'bar') < 0.6);
  assert.ok(
    Math.abs(
      q.separation('hidden1', 0, 'post') -
        (q.weakest('hidden1', 0, 'post') - q.strongest('hidden1', 0, 'bar')),
    ) < 1e-9,
  );
  assert.equal(q.best_separation('hidden1', 'post'), 0);
  assert.equal(q.turned(), 16 * 5);
});

test('changed pixels are counted against what the step put there', () => {
  const state = shown();
  const memory = emptyMemory();
  const q = createQuantities(() => state, memory);
  assert.equal(q.pixels_changed(), null, 'strokes are no pixels');
  const pixels = new Array(784).fill(0);
  memory.start = { kind: 'pixels', pixels, label: 3, index: 1 };
  state.drawing = {
    kind: 'pixels',
    pixels: pixels.map((value, i) => (i < 3 ? 255 : value)),
    label: null,
    index: null,
  };
  assert.equal(q.pixels_changed(), 3);
});
