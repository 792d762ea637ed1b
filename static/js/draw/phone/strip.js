// On a small screen the answer stays in view: a line at the top, with the drawing small beside it, for as
// long as the answer itself is scrolled away. A tap on it leads back to both, at the top.

import { make, say } from '../../page/dom.js';
import { words } from '../../views/answer.js';

/** @import { State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const SIDE = 72; // px of the small drawing, twice what it measures on the screen

/**
 * The answer in its shortest form.
 * @param {State} state
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function answerIn(state, t, numbers) {
  const { reading } = state;
  const answer = reading?.prediction ?? null;
  const isNumber = answer !== null && !reading?.probabilities;
  const digit = answer === null ? '' : isNumber ? numbers.dollars(answer) : String(answer);
  const { early, sure } = words(state, t, numbers);
  return { digit, sure: `${early} ${sure}`.trim() };
}

/** Whether the answer has a line of its own: nothing else says it.
 * @param {State} state @param {boolean} isSeen the answer itself is in sight @param {boolean} isSheet a sheet's head says it */
export const hasStrip = ({ reading, held, comparing }, isSeen, isSheet) =>
  (reading?.prediction ?? null) !== null && !held && !comparing && !isSeen && !isSheet;

/**
 * @param {HTMLElement} container
 * @param {Element[]} answers what is out of sight when the line is wanted; of hidden ones none counts
 * @param {() => HTMLCanvasElement | null} drawn
 * @param {() => void} onSight the answer has left the screen, or is back
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createStrip(container, answers, drawn, onSight, t, numbers) {
  const small = make('canvas', { width: SIDE, height: SIDE });
  const digit = make('strong', { 'data-testid': 'strip-answer' });
  const sure = make('span');
  const reading = make('span', { class: 'small soft strip-reading' });
  const strip = make(
    'p',
    { class: 'answer-strip', 'data-testid': 'strip', 'aria-hidden': 'true', hidden: true },
    small,
    digit,
    sure,
    reading,
  );
  container.append(strip);
  strip.addEventListener('click', () => window.scrollTo({ top: 0 }));
  const context = /** @type {CanvasRenderingContext2D} */ (small.getContext('2d'));
  /** @type {Set<Element>} */
  const seen = new Set(answers); // till it is known
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries)
      seen[isIntersecting ? 'add' : 'delete'](target);
    onSight();
  });
  for (const each of answers) watcher.observe(each);

  return {
    /** @param {State} state @param {boolean} isSheet a sheet is up */
    update(state, isSheet) {
      strip.hidden = !hasStrip(state, seen.size > 0, isSheet);
      if (strip.hidden) return;
      say(
        reading,
        state.stale
          ? (container.querySelector('[data-reading]')?.getAttribute('data-reading') ?? '')
          : '',
      );
      const now = answerIn(state, t, numbers);
      say(digit, now.digit);
      say(sure, now.sure);
      const pad = drawn();
      small.hidden = !pad?.offsetParent;
      context.clearRect(0, 0, SIDE, SIDE);
      if (pad && !small.hidden) context.drawImage(pad, 0, 0, SIDE, SIDE);
    },
    destroy() {
      watcher.disconnect();
      strip.remove();
    },
  };
}
