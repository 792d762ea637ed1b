// A number that is typed for a task, and what is said of it while it is not the one.

import { make, say } from '../../page/dom.js';
import { holds } from '../evaluate.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Quantity } from '../evaluate.js' */
/** @import { Task } from '../types.js' */

const SAID_AFTER = 1500; // ms without a key, and what is typed is judged

/** The number that was typed: a decimal, a share in percent, a fraction. Null is none. @param {string} text */
export function numberIn(text) {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  const [, number, percent] = /^([^%/]+?)\s*(%?)$/.exec(plain) ?? [];
  const [, above, below] = /^([^%/]+)\/([^%/]+)$/.exec(plain) ?? [];
  const value = below ? Number(above) / Number(below) : Number(number) / (percent ? 100 : 1);
  return Number.isFinite(value) ? value : null;
}

/**
 * Why it is not yet what was asked for: the key of what is said. A near miss is told as one.
 * @param {string} text as it was typed @param {Task} task @param {Record<string, Quantity>} quantities
 */
export function verdict(text, task, quantities) {
  const value = numberIn(text);
  if (value === null) return 'learn.task.typed-no-number';
  const fits = (/** @type {number} */ x) => holds(task.until, { ...quantities, typed: () => x });
  if (fits(-value)) return 'learn.task.typed-sign';
  if (fits(value / 100)) return 'learn.task.typed-percent';
  const decimals = /[.,](\d+)$/.exec(text.trim())?.[1].length ?? 0;
  const parts = Array.from({ length: 201 }, (_, i) => value + (i / 200 - 0.5) * 10 ** -decimals);
  if (!parts.some(fits)) return 'learn.task.typed-not';
  const isExact = [-1, 1].some((by) => fits(value + by * 10 ** -decimals)); // with its own decimals
  return isExact ? 'learn.task.typed-last' : 'learn.task.typed-nearly';
}

/**
 * @param {Task} task
 * @param {{onTyped: (value: number | null) => void, isDone: () => boolean,
 *   known: () => Record<string, Quantity>}} page
 * @param {Translate} t
 */
export function createTyped(task, { onTyped, isDone, known }, t) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let judging;
  const input = make('input', {
    type: 'text',
    inputmode: 'decimal',
    size: 8,
    'data-testid': 'typed',
    'aria-label': t('learn.task.typed'),
  });
  const said = make('span', { class: 'said', role: 'status', 'data-testid': 'typed-said' });
  function judge() {
    clearTimeout(judging);
    if (!isDone()) say(said, input.value.trim() ? t(verdict(input.value, task, known())) : '');
  }
  input.addEventListener('input', () => {
    say(said, '');
    clearTimeout(judging);
    judging = setTimeout(judge, SAID_AFTER);
    onTyped(numberIn(input.value));
  });
  input.addEventListener('change', judge);
  return {
    elements: [
      make('label', {}, make('span', { class: 'small soft' }, t('learn.task.typed')), input),
      said,
    ],
    destroy: () => clearTimeout(judging),
  };
}
