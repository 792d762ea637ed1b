// Which lesson a run is: what there is to see in it stays in sight while it trains.

/** @import { Details, Recipe, TrainState } from '../types.js' */

/** A recipe but for its name and what was changed by hand. @param {Recipe} recipe */
function essence({ title: _, changes: __, ...rest }) {
  return JSON.stringify(rest);
}

/**
 * The lesson that a run's recipe comes from, null for one's own. Of several with that recipe the one
 * that compares two, where two are shown.
 * @param {Recipe} recipe @param {Pick<TrainState, 'lessons' | 'beside'>} state @returns {string | null}
 */
export function lessonOf(recipe, { lessons, beside }) {
  const own = essence(recipe);
  const found = (lessons?.lessons ?? []).filter(({ recipes }) =>
    recipes.some((each) => essence(each) === own),
  );
  const fitting = found.find(({ recipes }) => recipes.length > 1 === (beside !== null));
  return (fitting ?? found[0])?.id ?? null;
}

/** Lessons that ask what to do about what goes wrong, or which network does better. */
const ASKS = ['high_rate', 'deep'];

/** Whether a run's lesson itself says what to try: it stays beside what is found.
 * @param {Details} details @param {Pick<TrainState, 'lessons' | 'beside'>} state */
export const asksItself = ({ recipe }, state) =>
  recipe !== null && ASKS.includes(lessonOf(recipe, state) ?? '');

/** The lesson whose words stand at a run: what to look for, until something is found.
 * @param {Details} details @param {Pick<TrainState, 'lessons' | 'beside'>} state */
export const toldOf = (details, state) =>
  details.recipe && (!details.problems.length || asksItself(details, state))
    ? lessonOf(details.recipe, state)
    : null;
