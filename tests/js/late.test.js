import assert from 'node:assert/strict';
import test from 'node:test';
import { afterFirst, createLate } from '../../static/js/page/late.js';

test('what comes late is fetched once, and acts in the order in which it was asked', async () => {
  let fetched = 0;
  /** @type {string[]} */
  const done = [];
  const late = createLate(async () => {
    fetched += 1;
    return { draw: (/** @type {string} */ what) => done.push(what), clear: () => done.push('-') };
  });
  const [draw, clear] = [late('draw'), late('clear')];
  await Promise.all([draw('a'), clear(), draw('b')]);
  assert.deepEqual(done, ['a', '-', 'b']);
  assert.equal(fetched, 1);
});

test('what could not be had is fetched again with the next ask', async () => {
  let fetched = 0;
  let told = 0;
  const tell = createLate(async () => {
    fetched += 1;
    if (fetched === 1) throw new Error('no way to the server');
    return { tell: () => (told += 1) };
  })('tell');
  await tell(); // nothing happens, and nothing is thrown
  assert.deepEqual([fetched, told], [1, 0]);
  await tell();
  assert.deepEqual([fetched, told], [2, 1]);
});

test('what waits for the first picture is tried again, ever more rarely, until it comes', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const before = globalThis.document;
  globalThis.document = /** @type {any} */ ({ addEventListener() {}, removeEventListener() {} });
  t.after(() => (globalThis.document = before));
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  let tries = 0;
  afterFirst(async () => {
    tries += 1;
    if (tries < 3) throw new Error('no way to the server');
  });
  const after = [];
  for (const wait of [2499, 1, 2499, 1, 4999, 1, 60_000]) {
    t.mock.timers.tick(wait);
    await settled();
    after.push(tries);
  }
  assert.deepEqual(after, [0, 1, 1, 2, 2, 3, 3]);
});
