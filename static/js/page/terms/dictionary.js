// The terms of the field and where they stand in a text, in either language.

/** @typedef {{id: string, start: number, end: number}} Found a term in a text */

/** Words that are written in many ways, or mean the term only beside others: a stroke has edges, too.
 * @type {Record<string, string>} */
const PATTERNS = {
  '784-16-16-10': String.raw`(?:784|28x28)(?:-[\dx@]+)+`,
  'strongest edges': String.raw`strongest\sedges|(?<=\d\s)edges`,
};
const WORDS = /^term\.([\w-]+)\.words$/;

/** @param {string} text */
const escaped = (text) =>
  text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s`); // or one that does not break

/**
 * @param {Record<string, string>} catalogue for each term its sentence, and its words with ; between
 */
export function createDictionary(catalogue) {
  /** @type {Map<string, string>} */
  const names = new Map();
  /** @type {[string, string][]} */
  const patterns = [];
  for (const [key, words] of Object.entries(catalogue)) {
    const id = WORDS.exec(key)?.[1];
    if (!id) continue;
    const all = words.split(';');
    names.set(id, all[0]);
    patterns.push(
      ...all.map((word) => /** @type {[string, string]} */ ([id, PATTERNS[word] ?? escaped(word)])),
    );
  }
  patterns.sort((one, other) => other[1].length - one[1].length); // "weight decay" before "weight"
  const ids = patterns.map(([id]) => id);
  // A Korean word may be followed by a particle, but no word by letters of its own or stands within another.
  const before = String.raw`(?<![\p{L}\p{N}|])`;
  const after = String.raw`(?![A-Za-z0-9])`;
  const all = new RegExp(
    `${before}(?:${patterns.map(([, each]) => `(${each})`).join('|')})${after}`,
    'giu',
  );

  return {
    ids: [...names.keys()],
    /** What a term is called. @param {string} id */
    name: (id) => names.get(id) ?? id,
    /** Its one sentence. @param {string} id */
    about: (id) => catalogue[`term.${id}`] ?? '',
    /** All terms in a text, in order. @param {string} text @returns {Found[]} */
    find(text) {
      return [...text.matchAll(all)].map((match) => {
        const id = ids[match.slice(1).findIndex((group) => group !== undefined)];
        return { id, start: match.index, end: match.index + match[0].length };
      });
    },
  };
}

/** @typedef {ReturnType<typeof createDictionary>} Dictionary */
