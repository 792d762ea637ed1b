// The way through the course: progress, questions, what comes next, what settles and what rests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { after, modelAt } from '../../static/js/learn/course.js';
import { createProgress } from '../../static/js/learn/progress.js';
import { compare } from '../../static/js/learn/quiz/outcome.js';
import { createDwell } from '../../static/js/learn/task.js';
import { numberIn, verdict } from '../../static/js/learn/widgets/typed.js';
import { order } from '../../static/js/learn/question.js';
import { settledAt } from '../../static/js/draw/embedded/settled.js';

test('progress survives a storage that refuses and one that holds rubbish', () => {
  const refusing = createProgress(() => {
    throw new Error('no');
  });
  refusing.set('tasks', 'a/b/0', true);
  assert.equal(refusing.tasksOf('a'), 1);
  const kept = new Map([['learn', '{"tasks": 5, "last": {"a": "b"}}']]);
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
  const progress = createProgress(() => storage);
  assert.deepEqual(progress.get().tasks, {});
  assert.equal(progress.get().last.a, 'b');
  progress.set('predictions', 'a/b', 3);
  assert.equal(createProgress(() => storage).get().predictions['a/b'], 3);
  progress.clear();
  assert.equal(kept.size, 0);
});

test('a step knows how many of its own tasks are done, and no more than it has', () => {
  const progress = createProgress(() => {
    throw new Error('no');
  });
  progress.set('tasks', 'network/corners/1', true);
  progress.set('tasks', 'network/corners/7', true); // of an older chapter
  progress.set('tasks', 'other/corners/0', true);
  const step = { name: 'corners', tasks: [{}, {}] };
  assert.deepEqual(progress.tasksIn('network', step), { done: 1, tasks: 2 });
});

test('answers stand in an order of their own, each once', () => {
  for (const seed of ['a', 'b', 'network/questions/0']) {
    assert.deepEqual([...order(3, seed)].sort(), [0, 1, 2]);
    assert.deepEqual(order(3, seed), order(3, seed));
  }
  assert.notDeepEqual(order(3, 'a'), order(3, 'b'));
});

test('the questions before and after are compared one by one', () => {
  const question = { answers: [{ right: true }, { right: false }] };
  const three = [question, question, question];
  assert.deepEqual(compare(three, [0, -1, 1], three, [0, 0, 1]), {
    rows: [
      { before: true, after: true },
      { before: false, after: true },
      { before: false, after: false },
    ],
    before: 1,
    after: 2,
  });
  const alone = compare(three, null, three, [0, 1, -1]);
  assert.deepEqual([alone.before, alone.after, alone.rows[0].before], [null, 1, null]);
  assert.equal(
    compare([], [], three, []).rows[2].after,
    false,
    'what was never answered is not right',
  );
});

test('after the last step the next chapter follows, and nothing after the last chapter', () => {
  const chapters = [{ id: 'network' }, { id: 'neuron' }];
  assert.equal(after(chapters, 'network'), 'neuron');
  assert.equal(after(chapters, 'neuron'), null);
  assert.equal(after(chapters, 'challenges'), null);
});

test('an answer has settled from the row on after which nothing changes it', () => {
  const rows = [
    [2, 0],
    [0, 1],
    [0, 2],
    [0, 4],
  ]; // two units after each row, read as they are
  const states = {
    name: 'lstm',
    kind: 'lstm',
    arithmetic: 'gates',
    shape: [4, 2],
    z: [],
    a: rows.flat(),
  };
  const output = {
    name: 'output',
    kind: 'dense',
    arithmetic: 'sum',
    shape: [2],
    z: rows[3],
    a: [0.02, 0.98],
  };
  const weights = new Map([
    ['output/W', { shape: [2, 2], data: Float32Array.from([1, 0, 0, 1]) }],
    ['output/b', { shape: [2], data: new Float32Array(2) }],
  ]);
  const reading = { layers: [states, output], probabilities: [0.02, 0.98], prediction: 1 };
  assert.equal(settledAt(reading, weights, 0), 2, 'the answer is 0 after row 1, 1 from row 2 on');
  assert.equal(settledAt(reading, weights, 0.9), 4, '0.73, 0.88, then 0.98');
  assert.equal(settledAt(reading, weights, 0.99), null, 'never so sure');
  // A reading that is shown up to some row has another answer: the end is what counts.
  const early = { ...reading, layers: [states, { ...output, a: [0.9, 0.1] }], prediction: 0 };
  assert.equal(settledAt(early, weights, 0), 2);
  assert.equal(settledAt({ ...reading, layers: [output] }, weights, 0), null, 'no rows');
  assert.equal(settledAt({ ...reading, prediction: null }, weights, 0), null, 'nothing drawn');
});

test('what is pointed at counts once the pointer rests there', () => {
  let time = 0;
  let asks = 0;
  const dwell = createDwell(
    () => (asks += 1),
    () => time,
    (act) => act(),
  );
  const one = { layer: 'input', index: 3 };
  assert.equal(dwell.isDwelling(null), true);
  assert.equal(dwell.isDwelling(one), false, 'on its way');
  time = 249;
  assert.equal(dwell.isDwelling({ ...one }), false);
  time = 250;
  assert.equal(dwell.isDwelling(one), true);
  assert.equal(dwell.isDwelling({ layer: 'input', index: 4 }), false);
  assert.equal(asks, 2);
  assert.equal(dwell.isDwelling(null), true);
});

test('a number is typed as a decimal, a share in percent or a fraction', () => {
  assert.equal(numberIn(' −0,25 '), -0.25);
  assert.equal(numberIn('99.7%'), 0.997);
  assert.equal(numberIn('3/4'), 0.75);
  assert.equal(numberIn('1e3'), 1000);
  for (const none of ['', 'a', '1/0', '3/4/5', '%', '0.5 %%'])
    assert.equal(numberIn(none), null, none);
});

test('a near miss is told as one', () => {
  /** @param {number} truth @param {number} near */
  const task = (truth, near) => /** @type {any} */ ({ until: ['within', ['typed'], truth, near] });
  const of = { within: (/** @type {any[]} */ ...[x, y, near]) => Math.abs(x - y) <= near };
  assert.equal(verdict('0.16', task(-0.158, 0.02), of), 'learn.task.typed-sign');
  assert.equal(verdict('99.7', task(0.9969, 0.0005), of), 'learn.task.typed-percent');
  assert.equal(verdict('-0.2', task(-0.233, 0.006), of), 'learn.task.typed-nearly');
  assert.equal(verdict('0.996', task(0.99668, 0.0005), of), 'learn.task.typed-last');
  assert.equal(verdict('-0.15', task(-0.233, 0.006), of), 'learn.task.typed-not');
  assert.equal(verdict('seven', task(7, 0.1), of), 'learn.task.typed-no-number');
});

test('a step speaks of the network that it or a step before it names', () => {
  const content = ['cnn', undefined, 'lstm'].map((model) => ({ state: { model } }));
  const chapter = /** @type {any} */ ({ content });
  assert.deepEqual(
    [0, 1, 2].map((at) => modelAt(chapter, at)),
    ['cnn', 'cnn', 'lstm'],
  );
  assert.equal(modelAt(/** @type {any} */ ({ content: [{ state: {} }] }), 0), undefined);
});
