// All units of a layer: what each looks for where it looks at pixels, how active it is for your drawing,
// and the simple feature that it tells best.

import { pageColors } from '../../page/colors.js';
import { make, say } from '../../page/dom.js';
import { SIDE, layerBefore } from '../../state/units.js';
import { fullOf, paintKernel } from '../../views/kernels.js';
import { rooted } from '../../server/root.js';
import { createGo } from '../go.js';
import { isOutput, unitName, unitsOf } from '../layers.js';
import { activationOf, bestConcept, isTold, leaning, pairs } from './sentence.js';
import { soundsLikePlace } from './lead.js';
import { createChanged } from '../../state/store.js';

/** @import { ExploreState, LayerConcepts } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/** How long a unit's bar is: full where it is as active as for any test digit, or more. A feature map's mean is far
 * below its brightest place, by which the layer is coloured.
 * @param {number} activation @param {number} strongest 0 while it is not known, or is never active */
export const litShare = (activation, strongest) =>
  strongest > 0 ? Math.min(1, Math.abs(activation) / strongest) : 0;

/**
 * @param {(unit: number) => string} href of a unit's page
 * @param {(unit: number) => string} onDraw where it is on Draw
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createGallery(href, onDraw, t, numbers) {
  const about = make('p', { class: 'small soft', 'data-testid': 'gallery-about' });
  const element = make('ul', { class: 'gallery', 'data-testid': 'gallery' });
  /** @type {{link: HTMLAnchorElement, canvas: HTMLCanvasElement, lit: HTMLElement, concept: HTMLElement, go: ReturnType<typeof createGo>}[]} */
  let cards = [];
  let built = '';
  const changed = createChanged();

  /** @param {number} count @param {(unit: number) => string} named */
  function build(count, named) {
    cards = Array.from({ length: count }, (_, unit) => {
      const canvas = make('canvas', { 'aria-hidden': 'true' });
      const [lit, concept] = [
        make('span', { class: 'gallery-lit' }),
        make('span', { class: 'small soft' }),
      ];
      const link = make(
        'a',
        { class: 'gallery-card', 'data-testid': `unit-${unit}` },
        canvas,
        make('strong', { class: 'small' }, named(unit)),
        make('span', { class: 'gallery-bar', 'aria-hidden': 'true' }, lit),
        concept,
      );
      const go = createGo(t);
      for (const event of ['pointerenter', 'focus', 'click']) // the drawing may be another by then
        go.element.addEventListener(event, () => go.lead(onDraw(unit), named(unit)));
      go.lead(rooted('/'), named(unit));
      return { link, canvas, lit, concept, go };
    });
    element.replaceChildren(...cards.map(({ link, go }) => make('li', {}, link, go.element)));
  }

  return {
    about,
    element,
    /** @param {ExploreState} state @param {string} layer @param {LayerConcepts | null} told */
    show(state, layer, told) {
      const { model, weights, reading, theme } = state;
      const count = unitsOf(model, layer);
      const key = `${model?.id} ${layer} ${count}`;
      if (key !== built) {
        build(count, (unit) => unitName(model, layer, unit, t));
        built = key;
      }
      if (changed({ built, weights, told, theme, href: href(0) })) {
        const kernel = weights?.get(`${layer}/W`) ?? null;
        const sees = kernel && !layerBefore(model, layer) ? kernel : null;
        const full = sees ? fullOf(sees.data) : 1;
        const isOut = isOutput(model, layer); // its units are for their digit
        const isGates = sees?.shape.length === 2 && sees.shape[0] === SIDE;
        say(
          about,
          [
            ...(sees ? [t(`unit.gallery.${isGates ? 'gates' : 'pixels'}`)] : []),
            t('unit.gallery'),
          ].join(' '),
        );
        cards.forEach(({ link, canvas, concept }, unit) => {
          link.href = href(unit);
          canvas.hidden = !(sees && paintKernel(canvas, sees, unit, full, pageColors()));
          const best =
            told &&
            bestConcept(told.concepts.map(({ name, units }) => ({ name, auc: units[unit] })));
          const { name, auc } =
            best &&
            isTold(best) &&
            !isOut &&
            !soundsLikePlace(best, { kernel: sees ?? undefined, unit })
              ? leaning(best)
              : { name: '', auc: 0 };
          const feature = name && t(`concept.short.${name}`);
          say(concept, name && t('gallery.concept', { feature, share: pairs(auc, numbers) }));
        });
      }
      cards.forEach(({ lit }, unit) => {
        const a = activationOf(reading, layer, unit) ?? 0;
        lit.style.width = `${100 * litShare(a, told?.strongest[unit] ?? 0)}%`;
        lit.classList.toggle('lowers', a < 0);
      });
    },
  };
}
