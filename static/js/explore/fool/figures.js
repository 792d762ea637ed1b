// How often it is right over the test set at each amount, with its interval: as data for Plotly.

import { epsilonWords } from '../figures/amounts.js';
import { baseAxis, baseLayout, curveWithIntervals } from '../../views/plot/look.js';

/** @import { Robustness } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Token } from '../../views/plot/look.js' */

/** @param {Robustness} of @param {Translate} t @param {Numbers} numbers */
export const robustnessFigure =
  ({ kind, amounts, accuracies, intervals }, t, numbers) =>
  (/** @type {Token} */ token) => {
    const told = accuracies.map((right, i) => {
      const [low, high] = intervals[i].map(numbers.percent);
      const amount = kind === 'fgsm' ? epsilonWords(amounts[i], numbers) : amounts[i];
      return `${amount}: ${t('robust.point', { right: numbers.percent(right), low, high })}`;
    });
    const axis = baseAxis(token);
    return {
      data: [curveWithIntervals(token, { x: amounts, y: accuracies, intervals, told })],
      layout: {
        ...baseLayout(token),
        margin: { l: 62, r: 8, t: 8, b: 48 },
        xaxis: {
          ...axis,
          ...(kind === 'turn' ? { dtick: 90 } : {}),
          ...(kind === 'fgsm' ? { tickformat: '.0%' } : {}),
          title: { text: t(`distort.unit.${kind.replaceAll('_', '-')}`), standoff: 6 },
        },
        yaxis: {
          ...axis,
          range: [0, 1.03],
          tickformat: '.0%',
          title: { text: t('robust.axis'), standoff: 8 },
        },
      },
    };
  };
