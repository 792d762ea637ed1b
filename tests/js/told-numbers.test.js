import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signOf } from '../../static/js/draw/inspector/curve.js';
import { liveTerm } from '../../static/js/draw/live-terms.js';
import { keyOf } from '../../static/js/draw/picture/key.js';
import { createNumbers } from '../../static/js/page/words.js';

test('nothing is told to be 1 that only comes near', () => {
  for (const activation of ['softmax', 'sigmoid', 'tanh'])
    assert.equal(signOf(activation, '13.962', '1.000'), '≈');
  assert.equal(signOf('tanh', '−9.100', '−1.000'), '≈');
  assert.equal(signOf('softmax', '7.126', '0.997'), '=');
  assert.equal(signOf('sigmoid', '4.955', '0.993'), '=');
  assert.equal(signOf('sigmoid', '0.500', '0.623'), '≈');
  assert.equal(signOf('relu', '1.000', '1.000'), '=');
});

test('the term Σ|w·a| tells the sum of the neuron in front', () => {
  const state = {
    hovered: null,
    selected: { layer: 'hidden1', index: 0 },
    reading: {
      input: { pixels: [127.5, 255] },
      prediction: 0,
      layers: [
        {
          name: 'hidden1',
          arithmetic: 'sum',
          activation: 'sigmoid',
          shape: [1],
          z: [-0.9],
          a: [0.289],
        },
        { name: 'output', arithmetic: 'sum', activation: 'softmax', shape: [1], z: [1], a: [1] },
      ],
    },
    model: {
      id: 'm',
      input_shape: [2],
      outputs: [{ kind: 'classes', name: 'digit' }],
      layers: [
        { name: 'hidden1', arithmetic: 'sum', shape: [1], input_shape: [2] },
        { name: 'output', arithmetic: 'sum', shape: [1], input_shape: [1] },
      ],
    },
    weights: new Map([
      ['hidden1/W', { shape: [2, 1], data: Float32Array.of(2, -1.5) }],
      ['hidden1/b', { shape: [1], data: Float32Array.of(-0.4) }],
    ]),
  };
  const say = (key, { value }) => `${key} ${value}`;
  const told = liveTerm('magnitude', state, () => '', say, createNumbers('en'));
  assert.equal(told, 'live.magnitude 2.500');
});

test('what a picture of maps or of steps shows is told, and of neurons alone nothing', () => {
  const of = (shape, problem = 'digits') => keyOf({ model: { layers: [{ shape }] }, problem });
  assert.deepEqual([of([28, 28, 8]), of([28, 64]), of([16])], ['key.conv', 'key.lstm', null]);
  assert.equal(of([48, 32], 'pen'), 'key.pen');
  assert.equal(keyOf({ model: null, problem: 'digits' }), null);
});
