// The only module that knows colours. They come from the page's tokens, so the theme is one switch.

/** @typedef {[number, number, number]} Rgb */

const STEPS = 256;
const SIGN_EXPONENT = 0.4; // keeps faint weights visible
const TOKENS = ['ground', 'line', 'line-strong', 'text', 'text-soft', 'focus'];

/**
 * @param {string} hex `#rrggbb`
 * @returns {Rgb}
 */
export function parseHex(hex) {
  const value = Number.parseInt(hex.trim().slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/**
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} t 0..1
 * @returns {Rgb}
 */
export function mix(from, to, t) {
  return /** @type {Rgb} */ (from.map((value, i) => Math.round(value + (to[i] - value) * t)));
}

/** @param {Rgb} rgb */
const css = (rgb) => `rgb(${rgb.join(' ')})`;

/**
 * Read the tokens and make the scales; made anew when the theme changes.
 * @param {(token: string) => string} token the value of a CSS custom property
 */
export function createColors(token) {
  const off = parseHex(token('activation-0'));
  const on = parseHex(token('activation-1'));
  const neutral = parseHex(token('activation-0'));
  const positive = parseHex(token('positive'));
  const negative = parseHex(token('negative'));
  /** @param {Rgb} from @param {Rgb} to */
  const ramp = (from, to) => Array.from({ length: STEPS }, (_, i) => mix(from, to, i / (STEPS - 1)));
  const activations = ramp(off, on);
  const raises = ramp(neutral, positive);
  const lowers = ramp(neutral, negative);
  /** @param {number} share 0..1, clipped */
  const step = (share) => Math.max(0, Math.min(STEPS - 1, Math.round(share * (STEPS - 1)))) || 0;

  /** @param {number} value @param {number} scale the value that gets the full colour */
  function signed(value, scale) {
    const share = Math.min(1, Math.abs(value) / scale) ** SIGN_EXPONENT;
    return (value < 0 ? lowers : raises)[step(share)];
  }

  return {
    /** An activation as colour: 0 is the ground's, `exposure` the brightest, whatever else is lit.
     * @param {number} value @param {number} exposure */
    activation: (value, exposure) => css(activations[step(value / exposure)]),
    /** @param {number} value @param {number} exposure @returns {Rgb} */
    activationRgb: (value, exposure) => activations[step(value / exposure)],
    /** A signed value: blue raises, orange lowers. @param {number} value @param {number} scale */
    signed: (value, scale) => css(signed(value, scale)),
    /** @param {number} value @param {number} scale @returns {Rgb} */
    signedRgb: signed,
    positive: css(positive),
    negative: css(negative),
    /** Text that can be read on an activation's colour. @param {number} share of the exposure */
    onActivation: (share) => (share > 0.5 ? css(off) : css(on)),
    named: Object.fromEntries(TOKENS.map((name) => [name, token(name).trim()])),
  };
}

/** @typedef {ReturnType<typeof createColors>} Colors */

/** The page's colours as they are now. */
export function pageColors() {
  const style = getComputedStyle(document.documentElement);
  return createColors((name) => style.getPropertyValue(`--${name}`));
}
