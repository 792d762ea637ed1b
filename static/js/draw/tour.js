// A tour of four stops: pixels, hidden layers, output, answer. The pass is played up to each, what it
// is about is ringed, and a card beside it says it in a sentence. On a small screen the card stands at
// the bottom, and what it is about is scrolled into what is free above it.

import { make, say } from '../page/dom.js';
import { rooted } from '../server/root.js';
import { isConvolution, isSteps, outputsOf, pictureLayers } from '../state/units.js';
import { topTwo } from '../views/answer.js';
import { SMALL, TOP, scrollTo } from './play/follow.js';

/** @import { ModelDescription, State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

const GAP = 12; // px between what is ringed and the card
const RING = 6; // px between what is ringed and the ring
const LOW = 2; // px below it: under a picture there may be words at once
const EDGE = 8; // px between the card and the screen's edge

/**
 * @typedef {object} Stop
 * @property {string} id
 * @property {string} about what is ringed: a selector
 * @property {((layers: {name: string}[], outputs: number) => number) | null} stage how far the pass is played
 */

/** @type {Stop[]} */
const STOPS = [
  { id: 'pixels', about: '.layer[data-layer="input"]', stage: () => 0 },
  {
    id: 'hidden',
    about: '.layer:not([data-layer="input"], [data-output])',
    stage: (layers, outputs) => layers.length - 1 - outputs,
  },
  { id: 'output', about: '.layer[data-output]', stage: (layers) => layers.length - 1 },
  { id: 'answer', about: '#result', stage: null },
];

/** The box around boxes. @param {Element[]} elements */
function around(elements) {
  const boxes = elements.map((each) => each.getBoundingClientRect());
  const [left, top] = [
    Math.min(...boxes.map((box) => box.left)),
    Math.min(...boxes.map((box) => box.top)),
  ];
  const [right, bottom] = [
    Math.max(...boxes.map((box) => box.right)),
    Math.max(...boxes.map((box) => box.bottom)),
  ];
  return { left, top, right, bottom };
}

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/** How much of each other two boxes cover, px². @param {Box} one @param {Box} other */
const shared = (one, other) =>
  Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left)) *
  Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));

/**
 * Where a card stands beside what it is about: where it fits and covers least of what else is to be seen, or
 * at the edge of the screen if it covers less there; without any such place at the bottom.
 * @param {Box} box
 * @param {{width: number, height: number}} card
 * @param {{width: number, height: number}} screen
 * @param {Box[]} [seen] what else is to be seen
 */
export function placeFor(box, card, screen, seen = []) {
  /** @param {number} value @param {number} size @param {number} room */
  const within = (value, size, room) => Math.max(EDGE, Math.min(value, room - size - EDGE));
  const top = within(box.top, card.height, screen.height);
  const left = within(box.left, card.width, screen.width);
  const beside = [
    { left: box.right + GAP, top },
    { left: box.left - GAP - card.width, top },
    { left, top: box.bottom + GAP },
    { left, top: box.top - GAP - card.height },
    { left: EDGE, top },
    atBottom(card, screen),
    { ...atBottom(card, screen), left: screen.width - card.width - EDGE },
    { ...atBottom(card, screen), left: EDGE },
  ];
  const found = beside.flatMap((at) => {
    const own = { ...at, right: at.left + card.width, bottom: at.top + card.height };
    const isWithin =
      at.left >= EDGE &&
      at.top >= EDGE &&
      own.right + EDGE <= screen.width &&
      own.bottom + EDGE <= screen.height;
    const covered = seen.reduce((sum, each) => sum + shared(own, each), 0);
    return isWithin && shared(own, box) === 0 ? [{ at, covered }] : [];
  });
  if (!found.length) return atBottom(card, screen);
  return found.reduce((best, each) => (each.covered < best.covered ? each : best)).at;
}

/** Where a card stands in the middle of the bottom of the screen.
 * @param {{width: number, height: number}} card @param {{width: number, height: number}} screen */
const atBottom = (card, screen) => ({
  left: Math.max(EDGE, (screen.width - card.width) / 2),
  top: screen.height - card.height - EDGE,
});

/** What of a box is seen of it above a card that stands at the bottom.
 * @param {{left: number, top: number, right: number, bottom: number}} box @param {number} bottom */
export const above = (box, bottom) => ({
  ...box,
  top: Math.min(box.top, bottom),
  bottom: Math.min(box.bottom, bottom),
});

/** What lies between input and output, as it is told of: weighted sums, filters, or a memory of rows or of
 * a pen's steps. @param {Pick<ModelDescription, 'layers' | 'problem'> | null} model */
export function innerOf(model) {
  if (model?.layers.some(isConvolution)) return 'conv';
  if (!model?.layers.some(isSteps)) return 'hidden';
  return model.problem === 'pen' ? 'pen' : 'lstm';
}

/** The card that a tour goes on, and the ring around what it is about.
 * @param {Record<'onBack' | 'onNext' | 'onEnd', () => void>} events @param {Translate} t */
function createCard({ onBack, onNext, onEnd }, t) {
  const title = make('strong', { id: 'tour-title' });
  const count = make('span', { class: 'small soft', 'data-testid': 'tour-at' });
  const about = make('p', { id: 'tour-about', 'data-testid': 'tour-about' });
  /** @param {string} id @param {() => void} act */
  const tool = (id, act) => {
    const made = make('button', { type: 'button', 'data-testid': `tour-${id}` }, t(`tour.${id}`));
    made.addEventListener('click', act);
    return made;
  };
  const learn = make(
    'a',
    { class: 'small', href: rooted('/learn/network'), 'data-testid': 'tour-learn' },
    t('tour.learn'),
  );
  const [back, next, end] = [tool('back', onBack), tool('next', onNext), tool('end', onEnd)];
  const card = make(
    'section',
    {
      class: 'tour',
      role: 'dialog',
      'aria-labelledby': 'tour-title',
      'aria-describedby': 'tour-about',
      'data-testid': 'tour-card',
      hidden: true,
    },
    make('p', { class: 'tour-head' }, title, count),
    about,
    learn,
    make('p', { class: 'tour-tools' }, back, next, end),
  );
  const ring = make('div', { class: 'tour-ring', 'aria-hidden': 'true', hidden: true });
  document.querySelector('main')?.append(ring, card);
  return { title, count, about, learn, back, next, end, card, ring };
}

/**
 * @param {object} page
 * @param {() => State} page.state
 * @param {(find: ((layers: {name: string}[]) => number) | null) => Promise<void> | void} page.onStage
 * @param {HTMLElement} page.button that starts it, and has the focus again after it
 * @param {() => void} page.onLayer it has opened or closed
 * @param {Translate} t the tour's words
 * @param {Numbers} numbers
 */
export function createTour({ state, onStage, button, onLayer }, t, numbers) {
  const { title, count, about, learn, back, next, end, card, ring } = createCard(
    { onBack: () => go(at - 1), onNext: () => go(at + 1), onEnd: close },
    t,
  );
  let at = -1;

  /** @param {string} id */
  function sentence(id) {
    const { model, reading } = state();
    const isTable = Boolean(model?.features?.length);
    if (isTable)
      return t(`tour.house.${id}.about`, {
        price: reading?.prediction ? numbers.dollars(reading.prediction) : '',
      });
    if (id === 'pixels')
      return t('tour.pixels.about', {
        count: numbers.whole(model ? pictureLayers(model)[0].count : 0),
      });
    if (id === 'hidden') return t(`tour.${innerOf(model)}.about`);
    if (id !== 'answer') return t(`tour.${id}.about`);
    if (!reading || reading.prediction === null) return t('tour.answer.blank');
    const digit = topTwo(reading.probabilities).first;
    return t('tour.answer.about', {
      digit,
      share: numbers.probability(reading.probabilities[digit]),
    });
  }

  const isSmall = () => matchMedia(SMALL).matches;

  /** What there is to be seen besides: the layers, what is set and played, the answer. */
  const seen = () =>
    [...document.querySelectorAll('#pad, .under-pad, #network .layer, #result, #network-bar')]
      .filter((each) => !each.matches(STOPS[at].about) && each.getClientRects().length)
      .map((each) => each.getBoundingClientRect());

  /** Where the card stands beside what it is about, and what is free above one at the bottom.
   * @param {{left: number, top: number, right: number, bottom: number}} box */
  function place(box) {
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const size = card.getBoundingClientRect();
    const at = isSmall()
      ? atBottom(size, { width, height })
      : placeFor(box, size, { width, height }, seen());
    return { ...at, free: { top: TOP, bottom: at.top - GAP } };
  }

  /** The box around what a stop is about; null where nothing of it can be seen. */
  function subject() {
    const found = [...document.querySelectorAll(STOPS[at].about)].filter(
      (each) => each.getClientRects().length,
    );
    return found.length ? around(found) : null;
  }

  /** What a stop is about comes into sight. */
  function bring() {
    const box = subject();
    if (!box) return;
    if (isSmall()) window.scrollBy({ top: scrollTo(box, place(box).free), behavior: 'instant' });
    else document.querySelector(STOPS[at].about)?.scrollIntoView({ block: 'nearest' });
  }

  function arrange() {
    if (at < 0) return;
    const whole = subject();
    ring.hidden = !whole;
    if (!whole) return;
    const { left, top, free } = place(whole);
    const box = isSmall() ? above(whole, free.bottom) : whole;
    for (const [name, value] of Object.entries({
      left: box.left - RING,
      top: box.top - RING,
      width: box.right - box.left + 2 * RING,
      height: box.bottom - box.top + RING + LOW,
    }))
      ring.style.setProperty(name, `${value}px`);
    Object.assign(card.style, { left: `${left}px`, top: `${top}px` });
  }

  /** @param {number} stop */
  async function go(stop) {
    if (stop >= STOPS.length) return close();
    at = Math.max(0, stop);
    const { id, stage } = STOPS[at];
    card.hidden = false;
    say(
      title,
      t(
        state().model?.features?.length && id === 'pixels'
          ? 'tour.house.pixels'
          : `tour.${id === 'hidden' ? innerOf(state().model) : id}`,
      ),
    );
    say(count, t('tour.at', { at: at + 1, stops: STOPS.length }));
    back.disabled = at === 0;
    next.hidden = at === STOPS.length - 1;
    learn.hidden = !next.hidden;
    await onStage(stage && ((layers) => stage(layers, outputsOf(state().model).length)));
    if (card.hidden || STOPS[at].id !== id) return; // closed, or further on, meanwhile
    say(about, sentence(id));
    bring();
    arrange();
    (next.hidden ? end : next).focus({ preventScroll: true });
    onLayer();
  }

  function close() {
    if (at < 0) return;
    at = -1;
    card.hidden = ring.hidden = true;
    onStage(null);
    button.focus();
    onLayer();
  }

  const sizes = new ResizeObserver(arrange);
  for (const each of document.querySelectorAll('#network, #network .layer, #result'))
    sizes.observe(each);
  for (const event of ['resize', 'scroll'])
    window.addEventListener(event, arrange, { capture: true, passive: true });

  return {
    start: () => go(0),
    isOpen: () => at >= 0,
    close,
    /** What is said follows the drawing. */
    update() {
      if (at < 0) return;
      say(about, sentence(STOPS[at].id));
      requestAnimationFrame(arrange); // once the picture has found its place
    },
  };
}
