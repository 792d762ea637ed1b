import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMissing, lacking } from '../../static/js/draw/choice.js';
import { completed, greatest, parseReading, wholeOf } from '../../static/js/server/reading.js';
import { createDetails } from '../../static/js/sessions/details.js';
import { createClock } from './clock.js';
import { packed } from './tensors.js';

const tensor = (name) => ({ tensor: name });

test('every array of a reply is put back where it was', () => {
  const reply = {
    input: { pixels: tensor('p') },
    layers: [{ name: 'tensor', a: tensor('x'), gates: { i: tensor('x') } }],
    prediction: null,
  };
  const read = parseReading(
    packed(reply, {
      p: { shape: [2], data: Uint8Array.of(0, 255) },
      x: { shape: [3], data: [1, -0.5, 0] },
    }),
  );
  assert.deepEqual(read, {
    input: { pixels: [0, 255] },
    layers: [{ name: 'tensor', a: [1, -0.5, 0], gates: { i: [1, -0.5, 0] } }],
    prediction: null,
  });
});

test('maps that lie one after the other are put together place by place', () => {
  const maps = { shape: [2, 1, 3], data: [1, 2, 3, 10, 20, 30] };
  assert.deepEqual(parseReading(packed({ a: tensor('m') }, { m: maps })), {
    a: [1, 10, 2, 20, 3, 30],
  });
});

test('what follows from other numbers is worked out: a maximum, what is passed on, sums of layers without', () => {
  const window = { size: [2, 2], strides: [2, 2], before: [0, 0] };
  const { layers } = completed({
    layers: [
      { name: 'conv', kind: 'conv2d', arithmetic: 'sum', shape: [2, 2, 1], a: [1, 4, 3, 2] },
      { name: 'pool', kind: 'max_pooling2d', arithmetic: 'pool', shape: [1, 1, 1], window },
      { name: 'flat', kind: 'flatten', arithmetic: 'none', shape: [1] },
      { name: 'out', kind: 'dense', arithmetic: 'sum', shape: [1], z: [-1], a: [0.5] },
    ],
  });
  assert.deepEqual(
    layers.map(({ a }) => a),
    [[1, 4, 3, 2], [4], [4], [0.5]],
  );
  assert.deepEqual(
    layers.map(({ z }) => z),
    [undefined, [4], [4], [-1]],
  );
});

test('a window that reaches beyond the maps takes what is there, overlapping ones share', () => {
  const a = [-5, 10, -1, 20, -3, 30, -2, 40, -4, 50, -6, 60]; // 2 x 3 places, 2 maps
  const window = { size: [2, 2], strides: [1, 2], before: [0, 1] };
  const found = greatest({ shape: [2, 2, 2], window }, { shape: [2, 3, 2], a });
  assert.deepEqual(found, [-2, 40, -1, 60, -2, 40, -4, 60]);
});

test('with a reading come the sums of small layers, of the last, and of what is looked at', () => {
  const layers = [
    { name: 'conv', kind: 'conv2d', arithmetic: 'sum', shape: [28, 28, 8] },
    { name: 'pool', kind: 'max_pooling2d', arithmetic: 'pool', shape: [14, 14, 8] },
    { name: 'big', kind: 'dense', arithmetic: 'sum', shape: [2000] },
    { name: 'small', kind: 'dense', arithmetic: 'sum', shape: [16] },
    { name: 'out', kind: 'dense', arithmetic: 'sum', shape: [500] },
  ];
  assert.deepEqual(wholeOf(layers, []), ['small', 'out']);
  assert.deepEqual(wholeOf(layers, ['conv', 'pool', 'input', undefined]), ['conv', 'small', 'out']);
});

const conv = () => ({ name: 'conv', kind: 'conv2d', arithmetic: 'sum', a: [1] });
const looking = (reading, hovered = null) => ({ reading, hovered, selected: null, held: null });

test('it lacks what is looked at and has no sums yet', () => {
  const reading = { layers: [conv(), { name: 'out', z: [1], a: [1] }] };
  assert.equal(lacking(looking(reading, { layer: 'conv', index: 0 })), 'conv');
  for (const layer of ['out', 'input'])
    assert.equal(lacking(looking(reading, { layer, index: 0 })), undefined);
  assert.equal(lacking(looking(reading)), undefined);
  assert.equal(lacking(looking(null, { layer: 'conv', index: 0 })), undefined);
  assert.equal(lacking({ ...looking(reading), selected: { layer: 'conv', index: 0 } }), 'conv');
});

test("a layer's missing numbers are asked for once and given to the reading they are of", async () => {
  const clock = createClock();
  const asked = [];
  const ask = (reading, layer, edits) =>
    new Promise((resolve) => asked.push({ reading, layer, edits, resolve }));
  const first = { model: 'm', input: {}, layers: [conv()] };
  let state = { reading: first, edits: { m: ['edit'] }, detailed: 0 };
  const store = { get: () => state, set: (change) => (state = { ...state, ...change }) };
  const { want } = createDetails(ask, store, () => {}, clock);
  want('conv');
  want('conv');
  await clock.paint();
  assert.deepEqual(
    asked.map(({ layer, edits }) => [layer, edits]),
    [['conv', ['edit']]],
  );
  asked[0].resolve({ z: [-2], gates: undefined });
  await clock.settle();
  assert.deepEqual([first.layers[0].z, first.layers[0].a, state.detailed], [[-2], [1], 1]);
  state = { ...state, reading: { ...first, layers: [conv()] } };
  want('conv');
  await clock.paint();
  assert.equal(asked.length, 2);
  assert.equal(asked[1].reading, state.reading);
});

test('nothing is fetched while nothing is missing', () => {
  const api = { details: () => assert.fail('asked') };
  createMissing({ store: {}, api, tell: () => assert.fail('told') }).follow(
    looking({ layers: [] }),
  );
});
