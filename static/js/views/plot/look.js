// How every chart of Plotly looks here: the page's colours and letters, no buttons, nothing to drag.

/** @typedef {(name: string) => string} Token the value of a colour token */

export const CONFIG = {
  displayModeBar: false,
  responsive: true,
  showSendToCloud: false,
  showLink: false,
};

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
  dragmode: /** @type {const} */ (false),
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
