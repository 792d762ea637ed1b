import assert from 'node:assert/strict';
import { test } from 'node:test';
import { persist } from '../../static/js/server/persist.js';

function harness(outcomes, isWanted = () => true) {
  const told = [];
  const waits = [];
  let tries = 0;
  const done = persist(
    async () => {
      const outcome = outcomes[tries++];
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    {
      onStatus: (status, detail) => told.push(detail ? `${status}: ${detail}` : status),
      isFinal: (error) => error.final === true,
      isWanted: () => isWanted(tries),
      pauses: [1, 2],
      wait: async (delay) => waits.push(delay),
    },
  );
  return { done, told, waits, tries: () => tries };
}

test('what fails is tried again, ever more slowly, until it works', async () => {
  const { done, told, waits } = harness([new Error('a'), new Error('b'), new Error('c'), 'reply']);
  assert.equal(await done, 'reply');
  assert.deepEqual(waits, [1, 2, 2]);
  assert.deepEqual(told, ['failing', 'failing', 'failing', 'ok']);
});

test('a refusal is told and ends it', async () => {
  const { done, told, tries } = harness([Object.assign(new Error('no'), { final: true })]);
  assert.equal(await done, undefined);
  assert.equal(tries(), 1);
  assert.deepEqual(told, ['refused: no']);
});

test('what is no longer wanted is not tried again, and a reply to it is dropped', async () => {
  const failed = harness([new Error('a'), 'reply'], (tries) => tries < 1);
  assert.equal(await failed.done, undefined);
  assert.equal(failed.tries(), 1);
  assert.equal(failed.told.at(-1), 'ok');
  const late = harness(['reply'], (tries) => tries < 1);
  assert.equal(await late.done, undefined);
});
