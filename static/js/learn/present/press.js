// What one press of a clicker does: what the step holds back is shown first, then the next step comes,
// and after a chapter the next one. Back is the same way, from its end.

/** @import { Chapter, Step, Summary } from '../types.js' */
/** @import { Deck } from './deck.js' */

/**
 * @typedef {{kind: 'show', part: number}
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
 * @property {number[]} shown of its parts
 * @property {Deck['last']} last presented
 * @property {Summary[]} chapters all there are
 */

/** What a step holds back: its guess's answer, and that of each question. @param {Step} step @returns {number[]} */
export const partsOf = ({ prediction, questions }) =>
  Array.from({ length: (prediction ? 1 : 0) + questions.length }, (_, part) => part);

/** The chapter so many after one, null where there is none. @param {Summary[]} chapters @param {string} id
 * @param {1 | -1} by @returns {Summary | null} */
function neighbourOf(chapters, id, by) {
  const at = chapters.findIndex((each) => each.id === id);
  return at < 0 ? null : (chapters[at + by] ?? null);
}

/** What the next press does. @param {Place} place @returns {Press | null} */
export function forward({ chapter, at, shown, last, chapters }) {
  if (!chapter) {
    const kept = chapters.find(({ id }) => id === last?.chapter);
    const to = kept ?? chapters[0];
    return to ? { kind: 'open', chapter: to, step: kept ? (last?.step ?? '') : '' } : null;
  }
  const part = partsOf(chapter.content[at]).find((each) => !shown.includes(each));
  if (part !== undefined) return { kind: 'show', part };
  if (chapter.content[at + 1]) return { kind: 'step', at: at + 1 };
  const next = neighbourOf(chapters, chapter.id, 1);
  return next ? { kind: 'chapter', chapter: next } : { kind: 'list' };
}

/** What the press back does. @param {Place} place @returns {Press | null} */
export function backward({ chapter, at, shown, chapters }) {
  if (!chapter) return null;
  const part = partsOf(chapter.content[at]).findLast((each) => shown.includes(each));
  if (part !== undefined) return { kind: 'hide', part };
  if (at > 0) return { kind: 'step', at: at - 1 };
  const before = neighbourOf(chapters, chapter.id, -1);
  return before ? { kind: 'chapter', chapter: before } : { kind: 'list' };
}

/** How a poll changes what is presented: with the votes the answer is seen.
 * @param {Deck['poll']} poll @param {number[]} shown @returns {Partial<Deck>} */
export const asking = (poll, shown) => ({
  poll,
  ...(poll?.round === 'shown' && !shown.includes(poll.part)
    ? { shown: [...shown, poll.part] }
    : {}),
});

/**
 * How a press changes what is presented. Back to a step is back to its end, with all of it shown.
 * @param {Press} press
 * @param {1 | -1} by
 * @param {Deck} deck
 * @param {(id: string) => Promise<Chapter | null>} chapterOf
 * @returns {Promise<Partial<Deck>>}
 */
export async function changeOf(press, by, deck, chapterOf) {
  const { poll, shown } = deck;
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
    shown: by < 0 ? partsOf(step) : [],
  };
}
