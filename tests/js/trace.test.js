import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traceBack } from '../../static/js/views/network/trace/tracing.js';
import { traceWords } from '../../static/js/views/network/trace/words.js';
import { createNumbers } from '../../static/js/page/words.js';
import { largestUnit } from '../../static/js/draw/play/words.js';

const dense = (name, count) => ({
  name,
  kind: 'dense',
  arithmetic: 'sum',
  shape: [count],
  output_shape: [count],
});
const MODEL = { layers: [dense('hidden1', 4), dense('hidden2', 4), dense('output', 1)] };

function state() {
  const layer = (name, a) => ({ ...dense(name, a.length), a, z: a });
  const layers = [
    layer('hidden1', [1, 1, 1, 0]),
    layer('hidden2', [1, 1, 1, 1]),
    layer('output', [1]),
  ];
  const matrix = (inputs, units, data) => ({
    shape: [inputs, units],
    data: Float32Array.from(data),
  });
  const bias = (units) => ({ shape: [units], data: new Float32Array(units) });
  const weights = new Map([
    ['hidden1/W', matrix(2, 4, [1, 1, 1, 1, 1, 1, 1, 1])],
    ['hidden2/W', matrix(4, 4, [4, 0, 1, 9, 1, 0, 1, 9, 0, 2, 2, 9, 9, 9, 9, 9])],
    ['output/W', matrix(4, 1, [5, -3, 2, 0.5])],
    ...[
      ['hidden1', 4],
      ['hidden2', 4],
      ['output', 1],
    ].map(([name, units]) => [`${name}/b`, bias(units)]),
  ]);
  return { model: MODEL, reading: { input: { pixels: [255, 255] }, layers }, weights, row: null };
}

test('a deep trace is told by its ends, and all between stands at the units', () => {
  const t = (key, values = {}) =>
    key === 'trace.from'
      ? values.parts
      : key.startsWith('trace.neurons')
        ? `${values.layer}:${values.list.split(',').length}`
        : key === 'trace.then'
          ? '; '
          : key === 'layer.named'
            ? values.name
            : key;
  const step = (source) => ({
    source,
    carries: new Map([
      [0, 0.5],
      [1, 0.3],
      [2, 0.1],
      [3, 0.1],
    ]),
    reached: 4,
  });
  const told = (...names) =>
    traceWords(
      { neuron: { layer: 'output', index: 0 }, steps: names.map(step), ended: false },
      MODEL,
      t,
      createNumbers('en'),
    ).named.map(({ neuron }) => neuron.layer);
  assert.deepEqual(told('d', 'c', 'b', 'a', 'input'), ['output', 'd', 'd', 'a']);
  assert.deepEqual(told('b', 'a', 'input'), ['output', 'b', 'b', 'a']);
});

test('a neuron carries its share of the sum, times what those carry that it reaches', () => {
  const { steps } = traceBack(state(), { layer: 'output', index: 0 });
  const near = (found, expected) =>
    expected.forEach(([index, share]) =>
      assert.ok(Math.abs(found.get(index) - share) < 1e-9, `${index}`),
    );
  const [first, second] = steps;
  near(first.carries, [
    [0, 5 / 10.5],
    [1, 3 / 10.5],
    [2, 2 / 10.5],
  ]);
  assert.equal(first.carries.size, 3);
  near(second.carries, [
    [0, (5 / 10.5) * (4 / 5) + (2 / 10.5) * (1 / 4)],
    [1, (5 / 10.5) * (1 / 5) + (2 / 10.5) * (1 / 4)],
    [2, 3 / 10.5 + (2 / 10.5) * (2 / 4)],
  ]);
});

test('the sentence names those that carry most, in the order in which it does', () => {
  const trace = traceBack(state(), { layer: 'output', index: 0 });
  const t = (key, values) => Object.values(values ?? { key }).join(' ');
  const { text, named } = traceWords(trace, MODEL, t, createNumbers('en'));
  assert.deepEqual(
    named.map(({ neuron }) => `${neuron.layer}/${neuron.index}`),
    ['output/0', 'hidden2/0', 'hidden2/0', 'hidden1/0'], // the first in plain words
  );
  assert.match(text, /47\.6%/);
  let from = 0;
  for (const { name } of named) {
    assert.ok(text.indexOf(name, from) >= 0, name);
    from = text.indexOf(name, from) + name.length;
  }
});

test('of a pass on its way the largest unit is told: of the layer, or of the row that is read', () => {
  const reading = {
    input: { pixels: [0, 9, 3] },
    layers: [{ name: 'lstm', shape: [2, 3], a: [1, 5, 2, 7, 0, 8] }],
  };
  assert.deepEqual(largestUnit({ reading }, { name: 'input', rows: 0 }, null), {
    layer: 'input',
    index: 1,
  });
  assert.deepEqual(largestUnit({ reading }, { name: 'lstm', rows: 2 }, 1), {
    layer: 'lstm',
    index: 1,
  });
  assert.deepEqual(largestUnit({ reading }, { name: 'lstm', rows: 2 }, 2), {
    layer: 'lstm',
    index: 5,
  });
  assert.equal(largestUnit({ reading: null }, { name: 'lstm', rows: 2 }, 2), null);
});

test('of maps it is values that are counted, among those that lead there', () => {
  const said = [];
  const t = (key) => {
    said.push(key);
    return key;
  };
  const conv = { ...dense('conv1', 8), shape: [28, 28, 8] };
  const model = { layers: [conv, dense('hidden1', 4), dense('output', 1)] };
  const step = (source) => ({ source, carries: new Map([[0, 0.5]]), reached: 32 });
  const steps = ['hidden1', 'conv1', 'input'].map(step);
  traceWords({ neuron: { layer: 'output', index: 0 }, steps }, model, t, createNumbers('en'));
  assert.ok(said.includes('trace.neurons.all') && said.includes('trace.values.all'), `${said}`);
});
