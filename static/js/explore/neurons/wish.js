// The picture that excites a unit most, beside how strong the best real digit is, and the dial that holds it back.

import { pageColors } from '../../page/colors.js';
import { make, say } from '../../page/dom.js';
import { createSlider } from '../choice.js';
import { inkedDrawing } from '../digits/drawing.js';
import { SIDE } from '../../state/units.js';

/** @import { Ascent } from '../types.js' */
/** @import { Page } from '../rooms.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/**
 * How strong the picture is, beside the best real digit, and what the dial does to it.
 * @param {Pick<Ascent, 'activation' | 'regularisation' | 'best_digit' | 'from_digit'>} ascent
 * @param {Translate} t @param {Numbers} numbers
 */
export function wishWords({ activation, regularisation, best_digit, from_digit }, t, numbers) {
  const [value, best] = [activation, best_digit.activation].map(numbers.three);
  const index = numbers.whole(best_digit.index);
  const said = t(from_digit ? 'unit.wished.digit' : 'unit.wished', { value, index, best });
  if (regularisation === 0) return from_digit ? said : `${said} ${t('unit.wished.free')}`;
  const isWeaker = activation < best_digit.activation && value !== best;
  return isWeaker ? `${said} ${t('unit.wished.held')}` : said;
}

/**
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createWish(page, t, numbers) {
  const picture = make('canvas', {
    class: 'unit-weights',
    width: SIDE,
    height: SIDE,
    role: 'img',
    'aria-label': t('unit.wish'),
    'data-testid': 'unit-wish',
  });
  const wished = make('p', { class: 'small soft', 'data-testid': 'unit-wished' });
  const dial = createSlider('unit-dial', t('unit.dial'), { min: 0, max: 1, step: 0.25 }, (value) =>
    page.onOptions({ dial: String(value) }),
  );
  const put = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'unit-wish-pad' },
    t('digit.pad'),
  );
  /** @type {Ascent | null} */
  let shown = null;
  put.addEventListener('click', () => shown && page.onDrawing(inkedDrawing(shown.pixels)));
  return {
    elements: [picture, dial.element, wished, put],
    /** @param {number} amount */
    turn: (amount) => dial.show(amount, numbers.two(amount)),
    /** @param {Ascent | null} ascent null while it is computed */
    show(ascent) {
      shown = ascent;
      put.disabled = !ascent;
      for (const each of [picture, wished]) each.classList.toggle('coming', !ascent);
      if (!ascent) return;
      const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext('2d'));
      const image = context.createImageData(SIDE, SIDE);
      const words = new Uint32Array(image.data.buffer);
      const colors = pageColors();
      ascent.pixels.forEach((value, i) => (words[i] = colors.activationWord(value, 1)));
      context.putImageData(image, 0, 0);
      say(wished, wishWords(ascent, t, numbers));
    },
  };
}
