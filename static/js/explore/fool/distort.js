// Your drawing shifted, turned, thickened by a dial: where does the network break? And over the test set,
// how often is it still right?

import { createSlider } from '../choice.js';
import { createTable } from '../table.js';
import { dialRows } from '../figures/rows.js';
import { createCurve } from '../figures/curve.js';
import { createPixels } from '../figures/pixels.js';
import { createSaid } from '../head.js';
import { make, say } from '../../page/dom.js';
import { answerOf } from './push.js';
import { createChanged } from '../../state/store.js';

/** @import { Distortion } from '../types.js' */
/** @import { Page } from '../rooms.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const DECIMALS = new Set(['scale', 'thickness', 'noise']);

/** Where the dial changes nothing. @param {string} kind @param {number[]} amounts */
export function restOf(kind, amounts) {
  const none = kind === 'scale' ? 1 : 0;
  return amounts.reduce(
    (best, each, i) => (Math.abs(each - none) < Math.abs(amounts[best] - none) ? i : best),
    0,
  );
}

/**
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createDistort(page, t, numbers) {
  const slider = createSlider(
    'distort-amount',
    t('distort.amount'),
    { min: 0, max: 10, step: 1 },
    (value) => {
      chosen = value;
      if (told) showAt(told);
    },
  );
  const picture = createPixels('distort-picture', t('distort.picture'));
  const reads = make('p', { class: 'figure-number', 'data-testid': 'distort-says' });
  const breaks = createSaid('distort-breaks');
  const curve = createCurve('distort-curve', t('distort.curve'), t('distort.axis'));
  const table = createTable(t);
  const about = make('p', { class: 'small soft' });
  const put = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'distort-pad' },
    t('digit.pad'),
  );
  const element = make(
    'div',
    { class: 'distort' },
    make(
      'div',
      { class: 'distort-row' },
      make('div', {}, picture.element, put),
      make('div', {}, slider.element, reads, curve.element, about, table.element),
    ),
  );
  let chosen = -1;
  /** @type {Distortion | null} */
  let told = null;
  const changed = createChanged();
  put.addEventListener('click', () => {
    if (!told) return;
    page.onDrawing({
      kind: 'pixels',
      pixels: told.pictures[placeIn(told)],
      label: null,
      index: null,
    });
  });

  /** @param {Distortion} of */
  const placeIn = ({ kind, amounts }) =>
    chosen < 0 ? restOf(kind, amounts) : Math.min(chosen, amounts.length - 1);

  /** @param {string} kind @param {number} value */
  const amountWords = (kind, value) =>
    t(`distort.value.${kind.replaceAll('_', '-')}${value < 0 ? '.less' : ''}`, {
      value: DECIMALS.has(kind) ? numbers.one(Math.abs(value)) : numbers.whole(Math.abs(value)),
    });

  /** @param {Distortion} of */
  function showAt(of) {
    const { kind, amounts, probabilities, pictures, predictions } = of;
    const at = placeIn(of);
    const first = predictions[restOf(kind, amounts)];
    const digit = answerOf(probabilities[at]);
    slider.reach({ min: 0, max: amounts.length - 1, step: 1 });
    slider.show(at, amountWords(kind, amounts[at]));
    picture.ink(pictures[at], 255);
    say(reads, t('fool.says', { digit, sure: numbers.probability(probabilities[at][digit]) }));
    reads.classList.toggle('fooled', digit !== first);
    curve.show(
      amounts,
      [{ values: probabilities.map((each) => each[first]), kind: 'first' }],
      amounts[at],
      (x) => amountWords(kind, x),
    );
    table.show(dialRows(of, first, (amount) => amountWords(kind, amount), t, numbers));
    say(about, t('distort.curve.about', { digit: first }));
    const [low, high] = of.breaks_at;
    const ends = [low, high].flatMap((each) => (each === null ? [] : [amountWords(kind, each)]));
    say(
      breaks,
      ends.length
        ? t('distort.breaks', { digit: first, ends: ends.join(t('distort.and')) })
        : t('distort.never', { digit: first }),
    );
  }

  return {
    element,
    answer: breaks,
    /** @param {Distortion | null} next @param {string} way @param {string} theme */
    show(next, way, theme) {
      const news = changed({ next, way, theme });
      if (news?.has('way')) chosen = -1;
      told = next;
      if (next && (news?.has('next') || news?.has('theme'))) showAt(next);
    },
  };
}
