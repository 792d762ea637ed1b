// Buttons that zoom a map: in, out, and back to all of it.

import { make } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */

/** @type {[string, string, number][]} name, sign, factor; 0 shows all */
const ZOOMS = [
  ['in', '+', 1.5],
  ['out', '−', 1 / 1.5],
  ['whole', '⤢', 0],
];

/** @param {(factor: number) => void} onZoom @param {Translate} t */
export function createZooms(onZoom, t) {
  const buttons = ZOOMS.map(([name, sign, factor]) => {
    const title = t(`map.zoom.${name}`);
    const button = make(
      'button',
      {
        type: 'button',
        class: 'over',
        'aria-label': title,
        title,
        'data-testid': `map-zoom-${name}`,
      },
      sign,
    );
    button.addEventListener('click', () => onZoom(factor));
    return button;
  });
  return make('div', { class: 'zooms', role: 'group', 'aria-label': t('map.zoom') }, ...buttons);
}
