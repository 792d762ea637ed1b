// Making elements.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children);
  return element;
}

/** Changes a text in place where elements stand in it. @typedef {(element: Element, said: string, text: string) => boolean} Change */
/** @type {Change} */
let change = () => false;
/** What marks terms in texts brings it along. @param {Change} next */
export const changeBy = (next) => (change = next);

/**
 * Let an element say something. What it says already stays: the same words again would cost a layout,
 * and a term among them its mark, which is sought anew on the whole page.
 * @param {Element} element
 * @param {string} text
 */
export function say(element, text) {
  const said = element.textContent ?? '';
  if (said === text || (element.firstElementChild && change(element, said, text))) return;
  element.textContent = text;
}

const MATH = 'http://www.w3.org/1998/Math/MathML';

/** @param {string} token @returns {Element} */
function mathToken(token) {
  const [base, power] = token.split('^');
  if (power !== undefined) {
    const raised = document.createElementNS(MATH, 'msup');
    raised.append(mathToken(base), mathToken(power));
    return raised;
  }
  const [name, place] = token.split('_');
  if (place !== undefined) {
    const lowered = document.createElementNS(MATH, 'msub');
    lowered.append(mathToken(name), mathToken(place));
    return lowered;
  }
  const kind = /^\d/.test(token) ? 'mn' : /^\p{L}+$/u.test(token) && token !== 'Σ' ? 'mi' : 'mo';
  const element = document.createElementNS(MATH, kind);
  element.textContent = token;
  return element;
}

/**
 * A formula of one line: names, numbers and signs, `e^z` for a power, `w_1` for an index.
 * @param {string[]} tokens
 */
export function formula(tokens) {
  const math = document.createElementNS(MATH, 'math');
  math.append(...tokens.map(mathToken));
  return math;
}

/**
 * The element with that id; a page without it is a mistake.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`No element #${id}`);
  return element;
}

/**
 * A style sheet that is only wanted once its panel opens.
 * @param {string} name
 * @returns {Promise<void>} settled when it is there, or cannot be had
 */
export function loadSheet(name) {
  const href = new URL(`../../css/${name}.css`, import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = make('link', { rel: 'stylesheet', href });
  return new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}

/**
 * Fit a canvas's pixels to its size on the screen.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width CSS pixels
 * @param {number} height CSS pixels
 * @returns {CanvasRenderingContext2D} scaled so that one unit is a CSS pixel
 */
export function fitCanvas(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/**
 * Act whenever a CSS pixel becomes another number of the screen's pixels: a window was moved to
 * another screen, or zoomed. It keeps its size in CSS pixels, so no observer of sizes hears of it, and
 * a canvas would stay blurred until it is painted again.
 * @param {() => void} act
 * @param {Window} [view]
 * @returns {() => void} stops it
 */
export function onRatio(act, view = window) {
  /** @type {MediaQueryList} */
  let query;
  function changed() {
    watch(); // a query knows one ratio only
    act();
  }
  function watch() {
    query?.removeEventListener('change', changed);
    query = view.matchMedia(`(resolution: ${view.devicePixelRatio || 1}dppx)`);
    query.addEventListener('change', changed);
  }
  watch();
  return () => query.removeEventListener('change', changed);
}
