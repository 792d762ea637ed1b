// Which neuron is meant: by a place on the picture, or by a key, and what a pointer and keys do there.

/** @import { Neuron } from '../../state/types.js' */
/** @import { Layout } from './layout.js' */

/** @param {Neuron | null} one @param {Neuron | null} other */
export const same = (one, other) => one?.layer === other?.layer && one?.index === other?.index;

/**
 * The neuron at a place, or null.
 * @param {Layout} layout
 * @param {number} x
 * @param {number} y
 * @param {number} slack px beside a figure that still count
 * @returns {Neuron | null}
 */
export function neuronAt(layout, x, y, slack) {
  for (const { name, kind, place } of layout.figures) {
    const index = place.at(x, y, kind === 'pixels' ? 0 : slack);
    if (index >= 0) return { layer: name, index };
  }
  return null;
}

/** Keys that walk from neuron to neuron (walking.js). */
const WALKS = /^(Arrow(Left|Right|Up|Down)|Page(Up|Down)|Home|End)$/;

/**
 * Pointing at a neuron and keeping it, by pointer or by keys.
 * @param {HTMLCanvasElement} canvas
 * @param {object} picture
 * @param {() => Layout | null} picture.layout
 * @param {() => number} picture.slack px beside a neuron that still count as it
 * @param {() => Neuron | null} picture.hovered
 * @param {() => Neuron | null} picture.selected
 * @param {(neuron: Neuron | null) => void} picture.onHover
 * @param {(neuron: Neuron | null) => void} picture.onSelect
 */
export function takeInHand(canvas, { layout, slack, hovered, selected, onHover, onSelect }) {
  /** @param {MouseEvent} event */
  function under(event) {
    const [box, place] = [canvas.getBoundingClientRect(), layout()];
    return place && neuronAt(place, event.clientX - box.left, event.clientY - box.top, slack());
  }

  /** @param {Neuron | null} neuron */
  function hover(neuron) {
    if (!same(neuron, hovered())) onHover(neuron);
  }

  /** @param {Neuron | null} neuron pinned, or let go when it was */
  const select = (neuron) => onSelect(same(neuron, selected()) ? null : neuron);

  /** @param {PointerEvent} event */
  function point(event) {
    const neuron = event.pointerType === 'touch' ? null : under(event);
    canvas.style.cursor = neuron ? 'pointer' : '';
    hover(neuron);
  }

  const loadWalk = () => import('./walking.js');

  /** On from a neuron; from none to the first of the first layer. @param {string} pressed */
  async function walkOn(pressed) {
    const { walk } = await loadWalk();
    const place = layout();
    if (!place) return;
    const from = hovered() ?? selected();
    hover(from ? walk(place, from, pressed) : { layer: place.figures[1].name, index: 0 });
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (!layout() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') return hover(null); // what is open closes with it
    if (event.key === 'Enter' || event.key === ' ') select(hovered() ?? selected());
    else if (WALKS.test(event.key)) walkOn(event.key);
    else return;
    event.preventDefault();
  }

  const leave = () => hover(null);
  canvas.addEventListener('pointermove', point);
  canvas.addEventListener('pointerleave', leave);
  canvas.addEventListener('blur', leave);
  canvas.addEventListener('click', (event) => select(under(event)));
  canvas.addEventListener('focus', loadWalk);
  canvas.addEventListener('keydown', key);
}
