// A poll: what is asked, its choices, and how many chose each. It is made of a step's prediction or of
// one of its questions.

import { make, say } from '../../page/dom.js';
import { evaluate } from '../evaluate.js';
import { order } from '../question.js';
import { written } from '../text.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Poll } from '../../sessions/class-lesson.js' */
/** @import { Quantity } from '../evaluate.js' */
/** @import { Node, Step } from '../types.js' */

const BINS = 10; // of a range, at most
const SHORT = 12; // characters

/**
 * @typedef {object} Ballot
 * @property {Node[]} ask
 * @property {Node[][]} choices
 * @property {number[]} shown the places of the choices as they stand below one another
 * @property {(quantities: Record<string, Quantity>) => number | null} rightOf which choice is right
 */

/** Which of ten equal parts of a range a value lies in. @param {number} value @param {number} low @param {number} high */
export const binOf = (value, low, high) =>
  Math.min(BINS - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * BINS)));

/** The parts that a range falls into: of whole numbers each with its first and its last, so that none
 * stands in two of them, and a part for each where there are few.
 * @param {number} low @param {number} high @param {number} by @returns {[first: number, last: number][]} */
export function binsOf(low, high, by) {
  const count = Math.floor((high - low) / by) + 1; // values that the slider has
  if (by < 1)
    return Array.from({ length: BINS }, (_, i) => {
      const width = (high - low) / BINS;
      return [low + i * width, low + (i + 1) * width];
    });
  const bins = Math.min(BINS, count);
  const begins = (/** @type {number} */ i) => low + Math.ceil((i * count) / bins) * by;
  return Array.from({ length: bins }, (_, i) => [begins(i), begins(i + 1) - by]);
}

/** What can be voted on in a step, its prediction first. @param {Step} step @param {string} chapter
 * @param {Numbers} numbers @returns {Ballot[]} */
export function ballotsOf({ name, prediction, questions }, chapter, numbers) {
  /** @type {Ballot[]} */
  const ballots = [];
  if (prediction) {
    /** @param {Record<string, Quantity>} quantities */
    const truth = (quantities) => {
      const is = evaluate(prediction.truth, quantities);
      return is === null || typeof is === 'string' ? null : Number(is);
    };
    if (prediction.kind === 'range') {
      const { low, high, by } = prediction;
      const bins = binsOf(low, high, by);
      const form = by < 1 ? '2' : '0';
      const choices = bins.map(([first, last]) => [
        first === last
          ? written(first, form, numbers)
          : `${written(first, form, numbers)} – ${written(last, form, numbers)}`,
      ]);
      const rightOf = (/** @type {Record<string, Quantity>} */ quantities) => {
        const is = truth(quantities);
        if (is === null) return null;
        if (by < 1) return binOf(is, low, high);
        const begun = bins.filter(([first]) => Math.round(is) >= first).length;
        return Math.max(0, begun - 1);
      };
      ballots.push({ ask: prediction.ask, choices, shown: choices.map((_, i) => i), rightOf });
    } else {
      const choices =
        prediction.kind === 'choice'
          ? prediction.choices
          : Array.from({ length: 10 }, (_, digit) => [String(digit)]);
      ballots.push({
        ask: prediction.ask,
        choices,
        shown: choices.map((_, i) => i),
        rightOf: truth,
      });
    }
  }
  questions.forEach(({ ask, answers }, i) => {
    const right = answers.findIndex((answer) => answer.right);
    ballots.push({
      ask,
      choices: answers.map(({ text }) => text),
      shown: order(answers.length, `${chapter}/${name}/${i}`),
      rightOf: () => right,
    });
  });
  return ballots;
}

/** Whether choices have room side by side. @param {Node[]} nodes */
const isShort = (nodes) =>
  nodes.every((node) => typeof node === 'string') && nodes.join('').length <= SHORT;

/**
 * A poll as buttons while it is open, and as bars once it is shown.
 * @param {Ballot} ballot
 * @param {{inline: (nodes: Node[]) => (HTMLElement | string)[]}} text
 * @param {((choice: number) => void) | null} onVote null for whoever only watches
 * @param {Translate} t
 */
export function createBallot(ballot, text, onVote, t) {
  const said = make('p', { class: 'small soft', role: 'status', 'data-testid': 'ballot-said' });
  const rows = ballot.shown.map((choice) => {
    const words = make('span', { class: 'ballot-words' }, ...text.inline(ballot.choices[choice]));
    const [first, second] = ['first', 'second'].map((name) =>
      make('span', { class: `ballot-bar ${name}` }),
    );
    const counts = make('span', { class: 'ballot-count number' });
    const element = make(
      'button',
      { type: 'button', class: 'ballot-choice', 'data-testid': `ballot-${choice}` },
      words,
      make('span', { class: 'ballot-bars', 'aria-hidden': 'true' }, first, second),
      counts,
    );
    element.addEventListener('click', () => onVote?.(choice));
    return { choice, element, first, second, counts };
  });
  const title = make('h3');
  const element = make(
    'section',
    { class: ballot.choices.every(isShort) ? 'ballot short' : 'ballot', 'data-testid': 'ballot' },
    title,
    make('p', {}, ...text.inline(ballot.ask)),
    make(
      'div',
      { class: 'ballot-choices', role: 'group', 'data-no-terms': '' },
      ...rows.map((row) => row.element),
    ),
    said,
  );

  return {
    element,
    /** @param {Poll} poll @param {number | null} mine chosen here @param {number | null} right null before it is known
     * @param {boolean} [isPeek] counts before they are shown @param {boolean} [isBack] whoever is asked again has voted before */
    update(poll, mine, right, isPeek = false, isBack = true) {
      const isShown = poll.round === 'shown' || isPeek;
      const [first, second] = [isShown ? poll.first : null, isShown ? poll.second : null];
      const isTwice = Boolean(second?.some(Boolean));
      const most = Math.max(1, ...(first ?? []), ...(second ?? []));
      for (const row of rows) {
        const [before, after] = [first?.[row.choice] ?? 0, second?.[row.choice] ?? 0];
        row.element.disabled = !onVote || poll.round === 'shown';
        row.element.setAttribute('aria-pressed', String(mine === row.choice));
        row.element.classList.toggle('right', poll.round === 'shown' && right === row.choice);
        row.first.style.setProperty('--share', String(before / most));
        row.second.style.setProperty('--share', String(after / most));
        row.second.hidden = !isTwice;
        const count = isTwice ? `${before} → ${after}` : String(before);
        say(
          row.counts,
          isShown && first
            ? poll.round === 'shown' && right === row.choice
              ? `${count} ✓`
              : count
            : '',
        );
      }
      element.classList.toggle('shown', isShown && first !== null);
      say(title, t(poll.round === 'second' ? 'room.poll.second' : 'room.poll'));
      const shown = right === null ? 'open' : 'shown'; // the answer may be still to come
      const again = poll.round === 'second' && !isBack ? 'newcomer' : poll.round;
      const key =
        poll.round === 'shown' ? shown : !onVote ? 'voted' : mine === null ? again : 'sent';
      const twice = isTwice && first ? ` ${t('room.twice')}` : '';
      say(said, `${t(`room.${key}`, { count: poll.voted })}${twice}`);
    },
  };
}
