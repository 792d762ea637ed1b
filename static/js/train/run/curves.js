// Two charts under one another, loss and accuracy: what is drawn, as data for Plotly.

import { epochsOf } from './progress.js';

/** @import { Details } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */

/** @typedef {(name: string) => string} Token the value of a colour token */

const WIDE = 2;
const FAINT = 0.4;

/** Whether a run's answer is a number: its measure is R². @param {Pick<import('../types.js').Run, 'problem'>} run */
export const isNumber = ({ problem }) => problem === 'houses';

/**
 * The lines of one run: batch by batch as it learned (faint), and at each checkpoint what it makes of
 * digits it learned from and of digits it never saw.
 * @param {Details} details
 * @param {{own: string, soft: string, dash: string, name: string}} look
 * @param {Translate} t
 */
function linesOf({ run, curve, checkpoints }, { own, soft, dash, name }, t) {
  const of = isNumber(run) ? '.houses' : '';
  const points = curve.batch.map((batch) => epochsOf(batch, run));
  const kept = checkpoints.map(({ batch }) => epochsOf(batch, run));
  /** @param {'loss' | 'accuracy'} what */
  const pair = (what) => {
    const rest = { type: 'scatter', mode: 'lines', yaxis: what === 'loss' ? 'y' : 'y2' };
    const format = what === 'loss' ? '%{y:.4f}' : isNumber(run) ? '%{y:.3f}' : '%{y:.2%}';
    /** @param {string} title @param {string} color @param {number} width @param {(number | null)[]} y @param {number[]} x */
    const line = (title, color, width, y, x) => ({
      ...rest,
      x,
      y,
      name: title,
      line: { color, width, dash },
      hovertemplate: `${format}<extra>${title}</extra>`,
      connectgaps: false,
      showlegend: false,
    });
    const faint = line(`${name}${t('curves.batch')}`, soft, 1, curve[what], points);
    return [
      { ...faint, opacity: FAINT, line: { ...faint.line, dash: 'solid' } },
      line(
        `${name}${t(`curves.learned${of}`)}`,
        soft,
        WIDE,
        checkpoints.map((each) => each[what]),
        kept,
      ),
      line(
        `${name}${t(`curves.validation${of}`)}`,
        own,
        WIDE,
        checkpoints.map((each) => each[`validation_${what}`]),
        kept,
      ),
    ];
  };
  return [...pair('loss'), ...pair('accuracy')];
}

/**
 * @param {Details[]} shown the run that is watched, and the one beside it
 * @param {number | null} batch of the checkpoint that is looked at
 * @param {Translate} t
 * @param {Token} token
 */
export function figure(shown, batch, t, token) {
  const looks = [
    { own: token('positive'), soft: token('text-soft'), dash: 'solid' },
    { own: token('negative'), soft: token('line-strong'), dash: 'dot' },
  ];
  const both = shown.length > 1;
  const data = shown.flatMap((details, i) =>
    linesOf(details, { ...looks[i], name: both ? `${details.run.title}: ` : '' }, t),
  );
  const axis = {
    gridcolor: token('line'),
    linecolor: token('line-strong'),
    zeroline: false,
    fixedrange: true,
    ticks: 'outside',
    tickcolor: token('line-strong'),
  };
  const [first] = shown;
  const at = first && batch !== null ? epochsOf(batch, first.run) : null;
  const layout = {
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: 'inherit', size: 13, color: token('text') },
    margin: { l: 66, r: 12, t: 8, b: 44 },
    hovermode: 'x unified',
    hoverlabel: {
      bgcolor: token('ground'),
      bordercolor: token('line-strong'),
      font: { color: token('text') },
    },
    xaxis: {
      ...axis,
      title: { text: t('curves.epochs'), standoff: 6 },
      anchor: 'y2',
      rangemode: 'tozero',
      unifiedhovertitle: { text: t('curves.epoch', { epoch: '%{x:.2f}' }) },
    },
    yaxis: {
      ...axis,
      title: { text: t('curves.loss'), standoff: 8 },
      domain: [0.54, 1],
      rangemode: 'tozero',
    },
    yaxis2: {
      ...axis,
      title: {
        text: t(first && isNumber(first.run) ? 'curves.r2' : 'curves.accuracy'),
        standoff: 8,
      },
      domain: [0, 0.46],
      range: [0, 1],
      tickformat: first && isNumber(first.run) ? '.1f' : '.0%',
    },
    shapes:
      at === null
        ? []
        : [
            {
              type: 'line',
              xref: 'x',
              yref: 'paper',
              x0: at,
              x1: at,
              y0: 0,
              y1: 1,
              line: { color: token('text'), width: 1, dash: 'dash' },
            },
          ],
    showlegend: false,
  };
  const config = {
    displayModeBar: false,
    responsive: true,
    showSendToCloud: false,
    showLink: false,
  };
  return { data, layout, config };
}
