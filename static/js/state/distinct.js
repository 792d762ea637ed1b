// Names that differ by themselves: where several things have the same title, each says when it began.

/**
 * What follows each title so that no two are alike; nothing where the title is the only one. Several of
 * one title and one time are counted, the oldest first.
 * @param {{id: string, title: string, when?: string}[]} things the newest first
 * @returns {Map<string, string>} by id: "", "14:03" or "14:03, 2"
 */
export function suffixes(things) {
  /** @type {Map<string, typeof things>} */
  const alike = new Map();
  for (const thing of things) alike.set(thing.title, [...(alike.get(thing.title) ?? []), thing]);
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const group of alike.values()) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { id, when = '' } of [...group].reverse()) {
      const count = (counts.get(when) ?? 0) + 1;
      counts.set(when, count);
      const parts = [when, count > 1 ? String(count) : ''].filter(Boolean);
      found.set(id, group.length > 1 ? parts.join(', ') : '');
    }
  }
  return found;
}

/** A title with what tells it from its like. @param {string} title @param {string} [suffix] */
export const distinct = (title, suffix = '') => (suffix ? `${title} · ${suffix}` : title);

/**
 * When something was, as short as it is clear: the hour today, else the day with it.
 * @param {number} seconds since 1970
 * @param {string} language
 * @param {Date} [now]
 */
export function moment(seconds, language, now = new Date()) {
  const then = new Date(seconds * 1000);
  const isToday = then.toDateString() === now.toDateString();
  const clock = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit', hour12: false });
  return new Intl.DateTimeFormat(
    language,
    isToday ? clock : { month: 'short', day: 'numeric', ...clock },
  ).format(then);
}
