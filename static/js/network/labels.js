// The words around the picture: each layer's name above it, below it what its edges cover, and for
// those who cannot see the picture every neuron of a small layer with its value.

import { make } from '../dom.js';
import { layerName, neuronName } from '../names.js';
import { createRest } from './rest.js';

/** @import { Reading, Translate } from '../types.js' */
/** @import { Numbers } from '../words.js' */
/** @import { Figure, Layout, PictureLayer } from './layout.js' */

/**
 * @typedef {object} Cover what the drawn edges into a layer cover
 * @property {string} layer
 * @property {number} drawn
 * @property {number} total
 * @property {number} share of Σ|w·a|, 0..1
 *
 * @typedef {object} Parts the elements of one layer
 * @property {HTMLElement} caption
 * @property {HTMLElement} drawn
 * @property {HTMLElement} share
 * @property {HTMLElement[]} neurons
 */

const REST = 200; // ms without change until the values are written for screen readers

/**
 * @param {HTMLElement} container
 * @param {{onLayer: (layer: string | null) => void}} events a layer's name is pointed at
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createLabels(container, events, t, numbers) {
  /** @type {Map<string, Parts>} */
  let parts = new Map();
  /** @type {number | null} */
  let answered = null;
  let contributing = false;
  let inputAbout = '';
  const write = createRest(REST, writeValues);

  /** @param {PictureLayer} layer */
  function about({ count, activation }) {
    return activation === null
      ? [t('network.input', { count: numbers.whole(count) })]
      : [t('network.layer', { count: numbers.whole(count) }), t(`activation.${activation}`)];
  }

  /** @param {PictureLayer} layer @param {Figure} figure @param {Layout} layout */
  function nameOf(layer, figure, layout) {
    const words = about(layer);
    const name = make(
      layer.activation === null ? 'span' : 'button',
      { class: 'layer-label', ...(layer.activation === null ? {} : { type: 'button' }) },
      make('strong', {}, layerName(layer.name, t)),
      make('span', { class: 'layer-about' }, ...words.map((word) => make('span', {}, word))),
    );
    const { x, y } = figure.place;
    if (layout.sideways) {
      name.style.width = `${layout.labelWidth}px`;
      const above = figure.kind === 'pixels' ? 0 : y - layout.top;
      name.style.bottom = `calc(100% + ${above}px + 0.375rem)`;
    } else name.style.left = `${-x}px`;
    if (layer.activation === null) return name;
    name.title = t('network.layer.values');
    const show = () => events.onLayer(layer.name);
    const hide = () => events.onLayer(null);
    name.addEventListener('pointerenter', show);
    name.addEventListener('pointerleave', hide);
    name.addEventListener('focus', show);
    name.addEventListener('blur', hide);
    return name;
  }

  /**
   * @param {PictureLayer} layer
   * @param {Figure} figure
   * @param {number} index
   * @param {boolean} last
   */
  function mark({ name }, { place }, index, last) {
    const element = make('span', {
      class: 'neuron',
      role: 'img',
      'data-neuron': index,
      'aria-label': neuronName({ layer: name, index }, t),
    });
    if (last) element.append(make('span', { class: 'output-digit' }, String(index)));
    element.style.setProperty('--size', `${place.size}px`);
    element.style.left = `${place.centreX(index) - place.x}px`;
    element.style.top = `${place.centreY(index) - place.y}px`;
    return element;
  }

  /** @param {PictureLayer} layer @param {number} at @param {Layout} layout */
  function layerBox(layer, at, layout) {
    const figure = layout.figures[at];
    const { x, y, width, height, columns, rows, count } = figure.place;
    const neurons =
      figure.kind === 'circles'
        ? Array.from({ length: count }, (_, i) =>
            mark(layer, figure, i, at === layout.figures.length - 1),
          )
        : [];
    const drawn = make('span', { class: 'cover-edges' });
    const share = make('span', { class: 'cover-share' });
    const caption = make(
      'p',
      { class: 'layer-cover', 'data-testid': 'cover', 'data-layer': layer.name },
      drawn,
      share,
    );
    const box = make(
      'div',
      {
        class: 'layer',
        role: 'group',
        'aria-label': [layerName(layer.name, t), ...about(layer)].join(', '),
        'data-testid': 'layer',
        'data-layer': layer.name,
        'data-kind': figure.kind,
        'data-columns': columns,
        'data-rows': rows,
      },
      nameOf(layer, figure, layout),
      ...neurons,
      caption,
    );
    Object.assign(box.style, {
      left: `${x}px`,
      top: `${y}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    if (at > 0) placeCaption(caption, layout, at);
    parts.set(layer.name, { caption, drawn, share, neurons });
    return box;
  }

  /** Under the gap that the edges cross, or downwards beside the layer's name.
   * @param {HTMLElement} caption @param {Layout} layout @param {number} at */
  function placeCaption(caption, layout, at) {
    const { x, y, width, height } = layout.figures[at].place;
    if (!layout.sideways) {
      caption.style.right = `${x + width - layout.width}px`;
      return;
    }
    const before = layout.figures[at - 1].place;
    caption.style.left = `${(before.x + before.width - x) / 2}px`;
    caption.style.bottom = `${y + height - layout.height}px`;
  }

  /** @param {Reading | null} reading */
  function writeValues(reading) {
    for (const [layer, { neurons }] of parts) {
      const a = reading?.layers.find(({ name }) => name === layer)?.a;
      neurons.forEach((element, index) => {
        const name = neuronName({ layer, index }, t);
        element.setAttribute(
          'aria-label',
          a ? t('network.neuron', { name, value: numbers.three(a[index]) }) : name,
        );
        element.dataset.value = a ? String(a[index]) : '';
      });
    }
  }

  return {
    /**
     * @param {Layout} layout
     * @param {PictureLayer[]} layers
     */
    place(layout, layers) {
      parts = new Map();
      answered = null;
      contributing = false;
      inputAbout = about(layers[0])[0];
      container.classList.toggle('downwards', !layout.sideways);
      container.classList.toggle('in-lines', layout.inLines);
      container.replaceChildren(...layers.map((layer, at) => layerBox(layer, at, layout)));
    },
    /** What the drawn edges cover, below the gap they cross. @param {Cover[]} covers */
    cover(covers) {
      for (const [layer, { caption, drawn, share }] of parts) {
        const found = covers.find((each) => each.layer === layer);
        const value = found ? String(found.share) : '';
        const counts = found ? `${found.drawn} ${found.total}` : '';
        if (caption.dataset.value === value && caption.dataset.drawn === counts) continue;
        Object.assign(caption.dataset, { value, drawn: counts });
        drawn.textContent = found
          ? t('network.cover.edges', {
              drawn: numbers.whole(found.drawn),
              total: numbers.whole(found.total),
            })
          : '';
        share.textContent = found
          ? t('network.cover.share', { share: numbers.percent(found.share) })
          : '';
      }
    },
    /** What the input's cells are just now. @param {boolean} contributions instead of pixels */
    input(contributions) {
      const about = container.querySelector('[data-layer=input] .layer-about');
      if (!about || contributions === contributing) return;
      contributing = contributions;
      about.textContent = contributions ? t('network.input.contributions') : inputAbout;
    },
    /** The output that is the answer. @param {number | null} digit */
    answer(digit) {
      if (digit === answered) return;
      answered = digit;
      const outputs = [...parts.values()].at(-1)?.neurons ?? [];
      outputs.forEach((element, index) => element.classList.toggle('answer', index === digit));
    },
    /** The neurons' values, once the drawing rests. @param {Reading | null} reading */
    values: write.when,
    destroy: write.destroy,
  };
}
