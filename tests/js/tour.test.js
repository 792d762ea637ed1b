import assert from 'node:assert/strict';
import { test } from 'node:test';
import { above, innerOf, placeFor } from '../../static/js/draw/tour.js';

const CARD = { width: 320, height: 160 };
const SCREEN = { width: 1366, height: 625 };

test('the card stands beside what it is about, within the screen, and does not cover it', () => {
  const boxes = [
    [328, 200, 552, 420],
    [660, 80, 860, 560],
    [960, 80, 1010, 560],
    [1114, 60, 1346, 610],
    [20, 560, 900, 620],
    [20, 10, 1300, 60],
  ];
  for (const [left, top, right, bottom] of boxes) {
    const at = placeFor({ left, top, right, bottom }, CARD, SCREEN);
    assert.ok(at.left >= 8 && at.left + CARD.width <= SCREEN.width - 8, String([left, at.left]));
    assert.ok(at.top >= 8 && at.top + CARD.height <= SCREEN.height - 8, String([top, at.top]));
    const covers =
      at.left < right &&
      at.left + CARD.width > left &&
      at.top < bottom &&
      at.top + CARD.height > top;
    assert.ok(!covers, String([left, top]));
  }
});

test('a card covers least of what else is to be seen', () => {
  const hidden = { left: 646, top: 117, right: 834, bottom: 389 };
  const input = { left: 296, top: 155, right: 492, bottom: 351 };
  const output = { left: 988, top: 120, right: 1036, bottom: 386 };
  const said = { left: 296, top: 390, right: 1066, bottom: 420 };
  const result = { left: 1114, top: 66, right: 1346, bottom: 490 };
  const pad = { left: 20, top: 93, right: 260, bottom: 440 };
  const seen = [input, output, result, said];
  const at = placeFor(hidden, CARD, SCREEN, [pad, ...seen]);
  assert.deepEqual(at, { left: 523, top: 457 }, 'the pad, on which one is to draw, is free');
  const bar = { left: 284, top: 430, right: 1090, bottom: 490 };
  const beside = placeFor(hidden, CARD, SCREEN, [pad, bar, ...seen]);
  assert.deepEqual(beside, { left: 8, top: 457 }, 'and nearly all of what plays');
  assert.deepEqual(placeFor(hidden, CARD, SCREEN), { left: 846, top: 117 });
});

test('where there is no room beside it, the card stands at the bottom', () => {
  const at = placeFor({ left: 0, top: 0, right: 390, bottom: 844 }, CARD, {
    width: 390,
    height: 844,
  });
  assert.deepEqual(at, { left: 35, top: 844 - 160 - 8 });
});

test('of what is higher than the screen the ring ends above the card', () => {
  const box = { left: 0, top: 100, right: 390, bottom: 1400 };
  assert.deepEqual(above(box, 640), { ...box, bottom: 640 });
  assert.deepEqual(above({ ...box, bottom: 300 }, 640), { ...box, bottom: 300 });
});

test('what lies between input and output is told as what it is', () => {
  const conv = { kind: 'conv2d', arithmetic: 'sum', shape: [28, 28, 8], window: {} };
  const dense = { kind: 'dense', arithmetic: 'sum', shape: [16] };
  const lstm = { kind: 'lstm', arithmetic: 'gates', shape: [28, 64] };
  const of = (problem, ...layers) => innerOf({ problem, layers });
  assert.equal(of('digits', dense, dense), 'hidden');
  assert.equal(of('digits', conv, dense), 'conv');
  assert.equal(of('digits', lstm, dense), 'lstm');
  assert.equal(of('pen', lstm, dense), 'pen');
  assert.equal(innerOf(null), 'hidden');
});
