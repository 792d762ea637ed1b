// The features of a house as sliders, each with a field for the exact number, and below them how the
// one in hand becomes what the network reads.

import { make, say } from '../../../page/dom.js';
import { typed } from '../../lab/dial.js';
import { scaleOf } from './measures.js';

/** @import { Feature, Translate } from '../../../state/types.js' */
/** @import { Measures } from './measures.js' */

/**
 * @param {Feature[]} features
 * @param {object} events
 * @param {(name: string, value: number, isSettled: boolean) => void} events.onChange
 * @param {(index: number | null) => void} events.onPoint at a feature
 * @param {Measures} measures
 * @param {Translate} t
 */
export function createSliders(features, { onChange, onPoint }, measures, t) {
  const arithmetic = make('p', {
    class: 'house-arithmetic small',
    'data-testid': 'house-standardised',
  });
  /** @type {Record<string, number>} */
  let shown = {};
  let inHand = 0;

  function tell() {
    const feature = features[inHand];
    const value = shown[feature.name];
    if (value === undefined) return;
    const told = t('house.reads', {
      name: t(`feature.${feature.name}`),
      value: measures.told(feature.name, value),
      arithmetic: measures.standardised(feature, value),
    });
    say(arithmetic, told);
    arithmetic.dataset.feature = feature.name;
  }

  const rows = features.map((feature, index) => {
    const { name, least, most } = feature;
    const label = t(`feature.${name}`);
    const scale = scaleOf(feature);
    const slider = make('input', {
      type: 'range',
      min: scale.least,
      max: scale.most,
      step: 1,
      'aria-label': label,
      'data-testid': `house-${name}`,
    });
    const field = make('input', {
      type: 'text',
      inputmode: 'decimal',
      size: 7,
      'aria-label': t('house.exactly', { name: label }),
      'data-testid': `house-${name}-number`,
    });
    const told = make('span', { class: 'small soft', 'data-testid': `house-${name}-told` });
    const unit = make('span', { class: 'house-unit soft' }, measures.unit(name));
    const element = make(
      'li',
      { class: 'house-feature' },
      make(
        'span',
        { class: 'house-words' },
        make('span', { class: 'house-name' }, label, unit),
        told,
      ),
      slider,
      field,
    );
    /** @param {boolean} isSettled */
    const slid = (isSettled) => onChange(name, scale.value(Number(slider.value)), isSettled);
    slider.addEventListener('input', () => slid(false));
    slider.addEventListener('change', () => slid(true));
    field.addEventListener('change', () => {
      const value = typed(field.value.replaceAll(/[\s,](?=\d{3}\b)/g, ''));
      if (value === null) field.value = measures.bare(name, shown[name]);
      else onChange(name, Math.min(most, Math.max(least, value)), true);
    });
    const point = () => {
      inHand = index;
      tell();
      onPoint(index);
    };
    element.addEventListener('pointerenter', point);
    element.addEventListener('focusin', point);
    for (const event of ['pointerleave', 'focusout'])
      element.addEventListener(event, () => onPoint(null));
    return { name, slider, field, told, scale };
  });

  return {
    element: make(
      'div',
      {},
      make(
        'ol',
        { class: 'house-features' },
        ...rows.map(({ field }) => /** @type {Element} */ (field.parentElement)),
      ),
      arithmetic,
    ),
    /** @param {Record<string, number>} values @param {number | null} pointed the feature that is pointed at elsewhere */
    show(values, pointed) {
      if (pointed !== null) inHand = pointed;
      shown = values;
      for (const { name, slider, field, told, scale } of rows) {
        const value = values[name];
        slider.value = String(scale.at(value));
        say(told, measures.told(name, value));
        slider.setAttribute('aria-valuetext', told.textContent ?? '');
        if (document.activeElement !== field) field.value = measures.bare(name, value);
      }
      tell();
    },
  };
}
