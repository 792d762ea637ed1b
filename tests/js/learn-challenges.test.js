// Challenges: the attack, the best of small networks, the half bias, scores.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestRun, createAsked, hiddenOf } from '../../static/js/learn/challenges/asked.js';
import { attack } from '../../static/js/learn/challenges/attack.js';
import { isBetter } from '../../static/js/learn/challenges/block.js';

test("the network's own attack changes what helps most, and gives up where nothing does", () => {
  // two pixels, no hidden layer: output 0 counts the first, output 1 three times the second
  const layers = [
    {
      W: Float32Array.from([1, 0, 0, 3]),
      b: Float32Array.from([0, 0]),
      units: 2,
      isSigmoid: false,
    },
  ];
  assert.deepEqual(attack(layers, [255, 0], 1), [{ index: 1, value: 255 }]);
  assert.deepEqual(attack(layers, [255, 0], 0), [], 'it is answered already');
  const stuck = [{ ...layers[0], W: new Float32Array(4), b: Float32Array.from([1, 0]) }];
  assert.equal(attack(stuck, [0, 0], 1), null);
});

test('the attack goes through hidden layers as the network does', () => {
  const hidden = {
    W: Float32Array.from([4, -4, -4, 4]),
    b: Float32Array.from([0, 0]),
    units: 2,
    isSigmoid: true,
  };
  const output = {
    W: Float32Array.from([2, 0, 0, 2]),
    b: Float32Array.from([0, 0]),
    units: 2,
    isSigmoid: false,
  };
  assert.deepEqual(attack([hidden, output], [255, 0], 1)?.length, 2, 'one pixel makes both alike');
});

test('the best of small networks: dense ones of few hidden neurons, own ones, or the one of a link', () => {
  assert.deepEqual(['784-8-10', '784-4-4-10', '784-10', '28x28x1-conv-10'].map(hiddenOf), [
    8,
    8,
    0,
    null,
  ]);
  const run = (id, architecture, tested, mine = true) => ({ id, architecture, tested, mine });
  const runs = [
    run('a', '784-8-10', 0.91),
    run('b', '784-16-10', 0.96),
    run('c', '784-5-3-10', 0.92),
    run('d', '784-8-10', null),
    run('e', '784-8-10', 0.95, false),
  ];
  assert.deepEqual(bestRun(runs, 8), { id: 'c', accuracy: 0.92 });
  assert.deepEqual(bestRun(runs, 8, 'e'), { id: 'e', accuracy: 0.95 });
  assert.deepEqual(bestRun([], 8), { id: '', accuracy: 0 });
});

test('a bias that halves the accuracy is found by halving an interval', async () => {
  const shifts = [];
  const course = {
    measure: async (_model, edits) => {
      if (!edits.length) return 0.9;
      shifts.push(edits[0].shift);
      return edits[0].shift >= 5.3 ? 0.4 : 0.5;
    },
  };
  await new Promise((resolve) => {
    const asked = createAsked(course, () => ({ model: { id: 'm' } }), resolve);
    assert.equal(asked.ask('halving', 'output', 8), null);
    course.done = () => asked.ask('halving', 'output', 8);
  });
  assert.equal(shifts.length, 8);
  assert.ok(course.done() >= 5.3 && course.done() <= 5.3 + 1 / 16);
});

test('scores are better the more there is, or the less', () => {
  assert.ok(isBetter(1, null, 'less'));
  assert.ok(isBetter(2, 1, 'more') && !isBetter(1, 1, 'more'));
  assert.ok(isBetter(1, 2, 'less') && !isBetter(2, 1, 'less'));
});
