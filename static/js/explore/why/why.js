// Why did it say that? Which pixels speak for an output, by four methods, each beside the same picture
// of a network that has learned nothing; and whether the answer goes when what it blames goes.

import { createSelect, createSlider } from '../choice.js';
import { inkedDrawing } from '../digits/drawing.js';
import { createCurve } from '../figures/curve.js';
import { createPixels, largestOf } from '../figures/pixels.js';
import { followedBy } from '../follow.js';
import { answered, createHead, createSaid } from '../head.js';
import { digitOf } from '../place.js';
import { BLAMES, blameAt, companionKeys } from '../wants.js';
import { make, say } from '../../page/dom.js';
import { kept, stepOf, verdict } from './removal.js';

/** @import { Attribution, ExploreState } from '../types.js' */
/** @import { Create } from '../rooms.js' */

const DIGITS = Array.from({ length: 10 }, (_, i) => String(i));

/** @type {Create} */
export function create(container, page, t, numbers) {
  const method = createSelect('why-method', t('blame.method'), (value) =>
    page.onOptions({ method: value }),
  );
  const output = createSelect('why-output', t('blame.output'), (value) =>
    page.onOptions({ output: value }),
  );
  const about = make('p', { class: 'small', 'data-testid': 'blame-about' });
  const seen = createPixels('blame-input', t('seen.title'));
  const blamed = createPixels('blame', t('blame.picture'));
  const twin = createPixels('blame-random', t('blame.twin'));
  const sum = make('p', { class: 'small', 'data-testid': 'blame-sum' });
  const alike = make('p', { class: 'small', 'data-testid': 'blame-alike' });
  const left = createPixels('blame-left', t('removal.picture'));
  const slider = createSlider(
    'removal',
    t('removal.pixels'),
    { min: 0, max: 10, step: 1 },
    (value) => {
      step = value;
      if (state) show(state);
    },
  );
  const curve = createCurve('removal-curve', t('removal.curve'), t('removal.axis'));
  const keyLines = make(
    'p',
    { class: 'curve-keys small soft' },
    make('span', { class: 'key first' }, t('removal.blamed')),
    make('span', { class: 'key second' }, t('removal.random')),
  );
  const flips = make('p', { 'data-testid': 'removal-said' });
  const areas = make('p', { class: 'small soft', 'data-testid': 'removal-area' });
  const put = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'removal-pad' },
    t('digit.pad'),
  );
  const answer = createSaid('why-answer');
  const blank = make('p', { class: 'soft empty' }, t('blame.blank'));
  const body = make(
    'div',
    { class: 'why-body' },
    make('div', { class: 'why-row' }, seen.element, blamed.element, twin.element),
    about,
    make('div', { class: 'why-numbers' }, sum, alike),
    make('h3', {}, t('removal.title')),
    make(
      'div',
      { class: 'removal' },
      make('div', {}, left.element, put),
      make('div', {}, slider.element, curve.element, keyLines, flips, areas),
    ),
  );
  container.append(
    answered(createHead('why', t, method.element, output.element), answer),
    blank,
    body,
  );
  let step = -1; // of the removal; −1 until it is moved: then as far as the answer holds
  /** @type {ExploreState | null} */
  let state = null;
  /** @type {Attribution | null} */
  let shown = null;
  put.addEventListener('click', () => shown && page.onDrawing(inkedDrawing(remaining(shown))));

  /** @param {Attribution} told what is left of the drawing */
  const remaining = ({ input, values, deletion }) =>
    kept(input.pixels, values, deletion.pixels[stepOf(step, deletion)]).map((value) => value / 255);

  /** @param {Attribution} told */
  function reason({ output: digit, prediction, deletion: { flips_at: count } }) {
    if (digit !== prediction) return t('why.said.other', { digit, prediction });
    if (count === null) return t('why.said.never', { digit });
    return t('why.said', { digit, count: numbers.whole(count) });
  }

  /** @param {Attribution} told */
  function showRemoval(told) {
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
    const reads = t('removal.reads', {
      count: numbers.whole(gone),
      prediction: deletion.predictions[at],
      share: numbers.probability(deletion.probabilities[at]),
      digit,
      random: numbers.probability(deletion.random_probabilities[at]),
    });
    say(
      flips,
      `${reads} ${deletion.flips_at === null ? t('removal.never') : t('removal.flips', { count: numbers.whole(deletion.flips_at) })}`,
    );
    say(
      areas,
      t('removal.area', {
        area: numbers.two(deletion.area),
        random: numbers.two(deletion.random_area),
      }),
    );
  }

  /** @param {ExploreState} now */
  function show(now) {
    const found = followedBy(now, 'blamed', companionKeys(now.place, now.model).blamed);
    const isBlank = now.reading === null;
    blank.hidden = !isBlank;
    body.hidden = isBlank || !(found || shown);
    answer.classList.toggle('unseen', isBlank);
    answer.classList.toggle('coming', !found);
    body.classList.toggle('coming', !found); // what stands there is of another network, or another method
    if (!found) return;
    /** @type {Attribution} */
    const told = found.value;
    body.classList.toggle('stale', !found.isNow && !now.penDown);
    const isNew = told !== shown || now.theme !== body.dataset.theme;
    shown = told;
    body.dataset.theme = now.theme;
    if (isNew) {
      const { values, random_weights: random, output: digit } = told;
      seen.ink(told.input.pixels, 255, t('blame.seen', { digit: told.prediction }));
      blamed.signed(values, t('blame.for', { digit, full: numbers.short(largestOf(values)) }));
      twin.signed(random, t('blame.twin.about', { full: numbers.short(largestOf(random)) }));
      const difference = told.value - told.baseline_value;
      say(
        sum,
        t(told.method === 'integrated_gradients' ? 'blame.sum.complete' : 'blame.sum', {
          sum: numbers.three(told.sum),
          value: numbers.three(told.value),
          blank: numbers.three(told.baseline_value),
          difference: numbers.three(difference),
          digit,
        }),
      );
      say(answer, reason(told));
      sum.dataset.sum = String(told.sum);
      say(
        alike,
        told.random_similarity === null
          ? t('blame.alike.none')
          : t(`blame.alike.${verdict(told.random_similarity)}`, {
              value: numbers.two(told.random_similarity),
            }),
      );
    }
    showRemoval(told);
  }

  return {
    update(next) {
      state = next;
      const { place, reading } = next;
      method.show(
        BLAMES.map((each) => [each, t(`blame.${each.replaceAll('_', '-')}`)]),
        blameAt(place),
      );
      const prediction = reading?.prediction ?? null;
      output.show(
        [
          [
            '',
            prediction === null ? t('blame.answer') : t('blame.answer.now', { digit: prediction }),
          ],
          ...DIGITS.map((each) => /** @type {[string, string]} */ ([each, each])),
        ],
        String(digitOf(place.options.output) ?? ''),
      );
      say(about, t(`blame.about.${blameAt(place).replaceAll('_', '-')}`));
      show(next);
    },
    destroy: () => container.replaceChildren(),
  };
}
