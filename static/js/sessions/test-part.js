// The test digits as a whole: the first of them, and how a network reads them all. Both are asked for until
// they come.

import { createApi, createSender, isRefusal } from '../server/api.js';
import { persist } from '../server/persist.js';

/** @template R @param {() => Promise<R>} load */
const patiently = (load) => persist(load, { onStatus: () => {}, isFinal: isRefusal });

/** @typedef {{label: number, pixels: number[]}} TestDigit pixels of 0 to 255 */

/** The first digits, none when the server has none to give. @param {number} count
 * @returns {Promise<TestDigit[]>} */
export async function firstDigits(count) {
  const { request } = createSender();
  const reply = await patiently(async () =>
    (await request(`/api/datasets/mnist/test?limit=${count}&offset=0`)).json(),
  );
  return reply?.digits ?? [];
}

/** How often each digit is read as each, a row a label; null when the network reads no digits.
 * @param {string} model @returns {Promise<number[][] | null>} */
export const confusionOf = async (model) =>
  (await patiently(() => createApi().evaluate(model, [])))?.confusion ?? null;

/** How long the server took to read all of them, as it did last; null when the network reads no digits.
 * @param {string} model @returns {Promise<{digits: number, ms: number} | null>} */
export async function timeOf(model) {
  const reply = await patiently(() => createApi().evaluate(model, []));
  return reply ? { digits: reply.total, ms: 1000 * reply.seconds } : null;
}
