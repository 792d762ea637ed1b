// On a projector nothing has to be scrolled: words that have no room get a wider column, and are set
// smaller, down to what the last row can still read. What takes the room of the screen fills it.

const STEP = 0.05;

const LEAST = 0.8;
const READABLE = 16; // px
const SMALL = 0.86; // of the words' size: at less the screen beside them gives way
const GAIN = 0.1; // of their size, if there is as much to gain
const SAID = 1.75; // rem of what is said under a solution
const MOST = 1.2; // times that something in the screen's place is enlarged: it needs its width, too

/** The least that words may shrink to. @param {number} rem px */
export const leastFor = (rem) => Math.min(1, Math.max(LEAST, READABLE / rem));

/**
 * The largest share of their size at which words fit, the least where they do not.
 * @param {number} least
 * @param {(share: number) => boolean} fits
 * @param {number} [most]
 */
export function shareFor(least, fits, most = 1) {
  for (let share = most; share > least; share -= STEP) if (fits(share)) return share;
  return least;
}

/** Shows an answer that is still held back, and makes room for what is said under each solution, to see what
 * all of it needs. @param {HTMLElement} body @returns {() => void} holds it back again */
function opened(body) {
  const { scrollTop } = body;
  const held = /** @type {HTMLElement[]} */ ([...body.querySelectorAll('.outcome[hidden]')]);
  for (const each of held) each.hidden = false;
  body.style.paddingBottom = `${SAID * body.querySelectorAll('.task:not(:has(.solved))').length}rem`;
  return () => {
    for (const each of held) each.hidden = true;
    body.style.paddingBottom = '';
    body.scrollTop = scrollTop;
  };
}

/**
 * Keeps the words in their place, whatever comes into it.
 * @param {HTMLElement} container what holds a `.step-body`, anew for every step
 * @param {HTMLElement} page that divides the wall between words and screen
 */
export function createFit(container, page) {
  const sizes = new ResizeObserver(() => requestAnimationFrame(fit));

  /** @param {HTMLElement} body @returns {{share: number, isAll: boolean}} at which all of it is in sight, or all but a little */
  function shareOf(body) {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const fits = (/** @type {number} */ share) => {
      body.style.setProperty('--share', share.toFixed(3));
      return body.scrollHeight <= body.clientHeight + 1;
    };
    const share = shareFor(leastFor(rem), fits);
    return { share, isAll: fits(share) };
  }

  /** Whether the words need the wider column once everything is shown, and gain by it. @param {HTMLElement} body */
  function divide(body) {
    const close = opened(body);
    delete page.dataset.words;
    const narrow = shareOf(body);
    if (narrow.share < SMALL) {
      page.dataset.words = 'wide';
      if (narrow.isAll && shareOf(body).share < narrow.share + GAIN) delete page.dataset.words;
    }
    close();
  }

  /** @param {HTMLElement} body */
  function enlarge(body) {
    const place = body.querySelector('.widget:has(> .wide)');
    if (!place) return;
    const fits = (/** @type {number} */ share) => {
      body.style.setProperty('--zoom', share.toFixed(3));
      return (
        place.scrollHeight <= place.clientHeight + 1 && place.scrollWidth <= place.clientWidth + 1
      );
    };
    fits(shareFor(1, fits, MOST));
  }

  function fit() {
    const body = /** @type {HTMLElement | null} */ (container.querySelector('.step-body'));
    if (!body?.clientHeight) return;
    const { scrollTop } = body;
    delete body.dataset.tight;
    if (!document.querySelector('.wall .ballot')) divide(body); // a vote passes: it moves no network
    if (!shareOf(body).isAll) {
      body.dataset.tight = ''; // without what a clicker does as well
      shareOf(body);
    }
    enlarge(body);
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
