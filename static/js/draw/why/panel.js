// The lead of one output over another as arithmetic: its largest parts, their sum, the biases, and
// what that makes of the probabilities.

import { formula, make, say } from '../../page/dom.js';
import { bracketed, equals, written } from '../../page/sums.js';
import { className, layerName, neuronName, shortName } from '../../state/names.js';
import { createSentence } from '../../views/unit-link.js';
import { speakersOf } from '../../state/lead.js';
import { createLines, strongest } from '../readout/lines.js';
import { createSeen } from './seen.js';

/** @import { State, Translate } from '../../state/types.js' */
/** @import { Lead } from '../../state/lead.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { UnitEvents } from '../../views/unit-link.js' */

/** @typedef {ReturnType<typeof createSentence>} Sentence */

const LARGEST = 5; // parts that are told one by one
const POWER = '\0'; // where a power stands in a text
const EXACT = 10; // times below that are told with two decimals: e to a power as it is written gives them
const PLAIN = 1e4; // from here on a word for thousands or millions is easier to read
const NAMED = 1e15; // and from here on a power of ten

/** @param {number} value */
const raised = (value) =>
  String(value).replace(/./g, (sign) => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(sign)]);

/**
 * How many times as probable, as it is said: "3.41", "690", "80 thousand", "2.6 million", "2.3 × 10¹⁸".
 * What is large has two digits that count: more do not come out of the power as it is written.
 * @param {number} times from 1
 * @param {Numbers} numbers
 */
export function timesText(times, numbers) {
  if (times < EXACT) return numbers.two(times);
  if (times < NAMED) {
    const large = { notation: 'compact', compactDisplay: 'long' };
    const form = /** @type {Intl.NumberFormatOptions} */ (times < PLAIN ? {} : large);
    const format = new Intl.NumberFormat(numbers.language, {
      ...form,
      maximumSignificantDigits: 2,
    });
    return format.format(times);
  }
  const power = Math.floor(Math.log10(times));
  return `${numbers.one(times / 10 ** power)} × 10${raised(power)}`;
}

/**
 * @param {HTMLElement} container
 * @param {UnitEvents & {onClose: () => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createWhyPanel(container, events, t, numbers) {
  const title = make('h2', { class: 'why-title' });
  const close = make(
    'button',
    { type: 'button', class: 'why-close', 'data-testid': 'why-close' },
    t('why.close'),
  );
  close.addEventListener('click', events.onClose);
  const sums = {
    sum: createNumber('why-sum'),
    bias: createNumber('why-bias'),
    total: createNumber('why-total'),
  };
  const sign = (/** @type {string} */ text) => make('span', { class: 'operator' }, text);
  const is = sign('=');
  const sum = make(
    'p',
    { class: 'sum' },
    sums.sum.element,
    sign('+'),
    sums.bias.element,
    is,
    sums.total.element,
  );
  const times = make('p', { class: 'why-times', 'data-testid': 'why-times' });
  const saying = ['most', 'least'].map((which) =>
    createSentence(events, { class: 'why-most', 'data-testid': `why-${which}` }),
  );
  const [most, least] = saying;
  const tipped = make('span', { class: 'why-most', 'data-testid': 'why-tipped' });
  const caption = make('span', { class: 'soft', id: 'why-caption' });
  const lines = createLines(
    LARGEST + 1,
    { 'data-testid': 'why-parts', 'aria-labelledby': 'why-caption' },
    events,
  );
  const captions = make(
    'p',
    { class: 'why-caption small' },
    make('span', {}, most.element, ' ', least.element, ' ', tipped),
    caption,
  );
  const seen = createSeen(t);
  container.append(title, close, seen.element, captions, times, sum, lines.element);
  /** What the two answers are called. @param {Pick<Lead, 'first' | 'second' | 'layer' | 'head'>} lead */
  const classesOf = ({ first, second, layer, head = 0 }) => ({
    first: className(head, { layer, index: first }, t),
    second: className(head, { layer, index: second }, t),
  });
  /** @type {unknown} */
  let shown = null;
  /** @type {unknown} */
  let pictured;

  /** @param {Lead} lead @param {State['model']} model */
  function showParts(
    { source, at, weights, others, sources, contributions, sum: all, ...lead },
    model,
  ) {
    const { first, second } = classesOf(lead);
    const order = strongest(contributions, LARGEST);
    const unit = (/** @type {number} */ i) => ({ layer: source, index: at[i] });
    const named = order.map((i) => {
      const [w, v, a] = [weights[i], Math.abs(others[i]), sources[i]].map(numbers.three);
      const part = numbers.two(contributions[i]);
      const isBelow = others[i] < 0;
      const made = (written(w) + (isBelow ? 1 : -1) * written(v)) * written(a);
      return {
        name: shortName(unit(i), t, model),
        neuron: unit(i),
        product: `(${w} ${isBelow ? '+' : '−'} ${v}) × ${bracketed(a)} ${equals(made, part)} ${part}`,
        kind: contributions[i] < 0 ? 'lowers' : 'raises',
      };
    });
    const rest = contributions.length - order.length;
    const left = order.reduce((sum, i) => sum - contributions[i], all);
    const others_ = {
      name: t('why.others', { count: numbers.whole(rest) }),
      product: `= ${numbers.two(left)}`,
      kind: left < 0 ? 'lowers' : 'raises',
    };
    lines.show(rest > 0 ? [...named, others_] : named);
    const said = speakersOf({ contributions, sum: all, ...lead });
    tell(most, said.first, first, second);
    tell(least, said.second, second, first);
    const values = { first, second, sum: numbers.two(-all), bias: numbers.two(lead.bias) };
    say(tipped, said.isBiasDecisive ? t('why.tipped', values) : '');

    /** @param {Sentence} into @param {number | null} place @param {string} digit
     * @param {string} other what it is held against */
    function tell(into, place, digit, other) {
      const best = place === null ? null : unit(place);
      const name = best ? neuronName(best, t, model) : '';
      const part = numbers.two(place === null ? 0 : contributions[place]);
      into.set(best ? t('why.most', { name, digit, other, part }) : '', name, best);
    }
    say(
      caption,
      t('why.largest', {
        first,
        second,
        shown: numbers.whole(order.length),
        total: numbers.whole(contributions.length),
        layer: layerName(source, t),
      }),
    );
  }

  return {
    /** @param {State} state */
    update({ lead, parts, model, said }) {
      if (lead && parts !== pictured) {
        pictured = parts;
        seen.show(parts, classesOf(lead), said);
      }
      if (!lead || lead === shown) return;
      shown = lead;
      const { first, second } = lead;
      const classes = classesOf(lead);
      const [summed, biases, all] = [lead.sum, lead.bias, lead.total].map(numbers.two);
      say(title, t('why.title', classes));
      sums.sum.set(['Σ', '(', `w_${first}`, '−', `w_${second}`, ')', '·', 'a'], summed, lead.sum);
      sums.bias.set([`b_${first}`, '−', `b_${second}`], bracketed(biases), lead.bias);
      sums.total.set([`z_${first}`, '−', `z_${second}`], all, lead.total);
      say(is, equals(written(summed) + written(biases), all));
      const { total } = lead;
      times.dataset.value = lead.times === null ? '' : String(lead.times);
      const values = {
        ...classes,
        lead: numbers.two(total),
        power: POWER,
        times: timesText(lead.times ?? 0, numbers).replace(/(?<=[만억조])$/, ' '), // "17만 배", but "690배"
      };
      const [before, after] = t(lead.times === null ? 'why.ahead' : 'why.times', values).split(
        POWER,
      );
      times.replaceChildren(
        before,
        ...(after === undefined ? [] : [formula([`e^${numbers.three(total)}`]), after]),
      );
      showParts(lead, model);
    },
  };
}

/** A number under its formula. @param {string} testid */
function createNumber(testid) {
  const label = make('span', { class: 'term-label' });
  const number = make('span', { class: 'number', 'data-testid': testid });
  let written = '';
  return {
    element: make('span', { class: 'term' }, label, number),
    /** @param {string[]} tokens @param {string} text @param {number} value */
    set(tokens, text, value) {
      say(number, text);
      number.dataset.value = String(value);
      if (written === tokens.join()) return;
      written = tokens.join();
      label.replaceChildren(formula(tokens));
    },
  };
}
