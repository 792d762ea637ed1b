// Charts under one another: the loss, the measure (accuracy or R²), and of prices the mean error in
// dollars. What is drawn, as data for Plotly.

import { epochsOf } from '../run/progress.js';
import { isNumber, wordsOf } from './measures.js';
import { layerName } from '../../state/names.js';
import { baseAxis, baseLayout } from '../../views/plot/look.js';

/** @import { Checkpoint, Details, OutputHealth } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */

/** @import { Token } from '../../views/plot/look.js' */

/** @typedef {'loss' | 'accuracy' | 'error'} Pane */
/** @typedef {{own: string, soft: string, dash: string, name: string}} Look */

const WIDE = 2;
const THIN = 1.5;
const FAINT = 0.4;
const GAP = 0.08; // between two charts, of the height
/** How the outputs of several are told apart; the mean of their losses is drawn through. */
export const DASHES = ['dash', 'dot', 'dashdot'];

/** The names of a run's outputs, none where it has one. @param {Details} details @returns {string[]} */
export function headsOf({ checkpoints }) {
  const outputs = checkpoints.at(-1)?.outputs ?? [];
  return outputs.length > 1 ? outputs.map(({ name }) => name) : [];
}

/** The charts of these runs, from the top. @param {Details[]} shown @returns {Pane[]} */
export function panesOf(shown) {
  const isTold = shown.some(({ checkpoints }) =>
    checkpoints.some(({ outputs }) => typeof outputs[0]?.validation_error === 'number'),
  );
  return isTold ? ['loss', 'accuracy', 'error'] : ['loss', 'accuracy'];
}

/**
 * The lines of one run: batch by batch as it learned (faint), and at each checkpoint what it makes of
 * examples it learned from and of those it never saw; of several outputs each one's, too.
 * @param {Details} details
 * @param {Look} look
 * @param {Pane[]} panes
 * @param {Translate} t
 */
function linesOf(details, { own, soft, dash, name }, panes, t) {
  const { run, curve, checkpoints } = details;
  const heads = headsOf(details);
  const kept = checkpoints.map(({ batch }) => epochsOf(batch, run));
  const points = curve.batch.map((batch) => epochsOf(batch, run));

  /** @param {Pane} pane */
  function drawn(pane) {
    const axis = panes.indexOf(pane);
    const format =
      pane === 'loss'
        ? '%{y:.4f}'
        : pane === 'error'
          ? '$%{y:,.0f}'
          : isNumber(run)
            ? '%{y:.3f}'
            : '%{y:.2%}';
    /** @param {string} title @param {object} line @param {(number | null)[]} y @param {number[]} x @param {object} [more] */
    const line = (title, line, y, x, more = {}) => ({
      type: 'scatter',
      mode: 'lines',
      yaxis: axis ? `y${axis + 1}` : 'y',
      x,
      y,
      name: `${name}${title}`,
      line: { dash, ...line },
      hovertemplate: `${format}<extra>${name}${title}</extra>`,
      connectgaps: false,
      showlegend: false,
      ...more,
    });
    const [learned, held] = ['learned', 'validation'].map((which) =>
      t(`curves.${which}${wordsOf(run)}`),
    );
    /** Of an output of its own, on what is learned from and on what is not.
     * @param {string} of its name, '' for the only one @param {number} head @param {object} look */
    const pair = (of, head, look) => {
      const at = (/** @type {Checkpoint} */ { outputs }) =>
        /** @type {Partial<OutputHealth>} */ (outputs[head] ?? {});
      const title = (/** @type {string} */ which) => (of ? `${layerName(of, t)}: ${which}` : which);
      return [
        line(
          title(learned),
          { color: soft, width: WIDE, ...look },
          checkpoints.map((each) => at(each)[pane] ?? null),
          kept,
        ),
        line(
          title(held),
          { color: own, width: WIDE, ...look },
          checkpoints.map((each) => at(each)[`validation_${pane}`] ?? null),
          kept,
        ),
      ];
    };
    if (pane === 'error') return pair('', 0, {});
    const faint = line(
      heads.length && pane === 'accuracy'
        ? `${layerName(heads[0], t)}: ${t('curves.batch')}`
        : t('curves.batch'),
      { color: soft, width: 1, dash: 'solid' },
      curve[pane],
      points,
      { opacity: FAINT },
    );
    const ofHeads = heads.flatMap((of, head) =>
      pair(of, head, { dash: DASHES[head % DASHES.length], width: THIN }),
    );
    if (pane === 'accuracy' && heads.length) return [faint, ...ofHeads];
    const mean = heads.length ? t('curves.mean') : '';
    const whole = (/** @type {string} */ which) => (mean ? `${mean}: ${which}` : which);
    return [
      faint,
      line(
        whole(learned),
        { color: soft, width: WIDE },
        checkpoints.map((each) => each[pane]),
        kept,
      ),
      line(
        whole(held),
        { color: own, width: WIDE },
        checkpoints.map((each) => each[`validation_${pane}`]),
        kept,
      ),
      ...ofHeads,
    ];
  }
  return panes.flatMap(drawn);
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]; // batches between two ticks
const TICKS = 6; // at most

/**
 * The batches to tick while less than an epoch is done: parts of one say little. Null from then on.
 * @param {Pick<Details, 'run' | 'curve' | 'checkpoints'>[]} shown
 */
export function batchTicks(shown) {
  const far = Math.max(
    0,
    ...shown.flatMap(({ run, curve, checkpoints }) =>
      [curve.batch.at(-1), checkpoints.at(-1)?.batch].map((batch) => epochsOf(batch ?? 0, run)),
    ),
  );
  const anEpoch = shown[0]?.run.batches_an_epoch ?? 0;
  const last = Math.max(1, Math.round(far * anEpoch));
  const step = STEPS.find((each) => last / each <= TICKS - 1);
  if (!anEpoch || far >= 1 || !step) return null;
  const batches = Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
  return {
    tickvals: batches.map((each) => each / anEpoch),
    ticktext: batches.map(String),
    ...(far === 0 ? { range: [0, 1 / anEpoch] } : {}), // the first batch is to come
  };
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
  const panes = panesOf(shown);
  const data = shown.flatMap((details, i) =>
    linesOf(details, { ...looks[i], name: both ? `${details.run.title}: ` : '' }, panes, t),
  );
  const axis = baseAxis(token);
  const ticks = batchTicks(shown);
  const [first] = shown;
  const at = first && batch !== null ? epochsOf(batch, first.run) : null;
  const isR2 = first !== undefined && isNumber(first.run);
  const high = (1 - GAP * (panes.length - 1)) / panes.length;
  /** @param {Pane} pane @param {number} place from the top */
  const yaxis = (pane, place) => {
    const bottom = 1 - high - place * (high + GAP);
    const domain = [Math.max(0, bottom), bottom + high];
    const title = pane === 'accuracy' && isR2 ? 'curves.r2' : `curves.${pane}`;
    const range = pane === 'accuracy' ? { range: [0, 1] } : { rangemode: 'tozero' };
    const ticks =
      pane === 'loss' ? {} : { tickformat: pane === 'error' ? '$~s' : isR2 ? '.1f' : '.0%' };
    return { ...axis, title: { text: t(title), standoff: 8 }, domain, ...range, ...ticks };
  };
  const name = (/** @type {number} */ place) => (place ? `yaxis${place + 1}` : 'yaxis');
  const layout = {
    ...baseLayout(token),
    margin: { l: 66, r: 12, t: 8, b: 44 },
    hovermode: 'x unified',
    xaxis: {
      ...axis,
      title: { text: t(ticks ? 'curves.batches' : 'curves.epochs'), standoff: 6 },
      ...ticks,
      anchor: `y${panes.length}`,
      rangemode: 'tozero',
      unifiedhovertitle: { text: t('curves.epoch', { epoch: '%{x:.2f}' }) },
    },
    ...Object.fromEntries(panes.map((pane, place) => [name(place), yaxis(pane, place)])),
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
  };
  return { data, layout, over: panes.map((_, place) => (place ? `xy${place + 1}` : 'xy')) };
}
