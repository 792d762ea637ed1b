// The matrix and the calibration curve, as data for Plotly.

import { baseAxis, baseLayout, curveWithIntervals } from '../../views/plot/look.js';

/** @import { CalibrationBin, Confusion } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Token } from '../../views/plot/look.js' */

const DIGITS = Array.from({ length: 10 }, (_, i) => String(i));
const [SIZE, SMALL] = [13, 10]; // px of a count, and of one with four figures
const GAMMA = 0.5; // of the colour: a few confusions are seen beside many

/** How a count is coloured, 0..1: the diagonal is what is right and stays plain. @param {number[][]} matrix */
export function shades(matrix) {
  const most = Math.max(
    1,
    ...matrix.flatMap((row, label) => row.filter((_, read) => read !== label)),
  );
  return matrix.map((row, label) =>
    row.map((count, read) => (read === label ? null : (count / most) ** GAMMA)),
  );
}

/** What has become more or fewer, and what that is worth, −1..1: above 0 it is worse, on the diagonal fewer
 * right ones. @param {number[][]} after @param {number[][]} before */
export function changes(after, before) {
  const differences = after.map((row, label) =>
    row.map((count, read) => count - before[label][read]),
  );
  const most = Math.max(1, ...differences.flat().map(Math.abs));
  return {
    differences,
    shades: differences.map((row, label) =>
      row.map((each, read) => {
        const worse = read === label ? -each : each;
        return each === 0 ? null : Math.sign(worse) * (Math.abs(each) / most) ** GAMMA;
      }),
    ),
  };
}

/** The pair that is taken for one another most often; null when nothing is. @param {number[][]} matrix */
export function worstOf(matrix) {
  const wrong = matrix.flatMap((row, label) =>
    row.flatMap((count, read) => (read !== label && count > 0 ? [{ label, read, count }] : [])),
  );
  return wrong.length
    ? wrong.reduce((most, each) => (each.count > most.count ? each : most))
    : null;
}

/** @param {number} value with its sign, and a real minus @param {Numbers} numbers */
export const signed = (value, numbers) =>
  value > 0 ? `+${numbers.whole(value)}` : numbers.whole(value);

/**
 * @param {Confusion} after @param {Confusion | null} before
 * @param {[number, number] | null} cell that is open
 * @param {Translate} t @param {Numbers} numbers
 */
export const matrixFigure = (after, before, cell, t, numbers) => (/** @type {Token} */ token) => {
  const change = before ? changes(after.matrix, before.matrix) : null;
  const z = change ? change.shades : shades(after.matrix);
  const counts = change ? change.differences : after.matrix;
  const words = counts.map((row) =>
    row.map((count) => (count === 0 ? '' : change ? signed(count, numbers) : String(count))),
  );
  const ground = token('activation-0');
  const colorscale = change
    ? [
        [0, token('positive')],
        [0.5, ground],
        [1, token('negative')],
      ]
    : [
        [0, ground],
        [1, token('negative')],
      ];
  const annotations = words.flatMap((row, label) =>
    row.map((text, read) => ({
      x: read,
      y: label,
      text,
      showarrow: false,
      font: {
        size: text.length > (change ? 2 : 3) ? SMALL : SIZE, // a cell is 20 px wide on a phone
        color:
          Math.abs(z[label][read] ?? 0) > 0.62
            ? token('on-accent')
            : token(label === read && !change ? 'text-soft' : 'text'),
      },
    })),
  );
  const told = after.matrix.map((row, label) =>
    row.map((count, read) =>
      t(label === read ? 'conf.right' : 'conf.cell', { label, read, count: numbers.whole(count) }),
    ),
  );
  const frame = cell
    ? [
        {
          type: 'rect',
          x0: cell[1] - 0.5,
          x1: cell[1] + 0.5,
          y0: cell[0] - 0.5,
          y1: cell[0] + 0.5,
          line: { color: token('focus'), width: 3 },
        },
      ]
    : [];
  const axis = {
    ...baseAxis(token),
    tickvals: DIGITS.map(Number),
    ticktext: DIGITS,
    showgrid: false,
    ticks: '',
    constrain: 'domain',
  };
  return {
    data: [
      {
        type: 'heatmap',
        z,
        customdata: told,
        hovertemplate: '%{customdata}<extra></extra>',
        colorscale,
        zmin: change ? -1 : 0,
        zmax: 1,
        showscale: false,
        xgap: 2,
        ygap: 2,
        hoverongaps: true,
      },
    ],
    layout: {
      ...baseLayout(token),
      annotations,
      shapes: frame,
      margin: { l: 48, r: 8, t: 44, b: 8 },
      xaxis: { ...axis, side: 'top', title: { text: t('conf.read'), standoff: 8 } },
      yaxis: {
        ...axis,
        autorange: 'reversed',
        title: { text: t('conf.label'), standoff: 8 },
        scaleanchor: 'x',
      },
    },
  };
};

/** The bin in which a certainty lies; null where nothing is that sure. @param {CalibrationBin[]} bins @param {number} sure */
export const binOf = (bins, sure) =>
  bins.find(({ low, high, count }) => count > 0 && low <= sure && sure < high) ?? null;

/** @param {CalibrationBin} bin that holds digits @param {Translate} t @param {Numbers} numbers */
export const binWords = ({ low, high, count, accuracy }, t, numbers) =>
  t('calibration.bin', {
    low: numbers.percent(low),
    high: numbers.percent(high),
    count: numbers.whole(count),
    right: numbers.percent(Number(accuracy)),
  });

/**
 * When it says 90%, how often is it right? Bins with their intervals, and beside them the line of honesty.
 * @param {Confusion} of @param {Translate} t @param {Numbers} numbers
 */
export const calibrationFigure =
  ({ calibration }, t, numbers) =>
  (/** @type {Token} */ token) => {
    const bins = calibration.filter(({ count, accuracy }) => count > 0 && accuracy !== null);
    const told = bins.map((bin) => binWords(bin, t, numbers));
    const axis = { ...baseAxis(token), range: [0, 1.03], tickformat: '.0%', dtick: 0.25 };
    return {
      data: [
        {
          type: 'scatter',
          mode: 'lines',
          x: [0, 1],
          y: [0, 1],
          hoverinfo: 'skip',
          line: { color: token('line-strong'), dash: 'dot', width: 1.5 },
        },
        curveWithIntervals(token, {
          x: bins.map(({ confidence }) => Number(confidence)),
          y: bins.map(({ accuracy }) => Number(accuracy)),
          intervals: bins.map(({ interval }) => interval),
          told,
        }),
      ],
      layout: {
        ...baseLayout(token),
        margin: { l: 62, r: 24, t: 8, b: 48 },
        xaxis: { ...axis, title: { text: t('calibration.says'), standoff: 6 } },
        yaxis: { ...axis, title: { text: t('calibration.right'), standoff: 8 } },
      },
    };
  };
