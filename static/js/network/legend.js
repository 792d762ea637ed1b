// What the picture's colours mean, how many edges it draws and what they cover.

import { make } from '../dom.js';
import { layerName } from '../readout.js';

/** @import { State, Translate } from '../types.js' */
/** @import { Numbers } from '../words.js' */

export const EDGE_COUNTS = { least: 0, most: 300, step: 10, first: 80 };

/**
 * @param {HTMLElement} container
 * @param {{onEdgeCount: (count: number) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createLegend(container, events, t, numbers) {
  const slider = make('input', {
    type: 'range',
    id: 'edge-count',
    min: EDGE_COUNTS.least,
    max: EDGE_COUNTS.most,
    step: EDGE_COUNTS.step,
    'data-testid': 'edge-count',
  });
  const count = make('output', { class: 'number', for: 'edge-count' });
  const shares = make('p', { class: 'shares soft', 'data-testid': 'shares' });
  const scale = make('span', { class: 'scale-numbers' });
  container.append(
    make(
      'div',
      { class: 'legend-keys' },
      make('span', { class: 'key' }, make('span', { class: 'scale', 'aria-hidden': 'true' }), scale),
      make('span', { class: 'key' }, make('span', { class: 'edge raises', 'aria-hidden': 'true' }), t('legend.raises')),
      make('span', { class: 'key' }, make('span', { class: 'edge lowers', 'aria-hidden': 'true' }), t('legend.lowers')),
      make('span', { class: 'key edge-control' }, make('label', { for: 'edge-count' }, t('legend.edges')), slider, count),
    ),
    shares,
  );
  slider.addEventListener('input', () => events.onEdgeCount(Number(slider.value)));

  return {
    /** @param {State} state */
    update({ edgeCount, model }) {
      slider.value = String(edgeCount);
      count.textContent = String(edgeCount);
      const exposures = [...new Set(model?.layers.map(({ exposure }) => exposure) ?? [1])];
      scale.textContent =
        exposures.length === 1 && exposures[0] === 1
          ? t('legend.scale')
          : t('legend.scales', {
              list: (model?.layers ?? [])
                .map(({ name, exposure }) => `${layerName(name, t)} ${numbers.two(exposure)}`)
                .join(', '),
            });
    },
    /** @param {{layer: string, drawn: number, total: number, share: number}[]} list */
    tell(list) {
      shares.textContent = list.length
        ? t('legend.shares', {
            list: list
              .map(({ layer, drawn, total, share }) =>
                t('legend.share', {
                  layer: layerName(layer, t),
                  drawn: numbers.whole(drawn),
                  total: numbers.whole(total),
                  share: numbers.percent(share),
                }),
              )
              .join(' · '),
          })
        : t('legend.none');
    },
    destroy: () => container.replaceChildren(),
  };
}
