// The lessons to start from, as cards. What one teaches is told below them, at the one that is pointed
// at or chosen: a tooltip is nothing that a finger or a key can open.

import { make } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */

/**
 * @param {string[]} lessons
 * @param {{onLesson: (lesson: string) => void, onPoint: (lesson: string | null) => void}} events
 * @param {Translate} t
 */
export function createCards(lessons, { onLesson, onPoint }, t) {
  const inputs = lessons.map((id) => {
    const input = make('input', {
      type: 'radio',
      name: 'lesson',
      value: id,
      'data-testid': `lesson-${id}`,
    });
    input.addEventListener('change', () => onLesson(id));
    return input;
  });
  const cards = inputs.map((input) => {
    const card = make(
      'label',
      { class: 'lesson-card small' },
      input,
      make('span', {}, t(`lesson.${input.value}`)),
    );
    card.addEventListener(
      'pointerenter',
      ({ pointerType }) => pointerType === 'mouse' && onPoint(input.value),
    );
    card.addEventListener('pointerleave', () => onPoint(null));
    return card;
  });
  const element = make(
    'fieldset',
    { class: 'lesson-cards' },
    make('legend', { class: 'small soft' }, t('setup.lesson')),
    ...cards,
  );
  return {
    element,
    /** @param {string} lesson that the set-up comes from */
    update(lesson) {
      for (const input of inputs) input.checked = input.value === lesson;
    },
  };
}
