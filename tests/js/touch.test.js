import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointAt } from '../../static/js/page/touch/finger.js';
import { keepSwipes } from '../../static/js/page/touch/swipes.js';
import { wakeByTap } from '../../static/js/views/pad/wake.js';

/** @param {string} type @param {object} about */
const event = (type, about = {}) => Object.assign(new Event(type), about);

/** A picture, what happens on it, and what that points at. @param {[string, number, number][]} happens */
function pointed(happens, pointerType = 'touch') {
  const picture = new EventTarget();
  const seen = [];
  pointAt(picture, (at) => seen.push(at && [at.clientX, at.clientY]));
  for (const [type, clientX, clientY] of happens)
    picture.dispatchEvent(event(`pointer${type}`, { pointerType, clientX, clientY }));
  return seen;
}

test('a finger that scrolls over a picture points at nothing', () => {
  const swipe = [
    ['down', 50, 50],
    ['move', 52, 44],
    ['move', 54, 30],
    ['cancel', 54, 30],
    ['leave', 54, 30],
  ];
  assert.deepEqual(pointed(swipe), []);
});

test('a finger that taps or goes sideways points, and what it chose stays', () => {
  assert.deepEqual(
    pointed([
      ['down', 50, 50],
      ['up', 51, 50],
      ['leave', 51, 50],
    ]),
    [[51, 50]],
  );
  const wipe = [
    ['down', 50, 50],
    ['move', 54, 50],
    ['move', 70, 52],
    ['move', 72, 80],
  ];
  assert.deepEqual(pointed(wipe), [
    [70, 52],
    [72, 80],
  ]);
});

test('a mouse points where it is, and at nothing once it has left', () => {
  const moves = [
    ['move', 1, 2],
    ['leave', 9, 9],
  ];
  assert.deepEqual(pointed(moves, 'mouse'), [[1, 2], null]);
});

/** A slider at 5, touched and moved, and how that ends. @param {string} pointerType @param {string} end */
function swiped(pointerType, end) {
  const page = new EventTarget();
  const slider = Object.assign(new EventTarget(), { type: 'range', value: '5' });
  const told = [];
  for (const type of ['input', 'change'])
    slider.addEventListener(type, () => told.push(`${type} ${slider.value}`));
  const on = (type) =>
    Object.defineProperty(event(type, { pointerType }), 'target', { value: slider });
  keepSwipes({ addEventListener: (type, listener) => page.addEventListener(type, listener) });
  const send = (type) => {
    const sent = on(type);
    page.dispatchEvent(sent);
  };
  send('pointerdown');
  slider.value = '8';
  send(end);
  return { value: slider.value, told };
}

test('a slider goes back when the finger on it turns out to scroll, and says so', () => {
  assert.deepEqual(swiped('touch', 'pointercancel'), { value: '5', told: ['input 5', 'change 5'] });
  assert.deepEqual(swiped('touch', 'pointerup'), { value: '8', told: [] });
  assert.deepEqual(swiped('mouse', 'pointercancel'), { value: '8', told: [] });
});

/** A pad in a page, what is drawn on it, and whether it sleeps.
 * @param {boolean} isColumn the page is one column, which a finger scrolls over the pad */
function sleeping(isColumn) {
  const classes = new Set();
  const inside = { pad: true };
  const pad = Object.assign(new EventTarget(), {
    classList: {
      toggle: (/** @type {string} */ name, /** @type {boolean} */ on) =>
        classes[on ? 'add' : 'delete'](name),
    },
    parentElement: { contains: (/** @type {unknown} */ node) => node === inside },
  });
  const root = new EventTarget();
  wakeByTap(pad, { matches: () => isColumn, root });
  /** Whether a pointer that goes down on the pad begins a stroke. */
  const draws = (/** @type {string} */ pointerType) => {
    let isHeard = true;
    const down = event('pointerdown', { pointerType, stopPropagation: () => (isHeard = false) });
    pad.dispatchEvent(down);
    return isHeard;
  };
  /** @param {unknown} target */
  const touch = (target, pointerType = 'touch') => {
    const down = event('pointerdown', { pointerType });
    Object.defineProperty(down, 'target', { value: target });
    root.dispatchEvent(down);
  };
  return { pad, inside, draws, touch, isAsleep: () => classes.has('asleep') };
}

test('a finger draws on a pad in a page that scrolls only after a tap, until it touches something else', () => {
  const { pad, inside, draws, touch, isAsleep } = sleeping(true);
  assert.ok(isAsleep());
  assert.ok(!draws('touch')); // a swipe
  assert.ok(draws('mouse') && draws('pen'));
  pad.dispatchEvent(event('click'));
  assert.ok(!isAsleep());
  assert.ok(draws('touch'));
  touch(inside); // the pad, or its tools
  touch({}, 'mouse');
  assert.ok(draws('touch'));
  touch({});
  assert.ok(isAsleep());
  assert.ok(!draws('touch'));
});

test('where the page does not scroll under the pad a finger draws at once', () => {
  assert.ok(sleeping(false).draws('touch'));
});
