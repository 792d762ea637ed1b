// What a network loses, digit by digit, when one of its units is off: as data for Plotly.

import { baseAxis, baseLayout } from '../../views/plot/look.js';
import { recallChanges } from './lost.js';

/** @import { Confusion } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Token } from '../../views/plot/look.js' */

const FEW = 0.05; // of a digit's share: from here on whole percent say enough
const LEAST = 0.01; // what the axis reaches at least: a change of a thousandth does not fill the picture

/** @param {Confusion} now @param {Confusion} then @param {Translate} t @param {Numbers} numbers */
export const changeFigure = (now, then, t, numbers) => (/** @type {Token} */ token) => {
  const changes = recallChanges(now, then);
  const told = changes.map((_, digit) =>
    t('unit.off.digit', {
      digit,
      before: numbers.percent(now.classes[digit].recall ?? 0),
      after: numbers.percent(then.classes[digit].recall ?? 0),
    }),
  );
  const axis = baseAxis(token);
  const most = Math.max(...changes.map(Math.abs));
  return {
    data: [
      {
        type: 'bar',
        x: changes.map((_, digit) => String(digit)),
        y: changes,
        customdata: told,
        hovertemplate: '%{customdata}<extra></extra>',
        marker: { color: changes.map((each) => token(each < 0 ? 'negative' : 'positive')) },
      },
    ],
    layout: {
      ...baseLayout(token),
      bargap: 0.35,
      margin: { l: 76, r: 8, t: 8, b: 40 },
      xaxis: {
        ...axis,
        type: 'category',
        ticks: '',
        title: { text: t('profile.digit'), standoff: 4 },
      },
      yaxis: {
        ...axis,
        zeroline: true,
        zerolinecolor: token('line-strong'),
        tickformat: most < FEW ? '.1~%' : '.0%',
        ...(most < LEAST ? { range: [-LEAST, LEAST] } : {}),
        title: { text: t('unit.off.axis'), standoff: 8 },
        rangemode: 'tozero',
      },
    },
  };
};
