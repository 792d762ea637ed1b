// How far a map can be believed: how many neighbours agree in it and in the layer itself, and one line
// on what not to read from it.

import { make, say } from '../../page/dom.js';

/** @import { MapOf } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const [NEARLY_ALL, MOST] = [0.95, 0.8]; // of what the layer tells apart

/** How far to believe it: what share of the neighbours that agree in the layer still agree in the map.
 * @param {{map: number, layer: number}} shares @returns {'good' | 'some' | 'poor'} */
export function verdictOf({ map, layer }) {
  if (map >= NEARLY_ALL * layer) return 'good';
  return map >= MOST * layer ? 'some' : 'poor';
}

/** @param {Translate} t @param {Numbers} numbers */
export function createFaith(t, numbers) {
  const [inMap, inLayer] = ['map', 'layer'].map((name) =>
    make('strong', { 'data-testid': `faith-${name}` }),
  );
  const [mapWords, layerWords] = [
    make('span', { class: 'small soft' }),
    make('span', { class: 'small soft' }),
  ];
  const pair = make(
    'div',
    { class: 'faith-pair' },
    make('p', {}, inLayer, layerWords),
    make('p', {}, inMap, mapWords),
  );
  const verdict = make('p', { class: 'faith-verdict', 'data-testid': 'faith-verdict' });
  const more = make('p', { class: 'small soft', 'data-testid': 'faith-more' });
  const warning = make('p', { class: 'faith-not small', 'data-testid': 'faith-not' });
  const about = make('p', { class: 'small soft' }, t('faith.about'));
  const words = [make('h3', {}, t('faith.title')), verdict, about, pair];
  for (const each of words) each.dataset.noTerms = 'true'; // this map is no feature map
  const element = make('section', { class: 'faith' }, ...words, more);

  return {
    element,
    warning,
    /** @param {MapOf} map @param {string} layer its name */
    show({ method, faithfulness, explained, divergence, landmarks }, layer) {
      say(warning, t(`faith.not.${method}`));
      for (const each of [verdict, about, pair]) each.hidden = !faithfulness;
      say(mapWords, t('faith.map'));
      say(layerWords, t('faith.layer', { layer }));
      if (!faithfulness) return say(more, t('faith.coming'));
      say(verdict, t(`faith.${verdictOf(faithfulness)}`, { layer }));
      say(inMap, numbers.percent(faithfulness.map));
      say(inLayer, numbers.percent(faithfulness.layer));
      const parts = [
        t('faith.trust', {
          trust: numbers.three(faithfulness.trustworthiness),
          continuity: numbers.three(faithfulness.continuity),
        }),
      ];
      if (explained)
        parts.push(t('faith.explained', { share: numbers.percent(explained[0] + explained[1]) }));
      if (divergence !== null && landmarks !== null)
        parts.push(
          t('faith.divergence', {
            divergence: numbers.two(divergence),
            landmarks: numbers.whole(landmarks),
          }),
        );
      say(more, parts.join(' '));
    },
  };
}
