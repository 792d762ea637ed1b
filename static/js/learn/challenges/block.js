// A challenge: something with a live score, one's own best, what is to be beaten, and a link for
// others. What someone else sent, or what was shown, is no score of one's own.

import { copyFrom } from '../../page/clipboard.js';
import { make, say } from '../../page/dom.js';
import { evaluate, holds } from '../evaluate.js';
import { written } from '../text.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Quantity } from '../evaluate.js' */
/** @import { Challenge } from '../types.js' */

/** Whether a score is better than another, if there is another.
 * @param {number} score @param {number | null} than @param {Challenge['better']} better */
export const isBetter = (score, than, better) =>
  than === null || (better === 'more' ? score > than : score < than);

/**
 * @param {Challenge} challenge
 * @param {{inline: (nodes: import('../types.js').Node[]) => (HTMLElement | string)[]}} text
 * @param {object} page
 * @param {number | null} page.best so far
 * @param {boolean} page.isSent the screen is as someone's link says
 * @param {(score: number) => void} page.onScore a new best
 * @param {() => void} page.onShow a solution
 * @param {() => void} page.onAgain begin anew
 * @param {() => void} page.onBest show one's own best again
 * @param {() => Promise<{href: string, reach: 'all' | 'here'}>} page.link to what is shown
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createChallenge(
  challenge,
  text,
  { best, isSent, onScore, onShow, onAgain, onBest, link },
  t,
  numbers,
) {
  const { better, form } = challenge;
  let top = best;
  let isOwn = !isSent;
  let wasOpen = best !== null; // seen not counting since the step began, or before: one's best can be improved
  /** @param {number | null} value */
  const number = (value) => written(value, form, numbers);

  /** @param {string} id @param {string} label */
  function figure(id, label) {
    const value = make('dd', { class: 'number', 'data-testid': `challenge-${id}` }, '–');
    return { value, element: make('div', {}, make('dt', {}, label), value) };
  }
  /** @param {string} id @param {() => unknown} act @param {string} [kind] */
  function button(id, act, kind = 'link') {
    const element = make(
      'button',
      { type: 'button', class: kind, 'data-testid': `challenge-${id}` },
      t(`challenge.${id}`),
    );
    element.addEventListener('click', act);
    return element;
  }
  const now = figure('score', t('challenge.score'));
  const own = figure('best', t('challenge.best'));
  const par = figure('par', t(better === 'less' ? 'challenge.record' : 'challenge.par'));
  const state = make('p', {
    class: 'small soft',
    role: 'status',
    'data-testid': 'challenge-state',
  });
  const hint = make('p', { class: 'hint', hidden: true }, ...text.inline(challenge.hint));
  const ask = button('hint', () => {
    hint.hidden = false;
    ask.hidden = true;
    show.hidden = challenge.show.length === 0;
  });
  const show = button('show', () => {
    isOwn = false;
    onShow();
  });
  show.hidden = true;
  const again = button('again', onAgain);
  const back = button('back', onBest);
  const copy = button('copy', give, '');
  const address = make('input', {
    type: 'text',
    readonly: true,
    'aria-label': t('challenge.link'),
    'data-testid': 'challenge-link',
  });
  const said = make('p', { class: 'small soft', role: 'status', 'data-testid': 'challenge-said' });
  const sharing = make('div', { class: 'challenge-link', hidden: true }, address, said);
  const element = make(
    'section',
    { class: 'challenge', 'data-testid': 'challenge' },
    ...(isSent
      ? [
          make(
            'p',
            { class: 'challenge-sent', 'data-testid': 'challenge-sent' },
            t('challenge.sent'),
          ),
        ]
      : []),
    make('p', {}, ...text.inline(challenge.do)),
    make(
      'dl',
      { class: 'challenge-figures' },
      now.element,
      own.element,
      ...(challenge.par === null ? [] : [par.element]),
    ),
    state,
    hint,
    make('p', { class: 'task-help' }, ask, show, again, back),
    make('p', {}, copy),
    sharing,
  );

  async function give() {
    const { href, reach } = await link();
    address.value = href;
    sharing.hidden = false;
    const isCopied = await copyFrom(address);
    say(
      said,
      `${t(isCopied ? 'challenge.copied' : 'challenge.by-hand')} ${reach === 'here' ? t('challenge.here') : ''}`,
    );
  }

  const showBest = () => {
    say(own.value, number(top));
    back.hidden = top === null;
  };
  showBest();

  return {
    element,
    /** @param {Record<string, Quantity>} quantities @param {boolean} isSettled */
    update(quantities, isSettled) {
      const worked = evaluate(challenge.score, quantities);
      const score = typeof worked === 'number' ? worked : null;
      const counts = holds(challenge.until, quantities);
      say(now.value, number(score));
      now.element.classList.toggle('counts', counts);
      const record =
        challenge.par === null
          ? null
          : /** @type {number | null} */ (evaluate(challenge.par, quantities));
      if (challenge.par !== null) say(par.value, number(record));
      const isBeaten = score !== null && record !== null && isBetter(score, record, better);
      copy.disabled = !counts;
      const reached = isBeaten ? 'challenge.beaten' : 'challenge.counts';
      say(state, t(!counts ? 'challenge.not-yet' : isOwn ? reached : 'challenge.not-yours'));
      state.classList.toggle('counts', counts);
      if (!isSettled || !isOwn) return;
      if (!counts) wasOpen = true;
      else if (wasOpen && score !== null && isBetter(score, top, better)) {
        top = score;
        showBest();
        onScore(score);
      }
    },
  };
}
