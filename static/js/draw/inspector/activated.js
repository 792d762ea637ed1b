// What the activation makes of z: a point on a curve, or a share of all powers of e.

import { make } from '../../page/dom.js';
import { createCurve, FUNCTIONS } from './curve.js';
import { createSoftmax } from './softmax.js';

/** @import { LayerActivations, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/** @param {Translate} t @param {Numbers} numbers */
export function createActivated(t, numbers) {
  const curve = createCurve(numbers.whole);
  const softmax = createSoftmax(t, numbers);
  return {
    element: make('div', { class: 'inspector-curve' }, curve.element, softmax.element),
    /**
     * @param {LayerActivations} layer @param {number} index
     * @param {string} equation in words
     * @param {string} [classes] what the layer's classes are called, where they are no digits
     */
    show({ activation, z, a }, index, equation, classes) {
      const isSoftmax = activation === 'softmax';
      const hasCurve = activation in FUNCTIONS;
      softmax.element.hidden = !isSoftmax;
      curve.element.toggleAttribute('hidden', !hasCurve);
      if (!z) return;
      if (isSoftmax) softmax.show(z, a, index, classes);
      else if (hasCurve) curve.show(activation, z[index], a[index], equation);
    },
  };
}
