import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFollower } from '../../static/js/follow.js';

/** A follower whose requests and clock are in the test's hands. */
function harness() {
  const requests = [];
  const timers = [];
  const replies = [];
  const seen = { status: 'ok', stale: false };
  const follower = createFollower({
    request: (wanted) =>
      new Promise((resolve, reject) => requests.push({ wanted, resolve, reject })),
    onReply: (reply) => replies.push(reply),
    onStatus: (change) => Object.assign(seen, change),
    isFinal: (error) => error.final === true,
    setTimer: (callback, delay) => {
      const timer = { callback, delay, live: true };
      timers.push(timer);
      return timer;
    },
    clearTimer: (timer) => {
      timer.live = false;
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const fire = (delay) => {
    for (const timer of timers.filter((each) => each.live && each.delay === delay)) {
      timer.live = false;
      timer.callback();
    }
  };
  return { follower, requests, replies, seen, settle, fire, timers };
}

test('one request is in flight and the newest drawing wins', async () => {
  const { follower, requests, replies, settle } = harness();
  follower.want('a');
  follower.want('b');
  follower.want('c');
  assert.deepEqual(requests.map(({ wanted }) => wanted), ['a']);
  requests[0].resolve('A');
  await settle();
  assert.deepEqual(requests.map(({ wanted }) => wanted), ['a', 'c']);
  requests[1].resolve('C');
  await settle();
  assert.deepEqual(replies, ['A', 'C']);
  assert.equal(requests.length, 2);
});

test('a reply to a drawing that was cleared is dropped', async () => {
  const { follower, requests, replies, settle, seen } = harness();
  follower.want('a');
  follower.forget();
  requests[0].resolve('A');
  await settle();
  assert.deepEqual(replies, []);
  assert.equal(seen.stale, false);
});

test('what is wanted after a clear is asked for when the old request is back', async () => {
  const { follower, requests, replies, settle } = harness();
  follower.want('a');
  follower.forget();
  follower.want('b');
  assert.equal(requests.length, 1);
  requests[0].resolve('A');
  await settle();
  requests[1].resolve('B');
  await settle();
  assert.deepEqual(replies, ['B']);
});

test('an answer is marked as outdated while a newer drawing waits', async () => {
  const { follower, requests, settle, seen, fire } = harness();
  follower.want('a');
  fire(300);
  assert.equal(seen.stale, true);
  requests[0].resolve('A');
  await settle();
  assert.equal(seen.stale, false);
});

test('a slow server is shown and forgotten when it answers', async () => {
  const { follower, requests, settle, seen, fire } = harness();
  follower.want('a');
  fire(1500);
  assert.equal(seen.status, 'slow');
  requests[0].resolve('A');
  await settle();
  assert.equal(seen.status, 'ok');
});

test('a failing server is asked again, ever more slowly, for the newest drawing', async () => {
  const { follower, requests, replies, settle, seen, fire } = harness();
  follower.want('a');
  requests[0].reject(new Error('network'));
  await settle();
  assert.equal(seen.status, 'failing');
  assert.equal(seen.stale, true);
  follower.want('b');
  assert.equal(requests.length, 1);
  fire(300);
  assert.equal(requests[1].wanted, 'b');
  requests[1].reject(new Error('network'));
  await settle();
  fire(300);
  assert.equal(requests.length, 2);
  fire(1000);
  requests[2].resolve('B');
  await settle();
  assert.deepEqual(replies, ['B']);
  assert.equal(seen.status, 'ok');
  assert.equal(seen.stale, false);
});

test('a refusal is told and not asked again until something new is wanted', async () => {
  const { follower, requests, settle, seen } = harness();
  follower.want('a');
  requests[0].reject(Object.assign(new Error('too many points'), { final: true }));
  await settle();
  assert.equal(seen.status, 'refused');
  assert.equal(seen.detail, 'too many points');
  assert.equal(requests.length, 1);
  follower.want('b');
  requests[1].resolve('B');
  await settle();
  assert.equal(seen.status, 'ok');
});
