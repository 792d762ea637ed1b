// The presenter's side of a class: tells the server which step is shown, opens polls, and shows how the
// votes went beside what the network does.

import { make, say } from '../../page/dom.js';
import { createSender, isRefusal } from '../../server/api.js';
import { rooted } from '../../server/root.js';
import { createText } from '../text.js';
import { ballotsOf, createBallot } from './ballot.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Quantity } from '../evaluate.js' */
/** @import { Chapter } from '../types.js' */
/** @import { Poll } from './ballot.js' */
/** @import { Asked } from '../present/deck.js' */

const EVERY = 1500; // ms between looks at the votes
const HERE = 30000; // ms between signs of life

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
  const { request, post } = createSender();
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
  /** @type {Poll | null} */
  let counted = null;
  let told = '';
  let toldAt = -Infinity;
  let isHeard = isTeacher;
  let isSilent = false; // whoever presents for themselves has been told, once

  const advance = () => isHeard && now && onPoll(nextOf(now.poll, ballots.length, now.answered));
  const show = () => isHeard && now?.poll && onPoll({ ...now.poll, round: 'shown' });
  silence.addEventListener('click', () => {
    isSilent = true;
    paint();
  });
  next.addEventListener('click', advance);
  reveal.addEventListener('click', show);

  function paint() {
    code.hidden = isHeard || isSilent;
    tools.hidden = !isHeard;
    element.hidden = !now || (isHeard ? !ballots.length : isSilent);
    if (!now || element.hidden) return;
    if (!isHeard) {
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
    const known = counted && counted.part === poll.part ? counted : nothing;
    shown.view.update(
      { ...known, round: poll.round },
      null,
      poll.round === 'shown' ? ballot.rightOf(quantities()) : null,
      !isWall,
    );
  }

  /** Tell the class what is shown: at once when it changed, and now and then that it still is. */
  async function tell() {
    if (!now || !isWall || !isHeard) return;
    const { chapter, at, poll } = now;
    const body = {
      chapter: chapter.id,
      step: chapter.content[at].name,
      poll: poll && { ...poll, choices: ballots[poll.part].choices.length },
    };
    const wanted = JSON.stringify(body);
    if (wanted === told && performance.now() - toldAt < HERE) return;
    told = wanted;
    toldAt = performance.now();
    await post('/api/class/lesson', body).catch((error) => {
      told = ''; // said again with the next look
      if (!isRefusal(error) || error.code !== 'not_teacher') return;
      isHeard = false; // not before someone comes back to this window, perhaps from giving the code
      paint();
    });
  }

  /** The class is shown nothing any more. @param {boolean} isLast the page goes, too */
  function leave(isLast) {
    if (!isWall || !told) return;
    told = '';
    request('/api/class/lesson', { method: 'DELETE', keepalive: isLast }).catch(() => {});
  }

  async function comeBack() {
    if (isHeard || document.hidden) return;
    const { teacher } = await (await request('/api/class')).json();
    if (!teacher) return;
    isHeard = true;
    paint();
    tell();
  }
  if (isWall) window.addEventListener('pagehide', () => leave(true));
  window.addEventListener('focus', () => comeBack().catch(() => {}));

  async function look() {
    try {
      await tell();
      if (now?.poll && isHeard) {
        const before = now.poll;
        const { poll } = await (await request('/api/class/lesson')).json();
        if (now?.poll === before || now?.poll?.part === poll?.part) counted = poll;
        paint();
      }
    } catch {
      // counts come with the next look
    }
    setTimeout(look, EVERY);
  }

  look();
  return {
    /** @param {Chapter | null} chapter @param {number} at @param {Asked | null} poll
     * @param {number[]} [answered] parts of the step whose answer is seen */
    show(chapter, at, poll, answered = []) {
      const isSame = now?.chapter === chapter && now?.at === at;
      if (!isSame) {
        ballots = chapter ? ballotsOf(chapter.content[at], chapter.id, numbers) : [];
        counted = null;
      }
      now = chapter && {
        chapter,
        at,
        poll: poll && poll.part < ballots.length ? poll : null,
        answered,
      };
      if (!now?.poll) counted = null;
      if (!now) leave(false);
      paint();
      tell().catch(() => {});
    },
    advance,
    reveal: show,
    update: () => now?.poll?.round === 'shown' && paint(),
  };
}
