// Plotly, which is large: its script comes when the first chart is wanted, once for all of them. It is
// the official bundle of charts with two axes, kept in static/vendor.

import { make } from '../../page/dom.js';

const SCRIPT = '../../../vendor/plotly.js-cartesian-dist-min/plotly-cartesian.min.js';
/** The id of the style element that this version makes for maps, unless there is one already: the
 * page's policy allows none, and no chart here is a map. */
const MAPS = 'ce8d464691048653ffe3a57c6c18ab566e8366f186677868cf724621a857b4fe';

/** @type {Promise<any> | null} */
let plotly = null;

/** Its script, once. @returns {Promise<any>} */
export function loadPlotly() {
  plotly ??= new Promise((resolve, reject) => {
    const maps = make('meta', { id: MAPS, name: 'plotly', content: 'no maps' });
    const script = make('script', { src: new URL(SCRIPT, import.meta.url).href });
    script.onload = () => resolve(/** @type {any} */ (window).Plotly);
    script.onerror = () => {
      plotly = null;
      script.remove();
      maps.remove();
      reject(new Error('Plotly'));
    };
    document.head.append(maps, script);
  });
  return plotly;
}
