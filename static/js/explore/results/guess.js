// One digit that the network misreads: your guess first, then what the network says, then the label, how other
// networks read it, and how many people doubt the label.

import { disputedWords } from '../digits/told.js';
import { createGo } from '../go.js';
import { onDraw, testDigit } from '../subject.js';
import { readingsWords } from './whose.js';
import { fitCanvas, make } from '../../page/dom.js';
import { rove } from '../../page/keys.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { toldOf } from '../digits/selection.js' */
/** @import { Division } from './whose.js' */
/** @import { Create } from '../rooms.js' */
/** @import { ExploreState } from '../types.js' */
/** @typedef {ReturnType<typeof toldOf>} Found */

const DIGITS = Array.from({ length: 10 }, (_, i) => String(i));

/** What one's own reading agrees with. @param {string} guess @param {Found} found @returns {string} a text's key */
export function agreement(guess, { label, read }) {
  if (Number(guess) === label) return 'guess.as.label';
  return Number(guess) === read ? 'guess.as.network' : 'guess.as.neither';
}

/** Whether it is the network or the label, as far as other networks and other people tell.
 * @param {Found} found @param {Division | null} division @param {Translate} t */
export function verdictWords({ index, label }, division, t) {
  const group = division?.groupOf(index) ?? null;
  const read = division?.readings(index);
  if (!group || (group !== 'doubt' && !read)) return t('guess.so.coming');
  const others = read?.length ?? 0;
  const right = read?.filter((digit) => digit === label).length ?? 0;
  return t(`guess.so.${group}`, { others, every: others + 1, right });
}

/** What is found, line by line, beside one's own guess.
 * @param {Found} found @param {string} guess '' for none @param {Division | null} division
 * @param {Translate} t @param {Numbers} numbers @returns {string[][]} */
function toldRows(found, guess, division, t, numbers) {
  const { index, label, read, confidence, disputed } = found;
  const readings = division?.readings(index);
  const sure = numbers.probability(confidence ?? 0);
  return [
    ...(guess ? [[t('guess.you'), t(agreement(guess, found), { digit: guess })]] : []),
    [t('guess.network'), t('guess.sure', { digit: String(read), sure })],
    [t('guess.label'), String(label)],
    ...(readings
      ? [[t('guess.others', { others: readings.length }), readingsWords(readings, t)]]
      : []),
    [t('guess.people'), disputed ? disputedWords(disputed, t) : t('guess.undisputed')],
    [t('guess.so'), verdictWords(found, division, t)],
  ];
}

/**
 * One digit that is misread, to be guessed before it is told what it is.
 * @param {object} page
 * @param {(index: number) => Found} page.told
 * @param {() => Division | null} page.division who else misreads what
 * @param {() => Uint32Array} page.list
 * @param {() => number} page.at the place in the list
 * @param {(at: number) => void} page.onAt
 * @param {(index: number) => void} page.onDigit
 * @param {Parameters<Create>[1]['pictures']} page.pictures
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createGuess({ told, division, list, at, onAt, onDigit, pictures }, t, numbers) {
  const canvas = make('canvas', {
    class: 'guess-picture',
    role: 'img',
    'aria-label': t('guess.picture'),
    'data-testid': 'guess-picture',
  });
  const ask = make('h3', {}, t('guess.ask'));
  const buttons = make(
    'div',
    { class: 'guess-digits', role: 'group', 'aria-label': t('guess.ask') },
    ...DIGITS.map((each) =>
      make('button', { type: 'button', 'data-guess': each, 'data-testid': `guess-${each}` }, each),
    ),
  );
  const reveal = make('dl', {
    class: 'guess-told',
    'aria-live': 'polite',
    'data-testid': 'guess-told',
  });
  const next = make('button', { type: 'button', 'data-testid': 'guess-next' }, t('guess.next'));
  const skip = make('button', { type: 'button', 'data-testid': 'guess-skip' }, t('guess.skip'));
  const pad = make('button', { type: 'button', 'data-testid': 'guess-pad' }, t('digit.pad'));
  const go = createGo(t, 'go-draw');
  go.element.append(make('span', {}, t('explore.draw')));
  const steps = make('div', { class: 'guess-steps' }, skip, next, pad, go.element);
  const element = make(
    'section',
    { class: 'guess' },
    canvas,
    make('div', {}, ask, buttons, reveal, steps),
  );
  rove(buttons);
  /** @type {ExploreState | null} */
  let state = null;
  /** @type {{index: number, guess: string | null} | null} what was guessed, and of which digit */
  let guessed = null;
  const shown = () => list()[at()] ?? null;

  /** @param {string | null} value */
  function tell(value) {
    guessed = { index: shown(), guess: value };
    if (state) show(state);
  }
  for (const button of buttons.querySelectorAll('button')) {
    button.addEventListener('click', () => tell(button.dataset.guess ?? null));
  }
  skip.addEventListener('click', () => tell(null));
  next.addEventListener('click', () => onAt((at() + 1) % list().length));
  pad.addEventListener('click', () => onDigit(shown()));

  /** @param {number} index */
  function paint(index) {
    const side = canvas.clientWidth;
    if (!side) return;
    const context = fitCanvas(canvas, side, side);
    context.clearRect(0, 0, side, side);
    context.imageSmoothingEnabled = false;
    pictures.paint(context, 'test', index, 0, 0, side);
  }

  /** @param {ExploreState} now */
  function show(now) {
    state = now;
    const index = shown();
    element.hidden = index === null;
    if (index === null) return;
    paint(index);
    const found = told(index);
    const isTold = guessed?.index === index;
    element.dataset.index = String(index);
    element.classList.toggle('told', isTold);
    for (const button of buttons.querySelectorAll('button')) {
      button.setAttribute(
        'aria-pressed',
        String(isTold && guessed?.guess === button.dataset.guess),
      );
    }
    skip.disabled = isTold; // it keeps its place: a second click meets nothing else there
    next.disabled = list().length < 2;
    pad.hidden = go.element.hidden = !isTold;
    go.lead(onDraw(now, testDigit(index)));
    const rows = isTold ? toldRows(found, guessed?.guess ?? '', division(), t, numbers) : [];
    const text = JSON.stringify(rows);
    if (reveal.dataset.told === text) return;
    reveal.dataset.told = text;
    reveal.replaceChildren(
      ...rows.map(([name, value]) =>
        make('div', {}, make('dt', { class: 'small soft' }, name), make('dd', {}, value)),
      ),
    );
  }

  return {
    element,
    show,
    /** Once more, unanswered. */
    ask() {
      guessed = null;
      if (state) show(state);
    },
    /** Whether its answer stands there. @param {number} index */
    isTold: (index) => guessed?.index === index,
  };
}
