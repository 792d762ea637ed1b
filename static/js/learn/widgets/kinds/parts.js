// The plan that one hopes for, drawn: digits and the loops and lines that they are made of.

import { make } from '../../../page/dom.js';

/** @import { Translate } from '../../../state/types.js' */

const SVG = 'http://www.w3.org/2000/svg';
const UPPER = 'M20 8a9 9 0 1 0 .1 0z'; // loops and strokes in a box of 40 x 48
const LOWER = 'M20 26a9 9 0 1 0 .1 0z';
const NINE = 'M29 17v25';
const FOUR = ['M24 6 8 30', 'M8 30h25', 'M26 18v26'];

/** @type {Record<number, string[]>} each digit's parts */
export const DIGITS = { 9: [UPPER, NINE], 8: [UPPER, LOWER], 4: FOUR };

/** @param {string[]} paths @param {string} [kind] */
function picture(paths, kind = '') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 40 48');
  svg.setAttribute('class', kind);
  for (const d of paths) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** @param {Translate} t */
export function createParts(t) {
  const sign = (/** @type {string} */ words) => make('span', {}, words);
  const rows = [9, 8, 4].map((digit) =>
    make(
      'div',
      { class: 'parts-row' },
      ...DIGITS[digit].flatMap((part, i) => [...(i ? [sign('+')] : []), picture([part])]),
      sign('→'),
      picture(DIGITS[digit], 'whole'),
    ),
  );
  const element = make(
    'div',
    { class: 'parts', role: 'img', 'aria-label': t('parts.label'), 'data-testid': 'parts' },
    ...rows,
  );
  return { element, quantities: {}, apply() {} };
}
