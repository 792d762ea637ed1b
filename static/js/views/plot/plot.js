// A chart of Plotly: it comes with the first one, is drawn anew when what it shows or the theme
// changes, follows the size of its room, and what is pointed at in it stays so while numbers come in.

import { make } from '../../page/dom.js';
import { CONFIG } from './look.js';
import { loadPlotly } from './plotly.js';

const RETRY = 2000; // ms until a script that did not come is asked for again

/** @import { Token } from './look.js' */

/**
 * @typedef {object} Figure
 * @property {object[]} data
 * @property {object} layout
 * @property {string[]} [over] the charts over one another in which what is pointed at stays so
 */

/**
 * @param {string} name for tests
 * @param {string} label for those who do not see it
 * @param {(point: any) => void} [onClick]
 */
export function createPlot(name, label, onClick) {
  const plot = make('div', {
    class: 'plot',
    'data-testid': name,
    role: 'img',
    'aria-label': label,
  });
  /** @type {((token: Token) => Figure) | null} */
  let newest = null;
  let busy = false;
  let isOld = false;
  let listens = false;
  /** @type {number | null} where the pointer is on the x axis */
  let pointed = null;
  /** @type {any} */
  let Plotly = null;
  const watcher = new ResizeObserver(() => {
    if (Plotly && listens && plot.offsetParent) Plotly.Plots.resize(plot);
  });
  watcher.observe(plot);

  function listen() {
    if (listens) return;
    listens = true;
    const target = /** @type {any} */ (plot);
    target.on('plotly_click', (/** @type {any} */ event) => onClick?.(event.points?.[0]));
    target.on('plotly_hover', (/** @type {any} */ event) => {
      pointed = event.xvals?.[0] ?? null;
    });
    target.on('plotly_unhover', () => {
      pointed = null;
    });
  }

  async function draw() {
    if (busy || !newest) {
      isOld = true;
      return;
    }
    busy = true;
    isOld = false;
    try {
      Plotly = await loadPlotly();
      const style = getComputedStyle(document.documentElement);
      const { data, layout, over } = newest((token) => style.getPropertyValue(`--${token}`).trim());
      await Plotly.react(plot, data, layout, CONFIG);
      listen();
      if (over && pointed !== null) Plotly.Fx.hover(plot, { xval: pointed }, over);
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
    /** @param {(token: Token) => Figure} figure */
    show(figure) {
      newest = figure;
      draw();
    },
    destroy: () => watcher.disconnect(),
  };
}
