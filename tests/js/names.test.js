import assert from 'node:assert/strict';
import { test } from 'node:test';
import { architectureText, layerName, neuronName, shortName } from '../../static/js/state/names.js';

const t = (key, values = {}) => [key, ...Object.values(values)].join(' ');

test('layers and neurons are counted from one, digits and their outputs are what they are', () => {
  assert.equal(layerName('hidden2', t), 'layer.hidden 2');
  assert.equal(layerName('output', t), 'layer.output');
  assert.equal(layerName('conv', t), 'conv');
  assert.equal(
    neuronName({ layer: 'hidden1', index: 0 }, t, null),
    'neuron.hidden layer.hidden 1 1',
  );
  assert.equal(neuronName({ layer: 'output', index: 0 }, t, null), 'neuron.output 0');
  assert.equal(shortName({ layer: 'hidden1', index: 15 }, t, null), 'neuron.short.hidden 16');
});

test('a pixel is named by its row and column', () => {
  assert.equal(neuronName({ layer: 'input', index: 0 }, t, null), 'neuron.input 1 1');
  assert.equal(shortName({ layer: 'input', index: 783 }, t, null), 'neuron.short.input 28 28');
  assert.equal(shortName({ layer: 'input', index: 28 }, t, null), 'neuron.short.input 2 1');
});

test('layers of maps and steps are counted in words, sizes of plain layers are told', () => {
  const said = (key, values) => `${key}:${values.count}`;
  const text = (architecture, ...kinds) =>
    architectureText({ architecture, layer_kinds: kinds }, said);
  assert.equal(text('784-16-16-10', 'dense', 'dense', 'dense'), '784-16-16-10');
  assert.equal(
    text(
      '28x28-8@28x28-8@14x14-16@14x14-16@7x7-10',
      'conv2d',
      'max_pooling2d',
      'conv2d',
      'max_pooling2d',
      'flatten',
      'dropout',
      'dense',
    ),
    'layers.conv.more:2, layers.pool.more:2, layers.output.more:10',
  );
  assert.equal(
    text('28x28-64-32-10', 'lstm', 'dense', 'dense'),
    'layers.lstm.one:1, layers.dense.one:1, layers.output.more:10',
  );
});
