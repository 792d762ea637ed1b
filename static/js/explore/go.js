// The corner that leads from a digit, a dot or a neuron to the Draw screen with one click.

import { make } from '../page/dom.js';

/** @import { Translate } from '../state/types.js' */

const SVG = 'http://www.w3.org/2000/svg';

/** An arrow that leads away. */
function arrow() {
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('viewBox', '0 0 20 20');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', 'M7 4.5h8.5V13M15.5 4.5l-11 11');
  icon.append(path);
  return icon;
}

/**
 * @param {Translate} t
 * @param {string} [className]
 */
export function createGo(t, className = 'go-corner') {
  const title = t('explore.draw');
  const element = make(
    'a',
    { class: className, href: '/', title, 'aria-label': title, 'data-testid': 'go-draw' },
    arrow(),
  );
  return {
    element,
    /** @param {string} href @param {string} [of] what it leads to, for those who hear it */
    lead(href, of = '') {
      if (element.getAttribute('href') !== href) element.setAttribute('href', href);
      element.setAttribute('aria-label', of ? t('explore.draw.of', { what: of }) : title);
    },
    /** Beside a place of what it lies over. @param {number} x px @param {number} y px */
    put(x, y) {
      element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      element.hidden = false;
    },
    hide() {
      element.hidden = true;
    },
  };
}
