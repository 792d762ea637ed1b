// What a run is called unless somebody names it: the lesson it begins with and what was changed in it, so
// that two of them differ by their names.

import { outputsOf } from './recipe.js';
import { changedToo } from './second.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { LayerConfig, Recipe, TrainState } from '../types.js' */

/** @typedef {Pick<TrainState, 'lesson' | 'lessons' | 'recipe' | 'other'>} State */

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

/** What the recipes that are set up are called by themselves, the second one's behind the first's.
 * @param {State} state @param {Translate} t */
function ownTitles({ lesson, lessons, recipe, other }, t) {
  const recipes = lessons?.lessons.find(({ id }) => id === lesson)?.recipes ?? [];
  return [recipe, other].map((each, i) =>
    each && recipes[i] ? titled(t(`lesson.run.${lesson}${i || ''}`), each, recipes[i], t) : '',
  );
}

/** What follows a change of the first recipe: the second is changed, too, and both are called by it unless
 * somebody has named them.
 * @param {(recipe: Recipe) => Recipe} change @param {Recipe} before the first one
 * @param {State} state @param {Translate} t */
export function followed(change, before, state, t) {
  const [own, second] = ownTitles({ ...state, recipe: before }, t);
  const other = state.other && changedToo(state.other, change, before);
  const { recipe } = state;
  const names = ownTitles({ ...state, other }, t);
  return {
    recipe:
      recipe?.title === before.title && before.title === own
        ? { ...recipe, title: names[0] }
        : recipe,
    other: other?.title === second && other ? { ...other, title: names[1] } : other,
  };
}

/** What they are started as: a name that nobody gave is counted where another run has it.
 * @param {State & Pick<TrainState, 'runs'>} state @param {Translate} t */
export function startTitles(state, t) {
  const own = ownTitles(state, t);
  return [state.recipe, state.other].map((each, i) => {
    let title = each?.title ?? '';
    const isTaken = () => state.runs.some((run) => run.title === title);
    if (title !== own[i]) return title;
    for (let count = 2; isTaken(); count++) title = `${own[i]} ${count}`;
    return title;
  });
}
