// The only module that knows colours. They come from the page's tokens, so the theme is one switch.

/** @typedef {[number, number, number]} Rgb */

const STEPS = 256;
const SIGN_EXPONENT = 0.3; // keeps faint weights visible
const STATE_EXPONENT = { paper: 0.75, chalkboard: 0.5 }; // half a colour is dim on a dark ground
const TOKENS = ['ground', 'raised', 'line', 'line-strong', 'text', 'text-soft', 'focus'];

/**
 * @param {string} hex `#rrggbb`
 * @returns {Rgb}
 */
export function parseHex(hex) {
  const digits = /^#([0-9a-f]{6})$/i.exec(hex.trim());
  if (!digits) throw new Error(`Expected a colour as #rrggbb; got "${hex}".`);
  const value = Number.parseInt(digits[1], 16);
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

/** A colour as a canvas stores it: one opaque pixel of four bytes. @param {Rgb} rgb */
const word = (rgb) => new Uint32Array(Uint8Array.of(...rgb, 255).buffer)[0];

/** @param {Rgb} from @param {Rgb} to the ramp in each form that painters ask for, made once */
function createRamp(from, to) {
  const rgb = Array.from({ length: STEPS }, (_, i) => mix(from, to, i / (STEPS - 1)));
  return { rgb, css: rgb.map(css), words: Uint32Array.from(rgb, word) };
}

/** @param {Rgb} rgb */
const brightness = (rgb) => rgb.reduce((sum, part) => sum + part);

/** The ramp's step for a share; what lies outside 0..1 is clipped. @param {number} share */
const step = (share) => Math.max(0, Math.min(STEPS - 1, Math.round(share * (STEPS - 1)))) || 0;

/**
 * How strongly a signed value is coloured, 0..1, symmetric around zero.
 * @param {number} value
 * @param {number} scale the value that gets the full colour
 */
export const signStrength = (value, scale) => Math.min(1, Math.abs(value) / scale) ** SIGN_EXPONENT;

/**
 * Read the tokens and make the scales; made anew when the theme changes.
 * @param {(token: string) => string} token the value of a CSS custom property
 */
export function createColors(token) {
  const off = parseHex(token('activation-0'));
  const on = parseHex(token('activation-1'));
  const positive = parseHex(token('positive'));
  const negative = parseHex(token('negative'));
  const activations = createRamp(off, on);
  const raises = createRamp(off, positive);
  const lowers = createRamp(off, negative);
  const lifted = STATE_EXPONENT[brightness(off) < brightness(on) ? 'chalkboard' : 'paper'];

  return {
    /** An activation as colour: 0 is the ground's, `exposure` the brightest, whatever else is lit.
     * @param {number} value @param {number} exposure */
    activation: (value, exposure) => activations.css[step(value / exposure)],
    /** @param {number} value @param {number} exposure @returns {Rgb} */
    activationRgb: (value, exposure) => activations.rgb[step(value / exposure)],
    /** As a pixel of `ImageData`, four bytes at once.
     * @param {number} value @param {number} exposure */
    activationWord: (value, exposure) => activations.words[step(value / exposure)],
    /** A state from −exposure to exposure: the same colours, less lifted. @param {number} value
     * @param {number} exposure */
    stateWord: (value, exposure) =>
      (value < 0 ? lowers : raises).words[step(Math.min(1, Math.abs(value) / exposure) ** lifted)],
    /** A signed value: blue raises, orange lowers. @param {number} value @param {number} scale */
    signed: (value, scale) => (value < 0 ? lowers : raises).css[step(signStrength(value, scale))],
    /** @param {number} value @param {number} scale */
    signedWord: (value, scale) =>
      (value < 0 ? lowers : raises).words[step(signStrength(value, scale))],
    positive: css(positive),
    negative: css(negative),
    named: Object.fromEntries(TOKENS.map((name) => [name, token(name).trim()])),
  };
}

/** @typedef {ReturnType<typeof createColors>} Colors */

/** @type {Map<string, Colors>} one set of scales for each theme, whoever asks */
const scales = new Map();

/** The page's colours as they are now. */
export function pageColors() {
  const root = document.documentElement;
  const theme = root.dataset.theme ?? '';
  let colors = scales.get(theme);
  if (!colors) {
    const style = getComputedStyle(root);
    colors = createColors((name) => style.getPropertyValue(`--${name}`));
    scales.set(theme, colors);
  }
  return colors;
}
