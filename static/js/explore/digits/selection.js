// Which digits are shown and in which order: filters and sorting over a whole set, as plain arrays.

/** @import { Labels, Predictions } from '../types.js' */

/**
 * @typedef {object} Chosen what is asked for; '' where it does not matter
 * @property {string} label the digit it is said to be
 * @property {string} read what the network says
 * @property {string} [sure] how sure it is: a key of `SURE`
 * @property {string} only 'right', 'wrong' or 'disputed'
 * @property {string} sort 'place', 'sure', 'unsure' or 'doubt'
 */

/** How sure the network is, from and below. @type {Record<string, [number, number]>} */
export const SURE = { low: [0, 0.5], half: [0.5, 0.9], high: [0.9, 0.99], top: [0.99, Infinity] };

/** Whether it asks for what the network says: before that is there, no digit fits.
 * @param {{read: string, sure: string, only: string}} chosen */
export const asksReading = ({ read, sure, only }) =>
  read !== '' || sure !== '' || only === 'right' || only === 'wrong';

/**
 * The places of the digits that fit. What the network says of them may still be missing: then only the
 * label and the dispute count, and the order is that of the set.
 * @param {Labels} labels @param {Predictions | null} said @param {Chosen} chosen
 * @returns {Uint32Array}
 */
export function select({ total, labels, disputed }, said, { label, read, sure = '', only, sort }) {
  const [least, most] = SURE[sure] ?? [0, Infinity];
  const fits = new Uint32Array(total);
  let count = 0;
  for (let i = 0; i < total; i++) {
    if (label !== '' && labels[i] !== Number(label)) continue;
    if (only === 'disputed' && !disputed.has(i)) continue;
    if (said) {
      if (read !== '' && said.predictions[i] !== Number(read)) continue;
      if (said.confidences[i] < least || said.confidences[i] >= most) continue;
      const isRight = said.predictions[i] === labels[i];
      if ((only === 'right' && !isRight) || (only === 'wrong' && isRight)) continue;
    }
    fits[count++] = i;
  }
  const found = fits.slice(0, count);
  if (!said || sort === 'place') return found;
  const { confidences, label_probabilities: doubt } = said;
  const order = {
    sure: (/** @type {number} */ a, /** @type {number} */ b) => confidences[b] - confidences[a],
    unsure: (/** @type {number} */ a, /** @type {number} */ b) => confidences[a] - confidences[b],
    doubt: (/** @type {number} */ a, /** @type {number} */ b) => doubt[a] - doubt[b],
  }[sort];
  return order ? found.sort((a, b) => order(a, b) || a - b) : found;
}

/**
 * What is known of one digit, to be put into words.
 * @param {Labels | null} labels @param {Predictions | null} said @param {number} index
 */
export function toldOf(labels, said, index) {
  const label = labels?.labels[index] ?? null;
  const read = said?.predictions[index] ?? null;
  return {
    index,
    label,
    read,
    confidence: said?.confidences[index] ?? null,
    isWrong: label !== null && read !== null && label !== read,
    disputed: labels?.disputed.get(index) ?? null,
  };
}
