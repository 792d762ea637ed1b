// Says that the network is not as it was learned: how it reads the test set now, how to go back,
// how to keep it.

import { make, say } from '../../page/dom.js';
import { layerName } from '../../state/names.js';
import { changesTold } from './edits.js';

/** @import { State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const LONGEST = 60; // characters of a name
const SURE = 4000; // ms in which a second click deletes

/**
 * What one looks at, as one word: it is another with the next drawing that is done, the next view, the next
 * network.
 */
export function createPlaces() {
  /** @type {unknown} */
  let drawing;
  let drawn = 0;
  /** @param {Pick<State, 'model' | 'readOf' | 'penDown' | 'inspecting' | 'comparing' | 'teaching'>} state */
  return ({ model, readOf, penDown, inspecting, comparing, teaching }) => {
    if (!penDown && readOf !== drawing) drawn += 1;
    if (!penDown) drawing = readOf;
    return [model?.id, drawn, inspecting, comparing, teaching].join();
  };
}

/** The share read right, or how far numbers are off on average. @param {NonNullable<State['evaluation']>} evaluation */
const measureOf = ({ accuracy, mean_absolute_error: error }) => error ?? accuracy;

/**
 * The further outputs' accuracies on the test set: as learned, null where that is not known, and now.
 * @param {Pick<import('../../state/types.js').ModelSummary, 'outputs' | 'accuracy'>} model
 * @param {Record<string, number> | null} scores of the network as it is now, null until they are there
 * @returns {{name: string, before: number | null, now: number | null}[]}
 */
export const furtherOf = ({ outputs, accuracy }, scores) =>
  outputs.slice(1).map(({ name }) => ({
    name,
    before: accuracy[`mnist_test_${name}`] ?? null,
    now: scores?.[name] ?? null,
  }));

/**
 * How the network read the test set as it was learned; undefined where that is not known yet.
 * @param {Pick<State, 'model' | 'tested'>} state
 */
export function learnedOf({ model, tested = {} }) {
  if (!model) return undefined;
  const { mnist_test: share = model.accuracy.test } = model.accuracy;
  const known = model.outputs[0].kind === 'number' ? model.scores.test_mae : share;
  return known ?? tested[model.id]; // a checkpoint's is read when it is wanted
}

/** Which test set it is, as a key's ending. @param {State['model']} model */
export const testedOn = (model) =>
  model?.outputs[0].kind === 'number' ? '.number' : model?.problem === 'pen' ? '.pen' : '';

/**
 * How the network reads the test set: as it was learned, and with the changes; "…" while it reads.
 * @param {Pick<State, 'model' | 'edits' | 'evaluation' | 'tested'>} state
 * @param {Numbers} numbers
 */
export function measured({ model, edits, evaluation, tested }, numbers) {
  if (!model) return { text: '', value: undefined, isCurrent: true, isKnown: false };
  const made = edits[model.id] ?? [];
  const isNumber = model.outputs[0].kind === 'number';
  const learned = learnedOf({ model, tested });
  const measure = isNumber ? numbers.dollars : numbers.percent;
  const before = learned === undefined ? '…' : measure(learned);
  const isCurrent =
    evaluation !== null && evaluation.edits === made && evaluation.model === model.id;
  const isClose = evaluation?.model === model.id && model.kind === 'mlp'; // as good as there
  const isKnown = evaluation !== null && (isCurrent || isClose);
  const now = isKnown ? measure(measureOf(evaluation)) : '…';
  return {
    text: made.length ? `${before} → ${now}` : before,
    value: made.length && evaluation ? measureOf(evaluation) : learned,
    isCurrent: !made.length || isCurrent,
    isKnown,
  };
}

/**
 * @param {HTMLElement} container
 * @param {object} events
 * @param {() => void} events.onUndo
 * @param {() => void} events.onReset
 * @param {(title: string) => Promise<void>} events.onSave
 * @param {() => Promise<void>} events.onRemove
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createEdited(container, { onUndo, onReset, onSave, onRemove }, t, numbers) {
  /** @param {string} id @param {() => void} act */
  const button = (id, act) => {
    const element = make(
      'button',
      { type: 'button', 'data-testid': `edited-${id}` },
      t(`edited.${id}`),
    );
    element.addEventListener('click', act);
    return element;
  };
  const title = make('p', { class: 'edited-title' });
  const accuracy = make('p', { 'data-testid': 'edited-accuracy' });
  const about = make('p', { class: 'small soft', 'data-testid': 'edited-about' });
  const undo = button('undo', onUndo);
  const reset = button('reset', onReset);
  const keep = button('save', () => {
    form.hidden = !form.hidden;
    if (!form.hidden) name.focus();
  });
  const remove = button('remove', askOrRemove);
  const name = make('input', {
    type: 'text',
    maxlength: LONGEST,
    required: true,
    'aria-label': t('edited.name'),
    placeholder: t('edited.name'),
    'data-testid': 'edited-name',
  });
  const send = make('button', { type: 'submit', 'data-testid': 'edited-send' }, t('edited.send'));
  const form = make('form', { class: 'edited-form', hidden: true }, name, send);
  const trouble = make('p', { class: 'small wrong', role: 'alert' });
  const tools = make('p', { class: 'edited-tools' }, undo, reset, keep, remove);
  container.append(title, accuracy, about, tools, form, trouble);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let at = ''; // where something was changed last
  const placeOf = createPlaces();

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send.disabled = true;
    say(trouble, '');
    onSave(name.value.trim())
      .then(() => {
        form.hidden = true;
        name.value = '';
      }, fail)
      .finally(() => (send.disabled = false));
  });

  /** @param {Error} error */
  const fail = (error) => say(trouble, t('edited.failed', { detail: error.message }));

  /** Deleting asks once more: it cannot be undone. */
  function askOrRemove() {
    if (remove.dataset.sure) {
      calm();
      onRemove().catch(fail);
      return;
    }
    remove.dataset.sure = 'asked';
    say(remove, t('edited.remove.sure'));
    timer = setTimeout(calm, SURE);
  }

  function calm() {
    clearTimeout(timer);
    delete remove.dataset.sure;
    say(remove, t('edited.remove'));
  }

  return {
    /** @param {State} state */
    update(state) {
      const { model, models, edits, evaluation, tested, canUndoEdit } = state;
      const made = edits[model?.id ?? ''] ?? [];
      const isSaved = models.find(({ id }) => id === model?.id)?.saved ?? false;
      title.classList.toggle('is-edited', made.length > 0);
      // where nothing is changed any more, the place stands as long as one looks at the same: a second
      // press of Undo meets nothing else
      const here = placeOf(state);
      if (made.length) at = here;
      const isBack = at === here || (canUndoEdit && state.changing);
      container.hidden = !model || (!made.length && !isBack && !isSaved);
      if (container.hidden || !model) return;
      say(
        title,
        made.length
          ? t('edited.title', { changes: changesTold(made, state, t, numbers) })
          : isSaved
            ? t('edited.saved', { title: model.title })
            : t('edited.none'),
      );
      const found = measured({ model, edits, evaluation, tested }, numbers);
      say(accuracy, found.text);
      accuracy.dataset.value = String(found.value);
      container.setAttribute('aria-busy', String(!found.isCurrent));
      const time =
        evaluation && found.isKnown ? numbers.whole(Math.ceil(evaluation.seconds * 1000)) : '';
      const of = testedOn(model);
      const told = !made.length
        ? t(`edited.about${of}`)
        : time
          ? t(`edited.time${of}`, { time })
          : t(`edited.reading${of}`);
      const scores = found.isKnown ? (evaluation?.scores ?? null) : null;
      const further = furtherOf(model, scores).map(({ name, before: was, now }) =>
        t('edited.further', {
          name: layerName(name, t),
          share: [...(was === null && made.length ? [] : [was]), ...(made.length ? [now] : [])]
            .map((share) => (share === null ? '…' : numbers.percent(share)))
            .join(' → '),
        }),
      );
      say(about, [...further, told].join(' · '));
      undo.hidden = !canUndoEdit && at !== here;
      undo.disabled = !canUndoEdit;
      reset.hidden = keep.hidden = !made.length; // nothing is changed, so nothing is offered of it
      remove.hidden = !models.find(({ id }) => id === model.id)?.mine;
      if (!made.length) form.hidden = true;
    },
    destroy() {
      clearTimeout(timer);
      container.replaceChildren();
    },
  };
}
