// The live numbers of a step, told by the wall, where the network is, to the speaker's window.

/** @import { Told } from '../text.js' */

const NAME = 'present-figures';
const ASK = 'ask';

/**
 * @param {() => Told} told
 * @param {BroadcastChannel} [channel]
 * @returns {() => void} to be called when numbers may have changed
 */
export function tellFigures(told, channel = new BroadcastChannel(NAME)) {
  let said = '';
  function tell(/** @type {boolean} */ always) {
    const now = told();
    const text = JSON.stringify(now);
    if (text === said && !always) return;
    said = text;
    channel.postMessage(now);
  }
  channel.addEventListener('message', ({ data }) => data === ASK && tell(true));
  return () => tell(false);
}

/**
 * @param {(told: Told) => void} onTold
 * @param {BroadcastChannel} [channel]
 * @returns {() => void} asks for them
 */
export function hearFigures(onTold, channel = new BroadcastChannel(NAME)) {
  channel.addEventListener('message', ({ data }) => data !== ASK && onTold(data));
  return () => channel.postMessage(ASK);
}
