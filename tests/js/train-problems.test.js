import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figure, panesOf } from '../../static/js/train/curves/curves.js';
import {
  checkpointOf,
  measureWords,
  testedOf,
  validationOf,
  wordsOf,
} from '../../static/js/train/curves/measures.js';
import { lossWords } from '../../static/js/train/run/scrub.js';
import {
  addable,
  editable,
  outputsOf,
  saysLoops,
  withAugmentation,
  withLayers,
  withLoops,
  withLoss,
} from '../../static/js/train/setup/recipe.js';
import { createNumbers } from '../../static/js/page/words.js';
import { newLayer } from '../../static/js/train/setup/kinds.js';

const t = (key, values = {}) => [key, ...Object.values(values)].join(' ');
const numbers = createNumbers('en');
const run = (problem, outputs = []) => ({
  problem,
  title: 'A',
  batches_an_epoch: 10,
  outputs,
  validation: 0.5,
  tested: 0.4,
  tested_error: null,
});
const measured = (name, validation_loss, validation_accuracy, validation_error = null) => ({
  name,
  loss: validation_loss / 2,
  accuracy: validation_accuracy / 2,
  error: validation_error === null ? null : validation_error / 2,
  validation_loss,
  validation_accuracy,
  validation_error,
});
const details = (problem, ...outputs) => ({
  run: run(problem),
  curve: { batch: [1], loss: [3], accuracy: [0.25], learning_rate: [0.1] },
  checkpoints: [
    {
      batch: 10,
      loss: 0.5,
      accuracy: 0.25,
      validation_loss: 1,
      validation_accuracy: 0.5,
      layers: [],
      outputs,
    },
  ],
});
const drawn = (shown) => figure([shown], null, t, () => '#123456');
const dense = { kind: 'dense', units: 10, activation: 'softmax', name: 'output' };
const digits = {
  architecture: { input_shape: [784], layers: [newLayer('dense'), dense] },
  training: {},
};

test('of prices the chart has a third part: the error on both sets, in dollars', () => {
  const shown = details('houses', measured('sale_price_usd', 1, 0.5, 30_000));
  assert.deepEqual(panesOf([shown]), ['loss', 'accuracy', 'error']);
  const { data, layout } = drawn(shown);
  const errors = data.filter(({ yaxis }) => yaxis === 'y3');
  assert.deepEqual(
    errors.map(({ y }) => y),
    [[15_000], [30_000]],
  );
  assert.ok(errors.every(({ hovertemplate }) => hovertemplate.startsWith('$')));
  assert.equal(layout.xaxis.anchor, 'y3');
  const domains = ['yaxis', 'yaxis2', 'yaxis3'].map((name) => layout[name].domain);
  assert.equal(domains[0][1], 1);
  assert.ok(domains[0][0] > domains[1][1] && domains[1][0] > domains[2][1]);
  assert.deepEqual(panesOf([details('houses')]), ['loss', 'accuracy']); // of runs of before
});

test('of two outputs each loss is drawn beside the mean, and each accuracy by itself', () => {
  const { data } = drawn(
    details('digits', measured('digit', 0.6, 0.8), measured('loops', 1.4, 0.6)),
  );
  const of = (axis) => data.filter(({ yaxis }) => yaxis === axis).map(({ y }) => y[0]);
  assert.deepEqual(of('y'), [3, 0.5, 1, 0.3, 0.6, 0.7, 1.4]);
  assert.deepEqual(of('y2'), [0.25, 0.4, 0.8, 0.3, 0.6]);
  const names = data.map(({ name }) => name);
  assert.ok(names.includes('curves.mean: curves.validation'));
  assert.ok(names.includes('layer.loops: curves.validation'));
  assert.equal(new Set(data.map(({ yaxis, name }) => yaxis + name)).size, data.length);
});

test('a measure is told in the words of its problem', () => {
  const both = run('digits', [
    { name: 'digit', validation: 0.9, validation_error: null, tested: 0.8, tested_error: null },
    { name: 'loops', validation: 0.7, validation_error: null, tested: 0.6, tested_error: null },
  ]);
  const say = (of, measures) => measureWords(of, measures, t, numbers);
  assert.equal(say(both, validationOf(both)), 'layer.digit 90.0%, layer.loops 70.0%');
  assert.equal(say(both, testedOf(both)), 'layer.digit 80.0%, layer.loops 60.0%');
  assert.equal(say(run('digits'), validationOf(run('digits'))), '50.0%');
  const price = measured('sale_price_usd', 1, 0.5, 30_000);
  const house = details('houses', price);
  assert.equal(
    say(house.run, checkpointOf(house.checkpoints[0])),
    `R² 0.500, runs.off ${numbers.dollars(30_000)}`,
  );
  assert.equal(say(run('houses'), validationOf(run('houses'))), 'R² 0.500');
  assert.equal(say(run('houses'), [{ name: '', score: null, error: null }]), '–');
  assert.equal(lossWords(house.checkpoints[0], t, numbers), '1.000');
  const two = details('digits', measured('digit', 0.6, 0.8), measured('loops', 1.4, 0.6));
  assert.equal(lossWords(two.checkpoints[0], t, numbers), 'scrub.mean 0.600 + 1.400 2 1.000');
  assert.deepEqual(
    ['digits', 'pen', 'houses'].map((problem) => wordsOf({ problem })),
    ['', '.pen', '.houses'],
  );
});

test('a second output is put beside the first, on whatever layers, and taken away again', () => {
  const two = withLoops(digits, true);
  assert.equal(saysLoops(two), true);
  assert.equal(two.architecture.heads, 2);
  assert.deepEqual(
    outputsOf(two).map(({ name, units, activation }) => [name, units, activation]),
    [
      ['digit', 10, 'softmax'],
      ['loops', 3, 'softmax'],
    ],
  );
  const more = withLayers(two, [...editable(two), newLayer('conv2d')]);
  assert.deepEqual(
    more.architecture.layers.map(({ name }) => name),
    ['conv1', 'flatten', 'hidden1', 'digit', 'loops'],
  );
  assert.equal(more.architecture.heads, 2);
  const squared = withLoss(more, 'mean_squared_error');
  assert.deepEqual(squared.architecture.layers.map(({ activation }) => activation).slice(-3), [
    'relu',
    'sigmoid',
    'sigmoid',
  ]);
  const one = withLoops(more, false);
  assert.equal(saysLoops(one), false);
  assert.deepEqual(
    outputsOf(one).map(({ name, units }) => [name, units]),
    [['output', 10]],
  );
});

test('a recipe for pens keeps its 48 steps: an LSTM reads them, else they are one row', () => {
  const pen = {
    problem: 'pen',
    architecture: { input_shape: [48, 5], layers: [newLayer('lstm'), dense] },
  };
  assert.deepEqual(addable(editable(pen), 'pen'), ['dense', 'dropout']);
  const flat = withLayers(pen, [newLayer('dense')]);
  assert.deepEqual(addable(editable(flat), 'pen'), ['dense', 'dropout', 'lstm']);
  assert.deepEqual(flat.architecture.input_shape, [48, 5]);
  assert.deepEqual(
    flat.architecture.layers.map(({ name }) => name),
    ['flatten', 'hidden1', 'output'],
  );
  const read = withLayers(flat, [...editable(flat), newLayer('lstm')]);
  assert.deepEqual(
    read.architecture.layers.map(({ name }) => name),
    ['lstm', 'hidden1', 'output'],
  );
  const { augmentation } = withAugmentation(pen, true);
  assert.deepEqual([augmentation.shift, augmentation.reversal], [0, 0.2]);
  assert.equal(withAugmentation(digits, true).augmentation.shift, 1.5);
});
