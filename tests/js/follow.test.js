import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFollower } from '../../static/js/server/follower.js';
import { createClock } from './clock.js';

/** A follower whose requests and clock are in the test's hands. */
function harness() {
  const clock = createClock();
  const requests = [];
  const replies = [];
  const seen = { status: 'ok', stale: false };
  const follower = createFollower({
    request: (wanted, signal) =>
      new Promise((resolve, reject) => requests.push({ wanted, signal, resolve, reject })),
    onReply: (reply) => replies.push(reply),
    onStale: (stale) => Object.assign(seen, { stale }),
    onStatus: (status, detail = '') => Object.assign(seen, { status, detail }),
    isFinal: (error) => error.final === true,
    clock,
  });
  const asked = () => requests.map(({ wanted }) => wanted);
  /** Reply to a request, and let the frame after it come. */
  const reply = async (i, text) => {
    requests[i].resolve(text);
    await clock.settle();
    await clock.paint();
  };
  const refuse = async (i, error = new Error('network')) => {
    requests[i].reject(error);
    await clock.settle();
    await clock.paint();
  };
  return { follower, clock, requests, replies, seen, asked, reply, refuse };
}

test('one request is in flight and the newest drawing wins', async () => {
  const { follower, clock, replies, asked, reply } = harness();
  follower.want('a');
  await clock.paint();
  follower.want('b');
  follower.want('c');
  await clock.paint();
  assert.deepEqual(asked(), ['a']);
  await reply(0, 'A');
  assert.deepEqual(asked(), ['a', 'c']);
  await reply(1, 'C');
  await clock.paint();
  assert.deepEqual(replies, ['A', 'C']);
  assert.deepEqual(asked(), ['a', 'c']);
});

test('there is at most one request a frame, of what is newest when the frame comes', async () => {
  const { follower, clock, requests, asked } = harness();
  follower.want('a');
  follower.want('b');
  assert.deepEqual(asked(), []);
  await clock.paint();
  assert.deepEqual(asked(), ['b']);
  follower.want('c');
  requests[0].resolve('B');
  await clock.settle();
  assert.deepEqual(asked(), ['b']);
  await clock.paint();
  assert.deepEqual(asked(), ['b', 'c']);
});

test('a reply to a drawing that was cleared is dropped and its request given up', async () => {
  const { follower, clock, requests, replies, seen, reply } = harness();
  follower.want('a');
  await clock.paint();
  follower.forget();
  assert.ok(requests[0].signal.aborted);
  await reply(0, 'A');
  assert.deepEqual(replies, []);
  assert.deepEqual(seen, { status: 'ok', detail: '', stale: false });
});

test('what is wanted after a clear does not wait for the request that was given up', async () => {
  const { follower, clock, replies, asked, reply } = harness();
  follower.want('a');
  await clock.paint();
  follower.forget();
  follower.want('b');
  await clock.paint();
  assert.deepEqual(asked(), ['a', 'b']);
  await reply(0, 'A');
  await reply(1, 'B');
  assert.deepEqual(replies, ['B']);
});

test('an answer is outdated when nothing came for the time it may be, and current again after', async () => {
  const { follower, clock, seen, reply } = harness();
  follower.want('a');
  await clock.paint();
  await clock.pass(299);
  assert.equal(seen.stale, false);
  await clock.pass(1);
  assert.equal(seen.stale, true);
  await reply(0, 'A');
  assert.equal(seen.stale, false);
});

test('while the pen keeps moving, replies that are prompt keep the answer current', async () => {
  const { follower, clock, seen, reply } = harness();
  for (let i = 0; i < 20; i++) {
    follower.want(i);
    await clock.paint();
    await clock.pass(50);
    follower.want(i + 0.5);
    await clock.pass(50);
    await reply(i, 'yes');
    assert.equal(seen.stale, false);
  }
});

test('an answer is outdated since the first change after the drawing that it is of', async () => {
  const { follower, clock, seen, reply } = harness();
  follower.want('a');
  await clock.paint();
  await clock.pass(10);
  follower.want('b');
  await clock.pass(90);
  await reply(0, 'A'); // b is wanted for 90 ms already
  await clock.pass(209);
  assert.equal(seen.stale, false);
  await clock.pass(1);
  assert.equal(seen.stale, true);
});

test('on a slow line the answer stays marked while the pen moves, and is current when it rests', async () => {
  const { follower, clock, seen, reply } = harness();
  const marks = [];
  follower.want(0);
  await clock.paint();
  for (let i = 0; i < 5; i++) {
    await clock.pass(10);
    follower.want(i + 1);
    await clock.pass(190);
    await reply(i, 'yes');
    await clock.pass(190);
    marks.push(seen.stale);
  }
  await reply(5, 'yes');
  marks.push(seen.stale);
  assert.deepEqual(marks, [true, true, true, true, true, false]);
});

test('a slow server is shown and forgotten when it answers', async () => {
  const { follower, clock, seen, reply } = harness();
  follower.want('a');
  await clock.paint();
  await clock.pass(1500);
  assert.equal(seen.status, 'slow');
  await reply(0, 'A');
  assert.equal(seen.status, 'ok');
});

test('a failing server is asked again, ever more slowly, for the newest drawing', async () => {
  const { follower, clock, replies, seen, asked, reply, refuse } = harness();
  follower.want('a');
  await clock.paint();
  await refuse(0);
  assert.deepEqual([seen.status, seen.stale], ['failing', true]);
  follower.want('b');
  await clock.paint();
  assert.deepEqual(asked(), ['a']);
  await clock.pass(300);
  await clock.paint();
  assert.deepEqual(asked(), ['a', 'b']);
  await refuse(1);
  await clock.pass(999);
  await clock.paint();
  assert.equal(asked().length, 2);
  await clock.pass(1);
  await clock.paint();
  await reply(2, 'B');
  assert.deepEqual(replies, ['B']);
  assert.deepEqual([seen.status, seen.stale], ['ok', false]);
});

test('a request that hangs is given up and counts as failed', async () => {
  const { follower, clock, requests, replies, seen, reply } = harness();
  follower.want('a');
  await clock.paint();
  await clock.pass(6000);
  assert.ok(requests[0].signal.aborted);
  assert.equal(seen.status, 'failing');
  await clock.pass(300);
  await clock.paint();
  await reply(0, 'late');
  await reply(1, 'A');
  assert.deepEqual(replies, ['A']);
});

test('with reason to hope the next try comes at once', async () => {
  const { follower, clock, asked, refuse } = harness();
  follower.hurry();
  await clock.paint();
  assert.deepEqual(asked(), []);
  follower.want('a');
  await clock.paint();
  await refuse(0);
  follower.hurry();
  await clock.paint();
  assert.deepEqual(asked(), ['a', 'a']);
});

test('a refusal is told and not asked again until something new is wanted', async () => {
  const { follower, clock, seen, asked, reply, refuse } = harness();
  follower.want('a');
  await clock.paint();
  await refuse(0, Object.assign(new Error('too many points'), { final: true }));
  assert.deepEqual(seen, { status: 'refused', detail: 'too many points', stale: true });
  await clock.pass(60000);
  await clock.paint();
  assert.deepEqual(asked(), ['a']);
  follower.want('b');
  await clock.paint();
  await reply(1, 'B');
  assert.deepEqual([seen.status, seen.stale], ['ok', false]);
});

test('no timer is left behind when all is read', async () => {
  const { follower, clock, reply } = harness();
  follower.want('a');
  await clock.paint();
  await reply(0, 'A');
  assert.equal(clock.pending(), 0);
});

test('once outdated it stays so until it is nearly current again', async () => {
  const { follower, clock, seen, reply } = harness();
  follower.want('a');
  await clock.paint();
  await clock.pass(10);
  follower.want('b'); // outdates what is on its way
  await clock.pass(300);
  assert.equal(seen.stale, true);
  await reply(0, 'A'); // 300 ms old
  await clock.pass(10);
  follower.want('c');
  await clock.pass(150);
  await reply(1, 'B'); // half as old as would outdate it
  assert.equal(seen.stale, true);
  await clock.pass(10);
  follower.want('d');
  await clock.pass(50);
  await reply(2, 'C');
  assert.equal(seen.stale, false);
});
