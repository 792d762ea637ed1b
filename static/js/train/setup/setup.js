// Setting up a run: a lesson to start from, the layers, the settings, what it comes to, start.

import { make, say } from '../../page/dom.js';
import { createCards } from './cards.js';
import { createField, FIELDS } from './fields.js';
import { createLayers } from './layers.js';
import { whatItTakes } from './takes.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Recipe, TrainState } from '../types.js' */

/**
 * @param {HTMLElement} form
 * @param {object} events
 * @param {(lesson: string) => void} events.onLesson
 * @param {(change: (recipe: Recipe) => Recipe) => void} events.onRecipe
 * @param {(slow: boolean) => void} events.onSlow
 * @param {() => void} events.onStart
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createSetup(form, { onLesson, onRecipe, onSlow, onStart }, t, numbers) {
  /** @type {((state: TrainState) => void) | null} */
  let show = null;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    onStart();
  });

  /** @param {NonNullable<TrainState['lessons']>} lessons */
  function build(lessons) {
    const about = make('p', { class: 'small soft lesson-about', 'data-testid': 'lesson-about' });
    const tellOf = (/** @type {string} */ lesson) =>
      say(about, lesson ? t(`lesson.about.${lesson}`) : '');
    let chosen = '';
    const cards = createCards(
      lessons.lessons.map(({ id }) => id),
      { onLesson, onPoint: (lesson) => tellOf(lesson ?? chosen) },
      t,
    );
    const layers = createLayers(onRecipe, lessons, t, numbers);
    const fields = FIELDS.map((field) =>
      createField(
        field,
        (each, value) => onRecipe((recipe) => each.set(recipe, value)),
        lessons,
        t,
        numbers.whole,
      ),
    );
    /** @param {boolean} more */
    const some = (more) =>
      fields.filter(({ field }) => (field.more ?? false) === more).map(({ element }) => element);
    const summary = make('p', { class: 'small plan', 'data-testid': 'plan', role: 'status' });
    const takes = make('p', { class: 'small soft takes', 'data-testid': 'takes' });
    const start = make(
      'button',
      { type: 'submit', class: 'start', 'data-testid': 'start' },
      t('setup.start'),
    );
    const slow = make('input', { type: 'checkbox', 'data-testid': 'slow' });
    slow.addEventListener('change', () => onSlow(slow.checked));
    const slowly = make('label', { class: 'check small' }, slow, make('span', {}, t('setup.slow')));
    const further = make('button', {
      type: 'button',
      class: 'further-settings',
      'aria-label': t('setup.further'),
      title: t('setup.further'),
      'data-testid': 'further-settings',
    });
    further.addEventListener('click', () => window.scrollBy(0, innerHeight / 2));
    const row = make('div', { class: 'start-row' }, further, summary, slowly, start);
    const end = make('span', { class: 'setup-end' });
    form.replaceChildren(
      cards.element,
      about,
      layers.element,
      takes,
      make('div', { class: 'fields' }, ...some(false)),
      make(
        'details',
        { class: 'more', 'data-testid': 'more' },
        make('summary', {}, t('setup.more')),
        make('div', { class: 'fields' }, ...some(true)),
      ),
      row,
      end,
    );
    // What is under the row shows that it goes on; above the window is where it has been.
    new IntersectionObserver(
      (all) => row.classList.toggle('over', !all[all.length - 1].isIntersecting),
      { rootMargin: '1000000px 0px 0px' },
    ).observe(end);
    return (/** @type {TrainState} */ state) => {
      const { recipe } = state;
      if (!recipe) return;
      cards.update(state.lesson);
      if (state.lesson !== chosen) tellOf(state.lesson);
      chosen = state.lesson;
      slow.checked = state.slow;
      layers.update(recipe, state.plan);
      for (const field of fields) field.update(recipe);
      const { plan, refusal } = state;
      summary.classList.toggle('refused', refusal !== '');
      say(
        summary,
        refusal ||
          (plan
            ? t(state.other ? 'setup.plan.two' : 'setup.plan', {
                parameters: numbers.whole(plan.parameters),
                batches: numbers.whole(plan.batches),
              })
            : ''),
      );
      say(takes, plan && !refusal ? t('setup.takes', whatItTakes(plan, numbers)) : '');
      start.disabled = state.starting || refusal !== '';
      say(start, t(state.other ? 'setup.start.two' : 'setup.start'));
    };
  }

  return {
    /** @param {TrainState} state */
    update(state) {
      if (!state.lessons) return;
      show ??= build(state.lessons);
      show(state);
    },
  };
}
