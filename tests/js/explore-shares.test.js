import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideName, ofPart } from '../../static/js/explore/results/shares.js';

const t = (key, values = {}) => [key, ...Object.values(values)].join(' | ');
const numbers = { percent: (share) => `${(100 * share).toFixed(1)}%`, whole: String };
const beside = (accuracy, isChanged = false) => {
  const edits = { mlp: isChanged ? [{ kind: 'prune', share: 0.5 }] : [] };
  return besideName({ model: { id: 'mlp', accuracy }, edits }, t, numbers);
};

test('it is said why the share beside a name is another than that of the test set', () => {
  const shipped = { mnist_test: 0.97, drawn: 0.952, validation: 0.96 };
  assert.equal(beside(shipped), 'shares.drawn | 95.2%');
  assert.equal(beside(shipped, true), 'shares.changed | 97.0%');
  assert.equal(beside({ validation: 0.778 }), 'shares.held | 77.8%', 'of a training');
  assert.equal(beside({ validation: 0.778 }, true), 'shares.held | 77.8%');
  assert.equal(beside({ test: 0.9 }), '', 'the same share, once');
  assert.equal(beside({}), '');
});

test('of a part of the test set its own share is told beside that of the whole', () => {
  const tests = { total: 2000, neutral: 1, amounts: [0.9, 1, 1.1], accuracies: [0.5, 0.965, 0.6] };
  const whole = { accuracy: 0.9695, total: 10000 };
  assert.equal(ofPart(tests, whole, t, numbers), 'shares.part | 96.5% | 2000 | 97.0% | 10000');
  assert.equal(ofPart(tests, null, t, numbers), '', 'it is still to come');
  assert.equal(ofPart({ ...tests, neutral: 0 }, whole, t, numbers), '');
});
