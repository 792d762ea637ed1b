// What is left of the drawing when the pixels go that are blamed most, and what is said then: beside it what
// as many others do.

import { createSlider } from '../choice.js';
import { inkedDrawing } from '../digits/drawing.js';
import { createCurve } from '../figures/curve.js';
import { createPixels } from '../figures/pixels.js';
import { make, say } from '../../page/dom.js';
import { removalRows } from '../figures/rows.js';
import { createTable } from '../table.js';
import { kept, stepOf } from './removal.js';

/** @import { Attribution } from '../types.js' */
/** @import { Page } from '../rooms.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/**
 * @param {Pick<Page, 'onDrawing'>} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createDeletion({ onDrawing }, t, numbers) {
  let step = -1; // −1 until it is moved: then where the answer changes
  /** @type {Attribution | null} */
  let shown = null;
  const left = createPixels('blame-left', t('removal.picture'));
  const slider = createSlider(
    'removal',
    t('removal.pixels'),
    { min: 0, max: 10, step: 1 },
    (value) => {
      step = value;
      if (shown) show(shown);
    },
  );
  const curve = createCurve('removal-curve', t('removal.curve'), t('removal.axis'));
  const keyLines = make(
    'p',
    { class: 'curve-keys small soft' },
    make('span', { class: 'key first' }, t('removal.blamed')),
    make('span', { class: 'key second' }, t('removal.random')),
  );
  const table = createTable(t);
  const flips = make('p', { 'data-testid': 'removal-said' });
  const means = make('p', { class: 'small soft', 'data-testid': 'removal-area' });
  const put = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'removal-pad' },
    t('digit.pad'),
  );
  put.addEventListener('click', () => shown && onDrawing(inkedDrawing(remaining(shown))));
  const element = make(
    'div',
    { class: 'removal' },
    make('div', {}, left.element, put),
    make('div', {}, slider.element, curve.element, keyLines, flips, means, table.element),
  );

  /** @param {Attribution} told what is left of the drawing */
  const remaining = ({ input, values, deletion }) =>
    kept(input.pixels, values, deletion.pixels[stepOf(step, deletion)]).map((value) => value / 255);

  /** @param {Attribution} told */
  function show(told) {
    shown = told;
    const { deletion, output: digit } = told;
    const at = stepOf(step, deletion);
    const gone = deletion.pixels[at];
    left.ink(remaining(told), 1, t('removal.left', { count: numbers.whole(gone) }));
    slider.reach({ min: 0, max: deletion.pixels.length - 1, step: 1 });
    slider.show(at, numbers.whole(gone));
    curve.show(
      deletion.pixels,
      [
        { values: deletion.random_probabilities, kind: 'second' },
        { values: deletion.probabilities, kind: 'first' },
      ],
      gone,
      (x) => numbers.whole(x),
    );
    table.show(removalRows(told, t, numbers));
    const reads = t('removal.reads', {
      count: numbers.whole(gone),
      prediction: deletion.predictions[at],
      share: numbers.probability(deletion.probabilities[at]),
      digit,
      random: numbers.probability(deletion.random_probabilities[at]),
    });
    const { flips_at: count, random_areas: areas } = deletion;
    const all = numbers.whole(deletion.pixels[deletion.pixels.length - 1]);
    const end =
      count === null
        ? t('removal.never', { all })
        : t('removal.flips', { count: numbers.whole(count) });
    say(flips, `${reads} ${end}`);
    say(
      means,
      t('removal.area', {
        all,
        digit,
        area: numbers.probability(deletion.area),
        random: numbers.probability(deletion.random_area),
        orders: numbers.whole(areas.length),
        low: numbers.probability(Math.min(...areas)),
        high: numbers.probability(Math.max(...areas)),
      }),
    );
  }

  return { element, show };
}
