// What is open, the innermost last: Escape closes that one, and so does the browser's Back, while
// Forward opens it again. The address stays the one that is shown now, however one walks.

/**
 * @typedef {object} Layer something that can be open
 * @property {string} name
 * @property {() => boolean} isOpen
 * @property {() => void} close
 * @property {() => void} [escape] what Escape does, where that is less than to close it
 * @property {() => unknown} [open] opens it again; only what has this is an entry of the history
 *
 * @typedef {object} Browser the parts of `window` that are needed here
 * @property {Pick<History, 'state' | 'pushState' | 'replaceState' | 'go'>} history
 * @property {{href: string}} location
 * @property {(type: 'popstate' | 'hashchange', listener: () => void) => void} addEventListener
 *
 * @typedef {{visit: number, layers: string[]}} Entry what an entry of the history says: which address
 *   was gone to, and what was open then
 */

/**
 * How far two lists are alike from their start.
 * @param {string[]} some @param {string[]} others
 */
function alike(some, others) {
  let at = 0;
  while (at < some.length && some[at] === others[at]) at += 1;
  return at;
}

/**
 * @param {Layer[]} all in the order in which they lie over one another when they open together
 * @param {() => void} onAddress another address was gone to within the page
 * @param {Browser} [browser]
 */
export function createLayers(all, onAddress, browser = window) {
  const { history, location } = browser;
  const find = new Map(all.map((layer) => [layer.name, layer]));
  /** @type {Layer[]} open now, in the order in which they opened */
  let stack = [];
  let here = location.href;
  let isOurs = false; // the step that comes next was asked for below
  let opening = 0; // the newest walk through the history that still opens layers

  /** @returns {Entry | null} */
  const entry = () => (Array.isArray(history.state?.layers) ? history.state : null);
  let { visit, layers: written } = entry() ?? { visit: 0, layers: /** @type {string[]} */ ([]) };
  let isOpening = written.length > 0; // until `start`

  /** @param {string[]} layers */
  function write(layers) {
    written = layers;
    history.replaceState({ visit, layers }, '', here);
  }

  function look() {
    const known = stack.filter((layer) => layer.isOpen());
    stack = [...known, ...all.filter((layer) => !known.includes(layer) && layer.isOpen())];
  }

  /** Bring the history to what is open now. */
  function sync() {
    look();
    if (isOurs || isOpening) return;
    const wanted = stack.filter(({ open }) => open).map(({ name }) => name);
    const same = alike(wanted, written);
    if (same === wanted.length && same === written.length) return;
    const kept = Math.min(same + 1, wanted.length, written.length); // one may take another's place
    if (written.length > Math.max(kept, same)) {
      isOurs = true;
      history.go(Math.max(kept, same) - written.length);
      return;
    }
    if (kept > same) write(wanted.slice(0, kept));
    for (let depth = written.length + 1; depth <= wanted.length; depth++) {
      written = wanted.slice(0, depth);
      history.pushState({ visit, layers: written }, '', here);
    }
  }

  /** Close and open until just these are. @param {string[]} names @param {boolean} [isMore] what else is
   * open stays */
  async function show(names, isMore) {
    const mine = ++opening;
    isOpening = true;
    look();
    for (const layer of [...stack].reverse())
      if (!isMore && layer.open && !names.includes(layer.name)) layer.close();
    const missing = names.map((name) => find.get(name)).filter((layer) => layer && !layer.isOpen());
    for (const layer of missing) await Promise.resolve(layer?.open?.()).catch(() => {});
    if (mine !== opening) return;
    isOpening = false;
    look();
    const shown = names.filter((name) => find.get(name)?.isOpen());
    if (shown.length < names.length) write(shown); // what cannot be opened again is no entry
    sync();
  }

  browser.addEventListener('popstate', () => {
    const now = entry();
    if (!now) return; // an address typed by hand: `hashchange` follows
    const isSame = now.visit === visit;
    ({ visit, layers: written } = now);
    if (isSame) write(written);
    if (isOurs) {
      isOurs = false;
      sync();
    } else show(written);
  });

  browser.addEventListener('hashchange', () => {
    if (location.href === here) return; // a step between layers, whose address was put right
    here = location.href;
    if (!entry()) {
      visit = Math.max(Date.now(), visit + 1); // no two are one, however soon they follow
      write([]);
    }
    onAddress();
    sync();
  });

  write(written); // Back returns to this entry
  return {
    sync,

    /** The page has walked by itself, or none of its entries is known yet. */
    follow() {
      if (entry()) return;
      [here, visit] = [location.href, Date.now()];
      write([]);
    },

    /** What comes later, and lies over all of them. @param {Layer} layer */
    add(layer) {
      all.push(layer);
      find.set(layer.name, layer);
    },

    /** Open what was open when the page was left; what is open by now stays. */
    start: () => (written.length ? show(written, true) : sync()),

    /** Another address for what is shown, in place of this one. @param {string} url */
    replace(url) {
      history.replaceState(history.state, '', url);
      if (entry()) here = location.href; // else it was just gone to: `hashchange` makes an entry of it
    },

    /** @returns {boolean} whether there was something to close */
    escape() {
      look();
      const last = stack.at(-1);
      (last?.escape ?? last?.close)?.();
      return last !== undefined;
    },
  };
}

/** @typedef {ReturnType<typeof createLayers>} Layers */
