// Which network reads: each with what it is and how well it reads.

import { make } from '../page/dom.js';
import { architectureText, modelName } from '../state/names.js';

/** @import { ModelSummary, State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

/**
 * @param {HTMLElement} container
 * @param {{onPick: (id: string) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createPicker(container, events, t, numbers) {
  const summary = make('summary', { 'data-testid': 'model-picker' });
  const head = make(
    'div',
    { class: 'models-head small soft', 'aria-hidden': 'true' },
    make('span', {}, t('picker.title')),
    make('span', {}, t('picker.test')),
    make('span', {}, t('picker.drawn')),
  );
  const rows = make('div', {});
  const legend = make('legend', { class: 'unseen' }, t('picker.title'));
  const box = make('details', { class: 'menu' }, summary, make('fieldset', { class: 'models' }, legend, head, rows));
  container.append(box);
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

  /** @param {ModelSummary} model */
  function row(model) {
    const { id, parameters, accuracy, saved } = model;
    const input = make('input', { type: 'radio', name: 'model', value: id });
    input.addEventListener('change', () => events.onPick(id));
    const size = t('picker.size', { architecture: architectureText(model, t), parameters: numbers.whole(parameters) });
    return make(
      'label',
      { class: 'model', 'data-testid': `model-${id}` },
      input,
      make(
        'span',
        { class: 'model-about' },
        make('strong', {}, modelName(model, t)),
        make('span', { class: 'small' }, size),
        make('span', { class: 'small soft' }, t(saved ? 'model.saved.about' : `model.${id}.about`)),
      ),
      reads('test', accuracy.mnist_test),
      ...(accuracy.drawn === undefined ? [] : [reads('drawn', accuracy.drawn)]),
    );
  }

  function close() {
    box.open = false;
  }

  /** @param {Event} event */
  function closeOutside(event) {
    if (box.open && !box.contains(/** @type {Node} */ (event.target))) close();
  }

  /** A choice by pointer or Enter is made; arrow keys are still looking. @param {MouseEvent} event */
  function closeByPointer(event) {
    if (event.detail > 0 && /** @type {Element} */ (event.target).closest('.model')) close();
  }

  /** @param {KeyboardEvent} event */
  function closeByKey(event) {
    const onChoice = event.key === 'Enter' && event.target !== summary;
    if (!box.open || (event.key !== 'Escape' && !onChoice)) return;
    event.preventDefault();
    close();
    summary.focus();
  }

  document.addEventListener('pointerdown', closeOutside);
  rows.addEventListener('click', closeByPointer);
  container.addEventListener('keydown', closeByKey);
  box.addEventListener('focusout', (event) => {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (to && !box.contains(to)) close();
  });

  return {
    /** @param {State} state */
    update({ models, model }) {
      if (models !== shown) {
        shown = models;
        rows.replaceChildren(...models.map(row));
      }
      if (!model || summary.dataset.model === model.id) return;
      summary.dataset.model = model.id;
      const { mnist_test, drawn, validation } = model.accuracy;
      const test = numbers.percent(mnist_test ?? validation);
      const read = mnist_test === undefined ? t('picker.reads.validation', { test }) : drawn === undefined ? t('picker.reads.saved', { test }) : t('picker.reads', { test, drawn: numbers.percent(drawn) });
      summary.replaceChildren(
        make('span', { class: 'picked' }, modelName(model, t)),
        make('span', { class: 'small soft picked-size' }, architectureText(model, t)),
        make('span', { class: 'small soft picked-reads' }, read),
      );
      for (const input of rows.querySelectorAll('input')) input.checked = input.value === model.id;
    },
    destroy() {
      document.removeEventListener('pointerdown', closeOutside);
      container.replaceChildren();
    },
  };
}
