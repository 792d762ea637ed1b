// Ten colours for ten digits, from the tokens of this screen's style sheet; the theme changes them.

import { mix, parseHex } from '../../page/colors.js';

/** @typedef {import('../../page/colors.js').Rgb} Rgb */

/** @type {Map<string, ReturnType<typeof read>>} */
const known = new Map();

/** @param {CSSStyleDeclaration} style */
function read(style) {
  const token = (/** @type {string} */ name) => parseHex(style.getPropertyValue(`--${name}`));
  const digits = Array.from({ length: 10 }, (_, digit) => token(`digit-${digit}`));
  const [ground, wrong, text, soft] = ['ground', 'warning', 'text', 'line-strong'].map(token);
  return { digits, ground, wrong, text, faint: mix(ground, soft, 0.45) };
}

/** The colours as they are now. */
export function palette() {
  const root = document.documentElement;
  const theme = root.dataset.theme ?? '';
  const found = known.get(theme) ?? read(getComputedStyle(root));
  known.set(theme, found);
  return found;
}

/** As CSS says it. @param {Rgb} rgb @param {number} [alpha] */
export const css = (rgb, alpha = 1) => `rgb(${rgb.join(' ')} / ${alpha})`;
