import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSpeech } from '../../static/js/page/speech.js';

const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const STATE = { reading: 'first', penDown: false, stale: false, status: 'ok' };

test('the result is said once it rests, not while the pen is down or the answer is outdated', async () => {
  const line = { textContent: '' };
  const speech = createSpeech(line, ({ reading }) => `It is ${reading}`, 1);
  for (const change of [{ penDown: true }, { stale: true }, { status: 'failing' }]) {
    speech.update({ ...STATE, ...change });
    await rest(10);
    assert.equal(line.textContent, '');
  }
  speech.update(STATE);
  await rest(10);
  assert.equal(line.textContent, 'It is first');
});

test('of results that follow one another only the last is said', async () => {
  const said = [];
  const line = {
    set textContent(text) {
      said.push(text);
    },
  };
  const speech = createSpeech(line, ({ reading }) => reading, 1);
  for (const reading of ['a', 'b', 'c']) speech.update({ ...STATE, reading });
  await rest(10);
  assert.deepEqual(said, ['c']);
});

test('a cleared pad is said at once: the answer before must not be heard any more', async () => {
  const line = { textContent: '' };
  const speech = createSpeech(line, ({ reading }) => reading ?? 'empty', 1);
  speech.update({ ...STATE, reading: 'a' });
  await rest(10);
  speech.update({ ...STATE, reading: null });
  assert.equal(line.textContent, 'empty');
  await rest(10);
  assert.equal(line.textContent, 'empty');
});
