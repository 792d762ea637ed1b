// Which network reads, and how well; what else can be picked comes when somebody may want it.

import { loadSheet, make } from '../../page/dom.js';
import { afterFirst, loadWords } from '../../page/late.js';
import { createTranslate } from '../../page/words.js';
import { architectureText, modelName } from '../../state/names.js';

/** @import { ModelSummary, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/**
 * How well a network reads, by the best measure that is known of it.
 * @param {Pick<ModelSummary, 'accuracy' | 'scores'>} model
 * @param {Translate} t with the list's words, where it is of numbers
 * @param {Numbers} numbers
 */
export function readsText({ accuracy, scores = {} }, t, { percent, dollars, three }) {
  const { mnist_test: test = accuracy.test, drawn, validation } = accuracy;
  const { test_mae: error, validation: r2 } = scores;
  if (error !== undefined) return t('picker.reads.number', { dollars: dollars(error) });
  if (r2 !== undefined) return t('picker.reads.r2', { r2: three(r2) });
  if (test === undefined)
    return validation === undefined
      ? ''
      : t('picker.reads.validation', { test: percent(validation) });
  const values = { test: percent(test), drawn: percent(drawn) };
  return t(drawn === undefined ? 'picker.reads.saved' : 'picker.reads', values);
}

/**
 * @param {HTMLElement} container
 * @param {{onPick: (id: string) => void, onOpen?: () => void}} events the list has opened or closed
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
      ([{ createList, closeWhenLeft }, words]) => {
        closeWhenLeft(box, close);
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

  for (const event of ['pointerenter', 'focusin']) summary.addEventListener(event, refresh);
  box.addEventListener('toggle', () => {
    events.onOpen?.();
    if (!box.open) return;
    choices.scrollTop = 0; // what was trained here stands there
    refresh();
  });
  afterFirst(load);

  return {
    /** What the browser's Back closes. @type {import('../../page/layers.js').Layer} */
    layer: { name: 'picker', isOpen: () => box.open, close, open: () => (box.open = true) },
    /** @param {State} next */
    update(next) {
      const isNew = next.models !== state?.models || next.model !== state.model;
      state = next;
      if (isNew) list?.update(next);
      const { model } = next;
      if (!model || summary.dataset.model === model.id) return;
      summary.dataset.model = model.id;
      summary.replaceChildren(
        make('span', { class: 'picked' }, modelName(model, t)),
        make(
          'span',
          { class: 'small soft picked-about' },
          make('span', { class: 'picked-size' }, architectureText(model, t)),
          make('span', { class: 'picked-reads' }, readsText(model, t, numbers)),
        ),
      );
    },
    destroy: () => container.replaceChildren(),
  };
}
