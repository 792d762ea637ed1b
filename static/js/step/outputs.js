// What each output says, what it should say, and the difference as a bar: a row for every class, of a
// number one in its unit and one as the network has it.

import { make, say } from '../page/dom.js';
import { className, layerName } from '../state/names.js';

/** @import { NumberStep, OutputStep, StepExplained, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

/** Whether an output is a number. @param {OutputStep | NumberStep} output @returns {output is NumberStep} */
export const isNumberStep = (output) => 'wanted' in output;

/**
 * What is wanted of each unit of an output, by its own loss.
 * @param {StepExplained} explained @param {number} head
 */
export const wantedOf = ({ nudges, outputs }, head) =>
  Array.from(
    nudges[nudges.length - outputs.length + head].values,
    (each) => each * outputs.length, // what goes down is the mean of the losses
  );

/**
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createOutputs(t, numbers) {
  const element = make('div', { class: 'step-outputs' });
  let drawn = '';
  /** @type {((explained: StepExplained) => void)[]} */
  let shows = [];

  /** @param {string} first the head of the first column @param {string} title @param {HTMLElement[]} rows */
  function table(first, title, rows) {
    const heads = [first, ...['says', 'target', 'nudge'].map((name) => t(`step.${name}`))].map(
      (text) => make('th', { scope: 'col' }, text),
    );
    return make(
      'table',
      { class: 'nudges' },
      make('caption', { class: 'small soft' }, title),
      make('thead', {}, make('tr', {}, ...heads)),
      make('tbody', {}, ...rows),
    );
  }

  /** @param {string} name @param {string} testid */
  function createRow(name, testid) {
    const [says, target, nudge] = [make('td', {}), make('td', {}), make('span', {})];
    const fill = make('span', { class: 'nudge-fill' });
    const row = make(
      'tr',
      { 'data-testid': testid },
      make('th', { scope: 'row' }, name),
      says,
      target,
      make('td', {}, make('span', { class: 'nudge-bar' }, fill), nudge),
    );
    return {
      element: row,
      /** @param {[string, string, string]} told @param {number} value @param {boolean} isWanted */
      show([saysText, targetText, nudgeText], value, isWanted) {
        say(says, saysText);
        say(target, targetText);
        say(nudge, nudgeText);
        row.dataset.value = String(value);
        row.classList.toggle('wanted', isWanted);
        fill.style.transform = `scaleX(${Math.min(1, Math.abs(value))})`;
        fill.classList.toggle('less', value < 0);
      },
    };
  }

  /** @param {OutputStep} output @param {number} head @param {boolean} isOne */
  function classes({ name, target }, head, isOne) {
    const rows = target.map((_, index) =>
      createRow(
        className(head, { layer: name, index }, t),
        head ? `nudge-${name}-${index}` : `nudge-${index}`,
      ),
    );
    const first = isOne ? t('step.digit') : layerName(name, t);
    element.append(
      table(
        first,
        head ? '' : t('step.outputs'),
        rows.map((row) => row.element),
      ),
    );
    return (/** @type {StepExplained} */ explained) => {
      const told = /** @type {OutputStep} */ (explained.outputs[head]);
      const wanted = wantedOf(explained, head);
      rows.forEach((row, i) => {
        const texts = /** @type {[string, string, string]} */ ([
          numbers.three(told.probabilities[i]),
          numbers.whole(told.target[i]),
          numbers.three(wanted[i]),
        ]);
        row.show(texts, wanted[i], told.target[i] === 1);
      });
    };
  }

  /** @param {NumberStep} output @param {number} head */
  function number({ name }, head) {
    const price = createRow(t(`output.${name}`), 'nudge-price');
    const own = createRow(t('step.own'), 'nudge-own');
    const made = table('', t('step.outputs.number'), [price.element, own.element]);
    made.classList.add('number');
    element.append(made);
    return (/** @type {StepExplained} */ explained) => {
      const told = /** @type {NumberStep} */ (explained.outputs[head]);
      const [wanted] = wantedOf(explained, head);
      const by = told.target - told.prediction;
      price.show(
        [
          numbers.dollars(told.prediction),
          numbers.dollars(told.target),
          `${by < 0 ? '−' : '+'}${numbers.dollars(Math.abs(by))}`,
        ],
        by / told.target || 0,
        true,
      );
      own.show(
        [numbers.three(told.output), numbers.three(told.wanted), numbers.three(wanted)],
        wanted,
        false,
      );
    };
  }

  return {
    element,
    /** @param {StepExplained} explained */
    show(explained) {
      const { outputs } = explained;
      const key = outputs
        .map((each) => `${each.name} ${isNumberStep(each) ? '' : each.target.length}`)
        .join();
      if (key !== drawn) {
        drawn = key;
        element.replaceChildren();
        shows = outputs.map((each, head) =>
          isNumberStep(each) ? number(each, head) : classes(each, head, outputs.length === 1),
        );
      }
      for (const show of shows) show(explained);
    },
  };
}
