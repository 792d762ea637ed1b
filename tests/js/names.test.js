import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layerName, neuronName, shortName } from '../../static/js/state/names.js';

const t = (key, values = {}) => [key, ...Object.values(values)].join(' ');

test('layers and neurons are counted from one, digits and their outputs are what they are', () => {
  assert.equal(layerName('hidden2', t), 'layer.hidden 2');
  assert.equal(layerName('output', t), 'layer.output');
  assert.equal(layerName('conv', t), 'conv');
  assert.equal(neuronName({ layer: 'hidden1', index: 0 }, t, null), 'neuron.hidden layer.hidden 1 1');
  assert.equal(neuronName({ layer: 'output', index: 0 }, t, null), 'neuron.output 0');
  assert.equal(shortName({ layer: 'hidden1', index: 15 }, t, null), 'neuron.short.hidden 16');
});

test('a pixel is named by its row and column', () => {
  assert.equal(neuronName({ layer: 'input', index: 0 }, t, null), 'neuron.input 1 1');
  assert.equal(shortName({ layer: 'input', index: 783 }, t, null), 'neuron.short.input 28 28');
  assert.equal(shortName({ layer: 'input', index: 28 }, t, null), 'neuron.short.input 2 1');
});
