// How the layers fare: sizes of weights and gradients, silent units; and what goes wrong, in words.

import { make, say } from '../../page/dom.js';
import { layerName } from '../../state/names.js';
import { asksItself } from './lesson.js';
import { readCheckpoint, watchedRun } from './selectors.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Checkpoint, Details, TrainState } from '../types.js' */

const SMALLEST = -6; // powers of ten that a bar spans
const LARGEST = 1;

/** How long a bar stands for a size: its power of ten. @param {number | null} value */
export function barOf(value) {
  if (value === null) return 1;
  if (value <= 0) return 0;
  return Math.min(1, Math.max(0, (Math.log10(value) - SMALLEST) / (LARGEST - SMALLEST)));
}

/**
 * Where the words for a problem are: what helps depends on what made it so, and on what is left to try.
 * @param {string} code @param {Details} details
 * @param {number} [most] how many digits there are to learn from
 */
export function problemKey(code, { recipe, checkpoints }, most = Infinity) {
  if (code === 'overfitting' && recipe && recipe.samples >= most) return 'problem.overfitting.all';
  if (code !== 'silent') return `problem.${code}`;
  const layers = checkpoints.at(-1)?.layers.slice(0, -1) ?? [];
  const silent = new Set(
    layers.filter((layer) => 2 * layer.silent >= layer.units).map(({ name }) => name),
  );
  const isRelu = recipe?.architecture.layers.some(
    ({ name, activation }) => silent.has(name) && activation === 'relu',
  );
  return isRelu ? 'problem.silent.relu' : 'problem.silent';
}

/**
 * @param {HTMLElement} container
 * @param {HTMLElement} problem
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createHealth(container, problem, t, numbers) {
  const body = make('tbody', {});
  const heads = ['layer', 'weights', 'gradients', 'silent'].map((name) =>
    make('th', { scope: 'col', title: t(`health.hint.${name}`) }, t(`health.${name}`)),
  );
  container.append(
    make('h3', {}, t('health.title')),
    make(
      'table',
      { class: 'health', 'data-testid': 'health' },
      make('thead', {}, make('tr', {}, ...heads)),
      body,
    ),
    make('p', { class: 'small soft' }, t('health.scale')),
  );
  /** @type {Checkpoint | null} */
  let shown = null;

  /** @param {number | null} value */
  function size(value) {
    const fill = make('span', { class: 'bar-fill' });
    fill.style.transform = `scaleX(${barOf(value)})`;
    return make(
      'td',
      {},
      make(
        'span',
        { class: 'health-size' },
        make('span', { class: 'bar-track' }, fill),
        make('span', {}, value === null ? 'NaN' : numbers.short(value)),
      ),
    );
  }

  return {
    /** @param {TrainState} state */
    update(state) {
      const details = watchedRun(state);
      const problems = details?.problems ?? [];
      const most = state.lessons?.samples;
      const keys = details ? problems.map((code) => problemKey(code, details, most)) : [];
      const last = details && !asksItself(details, state) ? keys.slice(-1) : [];
      const help = last.map((key) => `${key}.help`); // what helps against the last helps against all
      say(problem, [...keys, ...help].map((key) => t(key)).join(' '));
      problem.hidden = problems.length === 0;
      const checkpoint = readCheckpoint(state);
      container.hidden = !checkpoint;
      if (!checkpoint || checkpoint === shown) return;
      shown = checkpoint;
      body.replaceChildren(
        ...checkpoint.layers.map(({ name, weights, gradients, silent, units }) =>
          make(
            'tr',
            {},
            make('th', { scope: 'row' }, layerName(name, t)),
            size(weights),
            checkpoint.batch ? size(gradients) : make('td', { class: 'soft' }, '–'),
            make(
              'td',
              { class: silent * 2 >= units ? 'wrong' : '' },
              t('health.units', { silent, units }),
            ),
          ),
        ),
      );
    },
  };
}
