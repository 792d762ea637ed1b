// What the picture's colours mean, and how many edges it draws.

import { make, say } from '../../../page/dom.js';
import { shortLayerName } from '../../../state/names.js';
import { isPictured, isSteps, pictureLayers } from '../../../state/units.js';
import { FULL_FEATURE } from '../paint/input.js';
import { createScale, withSign } from '../scale.js';
import { createChanged } from '../../../state/store.js';

/** @import { ModelDescription, State, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */

export const EDGE_COUNTS = { least: 0, most: 300, step: 10, first: 50 };

/** Where a layer's scale of colour ends: at 1 that is the largest value there is, else all that is larger
 * has the same colour. @param {number} exposure @param {Numbers} numbers */
export const endText = (exposure, numbers) =>
  Number.isInteger(exposure) ? numbers.whole(exposure) : `≥ ${numbers.two(exposure)}`;

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
  const full = make('span', { class: 'scale-full', 'data-testid': 'exposure' });
  const least = make('span', { class: 'number' });
  const most = make('span', { class: 'number', 'data-testid': 'edge-scale' });
  /** @param {string} kind */
  const shape = (kind) => make('span', { class: kind, 'aria-hidden': 'true' });
  /** @param {string | Node} content */
  const word = (content) => make('span', {}, content);
  /** @param {number} value */
  const signed = (value) =>
    withSign(value, (Number.isInteger(value) ? numbers.whole : numbers.two)(value));
  const ways = [word(''), word('')];
  const signs = { name: word(''), least: word(''), most: word('') };
  const states = make(
    'span',
    { class: 'key', 'data-testid': 'states', hidden: true },
    signs.name,
    signs.least,
    shape('scale states'),
    signs.most,
  );
  container.append(
    make(
      'span',
      { class: 'key' },
      word(t('legend.activation')),
      word(numbers.whole(0)),
      shape('scale'),
      full,
    ),
    states,
    make(
      'span',
      { class: 'key' },
      word('w·a'),
      ways[0],
      least,
      shape('wedge lowers'),
      shape('wedge raises'),
      most,
      ways[1],
    ),
    make(
      'span',
      { class: 'key edge-control' },
      make('label', { for: 'edge-count' }, t('legend.edges')),
      slider,
      count,
    ),
  );
  const scaleOf = createScale();
  slider.addEventListener('input', () => events.onEdgeCount(Number(slider.value)));

  /** The activation of full brightness: one number, or one for each layer that has its own.
   * @param {ModelDescription} model */
  function exposures(model) {
    const layers = model.layers.filter((layer) => isPictured(layer) && !isSteps(layer));
    const ends = layers.map(({ exposure }) => endText(exposure, numbers));
    if (new Set(ends).size === 1) return ends[0];
    const parts = layers.map(({ name }, i) => `${shortLayerName(name, t)} ${ends[i]}`).join(', ');
    return t('legend.most', { parts });
  }

  const changed = createChanged();

  return {
    /** @param {State} state */
    update({ edgeCount, model, weights, lead, sides }) {
      const two = lead ? sides : null;
      if (!changed({ edgeCount, model, weights, two })) return;
      ['lowers', 'raises'].forEach((way, at) =>
        say(ways[at], two ? two[1 - at] : t(`legend.${way}`)),
      );
      slider.value = String(edgeCount);
      count.textContent = numbers.whole(edgeCount);
      const isTable = Boolean(model?.features?.length);
      states.hidden = !isTable && !model?.layers.some(isSteps);
      signs.name.textContent = states.hidden ? '' : t(isTable ? 'legend.features' : 'legend.state');
      signs.least.textContent = signed(isTable ? -FULL_FEATURE : -1);
      signs.most.textContent = signed(isTable ? FULL_FEATURE : 1);
      full.textContent = model ? exposures(model) : '';
      const scale = model && weights ? scaleOf(pictureLayers(model), weights) : null;
      least.textContent = scale === null ? '' : signed(-scale);
      most.textContent = scale === null ? '' : signed(scale);
    },
    destroy: () => container.replaceChildren(),
  };
}
