// How far every neuron has moved since the step began: what one pixel does is too little to be seen in the
// network itself.

import { make, say } from '../../../page/dom.js';
import { turnedOver } from '../pixels.js';

/** @import { Reading, Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */
/** @import { Widget } from '../../types.js' */

export const FULL = 0.05; // the change that has full colour

/** How strongly a change is coloured, −1 to 1. @param {number} now @param {number} before */
export const strengthOf = (now, before) => Math.max(-1, Math.min(1, (now - before) / FULL));

/** @param {Page} page @param {Translate} t @returns {Widget} */
export function createChanges(page, t) {
  const rows = make('div', { class: 'changes-rows' });
  const about = make('p', { class: 'small soft' }, t('changes.about', { full: FULL }));
  const changes = make(
    'div',
    { class: 'changes', hidden: true, 'data-testid': 'changes' },
    rows,
    about,
  );
  /** @type {Reading | null} of what the step put on the pad */
  let first = null;
  /** @type {Reading | null} */
  let painted = null;

  /** @param {Reading} reading @param {Reading} before */
  function paint(reading, before) {
    rows.replaceChildren(
      ...reading.layers.map(({ name, a }, layer) => {
        const dots = Array.from(a, (value, i) => {
          const strength = strengthOf(value, before.layers[layer].a[i]);
          const dot = make('i', { class: strength < 0 ? 'less' : 'more' });
          dot.style.setProperty('--by', `${Math.round(100 * Math.abs(strength))}%`);
          return dot;
        });
        const label = make('span', { class: 'small' });
        say(label, t(`changes.${name}`));
        return make('div', { class: 'changes-row' }, label, ...dots);
      }),
    );
  }

  return {
    element: changes,
    quantities: {},
    /** @param {{turn?: number}} wanted one square turned over */
    apply({ turn }) {
      const start = page.start();
      if (turn === undefined || start?.kind !== 'pixels') return;
      const turned = turnedOver(start.pixels[turn], start.pixels[turn]);
      const pixels = start.pixels.map((ink, i) => (i === turn ? turned : ink));
      page.onDraw({ kind: 'pixels', pixels, label: null, index: null, changed: true });
    },
    update() {
      const state = page.state();
      const reading = state?.reading ?? null;
      if (!reading || state?.readOf !== state?.drawing) return;
      if (state?.drawing === page.start()) first = reading;
      changes.hidden = !first || reading === first;
      if (!first || reading === painted || changes.hidden) return;
      painted = reading;
      paint(reading, first);
    },
  };
}
