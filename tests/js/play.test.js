import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPlayer } from '../../static/js/draw/play/player.js';
import { momentAt, stagesOf, timesOf } from '../../static/js/draw/play/timeline.js';
import { createClock } from './clock.js';

const MLP = stagesOf(
  [
    { name: 'input', shape: [28, 28] },
    { name: 'hidden1', shape: [16] },
    { name: 'output', shape: [10] },
  ],
  null,
);
const LSTM = stagesOf(
  [
    { name: 'input', shape: [28, 28] },
    { name: 'lstm', shape: [28, 64] },
    { name: 'output', shape: [10] },
  ],
  null,
);

/** Let time pass in frames of 20 ms. */
async function run(clock, ms) {
  for (let t = 0; t < ms; t += 20) {
    await clock.pass(20);
    await clock.paint();
  }
}

function start(stages, still = false, stays = () => false) {
  const clock = createClock();
  const seen = [];
  const player = createPlayer(clock, stays, (moment, playing) =>
    seen.push({ ...moment, ended: moment === null, playing }),
  );
  player.play(stages, 'normal', still);
  return { clock, player, seen, last: () => seen.at(-1) };
}

test('layers come one after the other, each rests, and all is shown at the end', async () => {
  const { clock, seen, last, player } = start(MLP);
  await run(clock, 12000);
  assert.equal(last().ended, true);
  assert.equal(player.isOn(), false);
  const stages = seen.filter(({ ended }) => !ended).map(({ stage }) => stage);
  assert.deepEqual([...new Set(stages)], [0, 1, 2]);
  assert.deepEqual(stages, [...stages].sort());
  const shares = seen.filter(({ stage }) => stage === 1).map(({ share }) => share);
  assert.ok(shares[0] < 0.2 && shares.at(-1) === 1);
});

test('an LSTM is read row by row, up to the row that is asked for', () => {
  const { start: from, rest } = timesOf(LSTM, 1, 'normal', false);
  const rows = [];
  for (let time = from; time < rest; time += 10)
    rows.push(momentAt(LSTM, time, 'normal', false).row);
  assert.deepEqual(
    [...new Set(rows)],
    Array.from({ length: 28 }, (_, i) => i + 1),
  );
  const early = stagesOf(
    [
      { name: 'input', shape: [28, 28] },
      { name: 'lstm', shape: [28, 64] },
    ],
    5,
  );
  assert.equal(early[1].rows, 5);
});

test('it pauses where it is, goes on, steps on and back', async () => {
  const { clock, player, last } = start(MLP);
  await run(clock, 3200);
  player.pause();
  const { stage, share } = last();
  await run(clock, 9000);
  assert.deepEqual([last().stage, last().share, last().playing], [stage, share, false]);
  player.back();
  assert.deepEqual([last().stage, last().share], [0, 1]);
  player.forward();
  await run(clock, 9000);
  assert.deepEqual([last().stage, last().share, last().playing], [1, 1, false]);
  player.resume();
  await run(clock, 12000);
  assert.equal(last().ended, true);
});

test('the step after the last layer ends it; another speed keeps the place', async () => {
  const { clock, player, last } = start(MLP);
  await run(clock, 3250);
  const before = last();
  player.setSpeed('fast');
  assert.equal(last().stage, before.stage);
  assert.ok(Math.abs(last().share - before.share) < 0.1);
  player.forward();
  player.forward();
  assert.equal(last().ended, true);
});

test('without motion every layer is there at once', async () => {
  const { clock, seen } = start(MLP, true);
  await run(clock, 12000);
  assert.ok(seen.every(({ ended, share, moves }) => ended || (share === 1 && !moves)));
});

test('where its controls would vanish under a finger a pass rests at its end, and plays anew from there', async () => {
  const { clock, player, last } = start(MLP, false, () => true);
  await run(clock, 20000);
  assert.deepEqual([last().stage, last().ended, last().playing], [2, false, false]);
  player.resume();
  assert.deepEqual([last().stage, last().playing], [0, true]);
  player.stop();
  assert.equal(last().ended, true);
});
