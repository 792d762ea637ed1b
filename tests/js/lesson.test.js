import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNumbers } from '../../static/js/page/words.js';
import { decodeEdits } from '../../static/js/state/fragment.js';
import { encodeEdits } from '../../static/js/state/to-fragment.js';
import {
  isSameLesson,
  lessonOf,
  stepsIn,
  targetOf,
  taughtOf,
  withStep,
} from '../../static/js/step/lesson.js';
import { wantedOf } from '../../static/js/step/outputs.js';
import { lossWords } from '../../static/js/step/step.js';

const PRICE = { outputs: [{ name: 'sale_price_usd', kind: 'number', mean: 180_000, sd: 80_000 }] };
const DIGIT = { outputs: [{ name: 'digit', kind: 'classes' }] };
const HOUSE = { input: { values: Float32Array.of(0.5, -1), features: { bedrooms: 3 } } };
const PEN = { input: { steps: Float32Array.of(0, 1, 0.5) }, strokes: [[[0.1, 0.2]]] };
const IMAGE = { input: { pixels: Array(784).fill(7) } };

test('a house is taught by what the network reads and its price in standard deviations', () => {
  assert.equal(targetOf(PRICE, 220_000), 0.5);
  assert.equal(targetOf(DIGIT, 7), 7);
  const step = lessonOf(PRICE, HOUSE, 220_000, 0.01);
  assert.deepEqual(step, {
    kind: 'fit',
    inputs: [0.5, -1],
    targets: [0.5],
    learning_rate: 0.01,
    times: 1,
  });
  assert.deepEqual(taughtOf(HOUSE, 220_000), { features: { bedrooms: 3 }, target: 220_000 });
});

test('a pen is taught by its steps and asked about by its strokes, an image by its pixels', () => {
  assert.deepEqual(lessonOf(DIGIT, PEN, 7, 0.1).inputs, [0, 1, 0.5]);
  assert.deepEqual(taughtOf(PEN, 7), { strokes: PEN.strokes, label: 7 });
  const step = lessonOf(DIGIT, IMAGE, 7, 0.1);
  assert.deepEqual([step.kind, step.label, step.pixels], ['learn', 7, IMAGE.input.pixels]);
  assert.deepEqual(taughtOf(IMAGE, 7), { pixels: IMAGE.input.pixels, label: 7 });
});

test('the same step on the same input only counts up, whatever it is', () => {
  for (const [model, reading, label, other] of [
    [PRICE, HOUSE, 220_000, 100_000],
    [DIGIT, PEN, 7, 8],
    [DIGIT, IMAGE, 7, 8],
  ]) {
    const step = lessonOf(model, reading, label, 0.1);
    const edits = withStep(withStep([], step), { ...step, times: 10 });
    assert.equal(edits.length, 1);
    assert.equal(stepsIn([{ kind: 'off' }, ...edits]), 11);
    assert.equal(withStep(edits, lessonOf(model, reading, other, 0.1)).length, 2);
    assert.equal(withStep(edits, lessonOf(model, reading, label, 0.2)).length, 2);
    assert.ok(isSameLesson(step, lessonOf(model, reading, label, 0.2)));
  }
  assert.ok(!isSameLesson(lessonOf(DIGIT, PEN, 7, 0.1), lessonOf(DIGIT, IMAGE, 7, 0.1)));
});

test('steps of learning travel in an address, an image in few letters', () => {
  const edits = [lessonOf(DIGIT, IMAGE, 7, 0.1), lessonOf(PRICE, HOUSE, 220_000, 0.01)];
  const blank = { ...edits[0], pixels: Array(784).fill(0) };
  assert.deepEqual(decodeEdits(encodeEdits([...edits, blank])), [...edits, blank]);
  assert.ok(encodeEdits([blank]).length < 200);
  const broken = { ...edits[1], targets: 'much' };
  assert.deepEqual(decodeEdits(encodeEdits([broken, { ...edits[1], times: null }])), []);
});

test('what is asked of each output is told for its own loss', () => {
  const nudges = [[9], [0.25, -0.5], [1]].map((values) => ({ values }));
  const outputs = [{ target: [1, 0] }, { target: [1] }];
  assert.deepEqual(wantedOf({ nudges, outputs }, 0), [0.5, -1]);
  assert.deepEqual(wantedOf({ nudges, outputs }, 1), [2]);
  const t = (key, values = {}) => [key, ...Object.values(values)].join(' ');
  const number = { name: 'sale_price_usd', output: 0.25, wanted: 0.75, loss: 0.25 };
  const said = lossWords({ loss: 0.25, outputs: [number] }, t, createNumbers('en'));
  assert.equal(said, 'step.squared 0.250 0.750 0.250 =');
});
