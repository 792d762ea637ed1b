// The slider over the checkpoints, the film, and what can be done with the checkpoint shown.

import { make, say } from '../../page/dom.js';
import { download } from '../../page/download.js';
import { rooted } from '../../server/root.js';
import { isSound } from '../../state/checkpoints.js';
import { createNaming } from './naming.js';
import { epochsOf } from './progress.js';
import { checkpointOf, measureWords } from '../curves/measures.js';
import { readCheckpoint, watchedRun } from './selectors.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Recipe, TrainState } from '../types.js' */

/**
 * The loss on what is held out; of several outputs their mean as the sum that it is.
 * @param {import('../types.js').Checkpoint} checkpoint @param {Translate} t @param {Numbers} numbers
 */
export function lossWords({ validation_loss: loss, outputs }, t, numbers) {
  if (loss === null) return 'NaN';
  if (outputs.length < 2) return numbers.three(loss);
  const parts = outputs.map(({ validation_loss: own }) =>
    own === null ? 'NaN' : numbers.three(own),
  );
  return t('scrub.mean', {
    parts: parts.join(' + '),
    count: outputs.length,
    loss: numbers.three(loss),
  });
}

/**
 * @param {HTMLElement} container
 * @param {{onBatch: (batch: number | null) => void, onFilm: () => void, onKeep: (title: string, batch: number) => Promise<boolean>, store: {set(change: Partial<TrainState>): void}, small: import('../open.js').Smalls}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createScrub(container, { onBatch, onFilm, onKeep, store, small }, t, numbers) {
  const film = make('button', {
    type: 'button',
    'data-testid': 'film',
    title: t('scrub.film.hint'),
  });
  const slider = make('input', {
    type: 'range',
    min: 0,
    step: 1,
    'data-testid': 'scrub',
    'aria-label': t('scrub.title'),
  });
  const newest = make('button', { type: 'button', 'data-testid': 'newest' }, t('scrub.newest'));
  const where = make('p', { class: 'small', 'data-testid': 'scrub-where' });
  const open = make('a', { class: 'button start', 'data-testid': 'open-draw' }, t('scrub.open'));
  const explore = make(
    'a',
    { class: 'button small', 'data-testid': 'open-explore' },
    t('scrub.explore'),
  );
  const file = make(
    'a',
    { class: 'button small', 'data-testid': 'download', download: '' },
    t('scrub.download'),
  );
  const keep = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'keep' },
    t('scrub.keep'),
  );
  const recipe = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'recipe', title: t('scrub.recipe.hint') },
    t('scrub.recipe'),
  );
  const naming = createNaming(
    {
      label: t('scrub.name'),
      send: t('scrub.send'),
      testId: 'keep-name',
      sendId: 'keep-send',
      close: t('open.close'),
    },
    keep,
    () => watchedTitle,
    (name) => onKeep(name, batch),
    small,
  );
  const said = make('p', { class: 'small', role: 'status', 'data-testid': 'kept' });
  container.append(
    make('div', { class: 'scrub-row' }, film, slider, newest),
    make(
      'div',
      { class: 'scrub-about' },
      where,
      make('span', { class: 'scrub-links' }, open, explore, keep, file, recipe),
    ),
    naming,
    said,
  );
  let batch = 0;
  let watchedTitle = '';
  /** @type {Recipe | null} */
  let shown = null;
  /** @type {number[]} */
  let batches = [];
  slider.addEventListener('input', () => onBatch(batches[Number(slider.value)] ?? null));
  newest.addEventListener('click', () => onBatch(null));
  film.addEventListener('click', onFilm);
  recipe.addEventListener('click', () => {
    if (!shown) return;
    download('recipe.json', `${JSON.stringify(shown, null, 2)}\n`, 'application/json');
    store.set({ said: t('scrub.recipe.kept') });
  });

  return {
    /** @param {TrainState} state */
    update(state) {
      const details = watchedRun(state);
      const checkpoint = readCheckpoint(state);
      container.hidden = !details || !checkpoint;
      if (!details || !checkpoint) return;
      const { run, checkpoints } = details;
      watchedTitle = run.title;
      shown = details.recipe;
      batch = checkpoint.batch;
      batches = checkpoints.map((each) => each.batch);
      slider.max = String(checkpoints.length - 1);
      slider.value = String(checkpoints.indexOf(checkpoint));
      slider.disabled = checkpoints.length < 2;
      film.disabled = checkpoints.length < 2;
      say(film, t(state.playing ? 'scrub.film.pause' : 'scrub.film'));
      newest.disabled = state.batch === null;
      const values = {
        batch: numbers.whole(batch),
        epoch: numbers.two(epochsOf(batch, run)),
        validation: measureWords(run, checkpointOf(checkpoint), t, numbers),
        loss: lossWords(checkpoint, t, numbers),
      };
      const text = t(batch ? 'scrub.where' : 'scrub.start', values);
      say(where, text);
      slider.setAttribute('aria-valuetext', text);
      const id = isSound(checkpoint) ? `${state.watched}-${batch}` : null;
      for (const each of [open, keep, file]) each.hidden = id === null;
      explore.hidden = id === null || run.problem !== 'digits'; // of drawings it tells
      recipe.hidden = shown === null;
      if (id !== null) {
        open.href = rooted(`/#model=${id}`);
        explore.href = rooted(`/explore#model=${id}`);
        file.href = rooted(`/api/models/${id}/weights`);
        file.download = `${id}.safetensors`;
      }
      say(said, state.said);
    },
  };
}
