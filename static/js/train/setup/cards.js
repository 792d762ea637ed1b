// The lessons to start from, each a card that says what it is.

import { make } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */

/**
 * @param {string[]} lessons
 * @param {(lesson: string) => void} onLesson
 * @param {Translate} t
 */
export function createCards(lessons, onLesson, t) {
  const inputs = lessons.map((id) => {
    const input = make('input', { type: 'radio', name: 'lesson', value: id, 'data-testid': `lesson-${id}` });
    input.addEventListener('change', () => onLesson(id));
    return input;
  });
  const cards = inputs.map((input) =>
    make('label', { class: 'lesson-card small', title: t(`lesson.about.${input.value}`) }, input, make('span', {}, t(`lesson.${input.value}`))),
  );
  const element = make('fieldset', { class: 'lesson-cards' }, make('legend', { class: 'small soft' }, t('setup.lesson')), ...cards);
  return {
    element,
    /** @param {string} lesson that the set-up comes from */
    update(lesson) {
      for (const input of inputs) input.checked = input.value === lesson;
    },
  };
}
