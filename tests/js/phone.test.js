import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scrollTo } from '../../static/js/draw/play/follow.js';
import { toUncover } from '../../static/js/draw/phone/sheet.js';
import { hasStrip } from '../../static/js/draw/phone/strip.js';
import { emptyState, isSheet } from '../../static/js/state/store.js';

test('a layer in sight is not scrolled to, one out of sight comes to the middle of what is free', () => {
  const free = { top: 48, bottom: 700 };
  assert.equal(scrollTo({ top: 200, bottom: 400 }, free), 0);
  for (const top of [-900, 20, 600, 2000]) {
    const by = scrollTo({ top, bottom: top + 200 }, free);
    const [above, below] = [top - by - free.top, free.bottom - (top + 200 - by)];
    assert.equal(above, below + 40); // its name stands above it
    assert.ok(below > 0);
  }
});

test('a layer higher than the screen begins below the line with the answer', () => {
  const by = scrollTo({ top: 1500, bottom: 2600 }, { top: 48, bottom: 700 });
  assert.equal(1500 - by, 48 + 40);
});

test('the answer has a line of its own while it is out of sight and nothing else says it', () => {
  const state = { reading: { prediction: 7 }, held: null, comparing: false };
  assert.ok(hasStrip(state, false, false));
  assert.ok(!hasStrip(state, true, false)); // it is in sight
  assert.ok(!hasStrip(state, false, true)); // the sheet's head says it
  assert.ok(!hasStrip({ ...state, reading: { prediction: null } }, false, false));
  assert.ok(!hasStrip({ ...state, comparing: true }, false, false)); // each network says its own
  assert.ok(!hasStrip({ ...state, held: { layer: 'hidden1', index: 0 } }, false, false)); // not known yet
});

test('the page is scrolled only for what a sheet lies over: below, or beside on a low screen', () => {
  const [below, beside] = [
    { top: 400, left: 0 },
    { top: 0, left: 500 },
  ];
  assert.equal(toUncover({ top: 200, bottom: 220 }, below, 844), 0);
  assert.ok(toUncover({ top: 500, bottom: 520 }, below, 844) > 120);
  assert.equal(toUncover({ top: 300, bottom: 320 }, beside, 390), 0); // nothing lies on it
  const by = toUncover({ top: 600, bottom: 620 }, beside, 390);
  assert.ok(620 - by < 390 && 600 - by > 0);
});

test('a neuron that is kept lies in a sheet, an input does not: its value stands where it was tapped', () => {
  const state = emptyState();
  assert.ok(!isSheet(state));
  assert.ok(isSheet({ ...state, selected: { layer: 'hidden1', index: 3 } }));
  assert.ok(!isSheet({ ...state, selected: { layer: 'input', index: 400 } }));
});
