// What one paints weights with: a brush and its width, and what repaints all of them at once.

import { make } from '../../../page/dom.js';
import { createButton, createChoice } from '../controls.js';
import { edgeDetector, mirrored, smoothed } from './brush.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Cells } from '../../../views/pictures.js' */
/** @import { Brush } from './brush.js' */

/** @typedef {(weights: Float64Array, cells: Cells, full: number) => Float64Array} Repaint */

const BRUSHES = ['look', 'raise', 'lower', 'erase'];
const WIDTHS = [1, 3, 5];

/**
 * @param {{onRepaint: (repaint: Repaint) => void, onBrush: () => void}} events
 * @param {Translate} t
 */
export function createTools({ onRepaint, onBrush }, t) {
  /** @param {string} id @param {Repaint} repaint */
  const button = (id, repaint) => createButton(id, () => onRepaint(repaint), t);
  const brushes = BRUSHES.map((id) =>
    make('input', { type: 'radio', name: 'brush', value: id, 'data-testid': `brush-${id}` }),
  );
  brushes[0].checked = true;
  for (const input of brushes) input.addEventListener('change', onBrush);
  const width = createChoice('width', WIDTHS.map(String), t);
  width.value = '3';
  const spatial = make(
    'span',
    { class: 'lab-tools' },
    button('mirror', mirrored),
    button('smooth', smoothed),
    button('edge', (_, cells, full) => edgeDetector(cells, full)),
  );
  const labels = brushes.map((input, i) =>
    make(
      'label',
      { class: `brush ${BRUSHES[i]}` },
      input,
      make('span', {}, t(`lab.brush.${BRUSHES[i]}`)),
    ),
  );

  return {
    element: make(
      'fieldset',
      { class: 'lab-paint' },
      make('legend', { class: 'small soft' }, t('lab.paint')),
      make('span', { class: 'brushes' }, ...labels),
      width,
      spatial,
      button('zero', (weights) => weights.map(() => 0)),
    ),
    width: () => Number(width.value),
    /** Nothing is painted until a brush is chosen again. */
    rest() {
      if (brushes[0].checked) return;
      brushes[0].checked = true;
      onBrush();
    },
    /** The brush, null while one only looks. */
    brush() {
      const value = brushes.find((input) => input.checked)?.value ?? 'look';
      return value === 'look' ? null : /** @type {Brush} */ (value);
    },
    /** @param {boolean} isImage neighbouring cells are neighbours in an image */
    show(isImage) {
      spatial.hidden = !isImage;
    },
  };
}
