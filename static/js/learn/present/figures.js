// The live numbers of a step and what comes out of its tasks, told by the wall, where the network is, to the speaker's window.

import { say } from '../../page/dom.js';
import { following } from '../text.js';

/** @import { Live } from '../text.js' */

/** @typedef {Record<string, string>} Told what numbers are written as, by what they are made of; and
 *   results, by name */

/** @typedef {Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>} Channel */

const NAME = 'present-figures';
const ASK = 'ask';

/** What a number is made of, as a name. @param {Live} live */
const keyOf = ({ tree, form }) => JSON.stringify([tree, form]);

/**
 * @param {() => Live[]} live the wall's
 * @param {() => Record<string, string>} results
 * @param {Channel} [channel]
 * @returns {() => void} to be called when they may have changed
 */
export function tellFigures(live, results, channel = new BroadcastChannel(NAME)) {
  let said = '';
  function tell(/** @type {boolean} */ always) {
    const numbers = live().map((each) => [keyOf(each), each.element.textContent]);
    const now = { ...Object.fromEntries(numbers), ...results() };
    const text = JSON.stringify(now);
    if (text === said && !always) return;
    said = text;
    channel.postMessage(now);
  }
  channel.addEventListener('message', ({ data }) => data === ASK && tell(true));
  return () => tell(false);
}

/** @param {Live} live @param {string} number */
function write({ element, particle, after, until }, number) {
  say(element, number);
  if (particle) say(after, number === until ? '' : following(number, particle));
}

/**
 * @param {() => Live[]} live the speaker's, which become what the wall tells
 * @param {(told: Told) => void} onTold
 * @param {Channel} [channel]
 * @returns {() => void} asks for them
 */
export function hearFigures(live, onTold, channel = new BroadcastChannel(NAME)) {
  channel.addEventListener('message', ({ data }) => {
    if (data === ASK) return;
    for (const each of live()) {
      const number = /** @type {Told} */ (data)[keyOf(each)];
      if (number !== undefined) write(each, number);
    }
    onTold(data);
  });
  return () => channel.postMessage(ASK);
}
