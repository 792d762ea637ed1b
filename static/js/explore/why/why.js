// Why did it say that? Which pixels speak for an output, by four methods, each beside the same picture
// of a network that has learned nothing; and whether the answer goes when what it blames goes.

import { createSelect } from '../choice.js';
import { createPixels, largestOf } from '../figures/pixels.js';
import { followedBy } from '../follow.js';
import { answered, createHead, createSaid } from '../head.js';
import { digitOf } from '../place.js';
import { BLAMES, blameAt, companionKeys } from '../wants.js';
import { make, say } from '../../page/dom.js';
import { pixelRows } from '../figures/rows.js';
import { createTable } from '../table.js';
import { createDeletion } from './deletion.js';
import { reasonWords, trustWords } from './plain.js';
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
  const left = createPixels('blame-kept', t('removal.picture'));
  const twin = createPixels('blame-random', t('blame.twin'));
  const sum = make('p', { class: 'small', 'data-testid': 'blame-sum' });
  const alike = make('p', { class: 'small', 'data-testid': 'blame-alike' });
  const pixels = createTable(t);
  const deletion = createDeletion(page, t, numbers);
  const answer = createSaid('why-answer');
  const trust = make('p', {
    class: 'room-trust',
    'data-no-terms': true,
    'data-testid': 'why-trust',
  });
  const blank = make('p', { class: 'soft empty' }, t('blame.blank'));
  const body = make(
    'div',
    { class: 'why-body' },
    make('div', { class: 'why-row' }, seen.element, blamed.element, left.element, twin.element),
    about,
    make('div', { class: 'why-numbers' }, sum, alike),
    pixels.element,
    make('h3', {}, t('removal.title')),
    deletion.element,
  );
  container.append(
    answered(createHead('why', t, method.element, output.element), answer, trust),
    blank,
    body,
  );
  /** @type {Attribution | null} */
  let shown = null;

  /** What is left where the answer changes, or with nothing blue any more. @param {Attribution} told */
  function showLeft({ input, values, deletion }) {
    const at = stepOf(-1, deletion);
    left.element.hidden = at === 0; // nothing speaks for it
    const [count, digit] = [deletion.pixels[at], deletion.predictions[at]];
    left.ink(
      kept(input.pixels, values, count),
      255,
      t('blame.kept', { count: numbers.whole(count), digit }),
    );
  }

  /** @param {ExploreState} now */
  function show(now) {
    const found = followedBy(now, 'blamed', companionKeys(now.place, now.model).blamed);
    const isBlank = now.reading === null;
    blank.hidden = !isBlank;
    body.hidden = isBlank || !(found || shown);
    for (const each of [answer, trust]) {
      each.classList.toggle('unseen', isBlank);
      each.classList.toggle('coming', !found);
    }
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
      pixels.show(pixelRows(told, t, numbers));
      showLeft(told);
      say(answer, reasonWords(told, t, numbers));
      say(trust, trustWords(told, t, numbers));
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
    deletion.show(told);
  }

  return {
    update(next) {
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
