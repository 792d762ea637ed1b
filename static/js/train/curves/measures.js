// What a run comes to, in its problem's measure: the share that is read right, of several outputs each
// one's; of prices R² and the mean error in dollars.

import { layerName } from '../../state/names.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Checkpoint, Run } from '../types.js' */

/** Whether a run's answer is a number: its measure is R². @param {Pick<Run, 'problem'>} run */
export const isNumber = ({ problem }) => problem === 'houses';

/** Where the words are that say what a run learns from. @param {Pick<Run, 'problem'>} run */
export const wordsOf = ({ problem }) => (problem === 'digits' ? '' : `.${problem}`);

/** @typedef {{name: string, score: number | null, error: number | null}} Measure */

/** @param {Run} run what is held out @returns {Measure[]} */
export const validationOf = ({ outputs, validation }) =>
  outputs.length
    ? outputs.map((each) => ({
        name: each.name,
        score: each.validation,
        error: each.validation_error,
      }))
    : [{ name: '', score: validation, error: null }];

/** @param {Run} run the test set, at the end @returns {Measure[]} */
export const testedOf = ({ outputs, tested, tested_error: error }) =>
  outputs.length > 1
    ? outputs.map((each) => ({ name: each.name, score: each.tested, error: each.tested_error }))
    : [{ name: '', score: tested, error }];

/** @param {Checkpoint} checkpoint what is held out @returns {Measure[]} */
export const checkpointOf = ({ outputs, validation_accuracy: score }) =>
  outputs.length
    ? outputs.map((each) => ({
        name: each.name,
        score: each.validation_accuracy,
        error: each.validation_error,
      }))
    : [{ name: '', score, error: null }];

/**
 * The measures in words: "97.0%", "digit 94.1%, loops 88.2%", "R² 0.882, off by $18,300".
 * @param {Pick<Run, 'problem'>} run
 * @param {Measure[]} measures
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function measureWords(run, measures, t, numbers) {
  return measures
    .map(({ name, score, error }) => {
      if (score === null) return '–';
      if (!isNumber(run))
        return measures.length > 1
          ? `${layerName(name, t)} ${numbers.percent(score)}`
          : numbers.percent(score);
      const r2 = `R² ${numbers.three(score)}`;
      return error === null ? r2 : `${r2}, ${t('runs.off', { dollars: numbers.dollars(error) })}`;
    })
    .join(', ');
}
