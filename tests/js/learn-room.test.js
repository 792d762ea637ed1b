// A lesson in class: polls, their rounds and ballots, and how often phones ask.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDeck } from '../../static/js/learn/present/deck.js';
import { ballotsOf, binOf, binsOf } from '../../static/js/learn/room/ballot.js';
import { nextOf } from '../../static/js/learn/room/presenter.js';
import {
  createClassLesson,
  pauseAfter,
  watchLesson,
} from '../../static/js/sessions/class-lesson.js';

test('a poll is a vote, a second one, and its counts; then the next question of the step', () => {
  const rounds = [];
  for (let poll = nextOf(null, 2); poll; poll = nextOf(poll, 2))
    rounds.push(`${poll.part} ${poll.round}`);
  assert.deepEqual(rounds, ['0 first', '0 second', '0 shown', '1 first', '1 second', '1 shown']);
  assert.equal(nextOf(null, 0), null, 'nothing to ask');
});

test('predictions and questions can be voted on, a range in ten parts', () => {
  const numbers = {
    whole: String,
    two: (value) => value.toFixed(2),
    three: String,
    percent: String,
  };
  const prediction = {
    kind: 'range',
    low: 0,
    high: 784,
    by: 1,
    ask: ['How many?'],
    truth: ['ink'],
    after: [],
  };
  const questions = [
    {
      ask: ['What?'],
      answers: [
        { text: ['a'], right: false },
        { text: ['b'], right: true },
      ],
    },
  ];
  const [first, second] = ballotsOf({ name: 'pixels', prediction, questions }, 'neuron', numbers);
  assert.equal(first.choices.length, 10);
  assert.equal(first.rightOf({ ink: () => 116 }), 1);
  assert.equal(first.rightOf({ ink: () => null }), null);
  assert.equal(second.rightOf({}), 1);
  assert.deepEqual([...second.shown].sort(), [0, 1]);
  assert.deepEqual([binOf(0, 0, 1), binOf(1, 0, 1), binOf(2, 0, 1)], [0, 9, 9]);
});

test('whole numbers each stand in one choice of a poll, and a choice for each where they are few', () => {
  assert.deepEqual(binsOf(0, 3, 1), [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  for (const [low, high, by] of [
    [0, 784, 1],
    [1, 28, 1],
    [0, 50000, 10],
    [5, 14, 1],
  ]) {
    const bins = binsOf(low, high, by);
    assert.equal(bins.length, 10);
    assert.deepEqual([bins[0][0], bins[9][1]], [low, high]);
    for (let i = 1; i < 10; i += 1) assert.equal(bins[i][0], bins[i - 1][1] + by);
  }
  const numbers = { whole: String, two: String, three: String, percent: String };
  const prediction = { kind: 'range', low: 0, high: 3, by: 1, ask: [], truth: ['ink'], after: [] };
  const [ballot] = ballotsOf({ name: 'answers', prediction, questions: [] }, 'network', numbers);
  assert.deepEqual(ballot.choices.flat(), ['0', '1', '2', '3']);
  for (const is of [0, 1, 2, 3]) assert.equal(ballot.rightOf({ ink: () => is }), is);
});

test('phones ask every two seconds or so, and less often when the server is slow', () => {
  assert.equal(
    pauseAfter(20, () => 0),
    2000,
  );
  assert.equal(
    pauseAfter(20, () => 1),
    3000,
  );
  assert.equal(
    pauseAfter(1000, () => 0),
    10000,
  );
  assert.equal(
    pauseAfter(9e9, () => 0),
    20000,
  );
});

test('a poll ends with its step, in every window', () => {
  const kept = new Map();
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
  };
  const browser = { addEventListener() {} };
  const deck = createDeck(
    () => storage,
    () => {},
    browser,
  );
  deck.set({ chapter: 'neuron', step: 'pixels' });
  deck.set({ poll: { part: 0, round: 'first' } });
  assert.deepEqual(
    createDeck(
      () => storage,
      () => {},
      browser,
    ).get().poll,
    { part: 0, round: 'first' },
  );
  deck.set({ black: true });
  assert.ok(deck.get().poll);
  deck.set({ step: 'grey' });
  assert.equal(deck.get().poll, null);
  kept.set('present', '{"poll": {"part": -1, "round": "first"}}');
  assert.equal(
    createDeck(
      () => storage,
      () => {},
      browser,
    ).get().poll,
    null,
  );
});

test('a class asks, tells, votes and leaves at the addresses of its lesson', async () => {
  const sent = [];
  const send = async (url, { method = 'GET', body, keepalive } = {}) => {
    sent.push(
      [method, url, body && JSON.parse(body), keepalive].filter((each) => each !== undefined),
    );
    return new Response(JSON.stringify({ chapter: 'neuron', teacher: true }));
  };
  const lesson = createClassLesson(send);
  assert.equal((await lesson.shown()).chapter, 'neuron');
  assert.equal(await lesson.isTeacher(), true);
  await lesson.show({ chapter: 'neuron' });
  await lesson.vote(3, 1);
  await lesson.leave(true);
  assert.deepEqual(sent, [
    ['GET', '/api/class/lesson'],
    ['GET', '/api/class'],
    ['POST', '/api/class/lesson', { chapter: 'neuron' }],
    ['POST', '/api/class/votes', { poll: 3, choice: 1 }],
    ['DELETE', '/api/class/lesson', true],
  ]);
});

test('who looks is told what the class is shown and asks again, who looks elsewhere does not ask', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const page = { hidden: false };
  const before = globalThis.document;
  globalThis.document = page;
  t.after(() => (globalThis.document = before));
  let asked = 0;
  const told = [];
  const lesson = {
    shown: async () => {
      asked += 1;
      if (asked === 2) throw new Error('the network is down');
      return asked;
    },
  };
  const turn = async () => {
    t.mock.timers.tick(3000);
    for (let i = 0; i < 5; i++) await null;
  };
  await watchLesson(lesson, (now) => void told.push(now));
  await turn();
  await turn();
  assert.deepEqual(told, [1, 3], 'what fails is asked again');
  page.hidden = true;
  await turn();
  await turn();
  assert.equal(asked, 3);
  page.hidden = false;
  await turn();
  assert.deepEqual(told, [1, 3, 4]);
});
