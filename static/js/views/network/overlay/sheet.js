// All values of a wide layer at once, in a table over its figure.

import { make } from '../../../page/dom.js';
import { layerName } from '../../../state/names.js';

/** @import { Reading, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Figure, Layout } from '../layout.js' */

const COLUMNS = 8;

/**
 * @param {HTMLElement} container
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createSheet(container, t, numbers) {
  const sheet = make('div', { class: 'values-sheet', 'data-testid': 'values', hidden: true });
  container.append(sheet);

  /** @param {ArrayLike<number>} a @param {number} start */
  function row(a, start) {
    const cells = Array.from({ length: Math.min(COLUMNS, a.length - start) }, (_, i) =>
      make(
        'td',
        { 'data-neuron': start + i, 'data-value': a[start + i] },
        numbers.two(a[start + i]),
      ),
    );
    return make('tr', {}, make('th', { scope: 'row' }, numbers.whole(start + 1)), ...cells);
  }

  return {
    /**
     * @param {Reading | null} reading
     * @param {Figure | undefined} figure the layer's, or none to put the sheet away
     * @param {Layout} layout
     */
    show(reading, figure, layout) {
      const a = figure && reading?.layers.find(({ name }) => name === figure.name)?.a;
      sheet.hidden = !a;
      if (!a || !figure) return;
      const rows = Array.from({ length: Math.ceil(a.length / COLUMNS) }, (_, i) =>
        row(a, i * COLUMNS),
      );
      const caption = t('network.values', { layer: layerName(figure.name, t) });
      sheet.replaceChildren(make('table', {}, make('caption', {}, caption), ...rows));
      const { place } = figure;
      const middle = place.x + place.width / 2 - sheet.offsetWidth / 2;
      const left = Math.max(0, Math.min(layout.width - sheet.offsetWidth, middle));
      sheet.style.transform = `translate(${Math.round(left)}px, ${Math.round(layout.top)}px)`;
    },
  };
}
