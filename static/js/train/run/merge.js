// What comes of a run bit by bit, put together.

/** @import { Checkpoint, Curve, Details } from '../types.js' */

/** The batch up to which all is known; null before anything came. Curve and checkpoints may not have
 * come to the same batch: what is known of one only is asked for again.
 * @param {Details | undefined} known @returns {number | null} */
export function knownUntil(known) {
  if (!known) return null;
  const last = Math.min(known.curve.batch.at(-1) ?? -1, known.checkpoints.at(-1)?.batch ?? -1);
  return last < 0 ? null : last;
}

/** @param {Curve} known @param {Curve} more @returns {Curve} */
function mergedCurve(known, more) {
  const last = known.batch.at(-1) ?? -1;
  const from = more.batch.findIndex((batch) => batch > last);
  if (from < 0) return known;
  /** @template T @param {T[]} before @param {T[]} after */
  const joined = (before, after) => [...before, ...after.slice(from)];
  return {
    batch: joined(known.batch, more.batch),
    loss: joined(known.loss, more.loss),
    accuracy: joined(known.accuracy, more.accuracy),
    learning_rate: joined(known.learning_rate, more.learning_rate),
  };
}

/** Those of a slow run go again, but for a few: what is gone on the server cannot be looked at here.
 * @param {Checkpoint[]} known @param {Details} more */
function mergedCheckpoints(known, { checkpoints, kept }) {
  const last = known.at(-1)?.batch ?? -1;
  const fresh = checkpoints.filter(({ batch }) => batch > last);
  const there = new Set(kept);
  const left = known.filter(({ batch }) => there.has(batch));
  return fresh.length || left.length < known.length ? [...left, ...fresh] : known;
}

/** The recipe travels only when a rate was changed; it may have been renamed all the same.
 * @param {Details} known @param {Details} more */
function mergedRecipe({ recipe }, more) {
  if (more.recipe || !recipe) return more.recipe;
  return recipe.title === more.run.title ? recipe : { ...recipe, title: more.run.title };
}

/**
 * A run's details with what came since. Where nothing is new the same lists stay, so that nothing is
 * drawn again.
 * @param {Details | undefined} known @param {Details} more @returns {Details}
 */
export function merged(known, more) {
  if (!known) return more;
  return {
    ...more,
    recipe: mergedRecipe(known, more),
    curve: mergedCurve(known.curve, more.curve),
    checkpoints: mergedCheckpoints(known.checkpoints, more),
  };
}
