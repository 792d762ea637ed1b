// What a run is called unless somebody names it: the lesson it begins with and what was changed in it, so
// that two of them differ by their names.

import { outputsOf } from './recipe.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { LayerConfig, Recipe, TrainState } from '../types.js' */

const MOST = 60; // letters that a name may have

/** @param {LayerConfig} layer */
const sizeOf = ({ units, filters }) => units ?? filters;

/** How large its layers are, the output last: "32-16-10". @param {Recipe} recipe */
const sizesOf = ({ architecture: { layers } }) =>
  layers
    .map(sizeOf)
    .filter((size) => typeof size === 'number')
    .join('-');

/** @param {Recipe} recipe */
const activationsOf = (recipe) => {
  const outputs = outputsOf(recipe);
  const hidden = recipe.architecture.layers.filter((layer) => !outputs.includes(layer));
  return [...new Set(hidden.flatMap(({ activation }) => activation ?? []))];
};

/** What a recipe has, in few words each, whose difference tells it from another.
 * @param {Recipe} recipe @param {Translate} t @returns {string[]} */
function marksOf(recipe, t) {
  const { learning_rate: rate, batch_size: size, optimizer, epochs, loss, seed } = recipe.training;
  return [
    sizesOf(recipe),
    activationsOf(recipe)
      .map((each) => t(`choice.${each}`))
      .join(' + '),
    `η ${rate}`,
    t(`choice.${optimizer}`),
    t('runs.batch', { size }),
    t('title.epochs', { epochs }),
    t('runs.digits', { count: recipe.samples.toLocaleString('en') }),
    t(`choice.${loss}`),
    t('title.seed', { seed: seed ?? 0 }),
  ];
}

/**
 * @param {string} name the lesson's
 * @param {Recipe} recipe
 * @param {Recipe} lesson its recipe as it comes
 * @param {Translate} t
 */
export function titled(name, recipe, lesson, t) {
  const plain = marksOf(lesson, t);
  const changed = marksOf(recipe, t).filter((mark, i) => mark !== plain[i]);
  let title = name;
  for (const mark of changed) {
    const longer = `${title}, ${mark}`;
    if (longer.length > MOST) break;
    title = longer;
  }
  return title;
}

/**
 * What the recipes that are set up are called by themselves, the second one's behind the first's.
 * @param {Pick<TrainState, 'lesson' | 'lessons' | 'recipe' | 'other'>} state @param {Translate} t
 */
export function ownTitles({ lesson, lessons, recipe, other }, t) {
  const recipes = lessons?.lessons.find(({ id }) => id === lesson)?.recipes ?? [];
  return [recipe, other].map((each, i) =>
    each && recipes[i] ? titled(t(`lesson.run.${lesson}${i || ''}`), each, recipes[i], t) : '',
  );
}

/** A title that no other has: it is counted. @param {string} title @param {string[]} taken */
export function free(title, taken) {
  let found = title;
  for (let count = 2; taken.includes(found); count++) found = `${title} ${count}`;
  return found;
}
