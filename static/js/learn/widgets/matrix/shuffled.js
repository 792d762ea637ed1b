// The picture that is read, and beside it the same pixels with their places exchanged, the same way in every
// picture. Once it was guessed: what the network answers to that, and what it answers if its weights at the
// pixels change places with them.

import { pageColors } from '../../../page/colors.js';
import { make, say } from '../../../page/dom.js';
import { SIDE } from '../../../state/units.js';
import { answerOf, denseOf, paint } from './product.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Dense } from './product.js' */
/** @import { Page } from '../make.js' */

const LAYERS = ['hidden1', 'hidden2', 'output'];

/** From which place the pixel of each place comes: every place once, in no order that an eye would see.
 * @param {number} count @returns {number[]} */
export function shuffledPlaces(count) {
  const places = Array.from({ length: count }, (_, i) => i);
  let state = 2;
  for (let i = count - 1; i > 0; i -= 1) {
    state = (state * 48271) % 2147483647; // Lehmer's generator: the same in every browser
    const j = state % (i + 1);
    [places[i], places[j]] = [places[j], places[i]];
  }
  return places;
}

/** A layer whose weights stand where its inputs have gone. @param {Dense} dense @param {number[]} places
 * @returns {Dense} */
export const movedAlong = (dense, places) => ({
  ...dense,
  kernel: places.flatMap((from) =>
    Array.from({ length: dense.units }, (_, unit) => dense.kernel[from * dense.units + unit]),
  ),
});

/** @param {Pick<Page, 'state' | 'pixels' | 'quantities'>} page @param {Translate} t */
export function createShuffled({ state, pixels, quantities }, t) {
  const places = shuffledPlaces(SIDE * SIDE);
  const figures = ['as', 'shuffled'].map((name) => {
    const canvas = make('canvas', { width: SIDE, height: SIDE, 'aria-hidden': 'true' });
    const caption = make('figcaption', { class: 'small' }, t(`shuffled.${name}`));
    return { canvas, element: make('figure', {}, canvas, caption) };
  });
  const told = ['still', 'moved'].map((name) => {
    const digit = make('strong', { 'data-testid': `shuffled-${name}` });
    return { digit, element: make('p', { class: 'small' }, t(`shuffled.${name}`), ' ', digit) };
  });
  const answers = make('div', { class: 'held' }, ...told.map((each) => each.element));
  const element = make(
    'div',
    { class: 'shuffled', 'data-testid': 'shuffled' },
    make('div', { class: 'shuffled-pictures' }, ...figures.map((each) => each.element)),
    answers,
  );
  /** @type {unknown[]} what is shown */
  let shown = [];
  let moved = /** @type {Dense | null} */ (null);

  return {
    element,
    quantities: {},
    update() {
      const x = pixels();
      const layers = LAYERS.map((name) => denseOf(state()?.weights, name));
      const isOpen = quantities().guess?.() != null;
      const now = [x, layers[0]?.kernel, pageColors(), isOpen];
      if (!x || now.every((each, i) => each === shown[i])) return;
      if (layers[0] && layers[0].kernel !== shown[1]) moved = movedAlong(layers[0], places);
      shown = now;
      const colors = pageColors();
      const mixed = places.map((from) => x[from]);
      [x, mixed].forEach((picture, i) =>
        paint(figures[i].canvas, (row, column) =>
          colors.activationWord(picture[row * SIDE + column], 1),
        ),
      );
      const isTold = isOpen && moved !== null && !layers.includes(null);
      answers.classList.toggle('held', !isTold); // its room is kept: nothing moves
      if (!isTold || !moved) return;
      const all = /** @type {Dense[]} */ (layers);
      say(told[0].digit, String(answerOf(all, mixed)));
      say(told[1].digit, String(answerOf([moved, ...all.slice(1)], mixed)));
    },
    apply() {},
  };
}
