// What can be picked: what was trained here, what ships, what was saved, problem by problem; each with
// how well it reads.

import { make } from '../../page/dom.js';
import { PROBLEMS } from '../../server/api.js';
import { createTrainings } from '../../sessions/trainings.js';
import { distinct, suffixes } from '../../state/distinct.js';
import { architectureText, modelName } from '../../state/names.js';
import { createRow } from './row.js';
import { createTrained } from './trained.js';

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
  /** @param {string} title @param {string[]} measures */
  const head = (title, ...measures) =>
    make(
      'div',
      { class: 'models-head small soft' },
      ...[title, ...measures].map((text) => make('span', {}, text)),
    );
  const [own, rows] = [make('div', {}), make('div', {})];
  const trained = createTrained(
    own,
    { trainings: createTrainings(), onPick },
    t,
    numbers,
    language,
  );
  container.append(make('legend', { class: 'unseen' }, t('picker.title')), own, rows);
  /** @type {ModelSummary[]} */
  let shown = [];

  /** @param {string} which @param {string} value */
  const reads = (which, value) =>
    make(
      'span',
      { class: 'model-reads' },
      make('span', { class: 'unseen' }, t(`picker.${which}`)),
      ` ${value}`,
    );

  /** How well it reads: shares of digits, or how near its numbers come. @param {ModelSummary} model */
  function measured({ accuracy, scores, outputs }) {
    if (outputs[0].kind === 'number')
      return [
        reads('error', numbers.dollars(scores.test_mae)),
        reads('r2', numbers.three(scores.test)),
      ];
    const { mnist_test: test = accuracy.test, drawn } = accuracy;
    return [
      reads('test', numbers.percent(test)),
      ...(drawn === undefined ? [] : [reads('drawn', numbers.percent(drawn))]),
    ];
  }

  /** The models of a problem under its name. @param {string} problem @param {ModelSummary[]} models
   * @param {Map<string, string>} named */
  function group(problem, models, named) {
    const own = models.filter((model) => model.problem === problem);
    if (!own.length) return [];
    const measures =
      own[0].outputs[0].kind === 'number'
        ? ['picker.error', 'picker.r2']
        : ['picker.test', 'picker.drawn'];
    return [
      head(t(`picker.problem.${problem}`), ...measures.map((key) => t(key))),
      ...own.map((model) => row(model, named.get(model.id) ?? '')),
    ];
  }

  /** @param {ModelSummary} model @param {string} suffix that tells it from another of its name */
  function row(model, suffix) {
    const { id, parameters, saved } = model;
    const input = make('input', { type: 'radio', name: 'model', value: id });
    input.addEventListener('change', () => onPick(id));
    const size = t('picker.size', {
      architecture: architectureText(model, t),
      parameters: numbers.whole(parameters),
    });
    const about = t(saved ? 'model.saved.about' : `model.${id}.about`);
    return createRow(
      { id, input, title: distinct(modelName(model, t), suffix), size, about },
      ...measured(model),
    );
  }

  return {
    /** Ask anew what was trained here. @param {string} model that reads now */
    refresh: (model) => trained.show(model),
    /** @param {Pick<State, 'models' | 'model'>} state */
    update({ models, model }) {
      if (models !== shown) {
        shown = models;
        const named = suffixes(
          models.map((each) => ({ id: each.id, title: modelName(each, t) })).reverse(),
        );
        rows.replaceChildren(...PROBLEMS.flatMap((problem) => group(problem, models, named)));
      }
      for (const input of container.querySelectorAll('input')) {
        input.checked =
          model !== null &&
          (input.value === model.id ||
            (model.id.startsWith(`${input.value}-`) && own.contains(input)));
      }
    },
  };
}

/**
 * The list closes where a network is chosen, by Escape, and when something else is used.
 * @param {HTMLDetailsElement} box @param {() => void} close
 */
export function closeWhenLeft(box, close) {
  const summary = /** @type {HTMLElement} */ (box.querySelector('summary'));
  document.addEventListener('pointerdown', ({ target }) => {
    if (box.open && !box.contains(/** @type {Node} */ (target))) close();
  });
  // A choice by pointer or Enter is made; arrow keys are still looking.
  box.addEventListener('click', ({ detail, target }) => {
    if (detail > 0 && /** @type {Element} */ (target).closest('.model')) close();
  });
  box.addEventListener('keydown', (event) => {
    const onChoice = event.key === 'Enter' && event.target !== summary;
    if (!box.open || (event.key !== 'Escape' && !onChoice)) return;
    event.preventDefault();
    close();
    summary.focus();
  });
  box.addEventListener('focusout', ({ relatedTarget }) => {
    const to = /** @type {Node | null} */ (relatedTarget);
    if (to && !box.contains(to)) close();
  });
}
