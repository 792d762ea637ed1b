import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scrollTo } from '../../static/js/draw/play/follow.js';
import { hasStrip } from '../../static/js/draw/phone/strip.js';

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
