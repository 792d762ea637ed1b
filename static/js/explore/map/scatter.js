// A map that can be zoomed, walked through and pointed into: dots below, what moves above, so that the
// pen costs nothing but its own dot.

import { fitCanvas, make, onRatio } from '../../page/dom.js';
import {
  between,
  eased,
  extentOf,
  fitOf,
  isAnyIn,
  middles,
  mixInto,
  onScreen,
  startsOf,
  WHOLE,
  zoomed,
} from './frame.js';
import { takeInHand } from './hands.js';
import { paintDigits, paintDots, paintMoving, paintNames } from './paint.js';
import { createThumbs } from './thumbs.js';

/** @import { Cloud, Moving } from './paint.js' */
/** @import { Extent, Fit, Sight } from './frame.js' */

const MORPH = 700; // ms from one map to another
const SMALL = 9; // px of a digit when the whole map is seen
const MOST = 28; // pixels of a digit

/** Pixels of a digit's side. @param {number} width of the map @param {number} ratio @param {number} zoom */
const sideOf = (width, ratio, zoom) =>
  Math.min(MOST, Math.round(SMALL * ratio * Math.sqrt(zoom) * Math.max(1, width / 900)));

/** The dots, and over them what moves and is pointed at. @param {string} label */
function createCanvases(label) {
  const base = make('canvas', { 'aria-hidden': 'true' });
  const top = make('canvas', {
    tabindex: 0,
    role: 'application',
    'aria-label': label,
    'data-testid': 'map-canvas',
  });
  return { base, top, element: make('div', { class: 'scatter' }, base, top) };
}

/**
 * @param {object} events
 * @param {(place: number | null, at: [number, number] | null) => void} events.onPoint a point of the cloud, and where it stands
 * @param {(place: number) => void} events.onPick
 * @param {(isLost: boolean) => void} events.onLost whether no point is in view
 * @param {() => void} events.onRest a morph has come to its end
 * @param {(index: number) => ArrayLike<number> | null} pixelsOf a digit, null while it comes
 * @param {string} label
 */
export function createScatter(events, pixelsOf, label) {
  const { base, top, element } = createCanvases(label);
  const thumbs = createThumbs(pixelsOf);
  /** @type {Cloud | null} */
  let cloud = null;
  /** @type {Extent | null} */
  let extent = null;
  /** @type {Sight} */
  let sight = WHOLE;
  /** @type {{from: Float32Array, to: Float32Array, before: Extent, after: Extent, since: number} | null} */
  let morph = null;
  /** @type {'dots' | 'digits'} */
  let as = 'dots';
  /** @type {Moving} */
  let moving = { own: null, trail: [], near: [], pointed: null };
  /** @type {number | null} */
  let pointed = null;
  /** @type {([number, number] | null)[] | null} where each digit's name stands */
  let names = null;
  let asked = 0; // 0: nothing, 1: what moves, 2: all

  const size = () => [element.clientWidth, element.clientHeight];
  /** @returns {Fit} */
  const fit = () => fitOf(extent ?? extentOf(new Float32Array()), size()[0], size()[1], sight);

  /** @param {1 | 2} what */
  function repaint(what) {
    if (!asked) requestAnimationFrame(paint);
    asked = Math.max(asked, what);
  }

  function paint() {
    const what = asked;
    asked = 0;
    const [width, height] = size();
    if (!cloud || !width || !height) return;
    if (morph) walk();
    const now = fit();
    if (what === 2) {
      paintBase(now, width, height);
      events.onLost(cloud.points.length > 0 && !isAnyIn(cloud.points, now, width, height));
    }
    const context = fitCanvas(top, width, height);
    context.clearRect(0, 0, width, height);
    if (names) paintNames(context, names, now, moving.own);
    paintMoving(context, { ...moving, pointed: placeOf(pointed) }, now);
  }

  /** @param {Fit} now @param {number} width @param {number} height */
  function paintBase(now, width, height) {
    if (!cloud) return;
    const context = fitCanvas(base, width, height);
    const ratio = base.width / width;
    const side = sideOf(width, ratio, sight.zoom);
    if (as === 'dots') paintDots(context, cloud, now, ratio);
    else paintDigits(context, cloud, now, ratio, side, thumbs(side));
    names = sight.zoom < 4 ? middles(cloud.points, cloud.labels) : null;
  }

  /** One step of a morph. */
  function walk() {
    if (!morph || !cloud) return;
    const share = Math.min(1, (performance.now() - morph.since) / MORPH);
    mixInto(morph.from, morph.to, eased(share), cloud.points);
    extent = between(morph.before, morph.after, eased(share));
    if (share < 1) return repaint(2);
    morph = null;
    events.onRest();
  }

  /** @param {number | null} place @returns {[number, number] | null} */
  const placeOf = (place) =>
    cloud && place !== null ? [cloud.points[2 * place], cloud.points[2 * place + 1]] : null;

  /** @param {number | null} place */
  function point(place) {
    if (place === pointed) return;
    pointed = place;
    const at = placeOf(place);
    events.onPoint(place, at && onScreen(fit(), ...at));
    repaint(1);
  }

  /** @param {Sight} next */
  function see(next) {
    sight = next;
    pointed = null;
    events.onPoint(null, null);
    top.style.touchAction = sight.zoom > 1 ? 'none' : '';
    repaint(2);
  }

  takeInHand(top, element, {
    points: () => cloud?.points ?? null,
    fit,
    size,
    sight: () => sight,
    see,
    pointed: () => pointed,
    point,
    onPick: events.onPick,
  });
  const watcher = new ResizeObserver(() => repaint(2));
  watcher.observe(element);
  const stop = onRatio(() => repaint(2));

  return {
    element,
    /** Another map, or other colours: the digits walk to their new places.
     * @param {Omit<Cloud, 'points'> & {points: Float32Array}} next @param {boolean} isSame the points are those that stand there */
    show(next, isSame) {
      const after = extentOf(next.points);
      const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (isSame && cloud) cloud = { ...next, points: cloud.points };
      else if (cloud && extent && !isStill && next.points.length) {
        const from = startsOf(cloud, next);
        morph = { from, to: next.points, before: extent, after, since: performance.now() };
        cloud = { ...next, points: from.slice() };
      } else {
        cloud = { ...next, points: next.points.slice() };
        extent = after;
        morph = null;
        queueMicrotask(events.onRest);
      }
      element.dataset.points = String(next.labels.length);
      repaint(2);
    },
    /** @param {Moving} next */
    move(next) {
      moving = next;
      if (next.own) element.dataset.own = next.own.map((value) => value.toFixed(4)).join(' ');
      else delete element.dataset.own;
      repaint(1);
    },
    /** @param {'dots' | 'digits'} next */
    paintAs(next) {
      if (next !== as) repaint(2);
      as = next;
    },
    repaint: () => repaint(2),
    /** All of it is seen. */
    whole: () => sight !== WHOLE && see(WHOLE),
    /** @param {number} factor */
    zoom: (factor) => see(factor === 0 ? WHOLE : zoomed(sight, factor, 0, 0)),
    destroy() {
      watcher.disconnect();
      stop();
    },
  };
}
