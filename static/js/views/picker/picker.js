// Which network reads, and how well; what else can be picked comes when somebody may want it.

import { loadSheet, make } from '../../page/dom.js';
import { afterFirst, loadWords } from '../../page/late.js';
import { createTranslate } from '../../page/words.js';
import { architectureText, modelName } from '../../state/names.js';

/** @import { State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/**
 * @param {HTMLElement} container
 * @param {{onPick: (id: string) => void}} events
 * @param {Record<string, string>} catalogue the page's words, to which the list adds its own
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createPicker(container, events, catalogue, t, numbers) {
  const summary = make('summary', { 'data-testid': 'model-picker' });
  const choices = make('fieldset', { class: 'models' });
  const box = make('details', { class: 'menu' }, summary, choices);
  container.append(box);
  /** @type {State | null} */
  let state = null;
  /** @type {ReturnType<typeof import('./list.js').createList> | null} */
  let list = null;
  /** @type {Promise<void> | null} */
  let coming = null;

  /** The choices, asked for again when they did not come. */
  function load() {
    coming ??= Promise.all([import('./list.js'), loadWords('picker'), loadSheet('models')]).then(
      ([{ createList }, words]) => {
        list = createList(
          choices,
          events,
          createTranslate({ ...catalogue, ...words }),
          numbers,
          document.documentElement.lang,
        );
        if (state) list.update(state);
      },
    );
    return coming.catch(() => {
      coming = null;
    });
  }

  /** What was trained here is known before the list is seen: nothing moves under the pointer. */
  async function refresh() {
    await load();
    await list?.refresh(state?.model?.id ?? '').catch(() => {}); // what was trained here comes another time
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
  choices.addEventListener('click', closeByPointer);
  container.addEventListener('keydown', closeByKey);
  for (const event of ['pointerenter', 'focusin']) summary.addEventListener(event, refresh);
  box.addEventListener('toggle', () => {
    if (box.open) refresh();
  });
  box.addEventListener('focusout', (event) => {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (to && !box.contains(to)) close();
  });
  afterFirst(load);

  return {
    /** @param {State} next */
    update(next) {
      const isNew = next.models !== state?.models || next.model !== state.model;
      state = next;
      if (isNew) list?.update(next);
      const { model } = next;
      if (!model || summary.dataset.model === model.id) return;
      summary.dataset.model = model.id;
      const { mnist_test = model.accuracy.test, drawn, validation } = model.accuracy;
      const test = numbers.percent(mnist_test ?? validation);
      const error = model.scores?.test_mae;
      const r2 = model.scores?.validation;
      const read =
        error === undefined && r2 !== undefined
          ? t('picker.reads.r2', { r2: numbers.three(r2) })
          : error !== undefined
            ? t('picker.reads.number', { dollars: numbers.dollars(error) })
            : mnist_test === undefined
              ? t('picker.reads.validation', { test })
              : drawn === undefined
                ? t('picker.reads.saved', { test })
                : t('picker.reads', { test, drawn: numbers.percent(drawn) });
      summary.replaceChildren(
        make('span', { class: 'picked' }, modelName(model, t)),
        make(
          'span',
          { class: 'small soft picked-about' },
          make('span', { class: 'picked-size' }, architectureText(model, t)),
          make('span', { class: 'picked-reads' }, read),
        ),
      );
    },
    destroy() {
      document.removeEventListener('pointerdown', closeOutside);
      container.replaceChildren();
    },
  };
}
