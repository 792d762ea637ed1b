// How far a map can be believed: how many neighbours agree in it and in the layer itself, and one line
// on what not to read from it.

import { make, say } from '../../page/dom.js';

/** @import { MapOf } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

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
  const more = make('p', { class: 'small soft', 'data-testid': 'faith-more' });
  const warning = make('p', { class: 'faith-not small', 'data-testid': 'faith-not' });
  const about = make('p', { class: 'small soft' }, t('faith.about'));
  const element = make(
    'section',
    { class: 'faith', 'data-no-terms': true },
    make('h3', {}, t('faith.title')),
    about,
    pair,
    more,
  );

  return {
    element,
    warning,
    /** @param {MapOf} map @param {string} layer its name */
    show({ method, faithfulness, explained, divergence, landmarks }, layer) {
      say(warning, t(`faith.not.${method}`));
      pair.hidden = !faithfulness;
      say(mapWords, t('faith.map'));
      say(layerWords, t('faith.layer', { layer }));
      if (!faithfulness) return say(more, t('faith.coming'));
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
