// A recipe as it is set up: layers in order, what may be added, what it takes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addable,
  editable,
  fromZero,
  readsImages,
  withActivation,
  withLayers,
  withLoss,
  withOptimizer,
  withZero,
} from '../../static/js/train/setup/recipe.js';
import { whatItTakes } from '../../static/js/train/setup/takes.js';
import { createNumbers } from '../../static/js/page/words.js';
import { recipe } from './a-run.js';
import { newLayer } from '../../static/js/train/setup/kinds.js';

const kinds = ({ architecture }) => architecture.layers.map(({ kind, name }) => `${kind} ${name}`);

test('layers are put in the order that works, and named', () => {
  const made = recipe(
    newLayer('dense'),
    newLayer('dropout'),
    newLayer('conv2d'),
    newLayer('max_pooling2d'),
    newLayer('dense'),
  );
  assert.deepEqual(kinds(made), [
    'conv2d conv1',
    'max_pooling2d pool1',
    'flatten flatten',
    'dense hidden1',
    'dropout dropout1',
    'dense hidden2',
    'dense output',
  ]);
  assert.deepEqual(made.architecture.input_shape, [28, 28, 1]);
  assert.deepEqual(recipe(newLayer('dense'), newLayer('lstm')).architecture.input_shape, [28, 28]);
  assert.deepEqual(recipe(newLayer('dense')).architecture.input_shape, [784]);
  assert.equal(editable(made).length, 5);
});

test('removing the maps takes the flattening along', () => {
  const made = recipe(newLayer('conv2d'), newLayer('dense'));
  const left = withLayers(made, editable(made).slice(1));
  assert.deepEqual(kinds(left), ['dense hidden1', 'dense output']);
  assert.deepEqual(left.architecture.input_shape, [784]);
});

test('only what can work may be added', () => {
  assert.deepEqual(addable([]), ['dense', 'conv2d', 'dropout', 'lstm']);
  assert.deepEqual(addable([newLayer('conv2d')]), ['dense', 'conv2d', 'max_pooling2d', 'dropout']);
  assert.deepEqual(addable([newLayer('lstm')]), ['dense', 'dropout']);
  assert.deepEqual(addable([newLayer('conv2d')], 'houses'), ['dense', 'dropout']);
  assert.deepEqual(addable([], 'pen'), ['dense', 'dropout', 'lstm']);
  assert.deepEqual(addable([newLayer('lstm')], 'pen'), ['dense', 'dropout']);
  assert.deepEqual(addable([{ kind: 'simple_rnn', name: '' }]), ['dense', 'dropout']); // not offered, but read
});

test('the loss decides the last activation, the optimizer its own settings, zero the start', () => {
  const squares = withLoss(recipe(newLayer('dense')), 'mean_squared_error');
  assert.equal(squares.architecture.layers.at(-1).activation, 'sigmoid');
  assert.equal(withLoss(squares, 'cross_entropy').architecture.layers.at(-1).activation, 'softmax');
  const adam = withOptimizer(recipe(newLayer('dense')), 'adam');
  assert.deepEqual([adam.training.momentum, adam.training.nesterov], [0, false]);
  const zero = withZero(recipe(newLayer('dense')), true);
  assert.ok(fromZero(zero) && !fromZero(withZero(zero, false)));
  const before = { ...newLayer('dense'), kernel_initializer: 'he_normal' };
  assert.equal(withActivation(before, 'sigmoid').kernel_initializer, undefined);
  assert.equal(
    withActivation({ ...before, kernel_initializer: 'zeros' }, 'sigmoid').kernel_initializer,
    'zeros',
  );
});

test('what a recipe takes is told in megabytes, operations, milliseconds and minutes', () => {
  const plan = {
    architecture: '',
    parameters: 1,
    batches: 10_000,
    batches_an_epoch: 100,
    layers: [],
    memory: 50_200_000,
    batch_operations: 1_790_000,
    reading_operations: 0,
    batch_seconds: 0.0123,
  };
  assert.deepEqual(whatItTakes(plan, createNumbers('en')), {
    memory: '51',
    operations: '1.79M',
    time: '12',
    all: '2:03',
  });
  assert.equal(whatItTakes(plan, createNumbers('ko')).operations, '179만');
});

test('a recipe for houses keeps its eight inputs and its linear output, whatever its layers', () => {
  const output = { kind: 'dense', name: 'output', units: 1, activation: 'linear' };
  const recipe = {
    problem: 'houses',
    architecture: { input_shape: [8], layers: [newLayer('dense'), output] },
  };
  assert.equal(readsImages(recipe), false);
  assert.equal(readsImages({ architecture: recipe.architecture }), true);
  assert.deepEqual(addable(editable(recipe), 'houses'), ['dense', 'dropout']);
  const more = withLayers(recipe, [...editable(recipe), newLayer('dense')]);
  assert.deepEqual(more.architecture.input_shape, [8]);
  assert.deepEqual(
    more.architecture.layers.map(({ name, units }) => [name, units]),
    [
      ['hidden1', 16],
      ['hidden2', 16],
      ['output', 1],
    ],
  );
  assert.equal(more.problem, 'houses');
});
