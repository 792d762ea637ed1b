// Among which digits a drawing lies, in a sentence made of the digits that are nearest to it.

import { layerName } from '../../state/names.js';

/** @import { Near, Placed } from '../types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Translate } from '../../state/types.js' */

const MOST = 0.6; // of the nearest with one label: among those, and not between two

/**
 * How many of the nearest have which label: the most first, of as many the nearer one.
 * @param {Pick<Near, 'label'>[]} near the nearest first
 * @returns {[number, number][]} label and count
 */
export function labelled(near) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const { label } of near) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/**
 * @param {Pick<Near, 'label'>[]} near the nearest first; none while nothing is drawn
 * @param {string} layer its name in words
 * @param {Translate} t
 */
export function amongWords(near, layer, t) {
  const [first, second] = labelled(near);
  if (!first) return '';
  const [label, count] = first;
  const told = { total: near.length, layer, label, count };
  if (!second || count >= MOST * near.length) return t('among.one', told);
  return t('among.two', { ...told, other: second[0], more: second[1] });
}

/**
 * Where a drawing lies, and what that nearness is meant in; or that even its nearest is far.
 * @param {Pick<Placed, 'neighbours' | 'numbers' | 'usual' | 'layer'>} placed @param {'pca' | 'tsne'} method
 * @param {Translate} t @param {Numbers} numbers
 */
export function placedWords(placed, method, t, numbers) {
  const { neighbours, numbers: count, usual, layer: name } = placed;
  const [first] = neighbours;
  if (!first) return '';
  const layer = layerName(name, t);
  if (first.distance > usual) {
    const [[label, most]] = labelled(neighbours);
    return t('among.far', {
      distance: numbers.two(first.distance),
      usual: numbers.two(usual),
      layer,
      total: neighbours.length,
      count: most,
      label,
    });
  }
  const named = { many: numbers.whole(count), layer };
  const what = t(`among.what.${name === 'input' ? 'input' : 'layer'}`, named);
  return `${amongWords(neighbours, layer, t)} ${t(`among.in.${method}`, { what })}`;
}
