// A phone in a class: it follows the presenter's step or is free, and votes.

import { make, say } from '../../page/dom.js';
import { createText } from '../text.js';
import { ballotsOf, createBallot } from './ballot.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Quantity } from '../evaluate.js' */
/** @import { Chapter } from '../types.js' */
/** @import { Lesson } from '../../sessions/class-lesson.js' */

/**
 * @param {HTMLElement} container
 * @param {object} page
 * @param {(poll: number, choice: number) => Promise<unknown>} page.onVote rejects where it does not count
 * @param {(chapter: string, step: string) => void} page.onGo
 * @param {(id: string) => Promise<Chapter | null>} page.chapterOf
 * @param {() => Record<string, Quantity>} page.quantities
 * @param {() => Pick<Storage, 'getItem' | 'setItem'>} page.storage
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createPhone(
  container,
  { onVote, onGo, chapterOf, quantities, storage },
  t,
  numbers,
) {
  const text = createText({ onPart: () => {} }, numbers);
  const place = make('span', { 'data-testid': 'room-place' });
  const follow = make('button', { type: 'button', class: 'small', 'data-testid': 'room-follow' });
  const bar = make(
    'div',
    { class: 'room-bar', 'data-testid': 'room', hidden: true },
    place,
    follow,
  );
  const box = make('div', { class: 'room-poll' });
  container.prepend(bar, box);
  /** @type {Lesson} */
  let lesson = { chapter: null, step: null, poll: null };
  let isFree = recall() === 'free';
  let went = '';
  /** @type {{key: string, ballot: ReturnType<typeof createBallot>, rightOf: (quantities: Record<string, Quantity>) => number | null} | null} */
  let shown = null;
  /** @type {{key: string, choice: number} | null} what was chosen here, in this round */
  let mine = null;
  let voted = 0; // the poll that was voted on here last

  function recall() {
    try {
      return storage().getItem('room');
    } catch {
      return null;
    }
  }

  follow.addEventListener('click', () => {
    isFree = !isFree;
    went = '';
    try {
      storage().setItem('room', isFree ? 'free' : 'follow');
    } catch {
      // it is known until the page is left
    }
    show();
  });

  /** @param {number} choice */
  async function vote(choice) {
    const { poll } = lesson;
    if (!poll) return;
    mine = { key: `${poll.id} ${poll.round}`, choice };
    paint();
    try {
      await onVote(poll.id, choice);
      if (poll.round === 'first') voted = poll.id;
    } catch {
      mine = null; // not counted: the buttons say so
      paint();
    }
  }

  function paint() {
    const { poll } = lesson;
    if (!poll || !shown) return;
    const chosen =
      mine?.key === `${poll.id} ${poll.round}` ||
      (poll.round === 'shown' && mine?.key.startsWith(`${poll.id} `))
        ? (mine?.choice ?? null)
        : null;
    shown.ballot.update(
      poll,
      chosen,
      poll.round === 'shown' ? shown.rightOf(quantities()) : null,
      false,
      voted === poll.id,
    );
  }

  async function show() {
    const { chapter, step, poll } = lesson;
    bar.hidden = !chapter;
    if (!chapter || !step) {
      box.replaceChildren();
      shown = null;
      return;
    }
    const of = await chapterOf(chapter);
    if (lesson.chapter !== chapter || lesson.step !== step) return;
    const at = of?.content.find(({ name }) => name === step);
    say(place, t('room.place', { title: at?.title ?? of?.title ?? '' }));
    say(follow, t(isFree ? 'room.follow' : 'room.free'));
    follow.setAttribute('aria-pressed', String(!isFree));
    if (!isFree && went !== `${chapter}/${step}`) {
      went = `${chapter}/${step}`;
      onGo(chapter, step);
    }
    const ballot = poll && at ? ballotsOf(at, chapter, numbers)[poll.part] : null;
    if (!poll || !ballot || ballot.choices.length !== poll.choices) {
      box.replaceChildren();
      shown = null;
      return;
    }
    if (shown?.key !== String(poll.id)) {
      shown = {
        key: String(poll.id),
        ballot: createBallot(ballot, text, vote, t),
        rightOf: ballot.rightOf,
      };
      box.replaceChildren(shown.ballot.element);
    }
    paint();
  }

  return {
    /** What the class is shown. @param {Lesson} now */
    show(now) {
      lesson = now;
      return show();
    },
    update: paint,
  };
}
