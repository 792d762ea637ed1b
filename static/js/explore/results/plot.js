// A chart of Plotly on this screen: it comes with the first one, is drawn anew when what it shows or
// the theme changes, and follows the size of its room.

import { make } from '../../page/dom.js';
import { loadPlotly } from '../../views/plotly.js';

const RETRY = 2000; // ms until a script that did not come is asked for again
const CONFIG = { displayModeBar: false, responsive: true, showSendToCloud: false, showLink: false };

/** @typedef {(name: string) => string} Token the value of a colour token */

/** What every chart has in common. @param {Token} token */
export const baseLayout = (token) => ({
  paper_bgcolor: 'rgba(0,0,0,0)',
  plot_bgcolor: 'rgba(0,0,0,0)',
  font: { family: 'inherit', size: 13, color: token('text') },
  hoverlabel: {
    bgcolor: token('ground'),
    bordercolor: token('line-strong'),
    font: { color: token('text') },
  },
  showlegend: false,
  dragmode: false,
});

/** @param {Token} token */
export const baseAxis = (token) => ({
  gridcolor: token('line'),
  linecolor: token('line-strong'),
  zeroline: false,
  fixedrange: true,
  ticks: 'outside',
  tickcolor: token('line-strong'),
});

/**
 * A curve of measured shares, each point with its interval.
 * @param {Token} token
 * @param {{x: number[], y: number[], intervals: ([number, number] | null)[], told: string[]}} points
 */
export const curveWithIntervals = (token, { x, y, intervals, told }) => ({
  type: 'scatter',
  mode: 'lines+markers',
  x,
  y,
  customdata: told,
  hovertemplate: '%{customdata}<extra></extra>',
  line: { color: token('positive'), width: 2 },
  marker: { size: 6, color: token('positive') },
  error_y: {
    type: 'data',
    symmetric: false,
    array: y.map((value, i) => (intervals[i]?.[1] ?? value) - value),
    arrayminus: y.map((value, i) => value - (intervals[i]?.[0] ?? value)),
    color: token('positive'),
    thickness: 1.5,
    width: 3,
  },
});

/**
 * @param {string} name for tests
 * @param {string} label for those who do not see it
 * @param {string} src where the script is
 * @param {(point: any) => void} [onClick]
 */
export function createPlot(name, label, src, onClick) {
  const plot = make('div', {
    class: 'plot',
    'data-testid': name,
    role: 'img',
    'aria-label': label,
  });
  /** @type {((token: Token) => {data: object[], layout: object}) | null} */
  let newest = null;
  let busy = false;
  let isOld = false;
  let listens = false;
  /** @type {any} */
  let Plotly = null;
  const watcher = new ResizeObserver(() => {
    if (Plotly && listens && plot.offsetParent) Plotly.Plots.resize(plot);
  });
  watcher.observe(plot);

  async function draw() {
    if (busy || !newest) {
      isOld = true;
      return;
    }
    busy = true;
    isOld = false;
    try {
      Plotly = await loadPlotly(src);
      const style = getComputedStyle(document.documentElement);
      const { data, layout } = newest((token) => style.getPropertyValue(`--${token}`).trim());
      await Plotly.react(plot, data, layout, CONFIG);
      if (!listens && onClick)
        /** @type {any} */ (plot).on('plotly_click', (/** @type {any} */ event) =>
          onClick(event.points?.[0]),
        );
      listens = true;
      plot.dataset.drawn = 'yes';
    } catch (error) {
      if (/** @type {Error} */ (error).message !== 'Plotly') throw error;
      setTimeout(draw, RETRY);
    } finally {
      busy = false;
    }
    if (isOld) draw();
  }

  return {
    element: plot,
    /** @param {(token: Token) => {data: object[], layout: object}} figure */
    show(figure) {
      newest = figure;
      draw();
    },
    destroy: () => watcher.disconnect(),
  };
}
