// A chapter's words as elements: parts light up with their words, numbers of the network are live.

import { make, say } from '../page/dom.js';
import { rooted } from '../server/root.js';
import { withParticles } from '../page/words.js';
import { evaluate } from './evaluate.js';

/** @import { Numbers } from '../page/words.js' */
/** @import { Quantity } from './evaluate.js' */
/** @import { Block, Node, Tree } from './types.js' */

/**
 * @typedef {object} Live a number within the words
 * @property {HTMLElement} element
 * @property {Tree} tree
 * @property {string} form
 * @property {string} particle that follows in Korean, as it is written in the chapter: "은(는)"
 * @property {HTMLElement} after where it stands
 * @property {string} until what stands there while there is no number
 * @property {boolean} [isKnown]
 * @property {boolean} [isHeld] once it is known, it stays what it is
 */

const NONE = '–';
const JOINER = '\u2060'; // a line does not break here

/** What stands where there is no value: a dash for a number, nothing for words that are so or not.
 * @param {Tree} tree */
const noneOf = (tree) => (Array.isArray(tree) && tree[0] === 'if' ? '' : NONE);

/** A number as a text asks for it. @param {unknown} value @param {string} form @param {Numbers} numbers */
export function written(value, form, numbers) {
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  if (typeof value !== 'number')
    return value === null || value === undefined ? NONE : String(value);
  if (form === '%' || form === '%1') return numbers.percent(value);
  if (form === 'short') return numbers.short(value);
  if (form === '+2') return `${value < 0 ? '' : '+'}${numbers.two(value)}`;
  if (form === '0' || (form === '' && Number.isInteger(value))) return numbers.whole(value);
  if (form === '1') return numbers.one(value);
  if (form === '4') return value.toFixed(4).replace('-', '−');
  return form === '2' ? numbers.two(value) : numbers.three(value);
}

/** The particle of a number as it is read aloud, on one line with it. @param {string} number
 * @param {string} particle as it is written in a chapter: "은(는)" */
export const following = (number, particle) =>
  JOINER + withParticles(number + particle).slice(number.length);

/**
 * @param {{onPart: (name: string | null) => void}} events a word that names a part is pointed at
 * @param {Numbers} numbers
 */
export function createText({ onPart }, numbers) {
  /** @type {Live[]} */
  let live = [];
  /** @type {Map<string, HTMLElement[]>} words by the part that they name */
  let words = new Map();

  /** @param {string} name @param {Node[]} nodes */
  function word(name, nodes) {
    const element = make(
      'span',
      { class: 'part', tabindex: 0, 'data-part': name, 'data-no-terms': '' },
      ...inline(nodes),
    );
    for (const event of ['pointerenter', 'focus'])
      element.addEventListener(event, () => onPart(name));
    for (const event of ['pointerleave', 'blur'])
      element.addEventListener(event, () => onPart(null));
    words.set(name, [...(words.get(name) ?? []), element]);
    return element;
  }

  /** @param {Node} node @returns {HTMLElement | string} */
  function one(node) {
    if (typeof node === 'string') return node;
    switch (node[0]) {
      case 'live': {
        const [, tree, form, particle = '', until = ''] = node;
        const element = make('span', { class: 'live number' }, until || noneOf(tree));
        const after = make('span', {}, particle); // both of its forms, until the number is known
        live.push({ element, tree, form, particle, after, until });
        return particle ? make('span', {}, element, after) : element;
      }
      case 'code':
        return make('code', {}, node[1]);
      case 'part':
        return word(node[1], node[2]);
      case 'link':
        return make(
          'a',
          { href: rooted(node[1]), target: '_blank', class: 'beside' }, // the step stays where it is
          ...inline(node[2]),
        );
      default:
        return make(node[0], {}, ...inline(node[1]));
    }
  }

  /** @param {Node[]} nodes */
  const inline = (nodes) => nodes.map(one);

  /** @param {Block} block */
  function block([kind, content]) {
    if (kind === 'p') return make('p', {}, ...inline(/** @type {Node[]} */ (content)));
    const items = /** @type {Node[][]} */ (content).map((item) => make('li', {}, ...inline(item)));
    return make(kind === 'list' ? 'ul' : 'ol', {}, ...items);
  }

  return {
    inline,
    /** @param {Block[]} blocks */
    blocks: (blocks) => blocks.map(block),
    /** The words so far belong to a step that is left. */
    forget() {
      live = [];
      words = new Map();
    },
    /** The numbers within stay what they are, or follow again. @param {HTMLElement} words @param {boolean} isHeld */
    hold(words, isHeld) {
      for (const each of live) if (words.contains(each.element)) each.isHeld = isHeld;
    },
    /** @param {Record<string, Quantity>} quantities */
    update(quantities) {
      for (const each of live) {
        if (each.isHeld && each.isKnown) continue;
        const { element, tree, form, particle, after, until } = each;
        const value = evaluate(tree, quantities);
        each.isKnown = value !== null;
        const isAwaited = until !== '' && value === null;
        const number = value === null ? noneOf(tree) : written(value, form, numbers);
        element.classList.toggle('awaited', isAwaited);
        say(element, isAwaited ? until : number);
        if (particle) say(after, isAwaited ? '' : following(number, particle));
      }
    },
    /** The numbers within the words. */
    live: () => live,
    /** The words of a part that is pointed at light up. @param {string | null} name */
    light(name) {
      for (const [part, elements] of words) {
        for (const element of elements) element.classList.toggle('lit', part === name);
      }
    },
    parts: () => [...words.keys()],
  };
}
