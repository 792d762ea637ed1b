// Which network reads: each with what it is and how well it reads.

import { make } from './dom.js';

/** @import { ModelSummary, State, Translate } from './types.js' */
/** @import { Numbers } from './words.js' */

/**
 * @param {HTMLElement} container
 * @param {{onPick: (id: string) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createPicker(container, events, t, numbers) {
  const summary = make('summary', { 'data-testid': 'model-picker' });
  const list = make('fieldset', { class: 'models' }, make('legend', { class: 'unseen' }, t('picker.title')));
  const box = make('details', {}, summary, list);
  container.append(box);
  /** @type {ModelSummary[]} */
  let shown = [];

  /** @param {ModelSummary} model */
  function row(model) {
    const input = make('input', { type: 'radio', name: 'model', value: model.id });
    input.addEventListener('change', () => events.onPick(model.id));
    return make(
      'label',
      { class: 'model', 'data-testid': `model-${model.id}` },
      input,
      make(
        'span',
        {},
        make('strong', {}, t(`model.${model.id}`)),
        make('span', { class: 'small soft' }, t(`model.${model.id}.about`)),
        make('span', { class: 'small' }, t('picker.size', {
          architecture: model.architecture,
          parameters: numbers.whole(model.parameters),
        })),
        make('span', { class: 'small' }, reads(model)),
      ),
    );
  }

  /** @param {ModelSummary} model */
  function reads({ accuracy }) {
    return t('picker.reads', {
      test: numbers.percent(accuracy.mnist_test),
      drawn: numbers.percent(accuracy.drawn),
    });
  }

  /** @param {Event} event */
  function closeOutside(event) {
    if (box.open && !box.contains(/** @type {Node} */ (event.target))) box.open = false;
  }

  /** @param {KeyboardEvent} event */
  function closeByKey(event) {
    if (event.key === 'Escape' && box.open) {
      box.open = false;
      summary.focus();
      event.stopPropagation();
    }
  }

  document.addEventListener('pointerdown', closeOutside);
  container.addEventListener('keydown', closeByKey);
  box.addEventListener('focusout', (event) => {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (to && !box.contains(to)) box.open = false;
  });

  return {
    /** @param {State} state */
    update({ models, model }) {
      if (models !== shown) {
        shown = models;
        list.replaceChildren(list.children[0], ...models.map(row));
      }
      if (!model || summary.dataset.model === model.id) return;
      summary.dataset.model = model.id;
      summary.replaceChildren(
        make('span', { class: 'picked' }, t(`model.${model.id}`)),
        make('span', { class: 'small soft picked-size' }, model.architecture),
        make('span', { class: 'small soft picked-reads' }, reads(model)),
      );
      for (const input of list.querySelectorAll('input')) input.checked = input.value === model.id;
    },
    destroy() {
      document.removeEventListener('pointerdown', closeOutside);
      container.replaceChildren();
    },
  };
}
