// Buttons that zoom a map: in, out, and back to all of it; and what is said where none of it is in view.

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

/** Where no dot is in view: so it is said, with a way back. @param {() => void} onWhole @param {Translate} t */
export function createLost(onWhole, t) {
  const back = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'map-lost-whole' },
    t('map.lost.whole'),
  );
  back.addEventListener('click', onWhole);
  const element = make(
    'div',
    { class: 'map-lost', role: 'status', hidden: true, 'data-testid': 'map-lost' },
    make('p', {}, t('map.lost')),
    back,
  );
  return { element };
}
