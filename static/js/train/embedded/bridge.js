// The Train screen beside a chapter: lets the chapter choose a lesson, see how the training goes, and
// light up parts. It is loaded only there; learn/types.d.ts says what a bridge is.

import { blank } from '../../state/history.js';
import { boxOf, createLights } from '../../views/lights.js';
import { newLayer } from '../setup/kinds.js';
import { editable, withLayers } from '../setup/recipe.js';

/** @import { Bridge } from '../../learn/types.js' */
/** @import { State } from '../../state/types.js' */
/** @import { Plan, Recipe, TrainState } from '../types.js' */

/** Parts of the screen by name. @type {Record<string, string>} */
const PLACES = {
  setup: '.setup',
  lessons: '.lesson-cards',
  layers: '.layers-box',
  rate: '.field:has([data-testid=set-learning_rate])',
  start: '[data-testid=start]',
  run: '#run-head',
  curves: '#curves',
  network: '#network',
  checkpoints: '#scrub',
  gradients: '#health-box',
  filters: '#filters-box',
  'one-step': '#step',
  'your-drawing': '.mine',
  trainings: '#history',
  pad: '#pad',
  answer: '#answer',
};

const NEWEST = 50; // batches: the loss of a single one jumps

/** The loss as it is now: the mean of the newest batches. @param {(number | null)[]} losses */
export function newestLoss(losses) {
  const newest = losses.slice(-NEWEST).filter((loss) => loss !== null);
  return newest.length ? newest.reduce((all, loss) => all + loss, 0) / newest.length : null;
}

/** What is set up, by the sizes from its input on. @param {Recipe} recipe @param {Plan} plan */
export const sizesOf = ({ architecture: { input_shape } }, { layers }) =>
  [input_shape, ...layers.map(({ shape }) => shape)].map((shape) => shape.join('×')).join('-');

/** Dense layers of these sizes, otherwise like the first there is. @param {Recipe} recipe @param {number[]} sizes */
export function withHidden(recipe, sizes) {
  const like = editable(recipe).find(({ kind }) => kind === 'dense') ?? newLayer('dense');
  return withLayers(
    recipe,
    sizes.map((units) => ({ ...like, units })),
  );
}

/**
 * @template S
 * @typedef {{get(): S, set(change: Partial<S>): void, subscribe(listener: (state: S) => void): () => void}} Store
 */

/**
 * @param {object} page
 * @param {Store<TrainState>} page.store
 * @param {Store<State>} page.page
 * @param {(lesson: string) => void} page.onLesson
 * @param {(change: (recipe: Recipe) => Recipe) => void} page.onRecipe
 * @param {() => Promise<void>} page.onStart
 * @returns {Bridge}
 */
export function createBridge({ store, page, onLesson, onRecipe, onStart }) {
  const elementOf = (/** @type {string} */ name) =>
    Object.hasOwn(PLACES, name) ? document.querySelector(PLACES[name]) : null;
  const find = (/** @type {string} */ name) => boxOf(elementOf(name));
  const lights = createLights({ find, elementOf });
  store.subscribe(lights.repaint);
  /** The trainings that there were as the step began. @type {Set<string>} */
  let before = new Set();

  return {
    state: page.get,
    training() {
      const { runs, details, lesson, beside, recipe, plan } = store.get();
      const started = runs.filter(({ id, mine }) => mine && !before.has(id));
      const run = started[started.length - 1] ?? null; // the first that was started; a second one runs beside it
      const known = run ? details[run.id] : null;
      const losses = known?.curve.loss ?? [];
      const other = started.some(({ id }) => id === beside) && beside ? details[beside] : null;
      return {
        lesson,
        setUp: recipe && plan ? sizesOf(recipe, plan) : null,
        setParameters: plan?.parameters ?? null,
        started: started.length,
        isDone: run?.state === 'done',
        batch: losses.length ? (run?.batch ?? null) : null, // as far as its curve is here
        accuracy: run?.validation ?? null,
        loss: newestLoss(losses),
        besideLoss: newestLoss(other?.curve.loss ?? []),
        outputLosses: Object.fromEntries(
          (known?.checkpoints.at(-1)?.outputs ?? []).map((each) => [
            each.name,
            each.validation_loss,
          ]),
        ),
        problems: known?.problems ?? [],
      };
    },
    subscribe(listener) {
      const ends = [store.subscribe(() => listener()), page.subscribe(() => listener())];
      return () => ends.forEach((end) => end());
    },
    isSettled: () => store.get().lessons !== null,
    async apply({ lesson, hidden }) {
      page.set({ welcome: false }); // nobody is greeted here
      before = new Set(store.get().runs.map(({ id }) => id));
      store.set({ watched: null, beside: null, batch: null, playing: false });
      const { lesson: now, lessons } = store.get();
      const next = lesson || now || lessons?.lessons[0].id;
      if (next && next !== now) onLesson(next);
      if (hidden) onRecipe((recipe) => withHidden(recipe, hidden));
    },
    start: onStart,
    async teach() {}, // is a part of the screen itself
    drawing: blank,
    putBack() {},
    clear(needed) {
      document.documentElement.dataset.needs = needed.join(' ');
    },
    light: lights.light,
    onPart: lights.onPart,
    has: (name) => find(name) !== null,
    theme(theme) {
      document.documentElement.dataset.theme = theme;
      page.set({ theme });
    },
  };
}
