// What was seen, before any arithmetic: the pixels in colour, and in words where the ink lies that speaks
// most for the answer, where for the other, and how that comes to the answer.

import { make, say } from '../../page/dom.js';
import { ninthsOf, PLACES } from '../../state/ninths.js';
import { createPicture } from '../../views/pictures.js';

/** @import { Parts, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const SIDE = 28; // px of the picture
const FULL = 0.5; // of a lead: a pixel with that part has full colour, as in the network's picture

/**
 * Where the ink speaks most for each of the two answers.
 * @param {ArrayLike<number>} values @param {{first: string, second: string}} names
 * @param {Translate} t @param {Numbers} numbers
 */
function placesTold(values, names, t, numbers) {
  const sums = ninthsOf(values);
  const [most, least] = [Math.max(...sums), Math.min(...sums)];
  const where = (/** @type {number} */ sum) => t(`why.at.${PLACES[sums.indexOf(sum)]}`);
  const told = { ...names, at: where(most), part: numbers.two(most) };
  if (least >= 0) return t('why.seen.all', told);
  const other = { there: where(least), against: numbers.two(-least) };
  if (most <= 0) return t('why.seen.none', { ...names, ...other });
  return t('why.seen', { ...told, ...other });
}

/**
 * What was seen, to its end: where the ink speaks most for each answer, what all of it adds up to, who
 * is ahead on blank paper by the biases of all layers, and so what the answer is.
 * @param {Pick<Parts, 'values' | 'lead' | 'blank'>} parts @param {{first: string, second: string}} names
 * @param {Translate} t @param {Numbers} numbers
 */
export function seenWords({ values, lead, blank }, names, t, numbers) {
  const ink = lead - blank;
  const told = {
    ...names,
    side: blank < 0 ? names.second : names.first,
    ink: numbers.two(Math.abs(ink)),
    blank: numbers.two(Math.abs(blank)),
    lead: numbers.two(lead),
  };
  const isEven = Math.abs(blank) < 0.005; // no lead is told as one of 0.00
  const end = t(isEven ? 'why.even' : ink > 0 ? 'why.ink' : 'why.biases', told);
  return `${placesTold(values, names, t, numbers)} ${end}`;
}

/** @param {Translate} t */
export function createSeen(t) {
  const picture = createPicture('why-picture', () => {});
  const words = make('p', { 'data-testid': 'why-seen' });
  const element = make('div', { class: 'why-seen', hidden: true }, picture.element, words);
  return {
    element,
    /** @param {Parts | null} parts @param {{first: string, second: string}} names
     * @param {string} said what was seen, in words */
    show(parts, names, said) {
      element.hidden = !parts;
      if (!parts) return;
      const cells = { rows: SIDE, columns: SIDE, maps: 1 };
      const paint = (
        /** @type {number} */ value,
        /** @type {import('../../page/colors.js').Colors} */ colors,
      ) => colors.signedWord(value, FULL);
      picture.show(parts.values, cells, paint, t('why.key', names), null);
      say(words, said);
    },
  };
}
