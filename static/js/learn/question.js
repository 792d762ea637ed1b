// A question with the reason for each answer. One may go on trying.

import { make } from '../page/dom.js';

/** @import { Translate } from '../state/types.js' */
/** @import { Question } from './types.js' */

/** An order that is the same for all who read the same question, and not always right first.
 * @param {number} count @param {string} seed */
export function order(count, seed) {
  let hash = 7;
  for (const letter of seed) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1000003;
  const places = Array.from({ length: count }, (_, i) => i);
  const from = hash % count;
  return [...places.slice(from), ...places.slice(0, from)];
}

/**
 * @param {Question} question
 * @param {{inline: (nodes: import('./types.js').Node[]) => (HTMLElement | string)[]}} text
 * @param {{id: string, kept: number | undefined, onAnswer: (answer: number) => void}} page
 * @param {Translate} t
 */
export function createQuestion(question, text, { id, kept, onAnswer }, t) {
  const reason = make('p', { class: 'reason', role: 'status', 'data-testid': 'reason' });
  let isOpen = false;
  const group = make('div', { class: 'answers', role: 'group', 'data-no-terms': '' });
  for (const i of order(question.answers.length, id)) {
    const answer = question.answers[i];
    const button = make(
      'button',
      { type: 'button', class: 'answer-choice', 'data-testid': `answer-${i}` },
      ...text.inline(answer.text),
    );
    button.addEventListener('click', () => {
      show(i);
      onAnswer(i);
      reason.scrollIntoView({ block: 'nearest' });
    });
    group.append(button);
  }

  /** @param {number} chosen @param {boolean} [isGiven] somebody chose it */
  function show(chosen, isGiven = true) {
    const answer = question.answers[chosen];
    if (!answer) return;
    isOpen = answer.right;
    for (const button of group.children) {
      const isIt = /** @type {HTMLElement} */ (button).dataset.testid === `answer-${chosen}`;
      button.classList.toggle('right', isIt && answer.right);
      button.classList.toggle('not', isIt && !answer.right);
      button.setAttribute('aria-pressed', String(isIt));
    }
    reason.replaceChildren(
      ...(isGiven
        ? [make('strong', {}, t(`learn.question.${answer.right ? 'right' : 'not'}`)), ' ']
        : []),
      ...text.inline(answer.reason),
    );
    reason.scrollIntoView?.({ block: 'nearest' }); // it may lie behind the way on
  }

  function hide() {
    isOpen = false;
    for (const button of group.children) {
      button.classList.remove('right', 'not');
      button.removeAttribute('aria-pressed');
    }
    reason.replaceChildren();
  }

  if (kept !== undefined) show(kept);
  return {
    /** Whether the right answer is seen. */
    isOpen: () => isOpen,
    /** The right answer, or none. @param {boolean} wanted */
    reveal(wanted) {
      if (wanted === isOpen) return;
      if (wanted)
        show(
          question.answers.findIndex(({ right }) => right),
          false,
        );
      else hide();
    },
    element: make(
      'section',
      { class: 'question', 'data-testid': 'question' },
      make('p', {}, ...text.inline(question.ask)),
      group,
      reason,
    ),
  };
}
