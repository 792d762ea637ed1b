// A dense layer's or a convolution's unit: its factors as pictures, the sum with its numbers, what the
// activation makes of it, and every contribution in a list.

import { say } from '../../../page/dom.js';
import { arithmetic } from '../../../page/sums.js';
import { headOf } from '../../../state/ends.js';
import { layerName, shortName } from '../../../state/names.js';
import { editAt } from '../../lab/edits.js';
import { createWeightScale, summed } from '../summed.js';

/** @import { ModelDescription, Neuron, State, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Parts } from '../inspector.js' */

const REST = 150; // ms without change until the list of all contributions is written

/** @param {Parts} parts @param {Translate} t @param {Numbers} numbers */
export function createSum({ factors, equation, activated, terms, lab, told }, t, numbers) {
  const scaleOf = createWeightScale();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {NonNullable<ReturnType<typeof summed>>} sum @param {number | null} marked a source */
  function paintFactors({ all, cells, source, signed, exposure, most }, marked) {
    factors.sources.show(
      all.sources,
      cells,
      (value, colors) =>
        signed ? colors.stateWord(value, exposure) : colors.activationWord(value, exposure),
      t('inspector.sources', { layer: layerName(source, t), high: numbers.two(exposure) }),
      marked,
    );
    factors.weights.show(
      all.weights,
      cells,
      (value, colors) => colors.signedWord(value, most),
      t('inspector.weights', { high: numbers.two(most) }),
      marked,
    );
    factors.products.show(
      all.contributions,
      cells,
      (value, colors) => colors.signedWord(value, most * exposure),
      t('inspector.products', { high: numbers.two(most * exposure) }),
      marked,
    );
  }

  /** @param {string} name @param {Record<'sources' | 'weights' | 'contributions', ArrayLike<number>>} all @param {number} i */
  function termText(name, { sources, weights, contributions }, i) {
    const [weight, source, both] = [weights[i], sources[i], contributions[i]].map(numbers.three);
    return `${name}: ${arithmetic([[weight, source]], both)}${both}`;
  }

  /** Of another unit, or for another digit, the list is written at once, and begins at its beginning.
   * @param {string} of @param {() => void} write */
  function listLater(of, write) {
    clearTimeout(timer);
    if (terms.element.dataset.of === of) timer = setTimeout(write, REST);
    else {
      write();
      terms.toBeginning();
    }
    terms.element.dataset.of = of;
  }

  return {
    /** @param {State} now @param {Neuron} unit @param {number | null} pointed a source */
    show(now, unit, pointed) {
      const model = /** @type {ModelDescription} */ (now.model);
      const sum = summed(now, unit, scaleOf);
      if (!sum) return;
      const { all, layer, source, cells, isImage, isTable, most } = sum;
      lab.update({ state: now, neuron: unit, cells, isImage, isPainted: !isTable, full: most });
      paintFactors(sum, pointed ?? lab.chosen());
      /** @param {number} i */
      const unitAt = (i) => ({ layer: source, index: all.at[i] });
      /** @param {number} i */
      const nameOf = (i) => shortName(unitAt(i), t, model);
      /** @param {number} i */
      const linkOf = (i) => (source === 'input' ? null : unitAt(i));
      say(
        told,
        pointed !== null && pointed < all.sources.length
          ? termText(nameOf(pointed), all, pointed)
          : t('inspector.point'),
      );
      const off = editAt(now.edits[model.id] ?? [], {
        kind: 'off',
        layer: unit.layer,
        unit: unit.index,
      });
      equation.showSum(all, layer, unit.index, off !== undefined);
      const isFurther = headOf(now.reading, unit.layer) > 0;
      const classes = isFurther ? layerName(unit.layer, t) : undefined;
      activated.show(layer, unit.index, equation.text(), classes);
      const isCut = off && layer.activation !== 'softmax'; // no curve makes its 0
      activated.element.style.visibility = isCut ? 'hidden' : '';
      const digit = now.drawing.kind === 'pixels' ? now.drawing.index : null;
      listLater([model.id, unit.layer, unit.index, digit].join('/'), () =>
        terms.show(all, nameOf, linkOf),
      );
    },
    destroy: () => clearTimeout(timer),
  };
}
