// How often it is right over the test set at each amount, with its interval: as data for Plotly.

import { baseAxis, baseLayout } from '../results/plot.js';

/** @import { Robustness } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Token } from '../results/plot.js' */

/** @param {Robustness} of @param {Translate} t @param {Numbers} numbers */
export const robustnessFigure =
  ({ kind, amounts, accuracies, intervals }, t, numbers) =>
  (/** @type {Token} */ token) => {
    const told = accuracies.map((right, i) =>
      t('robust.point', {
        right: numbers.percent(right),
        low: numbers.percent(intervals[i][0]),
        high: numbers.percent(intervals[i][1]),
      }),
    );
    const axis = baseAxis(token);
    return {
      data: [
        {
          type: 'scatter',
          mode: 'lines+markers',
          x: amounts,
          y: accuracies,
          customdata: told,
          hovertemplate: '%{x}: %{customdata}<extra></extra>',
          line: { color: token('positive'), width: 2 },
          marker: { size: 6, color: token('positive') },
          error_y: {
            type: 'data',
            symmetric: false,
            array: intervals.map(([, high], i) => high - accuracies[i]),
            arrayminus: intervals.map(([low], i) => accuracies[i] - low),
            color: token('positive'),
            thickness: 1.5,
            width: 3,
          },
        },
      ],
      layout: {
        ...baseLayout(token),
        margin: { l: 62, r: 8, t: 8, b: 48 },
        xaxis: {
          ...axis,
          ...(kind === 'turn' ? { dtick: 90 } : {}),
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
