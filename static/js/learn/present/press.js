// What one press of a clicker does: what the step holds back is shown first, a solution of each task among
// it, then the next step comes, and after a chapter the next one. Back is the same way, as far as it was
// shown. A black screen is only lit: the class has not seen what a press would change.

import { placeKey } from './deck.js';

/** @import { Chapter, Step, Summary } from '../types.js' */
/** @import { Deck } from './deck.js' */

/**
 * @typedef {{kind: 'light'}
 *   | {kind: 'show', part: number}
 *   | {kind: 'hide', part: number}
 *   | {kind: 'step', at: number}
 *   | {kind: 'chapter', chapter: Summary}
 *   | {kind: 'open', chapter: Summary, step: string}
 *   | {kind: 'list'}} Press
 */

/**
 * @typedef {object} Place
 * @property {Chapter | null} chapter null on the list of chapters
 * @property {number} at the step
 * @property {boolean} [black] nothing is seen
 * @property {number[]} shown of its parts
 * @property {Deck['poll']} [poll] what the class is asked
 * @property {Deck['last']} last presented
 * @property {Summary[]} chapters all there are
 */

/** Tasks have their numbers among what is shown after all guesses and questions. */
export const TASK = 100;

/** The tasks whose solution is shown. @param {number[]} shown */
export const tasksIn = (shown) => shown.filter((part) => part >= TASK).map((part) => part - TASK);

/** What a step holds back, in the order of its words: its guess's answer, a solution of each task, and
 * each question's answer. @param {Step} step @returns {number[]} */
export function partsOf({ prediction, tasks, questions }) {
  const guess = prediction ? [0] : [];
  return [
    ...guess,
    ...tasks.map((_, task) => TASK + task),
    ...questions.map((_, question) => guess.length + question),
  ];
}

/** The chapter so many after one, null where there is none. @param {Summary[]} chapters @param {string} id
 * @param {1 | -1} by @returns {Summary | null} */
function neighbourOf(chapters, id, by) {
  const at = chapters.findIndex((each) => each.id === id);
  return at < 0 ? null : (chapters[at + by] ?? null);
}

/** What the next press does. @param {Place} place @returns {Press | null} */
export function forward({ chapter, at, black, shown, poll, last, chapters }) {
  if (black) return { kind: 'light' };
  if (!chapter) {
    const kept = chapters.find(({ id }) => id === last?.chapter);
    const to = kept ?? chapters[0];
    return to ? { kind: 'open', chapter: to, step: kept ? (last?.step ?? '') : '' } : null;
  }
  const open = partsOf(chapter.content[at]).filter((each) => !shown.includes(each));
  const part = open.find((each) => each === poll?.part) ?? open[0]; // what is asked comes first
  if (part !== undefined) return { kind: 'show', part };
  if (chapter.content[at + 1]) return { kind: 'step', at: at + 1 };
  const next = neighbourOf(chapters, chapter.id, 1);
  return next ? { kind: 'chapter', chapter: next } : { kind: 'list' };
}

/**
 * The press after one that goes on, and where it is pressed; null where that is not known yet.
 * @param {Press} press
 * @param {Place} place
 * @returns {[Press, Place] | null}
 */
export function afterPress(press, place) {
  const { shown } = place;
  /** @type {Place | null} */
  const then =
    press.kind === 'light'
      ? { ...place, black: false }
      : press.kind === 'show'
        ? { ...place, shown: [...shown, press.part] }
        : press.kind === 'step'
          ? { ...place, at: press.at, shown: [] }
          : null;
  const next = then && forward(then);
  return then && next ? [next, then] : null;
}

/** @type {Record<string, number>} */
const CHOOSES = { ArrowDown: 1, ArrowRight: 1, PageUp: 1, ArrowUp: -1, ArrowLeft: -1 };

/**
 * The chapter that a key chooses on the list, for the next press to open: an arrow the one beside it, its
 * number itself; Page Up the one after, around, as a clicker has no arrows.
 * @param {Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>} event
 * @param {Deck['last']} last presented or chosen
 * @param {Summary[]} chapters
 * @returns {Deck['last']}
 */
export function chosenBy({ key, ctrlKey, metaKey, altKey }, last, chapters) {
  if (ctrlKey || metaKey || altKey || !chapters.length) return null;
  const at = Math.max(
    0,
    chapters.findIndex(({ id }) => id === last?.chapter),
  );
  const by = Object.hasOwn(CHOOSES, key) ? CHOOSES[key] : null;
  const found =
    by === null
      ? chapters.find(({ number }) => String(number) === key)
      : chapters[(at + by + chapters.length) % chapters.length];
  return found ? { chapter: found.id, step: '' } : null;
}

/** What the press back does. @param {Place} place @returns {Press | null} */
export function backward({ chapter, at, black, shown, chapters }) {
  if (black) return { kind: 'light' };
  if (!chapter) return null;
  const part = partsOf(chapter.content[at]).findLast((each) => shown.includes(each));
  if (part !== undefined) return { kind: 'hide', part };
  if (at > 0) return { kind: 'step', at: at - 1 };
  const before = neighbourOf(chapters, chapter.id, -1);
  return before ? { kind: 'chapter', chapter: before } : { kind: 'list' };
}

/** What a press that goes on does, for a button. @param {Press} press
 * @param {import('../../state/types.js').Translate} t */
export function labelOf(press, t) {
  if (press.kind === 'show')
    return t(press.part < TASK ? 'present.next.answer' : 'present.next.task');
  if (press.kind === 'chapter') return t('learn.following', { number: press.chapter.number });
  return t(press.kind === 'list' ? 'learn.finish' : 'learn.next');
}

/** How a poll changes what is presented: with the votes the answer is seen.
 * @param {Deck['poll']} poll @param {number[]} shown @returns {Partial<Deck>} */
export const asking = (poll, shown) => ({
  poll,
  ...(poll?.round === 'shown' && !shown.includes(poll.part)
    ? { shown: [...shown, poll.part] }
    : {}),
});

/** What was shown of a step on the way. @param {Chapter} chapter @param {number} at @param {Deck['seen']} seen */
function seenOf({ id, content }, at, seen) {
  const step = content[at];
  const shown = seen[placeKey(id, step.name)] ?? (at ? null : seen[placeKey(id, '')]) ?? [];
  return partsOf(step).filter((part) => shown.includes(part));
}

/**
 * How a press changes what is presented. Back to a step shows what was shown of it on
 * the way, and nothing of one that never was.
 * @param {Press} press
 * @param {1 | -1} by
 * @param {Deck} deck
 * @param {(id: string) => Promise<Chapter | null>} chapterOf
 * @returns {Promise<Partial<Deck>>}
 */
export async function changeOf(press, by, deck, chapterOf) {
  const { poll, shown, seen } = deck;
  if (press.kind === 'light') return { black: false };
  if (press.kind === 'show') {
    const isAsked = poll?.part === press.part;
    return {
      shown: [...shown, press.part],
      black: false,
      poll: isAsked ? { ...poll, round: 'shown' } : null, // what comes next is in nobody's way
    };
  }
  if (press.kind === 'hide')
    return { shown: shown.filter((each) => each !== press.part), black: false };
  if (press.kind === 'list') return { chapter: '', step: '', black: false };
  if (press.kind === 'open')
    return { chapter: press.chapter.id, step: press.step, black: false, began: Date.now() };
  const chapter = await chapterOf(press.kind === 'step' ? deck.chapter : press.chapter.id);
  if (!chapter) return {};
  const at = press.kind === 'step' ? press.at : by < 0 ? chapter.content.length - 1 : 0;
  const step = chapter.content[at];
  return {
    chapter: chapter.id,
    step: step.name,
    black: false,
    shown: by < 0 ? seenOf(chapter, at, seen) : [],
  };
}
