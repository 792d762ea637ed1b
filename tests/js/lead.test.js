import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNumbers } from '../../static/js/page/words.js';
import { leadOf, speakersOf } from '../../static/js/state/lead.js';
import { missed, rivalsOf } from '../../static/js/state/ends.js';
import { createLeadSession, partsOf } from '../../static/js/sessions/lead.js';
import { timesText } from '../../static/js/draw/why/panel.js';
import { createClock } from './clock.js';

const MODEL = {
  layers: [
    { name: 'hidden1', kind: 'dense', arithmetic: 'sum', shape: [3] },
    { name: 'output', kind: 'dense', arithmetic: 'sum', shape: [4] },
  ],
};
const A = [1, 0.5, 0];
const KERNEL = Float32Array.from([2, -1, 0, 0.5, 1, 3, 0, 0, 9, 9, 9, 9]); // 3 × 4
const BIAS = Float32Array.from([0.25, -0.5, 0, 0]);
const Z = [0, 1, 2, 3].map((unit) =>
  A.reduce((sum, a, i) => sum + a * KERNEL[i * 4 + unit], BIAS[unit]),
);
const SHARES = [0.7, 0.1, 0.05, 0.15];

function state(activation = 'softmax') {
  const layers = [
    { name: 'hidden1', kind: 'dense', arithmetic: 'sum', a: A, z: A, shape: [3] },
    { name: 'output', kind: 'dense', arithmetic: 'sum', activation, a: SHARES, z: Z, shape: [4] },
  ];
  const reading = {
    model: 'm',
    prediction: 0,
    probabilities: SHARES,
    layers,
    input: { pixels: [] },
  };
  const weights = new Map([
    ['output/W', { shape: [3, 4], data: KERNEL }],
    ['output/b', { shape: [4], data: BIAS }],
  ]);
  return { model: MODEL, reading, weights, row: null };
}

test('the answer is held against the digit asked for, or against the next', () => {
  const { reading } = state();
  assert.deepEqual(rivalsOf(reading, 2), { first: 0, second: 2 });
  assert.deepEqual(rivalsOf(reading, 'next'), { first: 0, second: 3 });
  assert.deepEqual(rivalsOf(reading, 0), { first: 0, second: 3 }, 'not against itself');
  assert.equal(rivalsOf(reading, null), null);
  assert.equal(rivalsOf({ ...reading, prediction: null }, 2), null);
  assert.equal(rivalsOf(null, 2), null);
});

test('what speaks most for each answer is told, and when the biases decide against all sources', () => {
  const told = (contributions, bias) => {
    const sum = contributions.reduce((all, each) => all + each, 0);
    return speakersOf({ contributions: Float64Array.from(contributions), sum, total: sum + bias });
  };
  assert.deepEqual(told([1, -4.8, 4.3, -2.7], 3), { first: 2, second: 1, isBiasDecisive: true });
  assert.deepEqual(told([1, -4.8, 4.3, -2.7], 1), { first: 2, second: 1, isBiasDecisive: false });
  assert.deepEqual(told([2, 0], -0.5), { first: 0, second: null, isBiasDecisive: false });
  assert.deepEqual(told([-2, 0, -1], 4), { first: null, second: 0, isBiasDecisive: true });
});

test('parts of the sources and the biases add up to the difference of the sums', () => {
  const lead = leadOf(state(), { first: 0, second: 1 });
  assert.deepEqual([...lead.contributions], [3, -1, 0]);
  assert.equal(lead.bias, 0.75);
  assert.ok(Math.abs(lead.sum + lead.bias - lead.total) < 1e-9);
  assert.equal(lead.total, Z[0] - Z[1]);
  assert.equal(lead.times, Math.exp(lead.total));
  assert.deepEqual([lead.layer, lead.source], ['output', 'hidden1']);
});

test('only a softmax makes a ratio of it, and without weights nothing is told', () => {
  assert.equal(leadOf(state('sigmoid'), { first: 0, second: 1 }).times, null);
  assert.equal(leadOf({ ...state(), weights: null }, { first: 0, second: 1 }), null);
});

test('a ratio is written so that it can be read', () => {
  const numbers = createNumbers('en');
  assert.equal(timesText(3.456, numbers), '3.46');
  assert.equal(timesText(1234.4, numbers), '1,200');
  assert.equal(timesText(80146, numbers), '80 thousand'); // e^11.292 is 80,178: no more digits are known
  assert.equal(timesText(2.55e6, numbers), '2.6 million');
  assert.equal(timesText(2.5e18, numbers), '2.5 × 10¹⁸');
  const korean = createNumbers('ko');
  assert.deepEqual(
    [80146, 2.55e6, 690.4].map((times) => timesText(times, korean)),
    ['8만', '260만', '690'],
  );
});

test('a mistake is an answer other than the label', () => {
  const reading = { prediction: 7 };
  assert.equal(missed({ reading, readOf: { kind: 'pixels', label: 2 } }), 2);
  assert.equal(missed({ reading, readOf: { kind: 'pixels', label: 7 } }), null);
  assert.equal(missed({ reading, readOf: { kind: 'pixels', label: null } }), null);
  assert.equal(missed({ reading, readOf: { kind: 'strokes' } }), null);
  assert.equal(missed({ reading: null, readOf: { kind: 'pixels', label: 2 } }), null);
});

test('pixels belong to the reading they are of; only a moving pen may be just ahead of them', () => {
  const [reading, later] = [{ model: 'm' }, { model: 'm' }];
  const parts = { reading, first: 7, second: 1, values: [] };
  const rivals = { first: 7, second: 1 };
  assert.equal(partsOf({ parts, reading, penDown: false }, rivals), parts);
  assert.equal(partsOf({ parts, reading: later, penDown: false }, rivals), null);
  assert.equal(partsOf({ parts, reading: later, penDown: true }, rivals), parts);
  assert.equal(partsOf({ parts, reading: { model: 'other' }, penDown: true }, rivals), null);
  assert.equal(partsOf({ parts, reading, penDown: false }, { first: 7, second: 2 }), null);
  assert.equal(partsOf({ parts: null, reading, penDown: false }, rivals), null);
});

test('pixels are traced once for a reading, and not when nobody asks any more', async () => {
  const asked = [];
  const told = [];
  const clock = createClock();
  const store = { get: () => ({}), set: (change) => told.push(change) };
  const ask = async (_model, _pixels, rivals) => {
    asked.push(rivals.second);
    return { lead: 1, blank: 0, parts: [rivals.second] };
  };
  const session = createLeadSession(ask, store, () => {}, clock);
  const now = { ...state(), edits: {} };
  session.follow(now, { first: 0, second: 1 });
  session.follow(now, { first: 0, second: 1 });
  await clock.paint();
  assert.deepEqual(asked, [1]);
  assert.deepEqual(told[0].parts.values, [1]);
  assert.equal(told[0].parts.reading, now.reading);
  session.follow(now, { first: 0, second: 2 });
  session.follow(now, null);
  await clock.paint();
  assert.deepEqual(asked, [1]);
  const early = { ...now.reading, prediction: 1 };
  session.follow({ ...now, shown: early }, { first: 1, second: 0, row: 12 });
  await clock.paint();
  assert.equal(told.at(-1).parts.reading, early, 'what is traced is what is shown');
  session.follow(now, null);
  assert.equal(told.at(-1).parts, null, 'who closes the question sees the drawing again');
});
