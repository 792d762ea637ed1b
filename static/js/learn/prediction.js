// Predict, then see: the guess is made before the truth is shown, and both stand side by side.

import { make, say } from '../page/dom.js';
import { evaluate } from './evaluate.js';
import { written } from './text.js';

/** @import { Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */
/** @import { Quantity } from './evaluate.js' */
/** @import { Prediction } from './types.js' */

const NONE = '–';

/** A number that is guessed on a slider; none until it was set, be it where it stands.
 * @param {Extract<Prediction, {kind: 'range'}>} prediction @param {number | undefined} kept
 * @param {(value: number) => string} written */
function createRange({ low, high, by, ask }, kept, written) {
  const first = kept ?? low; // never in the middle, where an answer may lie
  const label = ask.filter((node) => typeof node === 'string').join('');
  const input = make('input', {
    type: 'range',
    min: low,
    max: high,
    step: by,
    value: first,
    'aria-label': label,
    'data-testid': 'guess-range',
  });
  let isSet = kept !== undefined;
  const output = make('output', { class: 'number' }, isSet ? written(first) : NONE);
  function set() {
    isSet = true;
    say(output, written(Number(input.value)));
  }
  for (const event of ['input', 'pointerdown']) input.addEventListener(event, set);
  input.addEventListener('keydown', (event) => event.key !== 'Tab' && set());
  return {
    element: make('div', { class: 'guess-range' }, input, output),
    value: () => (isSet ? Number(input.value) : null),
  };
}

/** One of several, or a digit.
 * @param {Exclude<Prediction, {kind: 'range'}>} prediction @param {number | undefined} kept
 * @param {(nodes: import('./types.js').Node[]) => (HTMLElement | string)[]} inline */
function createChoices(prediction, kept, inline) {
  const names =
    prediction.kind === 'choice'
      ? prediction.choices
      : Array.from({ length: 10 }, (_, digit) => [String(digit)]);
  const group = make('div', {
    class: prediction.kind === 'digit' ? 'guess-digits' : 'guess-choices',
    role: 'radiogroup',
    'data-no-terms': '',
  });
  names.forEach((name, i) => {
    const input = make('input', {
      type: 'radio',
      name: 'guess',
      value: i,
      checked: i === kept,
      'data-testid': `guess-${i}`,
    });
    group.append(make('label', {}, input, make('span', {}, ...inline(name))));
  });
  return {
    element: group,
    value: () => {
      const chosen = /** @type {HTMLInputElement | null} */ (group.querySelector('input:checked'));
      return chosen ? Number(chosen.value) : null;
    },
  };
}

/**
 * @param {Prediction} prediction
 * @param {Pick<ReturnType<typeof import('./text.js')['createText']>, 'inline' | 'hold'>} text
 * @param {{kept: number | undefined, onGuess: (guess: number) => void}} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createPrediction(prediction, text, { kept, onGuess }, t, numbers) {
  let guess = kept ?? null;
  /** @type {import('./evaluate.js').Value | null} what was so when it was first seen */
  let fixed = null;
  let isOpen = false; // guess and truth, or the truth alone, are seen
  const decimals =
    prediction.kind === 'range' && prediction.by < 1 ? (prediction.by < 0.01 ? '3' : '2') : '0';
  const form = prediction.form || decimals;
  /** @param {unknown} value */
  const named = (value) => {
    if (prediction.kind !== 'choice') return written(value, form, numbers);
    const chosen = prediction.choices[Number(value)];
    return chosen
      ? chosen.map((node) => (typeof node === 'string' ? node : String(node[1]))).join('')
      : NONE;
  };

  const send = make(
    'button',
    { type: 'button', class: 'guess-send', 'data-testid': 'guess-send' },
    t('learn.guess.send'),
  );
  const none = make('span', { class: 'said small', role: 'status', 'data-testid': 'guess-none' });
  const mineName = make('dt', {}, t('learn.guess.mine'));
  const mine = make('dd', { 'data-testid': 'guess' });
  const truth = make('dd', { 'data-testid': 'truth' });
  const gap = make('div', { class: 'gap' });
  const after = make(
    'p',
    { class: 'after', 'data-testid': 'after' },
    ...text.inline(prediction.after),
  );
  const wait = make('p', { class: 'after', 'data-testid': 'wait' }, t('learn.guess.wait'));
  const outcome = make(
    'div',
    { class: 'outcome', role: 'status', 'data-testid': 'outcome', hidden: true },
    make(
      'dl',
      { class: prediction.kind === 'choice' ? 'unseen' : null }, // the choices themselves say it
      mineName,
      mine,
      make('dt', {}, t(prediction.network ? 'learn.guess.truth' : 'learn.guess.answer')),
      truth,
    ),
    gap,
    wait,
    after,
  );
  const { element: field, value } =
    prediction.kind === 'range'
      ? createRange(prediction, kept, (value) => written(value, form, numbers))
      : createChoices(prediction, kept, text.inline);
  const element = make(
    'section',
    { class: 'prediction', 'data-testid': 'prediction' },
    make('h3', {}, t('learn.guess.title')),
    make('p', {}, ...text.inline(prediction.ask)),
    field,
    make('div', { class: 'guess-way' }, send, none),
    outcome,
  );

  /** @param {boolean} wanted the answer is seen, beside the guess if one was made */
  function open(wanted) {
    isOpen = wanted;
    outcome.hidden = !wanted;
    send.hidden = wanted;
    say(none, '');
    for (const input of field.querySelectorAll('input')) input.disabled = wanted;
    mineName.hidden = mine.hidden = guess === null;
    field.hidden = wanted && guess === null && prediction.kind === 'range'; // it stands at no guess
    element.classList.toggle('guessed', wanted);
    if (!wanted && fixed !== null) {
      fixed = null;
      text.hold(after, false);
    }
    if (!wanted) for (const label of field.children) label.classList.remove('so');
  }

  /** @param {number} made */
  function take(made) {
    guess = made;
    open(true);
    onGuess(made);
  }

  field.addEventListener('input', () => say(none, ''));
  send.addEventListener('click', () => {
    const made = value();
    if (made === null) return say(none, t(`learn.guess.none.${prediction.kind}`));
    take(made);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => outcome.scrollIntoView({ block: 'nearest' })),
    );
  });
  if (guess !== null) open(true);

  return {
    element,
    /** What is so is told once: what is done on the screen later answers another question.
     * @param {Record<string, Quantity>} quantities @param {boolean} isSettled */
    update(quantities, isSettled) {
      if (!isOpen) return;
      const is = fixed ?? evaluate(prediction.truth, quantities);
      if (isSettled && fixed === null && is !== null) {
        fixed = is;
        text.hold(after, true);
      }
      if (guess !== null) say(mine, named(guess));
      say(truth, is === null ? NONE : named(typeof is === 'boolean' ? Number(is) : is));
      after.hidden = is === null; // it speaks of what is so, which may be still to come
      wait.hidden = is !== null;
      if (prediction.kind === 'choice')
        for (const [i, label] of [...field.children].entries())
          label.classList.toggle('so', is !== null && i === Number(is));
      if (guess === null || prediction.kind !== 'range' || typeof is !== 'number') return;
      const share = (/** @type {number} */ x) =>
        `${(Math.min(1, Math.max(0, (x - prediction.low) / (prediction.high - prediction.low))) * 100).toFixed(2)}%`;
      gap.style.setProperty('--from', share(Math.min(guess, is)));
      gap.style.setProperty('--to', share(Math.max(guess, is)));
      gap.style.setProperty('--guess', share(guess));
      gap.style.setProperty('--truth', share(is));
    },
    /** What has to be seen of it. */
    asked: send,
    guess: () => guess,
    isOpen: () => isOpen,
    /** Without whoever guesses: what stands there counts as the guess if someone chose it.
     * @param {boolean} wanted */
    reveal(wanted) {
      if (wanted === isOpen) return;
      const made = wanted && guess === null ? value() : null;
      if (made !== null) return take(made);
      open(wanted);
    },
  };
}
