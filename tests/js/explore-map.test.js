// Where a map puts its digits, which is meant, and how it moves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictOf } from '../../static/js/explore/map/faith.js';
import {
  clearOf,
  extentOf,
  fitOf,
  isAnyIn,
  middles,
  mixInto,
  nearestTo,
  onScreen,
  startsOf,
  towards,
  WHOLE,
  zoomed,
} from '../../static/js/explore/map/frame.js';
import { takeInHand } from '../../static/js/explore/map/hands.js';
import { createThumbs, shrunk } from '../../static/js/explore/map/thumbs.js';
import { createTrail } from '../../static/js/explore/map/trail.js';

test('a map fits its window with its shape kept, up is up, and a zoom keeps what is under the pointer', () => {
  const points = Float32Array.of(0, 0, 10, 5, 10, 0, 5, 2.5);
  const extent = extentOf(points);
  const fit = fitOf(extent, 456, 256, WHOLE);
  assert.equal(fit.scale, 40);
  assert.deepEqual(onScreen(fit, 0, 0), [28, 228]);
  assert.deepEqual(onScreen(fit, 10, 5), [428, 28]);
  const before = [100, 60]; // from the middle
  const sight = zoomed(WHOLE, 2, ...before);
  const [x, y] = onScreen(
    fitOf(extent, 456, 256, sight),
    (228 + 100 - fit.left) / fit.scale,
    (fit.top - 128 - 60) / fit.scale,
  );
  assert.ok(Math.hypot(x - 328, y - 188) < 1e-6);
  assert.deepEqual(zoomed(sight, 0.01, 0, 0), WHOLE, 'never smaller than the whole');
});

test('the dot that is meant is the nearest, and arrows go to the next one that way', () => {
  const points = Float32Array.of(0, 0, 1, 0, 5, 0.2, 0, 1, -2, -2);
  const fit = fitOf(extentOf(points), 400, 400, WHOLE);
  assert.equal(nearestTo(points, fit, ...onScreen(fit, 1.01, 0), 14), 1);
  assert.equal(nearestTo(points, fit, ...onScreen(fit, 3, 1.5), 14), null);
  assert.equal(towards(points, 0, 'ArrowRight'), 1);
  assert.equal(towards(points, 0, 'ArrowUp'), 3);
  assert.equal(towards(points, 2, 'ArrowRight'), null);
});

test('from map to map each digit walks from where it stood', () => {
  const before = { points: Float32Array.of(1, 1, 2, 2), indices: Uint16Array.of(7, 9) };
  const after = { points: Float32Array.of(5, 5, 6, 6, 7, 7), indices: Uint16Array.of(9, 4, 7) };
  const starts = startsOf(before, after);
  assert.deepEqual([...starts], [2, 2, 6, 6, 1, 1]);
  assert.deepEqual(
    [...mixInto(starts, after.points, 0.5, new Float32Array(6))],
    [3.5, 3.5, 6, 6, 4, 4],
  );
});

test('a digit is named where most of its points are, not where one strays', () => {
  const found = middles(Float32Array.of(0, 0, 1, 1, 100, 100), Uint8Array.of(4, 4, 4));
  assert.deepEqual(found[4], [1, 1]);
  assert.equal(found[0], null);
});

test('a small digit is the mean of what lies under each of its cells, and is made once', () => {
  const pixels = Uint8Array.from({ length: 784 }, (_, i) => (i % 28 < 14 ? 200 : 0));
  assert.deepEqual([...shrunk(pixels, 2)], [200, 0, 200, 0]);
  assert.deepEqual([...shrunk(pixels, 28)], [...pixels]);
  assert.equal(shrunk(pixels, 9).length, 81);
  let asked = 0;
  const thumbs = createThumbs((index) => (index === 7 ? null : (asked++, pixels)));
  assert.equal(thumbs(9)(3), thumbs(9)(3));
  assert.equal(asked, 1);
  assert.equal(thumbs(9)(7), null, 'still on its way');
});

test('the trail is of one stroke and one map, and what is put on the pad has none', () => {
  const trail = createTrail();
  trail.follow([0, 0], false, 'a', true);
  trail.follow([1, 0], true, 'a', false);
  trail.follow([2, 0], true, 'a', true);
  trail.follow([2, 1], false, 'a', false); // lifted, and the last answer is still to come
  trail.follow([2, 2], false, 'a', true);
  const way = [1, 2].map((x) => [x, 0]);
  assert.deepEqual(trail.points(), [...way, [2, 1], [2, 2]]);
  trail.follow([2, 2], false, 'a', true);
  assert.equal(trail.points().length, 4, 'it stays');
  trail.follow([9, 9], false, 'a', false);
  assert.deepEqual(trail.points(), [[9, 9]], 'a digit that was clicked did not come by a way');
  trail.follow([3, 0], true, 'b', true);
  assert.deepEqual(trail.points(), [[3, 0]]);
  trail.follow(null, true, 'b', false);
  assert.deepEqual(trail.points(), []);
});

test('it is known when no dot is in view', () => {
  const points = Float32Array.of(0, 0, 10, 0);
  const seen = (/** @type {number} */ x) =>
    isAnyIn(points, fitOf(extentOf(points), 400, 300, { zoom: 4, x, y: 0 }), 400, 300);
  assert.deepEqual([seen(0), seen(700), seen(-700), seen(3000)], [false, true, true, false]);
  assert.equal(isAnyIn(points, fitOf(extentOf(points), 400, 300, WHOLE), 400, 300), true);
});

test('the wheel scrolls the page until the map is clicked, and with Ctrl zooms at once', () => {
  const top = /** @type {any} */ (new EventTarget());
  top.getBoundingClientRect = () => ({ left: 0, top: 0 });
  top.setPointerCapture = () => {};
  let sight = WHOLE;
  takeInHand(top, /** @type {any} */ ({}), {
    points: () => null,
    fit: () => fitOf(extentOf(new Float32Array()), 400, 300, sight),
    size: () => [400, 300],
    sight: () => sight,
    see: (next) => (sight = next),
    pointed: () => null,
    point: () => {},
    onPick: () => {},
  });
  const send = (/** @type {string} */ name, more = {}) => {
    const event = new Event(name, { cancelable: true });
    Object.assign(event, { clientX: 100, clientY: 100, pointerId: 1, button: 0, ...more });
    top.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const wheel = (/** @type {number} */ deltaY, ctrlKey = false) =>
    send('wheel', { deltaY, ctrlKey });
  assert.deepEqual([wheel(100), wheel(-100), wheel(-100), sight.zoom], [false, false, false, 1]);
  assert.equal(wheel(-100, true), true);
  assert.ok(sight.zoom > 1);
  const { zoom } = sight;
  assert.equal(wheel(-100), false, 'zoomed in, the page scrolls on all the same');
  assert.equal(sight.zoom, zoom);
  send('pointerdown');
  send('pointerup');
  assert.equal(wheel(-100), true);
  assert.ok(sight.zoom > zoom);
  send('pointerleave', { pointerType: 'touch' });
  assert.equal(wheel(100), false, 'it was left');
});

test('the name of a digit keeps clear of the dot of the drawing', () => {
  assert.deepEqual(clearOf([100, 100], [0, 0], 26), [100, 100]);
  assert.deepEqual(clearOf([13, 0], [0, 0], 26), [26, 0]);
  assert.deepEqual(clearOf([5, 5], [5, 5], 26), [5, -21]);
});

test('a map is believed as far as the neighbours that agree in the layer agree in it', () => {
  const of = (/** @type {number} */ map, /** @type {number} */ layer) => verdictOf({ map, layer });
  assert.deepEqual(
    [of(0.97, 0.98), of(0.9, 0.98), of(0.668, 0.952), of(0.4, 0.41)],
    ['good', 'some', 'poor', 'good'],
    'a layer that tells little apart is still kept',
  );
});
