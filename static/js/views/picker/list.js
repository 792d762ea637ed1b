// What can be picked: what was trained here, what ships, what was saved; each with how well it reads.

import { make } from '../../page/dom.js';
import { distinct, suffixes } from '../../state/distinct.js';
import { architectureText, modelName } from '../../state/names.js';
import { createTrained, createTrainings } from './trained.js';

/** @import { ModelSummary, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/**
 * @param {HTMLElement} container
 * @param {{onPick: (id: string) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {string} language
 */
export function createList(container, { onPick }, t, numbers, language) {
  const head = make(
    'div',
    { class: 'models-head small soft', 'aria-hidden': 'true' },
    make('span', {}, t('picker.title')),
    make('span', {}, t('picker.test')),
    make('span', {}, t('picker.drawn')),
  );
  const [own, rows] = [make('div', {}), make('div', {})];
  const trained = createTrained(own, { trainings: createTrainings(), onPick }, t, numbers, language);
  container.append(make('legend', { class: 'unseen' }, t('picker.title')), own, head, rows);
  /** @type {ModelSummary[]} */
  let shown = [];

  /** @param {'test' | 'drawn'} which @param {number} share */
  const reads = (which, share) =>
    make(
      'span',
      { class: 'model-reads' },
      make('span', { class: 'unseen' }, t(`picker.${which}`)),
      ` ${numbers.percent(share)}`,
    );

  /** @param {ModelSummary} model @param {string} suffix that tells it from another of its name */
  function row(model, suffix) {
    const { id, parameters, accuracy, saved } = model;
    const input = make('input', { type: 'radio', name: 'model', value: id });
    input.addEventListener('change', () => onPick(id));
    const size = t('picker.size', { architecture: architectureText(model, t), parameters: numbers.whole(parameters) });
    return make(
      'label',
      { class: 'model', 'data-testid': `model-${id}` },
      input,
      make(
        'span',
        { class: 'model-about' },
        make('strong', {}, distinct(modelName(model, t), suffix)),
        make('span', { class: 'small' }, size),
        make('span', { class: 'small soft' }, t(saved ? 'model.saved.about' : `model.${id}.about`)),
      ),
      reads('test', accuracy.mnist_test),
      ...(accuracy.drawn === undefined ? [] : [reads('drawn', accuracy.drawn)]),
    );
  }

  return {
    /** Ask anew what was trained here. @param {string} model that reads now */
    refresh: (model) => trained.show(model),
    /** @param {Pick<State, 'models' | 'model'>} state */
    update({ models, model }) {
      if (models !== shown) {
        shown = models;
        const named = suffixes(models.map((each) => ({ id: each.id, title: modelName(each, t) })).reverse());
        rows.replaceChildren(...models.map((each) => row(each, named.get(each.id) ?? '')));
      }
      for (const input of container.querySelectorAll('input')) {
        input.checked = model !== null && (input.value === model.id || model.id.startsWith(`${input.value}-`) && own.contains(input));
      }
    },
  };
}
