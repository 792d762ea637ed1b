// The presenter's side of a class: tells the server which step is shown, opens polls, and shows how the
// votes went beside what the network does.

import { make, say } from '../../page/dom.js';
import { rooted } from '../../server/root.js';
import { createText } from '../text.js';
import { ballotsOf, createBallot } from './ballot.js';
import { createTelling } from './telling.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Quantity } from '../evaluate.js' */
/** @import { Chapter } from '../types.js' */
/** @import { Asked } from '../present/deck.js' */

/** What follows in a poll, null after its end. @param {Asked | null} poll @param {number} parts that a step has
 * @param {number[]} [answered] parts whose answer is seen @returns {Asked | null} */
export function nextOf(poll, parts, answered = []) {
  if (!poll) {
    const open = Array.from({ length: parts }, (_, part) => part);
    const part = open.find((each) => !answered.includes(each)) ?? 0;
    return parts ? { part, round: 'first' } : null;
  }
  if (poll.round === 'first') return { ...poll, round: 'second' };
  if (poll.round === 'second') return { ...poll, round: 'shown' };
  return poll.part + 1 < parts ? { part: poll.part + 1, round: 'first' } : null;
}

/**
 * @param {HTMLElement} container
 * @param {object} page
 * @param {(poll: Asked | null) => void} page.onPoll
 * @param {() => Record<string, Quantity>} page.quantities
 * @param {boolean} page.isWall on the wall counts stay hidden until they are shown; the speaker sees them
 * @param {boolean} page.isTeacher this browser has the teacher's code: without it the class is told nothing
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createPresenter(container, { onPoll, quantities, isWall, isTeacher }, t, numbers) {
  const text = createText({ onPart: () => {} }, numbers);
  const next = make('button', { type: 'button', class: 'small', 'data-testid': 'poll-next' });
  const reveal = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'poll-reveal' },
    t('room.reveal'),
  );
  const box = make('div', { class: 'room-votes' });
  const tools = make('p', { class: 'room-tools' }, next, reveal);
  const silence = make(
    'button',
    { type: 'button', class: 'link', 'data-testid': 'room-silence' },
    t('room.silence'),
  );
  const code = make(
    'p',
    { class: 'room-code', role: 'status', 'data-testid': 'room-code' },
    `${t('room.code')} `,
    make('a', { href: rooted('/class'), target: '_blank' }, t('room.code-page')),
    ' · ',
    silence,
  );
  const element = make(
    'div',
    { class: 'room-lead', 'data-testid': 'room-lead', hidden: true },
    code,
    box,
    tools,
  );
  container.append(element);
  /** @type {{chapter: Chapter, at: number, poll: Asked | null, answered: number[]} | null} */
  let now = null;
  /** @type {ReturnType<typeof ballotsOf>} */
  let ballots = [];
  /** @type {{key: string, view: ReturnType<typeof createBallot>} | null} */
  let shown = null;
  let isSilent = false; // whoever presents for themselves has been told, once

  const telling = createTelling(
    {
      shown: () =>
        now && {
          chapter: now.chapter.id,
          step: now.chapter.content[now.at].name,
          poll: now.poll,
          choices: now.poll ? ballots[now.poll.part].choices.length : 0,
        },
      isWall,
      isTeacher,
    },
    paint,
  );

  const advance = () =>
    telling.isHeard() && now && onPoll(nextOf(now.poll, ballots.length, now.answered));
  const show = () => telling.isHeard() && now?.poll && onPoll({ ...now.poll, round: 'shown' });
  silence.addEventListener('click', () => {
    isSilent = true;
    paint();
  });
  next.addEventListener('click', advance);
  reveal.addEventListener('click', show);

  function paint() {
    code.hidden = telling.isHeard() || isSilent;
    tools.hidden = !telling.isHeard();
    element.hidden = !now || (telling.isHeard() ? !ballots.length : isSilent);
    if (!now || element.hidden) return;
    if (!telling.isHeard()) {
      box.replaceChildren();
      shown = null;
      return;
    }
    const { poll } = now;
    const after = nextOf(poll, ballots.length);
    say(
      next,
      t(
        !poll
          ? 'room.ask'
          : poll.round === 'first'
            ? 'room.again'
            : poll.round === 'second'
              ? 'room.reveal'
              : after
                ? 'room.next'
                : 'room.end',
      ),
    );
    reveal.hidden = poll?.round !== 'first';
    if (!poll) {
      box.replaceChildren();
      shown = null;
      return;
    }
    const ballot = ballots[poll.part];
    const key = `${now.chapter.id} ${now.at} ${poll.part}`;
    if (shown?.key !== key) {
      shown = { key, view: createBallot(ballot, text, null, t) };
      box.replaceChildren(shown.view.element);
    }
    const nothing = {
      id: 0,
      part: poll.part,
      choices: ballot.choices.length,
      voted: 0,
      first: null,
      second: null,
    };
    const counted = telling.counted();
    const known = counted?.part === poll.part ? counted : nothing;
    shown.view.update(
      { ...known, round: poll.round },
      null,
      poll.round === 'shown' ? ballot.rightOf(quantities()) : null,
      !isWall,
    );
  }

  return {
    /** @param {Chapter | null} chapter @param {number} at @param {Asked | null} poll
     * @param {number[]} [answered] parts of the step whose answer is seen */
    show(chapter, at, poll, answered = []) {
      const isSame = now?.chapter === chapter && now?.at === at;
      if (!isSame) {
        ballots = chapter ? ballotsOf(chapter.content[at], chapter.id, numbers) : [];
        telling.forget();
      }
      now = chapter && {
        chapter,
        at,
        poll: poll && poll.part < ballots.length ? poll : null,
        answered,
      };
      if (!now?.poll) telling.forget();
      if (!now) telling.leave();
      paint();
      telling.tell();
    },
    advance,
    reveal: show,
    update: () => now?.poll?.round === 'shown' && paint(),
  };
}
