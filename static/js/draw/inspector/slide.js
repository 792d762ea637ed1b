// A window over maps, and the map that it draws: the window follows the pointer, or the arrow keys.

import { layerName } from '../../state/names.js';
import { activationsOf, sourceOf } from '../../state/contributions.js';
import { isConvolution, layerOf, placeOf, windowOf } from '../../state/units.js';
import { createPicture } from '../../views/pictures.js';

/** @import { LayerDescription, Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
});

/**
 * The unit of a layer whose window has a cell of the layer before in its middle.
 * @param {Pick<LayerDescription, 'shape' | 'window'>} layer
 * @param {{row: number, column: number}} cell
 * @param {number} map of the layer
 */
function unitOver({ shape, window }, cell, map) {
  if (!window) return null;
  const [row, column] = [cell.row, cell.column].map((at, axis) => {
    const { size, strides, before } = window;
    const place = Math.round((at + before[axis] - (size[axis] - 1) / 2) / strides[axis]);
    return Math.max(0, Math.min(shape[axis] - 1, place));
  });
  return (row * shape[1] + column) * shape[2] + map;
}

/**
 * @param {(neuron: Neuron) => void} onSelect
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createSlide(onSelect, t, numbers) {
  /** @type {{neuron: Neuron, layer: LayerDescription} | null} */
  let subject = null;
  const source = createPicture('inspector-maps', slide);
  const drawn = createPicture('inspector-map', (cell) => cell !== null && go(cell));
  for (const { canvas } of [source, drawn]) {
    canvas.tabIndex = 0;
    canvas.classList.add('sliding');
    canvas.addEventListener('keydown', key);
  }

  /** @param {number} cell of the layer's map */
  function go(cell) {
    if (!subject) return;
    const { neuron, layer } = subject;
    const index = cell * layer.shape[2] + placeOf(layer.shape, neuron.index).map;
    if (index !== neuron.index) onSelect({ layer: neuron.layer, index });
  }

  /** @param {number | null} index of a value in the layer before */
  function slide(index) {
    if (!subject || index === null) return;
    const { neuron, layer } = subject;
    const cell = placeOf(layer.input_shape, index);
    const { map } = isConvolution(layer) ? placeOf(layer.shape, neuron.index) : cell;
    const next = unitOver(layer, cell, map);
    if (next !== null && next !== neuron.index) onSelect({ layer: neuron.layer, index: next });
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const by = ARROWS[event.key];
    if (!by || !subject) return;
    event.preventDefault();
    const { neuron, layer } = subject;
    const { row, column } = placeOf(layer.shape, neuron.index);
    const [rows, columns] = layer.shape;
    const [y, x] = [row + by[0], column + by[1]];
    if (y >= 0 && y < rows && x >= 0 && x < columns) go(y * columns + x);
  }

  return {
    /** The maps under the window, and the map it draws. */
    elements: [source.element, drawn.element],

    /** Another layer was chosen: until it is shown, keys and pointer move no window. */
    leave() {
      subject = null;
    },

    /** Painting weights needs the room: then there is no window to slide.
     * @param {State} state @param {Neuron} neuron */
    show(state, neuron) {
      const layer = layerOf(state.model, neuron.layer);
      const { reading, model } = state;
      const seen = windowOf(model, neuron);
      const isOver = layer !== undefined && reading !== null && seen !== null && !state.changing;
      for (const { element } of [source, drawn]) element.hidden = !isOver;
      if (!isOver) return;
      subject = { neuron, layer };
      const from = sourceOf(state, neuron.layer);
      const { map } = placeOf(layer.shape, neuron.index);
      const [rows, columns, maps] = layer.input_shape;
      const under = layerOf(model, from)?.exposure ?? 1;
      const only = isConvolution(layer) ? null : map;
      source.show(
        activationsOf(reading, from),
        { rows, columns, maps },
        (value, colors) => colors.activationWord(value, under),
        t('inspector.slide', { layer: layerName(from, t) }),
        null,
        { field: seen, only },
      );
      const [high, wide, count] = layer.shape;
      const a = activationsOf(reading, neuron.layer);
      const own = Float32Array.from({ length: high * wide }, (_, cell) => a[cell * count + map]);
      drawn.show(
        own,
        { rows: high, columns: wide, maps: 1 },
        (value, colors) => colors.activationWord(value, layer.exposure),
        t('inspector.drawn', { map: map + 1, high: numbers.two(layer.exposure) }),
        Math.floor(neuron.index / count),
      );
    },
  };
}
