// Where does my drawing lie among the others? The map of any layer, in which its dot moves with the
// pen; the same digits walk from layer to layer, and one sees them come apart.

import { toldOf } from '../digits/selection.js';
import { digitWords } from '../digits/told.js';
import { followedBy } from '../follow.js';
import { createGo } from '../go.js';
import { answered, createHead, createSaid } from '../head.js';
import { valueOf } from '../shelf.js';
import { onDraw, subjectOf, testDigit } from '../subject.js';
import { createTable } from '../table.js';
import { createWaiting } from '../waiting.js';
import { layerAt, layersOf } from '../layers.js';
import { companionKeys, keys, methodAt, NEAREST } from '../wants.js';
import { make, say } from '../../page/dom.js';
import { isBlank } from '../../state/history.js';
import { layerName } from '../../state/names.js';
import { placedWords } from './among.js';
import { createChoices } from './choices.js';
import { createFaith } from './faith.js';
import { createNearest } from './nearest.js';
import { createScatter } from './scatter.js';
import { createTrail } from './trail.js';
import { createWays } from './ways.js';
import { createLost, createZooms } from './zooms.js';
import { createChanged } from '../../state/store.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { ExploreState, MapOf, Placed } from '../types.js' */
/** @import { Create } from '../rooms.js' */

/** Which of a map's digits are misread, where that is asked for.
 * @param {ExploreState} now @param {MapOf | null} map @returns {Uint8Array | null} */
function misread(now, map) {
  const subject = subjectOf(now);
  const [labels, told] = [
    valueOf(now, keys.labels('test')),
    subject && valueOf(now, keys.predictions(subject, 'test')),
  ];
  if (now.place.options.by !== 'wrong' || !labels || !told || !map) return null;
  return Uint8Array.from(map.indices, (index) =>
    Number(labels.labels[index] !== told.predictions[index]),
  );
}

/** A digit of the map in words. @param {ExploreState | null} state @param {number} index
 * @param {Translate} t @param {Numbers} numbers */
function wordsOf(state, index, t, numbers) {
  const subject = state && subjectOf(state);
  return digitWords(
    toldOf(
      state && valueOf(state, keys.labels('test')),
      state && subject ? valueOf(state, keys.predictions(subject, 'test')) : null,
      index,
    ),
    t,
    numbers,
  );
}

/** Where some digits lie, those that the map has. @param {MapOf | null} map @param {number[]} digits
 * @returns {[number, number][]} */
const spotsOf = (map, digits) =>
  digits.flatMap((index) => {
    const place = map ? map.indices.indexOf(index) : -1;
    return map && place >= 0 ? [[map.points[2 * place], map.points[2 * place + 1]]] : [];
  });

/** Every digit's place. @param {MapOf} map @param {(index: number) => string} href
 * @param {Translate} t @param {Numbers} numbers
 * @returns {Parameters<ReturnType<typeof createTable>['show']>[0]} */
const tableOf = ({ points, labels, indices }, href, t, numbers) => ({
  caption: t('map.table'),
  head: [t('table.digit'), t('table.label'), 'x', 'y'],
  count: labels.length,
  rows: (from, to) =>
    Array.from({ length: to - from }, (_, i) => {
      const at = from + i;
      const link = make(
        'a',
        { href: href(indices[at]) },
        t('digit.number', { index: numbers.whole(indices[at]) }),
      );
      return [
        link,
        String(labels[at]),
        numbers.two(points[2 * at]),
        numbers.two(points[2 * at + 1]),
      ];
    }),
});

/** What is pointed at, or what is waited for. @param {...HTMLElement} both */
const lineOf = (...both) => make('div', { class: 'map-line' }, ...both);
/** The map with what is said of it, and beside it what is next to one's own. @param {HTMLElement[]} map
 * @param {HTMLElement} side */
const bodyOf = (map, side) => make('div', { class: 'map' }, make('div', {}, ...map), side);

/** @type {Create} */
export function create(container, page, t, numbers) {
  /** @type {ExploreState | null} */
  let state = null;
  /** @type {MapOf | null} */
  let map = null;
  const choices = createChoices(page, t);
  const ways = createWays(page, t);
  const answer = createSaid('map-answer');
  const waiting = createWaiting(page, t, numbers);
  const go = createGo(t);
  const said = make(
    'p',
    { class: 'grid-said small', 'aria-live': 'polite', 'data-testid': 'map-said' },
    t('map.point'),
  );
  const scatter = createScatter(
    {
      onPoint,
      onPick: (place) => map && page.onDigit(map.indices[place]),
      onLost: (isLost) => (lost.element.hidden = !isLost),
      onRest: ways.rest,
    },
    (index) => page.pictures.pixels('test', index),
    t('map.label'),
  );
  const zooms = createZooms(scatter.zoom, t);
  const lost = createLost(scatter.whole, t);
  const field = make(
    'div',
    { class: 'map-field' },
    scatter.element,
    lost.element,
    zooms,
    go.element,
  );
  const legend = make('p', { class: 'small soft', 'data-testid': 'map-legend' });
  const faith = createFaith(t, numbers);
  const nearest = createNearest(
    NEAREST,
    { onDigit: page.onDigit, onPoint: page.onPoint },
    page.pictures,
    (index) => (state ? onDraw(state, testDigit(index)) : '/'),
    t,
    numbers,
  );
  const nearTitle = make('h3', {});
  const side = make(
    'div',
    { class: 'map-side' },
    make('section', {}, nearTitle, nearest.element),
    faith.element,
  );
  const table = createTable(t);
  container.append(
    answered(createHead('map', t, ...choices.elements, ...ways.elements), answer),
    bodyOf([field, lineOf(said, waiting.element), legend, faith.warning], side),
    table.element,
  );
  go.hide();
  const trail = createTrail();
  const changed = createChanged();
  let shownKey = '';
  let pictures = -1;

  /** @param {number | null} place @param {[number, number] | null} at */
  function onPoint(place, at) {
    const index = map && place !== null ? map.indices[place] : null;
    say(said, index === null ? t('map.point') : wordsOf(state, index, t, numbers));
    page.onPoint(index);
    if (index === null || !at || !state) return go.hide();
    go.lead(onDraw(state, testDigit(index)), wordsOf(state, index, t, numbers));
    go.put(at[0] + 6, at[1] - 26);
  }

  /** @param {ExploreState} now @param {string} key @param {boolean} isSame the points are */
  function showMap(now, key, isSame) {
    if (!map) return;
    if (shownKey !== key) scatter.whole(); // another layer or method: other places
    scatter.show(
      { points: map.points, labels: map.labels, indices: map.indices, wrong: misread(now, map) },
      isSame && shownKey === key,
    );
    shownKey = key;
    faith.show(map, layerName(map.layer, t));
    table.show(tableOf(map, (index) => onDraw(now, testDigit(index)), t, numbers));
  }

  /** Your drawing's dot, and the digits next to it. @param {ExploreState} now */
  function showOwn(now) {
    const found = followedBy(now, 'placed', companionKeys(now.place, now.model).placed);
    /** @type {Placed | null} */
    const placed = found?.value ?? null;
    const named = layerName(layerAt(now.place, now.model), t);
    say(nearTitle, !isBlank(now.drawing) ? t('near.title', { layer: named }) : '');
    nearest.show(placed?.neighbours ?? []);
    if (placed) say(answer, placedWords(placed, methodAt(now.place), t, numbers));
    else if (isBlank(now.drawing)) say(answer, t('blame.blank'));
    answer.classList.toggle('coming', !placed && !isBlank(now.drawing));
    for (const each of [nearest.element, answer])
      each.classList.toggle('stale', found !== null && !found.isNow && !now.penDown);
    const own = placed?.point ?? null;
    trail.follow(own, now.penDown, shownKey, found?.isNow ?? false);
    const near = map?.state === 'done' ? (placed?.neighbours ?? []) : [];
    scatter.move({
      own,
      trail: trail.points(),
      near: spotsOf(
        map,
        near.map(({ index }) => index),
      ),
      pointed: now.pointed === null ? null : (spotsOf(map, [now.pointed])[0] ?? null),
    });
  }

  return {
    update(next) {
      state = next;
      const subject = subjectOf(next);
      if (!subject) return;
      const { place, model, theme } = next;
      const names = ['input', ...layersOf(model)];
      const at = layerAt(place, model);
      const key = keys.map(subject, at, methodAt(place));
      choices.show(place, names, at);
      waiting.update(next.loaded, [key]);
      map = valueOf(next, key);
      ways.update(next, at, names, map?.state === 'done');
      say(legend, t(`map.legend.${place.options.by}`));
      scatter.paintAs(place.options.show === 'digits' ? 'digits' : 'dots');
      const predictions = valueOf(next, keys.predictions(subject, 'test'));
      const labels = valueOf(next, keys.labels('test'));
      const news = map && changed({ map, by: place.options.by, theme, predictions, labels });
      if (news) showMap(next, key, !news.has('map'));
      if (next.pictures !== pictures && place.options.show === 'digits') scatter.repaint();
      pictures = next.pictures;
      for (const each of [scatter.element, faith.element, faith.warning, table.element])
        each.classList.toggle('coming', !map);
      showOwn(next);
    },
    destroy() {
      scatter.destroy();
      waiting.destroy();
      container.replaceChildren();
    },
  };
}
