// Which lesson a run is: what there is to see in it stays in sight while it trains.

/** @import { Recipe, TrainState } from '../types.js' */

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
