// One network of a comparison: its answer, the ten bars, every layer as a small picture.

import { createAnswer } from '../../views/answer.js';
import { make } from '../../page/dom.js';
import { modelName } from '../../state/names.js';
import { createStrip } from '../../views/strip.js';

/** @import { ModelDescription, Reading, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Rival } from './rivals.js' */

/**
 * @param {Rival} rival
 * @param {ModelDescription} model
 * @param {{onPick: (rival: Rival) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createCard({ key, id, edits }, model, { onPick }, t, numbers) {
  const name = modelName(model, t);
  const title = make('h3', {}, edits.length ? t('compare.edited', { name }) : name);
  const open = make('button', { type: 'button', class: 'small', 'data-testid': 'compare-open' }, t('compare.open'));
  open.addEventListener('click', () => onPick({ key, id, edits }));
  const about = make('p', { class: 'small soft' }, edits.length ? t('compare.changes', { count: edits.length }) : t('picker.reads.saved', { test: numbers.percent(model.accuracy.mnist_test) }));
  const answer = make('div', { class: 'answer' });
  const bars = make('ul', { class: 'probabilities' });
  const said = createAnswer(answer, bars, null, t, numbers);
  const strip = createStrip(model, t);
  const element = make(
    'article',
    { class: 'compare-card', 'data-testid': 'compare-card', 'data-rival': key, 'aria-label': title.textContent ?? '' },
    make('header', {}, title, open),
    about,
    answer,
    bars,
    strip.element,
  );
  /** @type {unknown[]} */
  let shown = [];

  return {
    element,
    /** @param {State} state @param {Reading | null} reading */
    update(state, reading) {
      const now = [reading, state.theme, state.readOf];
      if (shown.length && now.every((value, i) => value === shown[i])) return;
      shown = now;
      said.update({ ...state, reading, stale: false, hovered: null, row: null });
      strip.show(reading);
    },
  };
}
