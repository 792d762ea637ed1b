// A history of its own, for a page that stands within another: the browser's Back and Forward walk
// through the outer page, and what opens here is no entry there.

/** @returns {import('./layers.js').Browser} */
export function createOwnHistory() {
  /** @type {unknown[]} */
  let entries = [null];
  let now = 0;
  /** @type {(() => void)[]} */
  const listeners = [];
  return {
    history: {
      get state() {
        return entries[now];
      },
      pushState(state) {
        entries = [...entries.slice(0, now + 1), state];
        now += 1;
      },
      replaceState(state) {
        entries[now] = state;
      },
      go(by = 0) {
        now = Math.min(entries.length - 1, Math.max(0, now + by));
        queueMicrotask(() => listeners.forEach((listener) => listener()));
      },
    },
    location: { href: '' },
    addEventListener(type, listener) {
      if (type === 'popstate') listeners.push(listener);
    },
  };
}
