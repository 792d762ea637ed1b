import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapContributions } from '../../static/js/state/maps.js';

/** Numbers that look random and are the same every time. */
function createNoise(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A convolution of `sources` maps of 6 x 5, `same` padding or stride 2, with a ReLU. */
function convolved({ sources, maps, stride, before, rows, columns }) {
  const random = createNoise(7);
  const [high, wide] = [6, 5];
  const x = Array.from({ length: high * wide * sources }, random);
  const w = Float32Array.from({ length: 9 * sources * maps }, () => random() - 0.5);
  const bias = Array.from({ length: maps }, () => random() - 0.5);
  const z = Array.from({ length: rows * columns * maps }, (_, unit) => {
    const map = unit % maps;
    const [row, column] = [Math.floor(unit / maps / columns), Math.floor(unit / maps) % columns];
    let sum = bias[map];
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const [y, c] = [row * stride - before + i, column * stride - before + j];
        if (y < 0 || c < 0 || y >= high || c >= wide) continue;
        for (let s = 0; s < sources; s++)
          sum += w[((i * 3 + j) * sources + s) * maps + map] * x[(y * wide + c) * sources + s];
      }
    }
    return sum;
  });
  const layer = {
    name: 'conv1',
    kind: 'conv2d',
    arithmetic: 'sum',
    shape: [rows, columns, maps],
    input_shape: [high, wide, sources],
    window: { size: [3, 3], strides: [stride, stride], before: [before, before] },
  };
  const weights = new Map([['conv1/W', { shape: [3, 3, sources, maps], data: w }]]);
  return { layer, weights, x, a: z.map((value) => Math.max(0, value)), bias };
}

test('what the maps give, and the bias, add up to the mean of each map', () => {
  for (const kind of [
    { sources: 2, maps: 3, stride: 1, before: 1, rows: 6, columns: 5 },
    { sources: 1, maps: 4, stride: 2, before: 0, rows: 2, columns: 2 },
  ]) {
    const { layer, weights, x, a, bias } = convolved(kind);
    const { shape, data } = mapContributions(layer, weights, x, a);
    assert.deepEqual(shape, [kind.sources, kind.maps]);
    const units = kind.rows * kind.columns;
    for (let map = 0; map < kind.maps; map++) {
      const own = a.filter((_, i) => i % kind.maps === map);
      const awake = own.filter((value) => value > 0).length;
      let sum = (bias[map] * awake) / units;
      for (let s = 0; s < kind.sources; s++) sum += data[s * kind.maps + map];
      assert.ok(Math.abs(sum - own.reduce((all, value) => all + value, 0) / units) < 1e-5);
    }
    assert.ok(
      a.some((value) => value === 0),
      'some units are at rest',
    );
  }
});

test('a pooling passes every map on to its own', () => {
  const layer = {
    name: 'pool1',
    kind: 'max_pooling2d',
    arithmetic: 'pool',
    shape: [1, 2, 2],
    input_shape: [2, 4, 2],
    window: { size: [2, 2], strides: [2, 2], before: [0, 0] },
  };
  const { data } = mapContributions(layer, null, [], [4, 1, 2, 3]);
  assert.deepEqual([...data], [3, 0, 0, 2]);
});

test('without its weights nothing is told of a convolution', () => {
  const { layer, x, a } = convolved({
    sources: 1,
    maps: 2,
    stride: 2,
    before: 0,
    rows: 2,
    columns: 2,
  });
  assert.equal(mapContributions(layer, null, x, a), null);
  assert.equal(mapContributions({ ...layer, shape: [10] }, null, x, a), null);
});
