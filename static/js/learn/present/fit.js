// On a projector nothing has to be scrolled: words that have no room are set smaller, down to what the
// last row can still read.

const STEP = 0.05;

const LEAST = 0.8;
const READABLE = 16; // px

/** The least that words may shrink to. @param {number} rem px */
export const leastFor = (rem) => Math.min(1, Math.max(LEAST, READABLE / rem));

/**
 * The largest share of their size at which words fit, the least where they do not.
 * @param {number} least
 * @param {(share: number) => boolean} fits
 */
export function shareFor(least, fits) {
  for (let share = 1; share > least; share -= STEP) if (fits(share)) return share;
  return least;
}

/**
 * Keeps the words in their place, whatever comes into it.
 * @param {HTMLElement} container what holds a `.step-body`, anew for every step
 */
export function createFit(container) {
  const sizes = new ResizeObserver(() => requestAnimationFrame(fit));

  function fit() {
    const body = /** @type {HTMLElement | null} */ (container.querySelector('.step-body'));
    if (!body?.clientHeight) return;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const { scrollTop } = body;
    const show = (/** @type {number} */ share) =>
      body.style.setProperty('--share', share.toFixed(3));
    const fits = (/** @type {number} */ share) => {
      show(share);
      return body.scrollHeight <= body.clientHeight + 1;
    };
    delete body.dataset.tight;
    let share = shareFor(leastFor(rem), fits);
    if (!fits(share)) {
      body.dataset.tight = ''; // without what a clicker does as well
      share = shareFor(leastFor(rem), fits);
    }
    show(share);
    body.scrollTop = scrollTop;
  }

  function watch() {
    sizes.disconnect();
    const body = container.querySelector('.step-body');
    for (const each of body ? [body, ...body.children] : []) sizes.observe(each);
    fit();
  }

  new MutationObserver(watch).observe(container, { childList: true });
  return { fit };
}

/** What is told or asked under the words takes none of their place unseen: they end above it.
 * @param {HTMLElement} room */
export function createPlace(room) {
  new ResizeObserver(() => {
    const isUnder = room.querySelector('.ballot, .room-code:not([hidden])') !== null;
    const height = isUnder ? room.offsetHeight : 0;
    document.body.style.setProperty('--room', `${height}px`);
  }).observe(room);
}
