// The digits of one's own that units are asked about: they stay in this browser until they are removed.

import { PIXELS } from '../../../state/units.js';

const NAME = 'own-digits';
export const MOST = 200; // digits: what the server reads at once

/** @import { OwnDigit } from '../../types.js' */

/** @param {OwnDigit[]} digits */
function packed(digits) {
  const bytes = digits.flatMap(({ pixels, label }) => [label ?? 255, ...pixels]);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** What was kept; nothing of what is not ours. @param {string} text @returns {OwnDigit[]} */
function unpacked(text) {
  try {
    const bytes = Array.from(atob(text), (letter) => letter.charCodeAt(0));
    if (bytes.length % (PIXELS + 1)) return [];
    return Array.from({ length: Math.min(MOST, bytes.length / (PIXELS + 1)) }, (_, i) => {
      const [label, ...pixels] = bytes.slice(i * (PIXELS + 1), (i + 1) * (PIXELS + 1));
      return { pixels, label: label < 10 ? label : null };
    });
  } catch {
    return [];
  }
}

/** @param {OwnDigit} a @param {OwnDigit} b */
const isSame = (a, b) => a.label === b.label && a.pixels.every((value, i) => value === b.pixels[i]);

/**
 * @param {() => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} storage may throw: then they last as long as the page
 */
export function createOwnSet(storage) {
  /** @template T @param {(kept: ReturnType<typeof storage>) => T} use */
  const withStorage = (use) => {
    try {
      return use(storage());
    } catch {
      return null;
    }
  };
  let digits = unpacked(withStorage((kept) => kept.getItem(NAME)) ?? '');

  /** @param {OwnDigit[]} next */
  function keep(next) {
    digits = next;
    withStorage((kept) => (next.length ? kept.setItem(NAME, packed(next)) : kept.removeItem(NAME)));
  }

  return {
    all: () => digits,
    /** Take in what is not there yet, as many as there is room for.
     * @param {OwnDigit[]} more @returns {{added: number, left: number}} */
    add(more) {
      const fresh = more.filter(
        (each, i) =>
          each.pixels.length === PIXELS &&
          ![...digits, ...more.slice(0, i)].some((other) => isSame(each, other)),
      );
      const taken = fresh.slice(0, MOST - digits.length);
      if (taken.length) keep([...digits, ...taken]);
      return { added: taken.length, left: fresh.length - taken.length };
    },
    clear: () => keep([]),
  };
}
