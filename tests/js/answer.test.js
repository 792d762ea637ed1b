import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rivalsOf } from '../../static/js/state/ends.js';
import { likely } from '../../static/js/views/question.js';
import { topTwo, words } from '../../static/js/views/answer.js';
import { createNumbers } from '../../static/js/page/words.js';

const t = (key, values) => `${key} ${JSON.stringify(values ?? {})}`;
const numbers = createNumbers('en');
const said = (probabilities, prediction, readOf = null) =>
  words({ reading: { probabilities, prediction, layers: [] }, readOf }, t, numbers);

test('the two most probable digits are found, the smaller first of equals', () => {
  assert.deepEqual(topTwo([0.1, 0.2, 0.7]), { first: 2, second: 1 });
  assert.deepEqual(topTwo([0.3, 0.3, 0.4]), { first: 2, second: 0 });
});

test('an answer is said with how sure it is and what comes next', () => {
  const { unsure, sure, next, wrong, spoken } = said([0.2, 0.8], 1);
  assert.equal(unsure, false);
  assert.match(sure, /^answer\.sure .*"sure":"80\.0%"/);
  assert.match(next, /^answer\.next .*"second":0.*"next":"20\.0%"/);
  assert.equal(wrong, '');
  assert.match(spoken, /^answer\.spoken .*"first":1/);
});

test('below one half it says that it is unsure, and between which two', () => {
  const { unsure, sure, spoken } = said([0.4, 0.35, 0.25], 0);
  assert.equal(unsure, true);
  assert.match(sure, /^answer\.unsure .*"first":0,"second":1/);
  assert.match(spoken, /^answer\.unsure\.spoken/);
});

test('no reading, and a reading of no ink, are no answer', () => {
  for (const state of [
    { reading: null, readOf: null },
    { reading: { probabilities: [1, 0], prediction: null }, readOf: null },
  ]) {
    const { sure, next, spoken } = words(state, t, numbers);
    assert.match(sure, /^answer\.blank /);
    assert.equal(next, '');
    assert.match(spoken, /^answer\.blank\.spoken/);
  }
});

test('a test digit that is misread is called wrong, one that is read right is not', () => {
  const digit = (label) => ({ kind: 'pixels', pixels: [], label, index: 0 });
  assert.match(said([0.2, 0.8], 1, digit(0)).wrong, /^answer\.wrong .*"label":0/);
  assert.match(said([0.2, 0.8], 1, digit(0)).spoken, /answer\.spoken.*answer\.wrong/);
  assert.equal(said([0.2, 0.8], 1, digit(1)).wrong, '');
});

test('while a pass is played up to some layer the answer is not told', () => {
  const held = { layer: 'hidden1', index: 3 };
  const { sure, next, wrong, spoken } = words(
    {
      reading: { probabilities: [0.2, 0.8], prediction: 1, layers: [] },
      readOf: { kind: 'pixels', label: 0 },
      held,
    },
    t,
    numbers,
  );
  assert.match(sure, /^answer\.held/);
  assert.deepEqual([next, wrong, spoken], ['', '', '']);
});

test('where the label is known and the answer is another, it is the label that one asks about', () => {
  const reading = {
    prediction: 6,
    probabilities: [0, 0.1, 0, 0, 0, 0, 0.6, 0, 0.3, 0],
    layers: [{ name: 'output' }],
  };
  const of = (label) => ({ reading, readOf: { kind: 'pixels', label } });
  assert.equal(likely(of(1), 0), 1);
  assert.equal(likely(of(6), 0), 'next');
  assert.equal(likely(of(null), 0), 'next');
  assert.equal(likely(of(1), 1), 'next', 'a further output has no such label');
  assert.deepEqual(rivalsOf(reading, likely(of(1), 0)), { first: 6, second: 1 });
});
