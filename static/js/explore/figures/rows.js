// What charts and pictures of pixels show, as rows of tables: for those who cannot see them or want the numbers.

import { SIDE } from '../../state/units.js';
import { epsilonWords } from './amounts.js';

/** @import { Attack, Attribution, Confusion, Distortion, Robustness } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @typedef {import('../table.js').Rows} Rows */

const NONE = '–';

/** @param {string} caption @param {string[]} head @param {string[][]} cells @returns {Rows} */
const table = (caption, head, cells) => ({
  caption,
  head,
  count: cells.length,
  rows: (from, to) => cells.slice(from, to),
});

/** How often it is right when it is so sure. @param {Confusion} of @param {Translate} t @param {Numbers} numbers */
export const calibrationRows = ({ calibration }, t, numbers) =>
  table(
    t('calibration.title'),
    ['table.sure', 'table.count', 'table.mean', 'table.right', 'table.interval'].map((key) =>
      t(key),
    ),
    calibration.map(({ low, high, count, confidence, accuracy, interval }) => [
      `${numbers.percent(low)}–${numbers.percent(high)}`,
      numbers.whole(count),
      confidence === null ? NONE : numbers.percent(confidence),
      accuracy === null ? NONE : numbers.percent(accuracy),
      interval === null ? NONE : interval.map(numbers.percent).join('–'),
    ]),
  );

/** Each digit's share that is read right with a unit and without. @param {Confusion} now @param {Confusion} then
 * @param {Translate} t @param {Numbers} numbers */
export const changeRows = (now, then, t, numbers) =>
  table(
    t('unit.off'),
    ['table.digit', 'table.with', 'table.without'].map((key) => t(key)),
    now.classes.map(({ recall }, digit) => [
      String(digit),
      ...[recall, then.classes[digit].recall].map((each) =>
        each === null ? NONE : numbers.percent(each),
      ),
    ]),
  );

/** The share read right at each amount. @param {Robustness} tests @param {Translate} t @param {Numbers} numbers */
export const robustRows = ({ kind, amounts, accuracies, intervals }, t, numbers) =>
  table(
    t('robust.title'),
    [t(`distort.unit.${kind.replaceAll('_', '-')}`), t('table.right'), t('table.interval')],
    amounts.map((amount, i) => [
      kind === 'fgsm' ? epsilonWords(amount, numbers) : numbers.short(amount),
      numbers.percent(accuracies[i]),
      intervals[i].map(numbers.percent).join('–'),
    ]),
  );

/** The probability as pixels are taken away. @param {Attribution} told @param {Translate} t @param {Numbers} numbers */
export const removalRows = ({ output: digit, deletion }, t, numbers) =>
  table(
    t('table.probability', { digit }),
    ['removal.axis', 'removal.blamed', 'removal.random', 'table.read'].map((key) => t(key)),
    deletion.pixels.map((count, i) => [
      numbers.whole(count),
      numbers.probability(deletion.probabilities[i]),
      numbers.probability(deletion.random_probabilities[i]),
      String(deletion.predictions[i]),
    ]),
  );

/** Every pixel with a part, the largest first. @param {Attribution} told @param {Translate} t @param {Numbers} numbers */
export function pixelRows({ values, random_weights: random, input }, t, numbers) {
  const places = values
    .map((_, i) => i)
    .filter((i) => values[i] !== 0)
    .sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]) || a - b);
  return table(
    t('blame.picture'),
    ['table.pixel', 'table.ink', 'table.value', 'table.random'].map((key) => t(key)),
    places.map((i) => [
      t('table.place', { row: 1 + Math.floor(i / SIDE), column: 1 + (i % SIDE) }),
      numbers.percent(input.pixels[i] / 255),
      numbers.short(values[i]),
      numbers.short(random[i]),
    ]),
  );
}

/** What is read at each ε. @param {Attack} told @param {Translate} t @param {Numbers} numbers */
export const pushRows = ({ target, label, curve }, t, numbers) =>
  table(
    t('fool.curve'),
    ['ε', t('table.probability', { digit: target ?? label }), t('table.read')],
    curve.map(({ epsilon, probability, prediction }) => [
      epsilonWords(epsilon, numbers),
      numbers.probability(probability),
      String(prediction),
    ]),
  );

/** What is read along the dial. @param {Distortion} told @param {number} digit that is read without it
 * @param {(amount: number) => string} words @param {Translate} t @param {Numbers} numbers */
export const dialRows = ({ amounts, probabilities, predictions }, digit, words, t, numbers) =>
  table(
    t('distort.curve'),
    [t('distort.axis'), t('table.probability', { digit }), t('table.read')],
    amounts.map((amount, i) => [
      words(amount),
      numbers.probability(probabilities[i][digit]),
      String(predictions[i]),
    ]),
  );
