// The chart and the weights of a run: the very numbers, in tiles.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchTicks, figure } from '../../static/js/train/curves/curves.js';
import { CONFIG } from '../../static/js/views/plot/look.js';
import { tilesOf } from '../../static/js/views/tiles.js';
import { fullOf } from '../../static/js/views/kernels.js';
import { barOf } from '../../static/js/train/run/health.js';
import { stepsIn, withStep } from '../../static/js/step/lesson.js';
import { isAwaited, whoReads } from '../../static/js/train/run/selectors.js';
import { run, details } from './a-run.js';

test('weights that are still to come are not called weights that are no numbers', () => {
  const nobody = { watched: null, batch: null, details: {} };
  const awaited = { watched: run.id, batch: null, details: {} };
  const begun = { ...awaited, details: { [run.id]: details([], []) } };
  const there = { ...awaited, details: { [run.id]: details([], [0]) } };
  const broken = structuredClone(there);
  broken.details[run.id].checkpoints[0].validation_loss = null;
  assert.deepEqual([nobody, awaited, begun, there, broken].map(isAwaited), [
    false,
    true,
    true,
    false,
    false,
  ]);
  assert.deepEqual(
    [nobody, awaited, begun, there, broken].map((state) => whoReads(state, false)),
    ['mine.waits', 'mine.waits', 'mine.waits', 'mine.waits', 'mine.none'],
  );
  assert.deepEqual(
    [nobody, awaited, there].map((state) => whoReads(state, true)),
    ['mine.about', 'mine.until', 'mine.about'],
  );
});

test('the chart holds the very numbers, NaN as a gap, both runs when two are compared', () => {
  const one = details([1, 2], [0, 2]);
  one.curve.loss[1] = null;
  const t = (key) => key;
  const { data, layout, over } = figure([one], 2, t, () => '#123456');
  assert.equal(data.length, 6);
  assert.deepEqual(data[0].x, [0.1, 0.2]);
  assert.deepEqual(data[0].y, [0.5, null]);
  assert.deepEqual(data[2].y, [1.5, 1.5]);
  assert.deepEqual(data[5].y, [0.4, 0.4]);
  assert.equal(layout.shapes[0].x0, 0.2);
  assert.equal(CONFIG.showSendToCloud, false);
  assert.deepEqual(over, ['xy', 'xy2']);
  const both = figure([one, details([1], [0])], null, t, () => '#123456');
  assert.equal(both.data.length, 12);
  assert.ok(both.data[6].name.startsWith('A: '));
  assert.deepEqual(both.layout.shapes, []);
});

test('weights lie in tiles: a picture a neuron, a window a filter, a block a gate', () => {
  const dense = tilesOf({ shape: [784, 16], arithmetic: 'sum' });
  assert.deepEqual([dense.shown, dense.across, dense.height, dense.width], [16, 8, 28, 28]);
  assert.equal(dense.at(3, 2, 5), (2 * 28 + 5) * 16 + 3);
  assert.deepEqual(
    [
      tilesOf({ shape: [784, 128], arithmetic: 'sum' }).shown,
      tilesOf({ shape: [784, 128], arithmetic: 'sum' }).count,
    ],
    [64, 128],
  );
  const filters = tilesOf({ shape: [5, 5, 1, 8], arithmetic: 'sum' });
  assert.equal(filters.at(2, 1, 3), (1 * 5 + 3) * 8 + 2);
  const gates = tilesOf({ shape: [28, 128], arithmetic: 'gates' });
  assert.deepEqual([gates.count, gates.height, gates.width], [4, 28, 32]);
  assert.equal(gates.at(1, 2, 3), 2 * 128 + 32 + 3);
  assert.equal(fullOf([3, -3, 3, -3]), 9);
  assert.equal(fullOf([0, 0]), 1);
});

test('sizes are shown by powers of ten', () => {
  assert.deepEqual([barOf(null), barOf(0), barOf(1e-9), barOf(10), barOf(1e-6)], [1, 0, 0, 1, 0]);
  assert.ok(barOf(0.01) > barOf(0.001));
});

test('the same step again only counts up', () => {
  const step = { kind: 'learn', pixels: [0, 255], label: 3, learning_rate: 0.1, times: 1 };
  const once = withStep([], step);
  const more = withStep(once, { ...step, times: 10 });
  assert.deepEqual(more, [{ ...step, times: 11 }]);
  assert.equal(withStep(more, { ...step, label: 4 }).length, 2);
  assert.equal(withStep(more, { ...step, pixels: [0, 254] }).length, 2);
  assert.equal(withStep([{ ...step, times: 95 }], { ...step, times: 10 }).length, 2);
  assert.equal(stepsIn([{ kind: 'off' }, ...more]), 11);
});

test('less than an epoch is told in batches', () => {
  const going = (/** @type {number} */ batch) => ({
    run: /** @type {any} */ ({ batches_an_epoch: 1000 }),
    curve: /** @type {any} */ ({ batch: [0, batch] }),
    checkpoints: [],
  });
  assert.deepEqual(batchTicks([going(400)]), {
    tickvals: [0, 0.1, 0.2, 0.3, 0.4],
    ticktext: ['0', '100', '200', '300', '400'],
  });
  const first = { tickvals: [0, 0.001], ticktext: ['0', '1'] };
  const kept = { ...going(0), checkpoints: /** @type {any} */ ([{ batch: 1 }]) }; // ahead of its curve
  assert.deepEqual([[going(1)], [kept]].map(batchTicks), [first, first]);
  assert.deepEqual(batchTicks([going(0)]), { ...first, range: [0, 0.001] });
  assert.deepEqual([[], [going(1000)], [going(400), going(2500)]].map(batchTicks), [
    null,
    null,
    null,
  ]);
});
