// Plotly, which is large: its script comes when the first chart is wanted, once for all of them.

import { make } from '../page/dom.js';

/** @type {Promise<any> | null} */
let plotly = null;

/** Its script, once. @param {string} src @returns {Promise<any>} */
export function loadPlotly(src) {
  plotly ??= new Promise((resolve, reject) => {
    const script = make('script', { src });
    script.onload = () => resolve(/** @type {any} */ (window).Plotly);
    script.onerror = () => {
      plotly = null;
      script.remove();
      reject(new Error('Plotly'));
    };
    document.head.append(script);
  });
  return plotly;
}
