// What is wanted only after the first picture: it comes when the page rests, or is first touched.

const RESTS = 2500; // ms after the page is there
const TOUCHED = ['pointermove', 'pointerdown', 'keydown', 'focusin'];

/**
 * Once the visitor does something, or the page has rested; again after a while, and then a longer
 * one, where it failed because the server is away.
 * @param {() => unknown} act
 */
export function afterFirst(act) {
  const tried = (/** @type {number} */ wait) =>
    Promise.resolve()
      .then(act)
      .catch(() => setTimeout(tried, wait, 2 * wait));
  const once = () => {
    clearTimeout(timer);
    for (const event of TOUCHED) document.removeEventListener(event, once, true);
    tried(RESTS);
  };
  const timer = setTimeout(once, RESTS);
  for (const event of TOUCHED)
    document.addEventListener(event, once, { capture: true, passive: true });
}

/**
 * Something whose code comes when it is first asked to act; asked for again where it could not be had.
 * @template {Record<string, (...given: any[]) => unknown>} T
 * @param {() => Promise<T>} load
 * @returns {<K extends keyof T>(name: K) => (...given: Parameters<T[K]>) => Promise<void>}
 */
export function createLate(load) {
  /** @type {Promise<T> | null} */
  let coming = null;
  return (name) =>
    async (...given) => {
      coming ??= load();
      const acts = await coming.catch(() => (coming = null));
      acts?.[name](...given);
    };
}

/**
 * Words that are others in the problem on the screen, as "row" is "step" where a pen's way is read:
 * `pen:network.row` takes the place of `network.row`.
 * @param {Record<string, string>} catalogue
 */
export function createProblemWords(catalogue) {
  /** @type {[string, string][]} what they are elsewhere */
  let others = [];
  return (/** @type {string} */ problem) => {
    for (const [key, text] of others) catalogue[key] = text;
    const prefix = `${problem}:`;
    others = Object.keys(catalogue)
      .filter((key) => key.startsWith(prefix))
      .map((key) => [key.slice(prefix.length), catalogue[key.slice(prefix.length)]]);
    for (const [key] of others) catalogue[key] = catalogue[prefix + key];
  };
}

/**
 * A catalogue that does not come with the page, in the page's language.
 * @param {string} name
 * @returns {Promise<Record<string, string>>}
 */
export async function loadWords(name) {
  const address = (document.documentElement.dataset.words ?? '').replace('NAME', name);
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`Expected the words of ${name}; got ${reply.status}.`);
  return reply.json();
}
