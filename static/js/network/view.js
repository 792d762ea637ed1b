// The network as one picture: what went in, every layer lit by its activations, the strongest edges.

import { pageColors } from '../colors.js';
import { fitCanvas, make } from '../dom.js';
import { layerName, neuronName } from '../readout.js';
import { activationsOf, createSelector, edgeScale, incoming } from './contributions.js';
import { centre, extent, hit, layOut, leastHeight, walk } from './layout.js';
import { paintEdges, paintNeurons, paintPixels, paintRing, paintText } from './paint.js';

/** @import { LayerDescription, Neuron, State, Translate } from '../types.js' */
/** @import { Colors } from '../colors.js' */
/** @import { Edges } from './contributions.js' */
/** @import { Figure, Layout } from './layout.js' */
/** @import { Numbers } from '../words.js' */

const FADED = 0.12; // strength of the edges behind those of a pointed-at neuron
const FONT = 12; // px, grows with the page's type

/**
 * @param {HTMLElement} container
 * @param {{onHover: (neuron: Neuron | null) => void, onSelect: (neuron: Neuron | null) => void, onShares: (shares: {layer: string, drawn: number, total: number, share: number}[]) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createNetworkView(container, events, t, numbers) {
  const canvas = make('canvas', {
    tabindex: 0,
    role: 'application',
    'aria-roledescription': t('network.title'),
    'aria-label': t('network.keyboard'),
    'data-testid': 'network-canvas',
  });
  const labels = make('div', { class: 'network-labels' });
  container.append(canvas, labels);
  const image = make('canvas', { width: 28, height: 28 });
  const select = createSelector();

  /** @type {State | null} */
  let state = null;
  /** @type {Layout | null} */
  let layout = null;
  let colors = pageColors();
  let theme = '';
  /** @type {Map<string, number>} */
  let scales = new Map();
  /** @type {unknown} */
  let scaledFor = null;
  /** @type {unknown[]} */
  let painted = [];
  let sharesText = '';

  function relayout() {
    if (!state?.model) return;
    const width = container.clientWidth;
    canvas.style.minHeight = `${leastHeight(width)}px`;
    const height = Math.max(container.clientHeight, leastHeight(width));
    const layers = state.model.layers.map(({ name, shape }) => ({
      name,
      count: shape.reduce((product, size) => product * size, 1),
    }));
    const inputs = state.model.input_shape.reduce((product, size) => product * size, 1);
    layout = layOut([{ name: 'input', count: inputs }, ...layers], width, height);
    labels.replaceChildren(...layout.figures.map((figure, i) => label(figure, state?.model?.layers[i - 1])));
    painted = [];
    paint();
  }

  /**
   * The layer's name above its figure, and for programs where the figure stands.
   * @param {Figure} figure
   * @param {LayerDescription} [layer]
   */
  function label(figure, layer) {
    const { width, height } = extent(figure);
    const about = layer
      ? [t('network.layer', { count: numbers.whole(figure.count) }), t(`activation.${layer.activation}`)]
      : [t('network.input', { count: numbers.whole(figure.count) })];
    const words = about.map((line) => make('span', { class: 'small soft' }, line));
    const text = make('div', { class: 'layer-label' }, make('strong', {}, layerName(figure.name, t)), ...words);
    const box = make('div', {
      class: layout?.sideways ? 'layer' : 'layer upright',
      'data-testid': 'layer',
      'data-layer': figure.name,
      'data-columns': figure.columns,
      'data-rows': figure.rows,
    }, text);
    Object.assign(box.style, {
      left: `${figure.x}px`,
      top: `${figure.y}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    return box;
  }

  function paint() {
    if (!state || !layout) return;
    if (theme !== document.documentElement.dataset.theme) {
      theme = document.documentElement.dataset.theme ?? '';
      colors = pageColors();
    }
    if (scaledFor !== state.weights) {
      scaledFor = state.weights;
      scales = measureScales(state);
    }
    const context = fitCanvas(canvas, layout.width, layout.height);
    context.clearRect(0, 0, layout.width, layout.height);
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    context.font = `${(FONT * rem) / 16}px ${getComputedStyle(container).fontFamily}`;
    const pointed = state.hovered ?? state.selected;
    paintFigure(context, layout.figures[0], 0); // beneath its edges, which begin at single pixels
    paintAllEdges(context, state, layout, pointed);
    layout.figures.forEach((figure, i) => i && paintFigure(context, figure, i));
    if (pointed && state.reading) paintPointed(context, state, layout, pointed);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {State} now
   * @param {Layout} place
   * @param {Neuron | null} pointed
   */
  function paintAllEdges(context, now, place, pointed) {
    const { model, weights, reading } = now;
    const shares = [];
    if (model && weights && reading) {
      let source = activationsOf(reading, 'input');
      for (let i = 0; i < model.layers.length; i++) {
        const { name } = model.layers[i];
        const [from, to] = [place.figures[i], place.figures[i + 1]];
        const edges = now.edgeCount ? select(weights, name, source, now.edgeCount) : null;
        if (edges && reading.prediction !== null) {
          const scale = scales.get(name) ?? 1;
          paintEdges(context, from, to, edges, scale, colors, pointed ? FADED : 1);
          shares.push({ layer: name, drawn: edges.value.length, total: edges.total, share: edges.share });
          if (pointed?.layer === name) {
            const own = select(weights, name, source, Math.max(now.edgeCount, 40), pointed.index);
            if (own) paintEdges(context, from, to, own, scale, colors, 1);
          }
        }
        source = reading.layers[i].a;
      }
    }
    const text = JSON.stringify(shares);
    if (text !== sharesText) {
      sharesText = text;
      events.onShares(shares);
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Figure} figure @param {number} i */
  function paintFigure(context, figure, i) {
    const { reading, model } = /** @type {State} */ (state);
    const live = reading && reading.prediction !== null ? reading : null;
    if (figure.kind === 'pixels') {
      paintInput();
      paintPixels(context, figure, image, colors);
      return;
    }
    const layer = /** @type {LayerDescription} */ (model?.layers[i - 1]);
    const a = live?.layers[i - 1].a ?? null;
    paintNeurons(context, figure, a, layer.exposure, colors);
    if (figure.name === 'output') paintOutput(context, figure, a, live?.prediction ?? null);
  }

  /** The input: its pixels or, while a first-layer neuron is pointed at, what each contributes. */
  function paintInput() {
    const now = /** @type {State} */ (state);
    const pointed = now.hovered ?? now.selected;
    const reads = pointed && pointed.layer === now.model?.layers[0].name ? incoming(now, pointed) : null;
    const scale = scales.get(pointed?.layer ?? '') ?? 1;
    const pixels = now.reading?.input.pixels ?? [];
    const context = /** @type {CanvasRenderingContext2D} */ (image.getContext('2d'));
    const data = context.createImageData(28, 28);
    for (let i = 0; i < 784; i++) {
      const [red, green, blue] = reads
        ? colors.signedRgb(reads.contributions[i], scale)
        : colors.activationRgb(pixels[i] ?? 0, 255);
      data.data.set([red, green, blue, 255], 4 * i);
    }
    context.putImageData(data, 0, 0);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Figure} figure
   * @param {number[] | null} a
   * @param {number | null} answer
   */
  function paintOutput(context, figure, a, answer) {
    for (let i = 0; i < figure.count; i++) {
      const { x, y } = centre(figure, i);
      const color = i === answer ? colors.named.text : colors.named['text-soft'];
      if (layout?.sideways) {
        paintText(context, String(i), x + figure.size / 2 + 12, y, color, colors);
        if (a) paintText(context, numbers.percent(a[i]), x + figure.size / 2 + 28, y, color, colors);
      } else {
        paintText(context, String(i), x, y + figure.size / 2 + 14, color, colors, 'center');
      }
    }
    if (answer !== null) paintRing(context, figure, answer, colors.named.text);
  }

  /**
   * The pointed-at neuron's ring and, for the layer it reads, the contributions as numbers; for its
   * own layer every activation.
   * @param {CanvasRenderingContext2D} context
   * @param {State} now
   * @param {Layout} place
   * @param {Neuron} pointed
   */
  function paintPointed(context, now, place, pointed) {
    const at = place.figures.findIndex(({ name }) => name === pointed.layer);
    const figure = place.figures[at];
    if (!figure) return;
    paintRing(context, figure, pointed.index, colors.named.focus);
    const a = now.reading?.layers[at - 1]?.a;
    if (!place.sideways || at === 0 || !a) return;
    if (figure.kind === 'circles' && figure.name !== 'output') {
      for (let i = 0; i < figure.count; i++) {
        const { x, y } = centre(figure, i);
        paintText(context, numbers.two(a[i]), x + figure.size / 2 + 7, y, colors.named.text, colors);
      }
    }
    const before = place.figures[at - 1];
    const parts = before.kind === 'circles' ? incoming(now, pointed) : null;
    if (!parts) return;
    for (let i = 0; i < before.count; i++) {
      const { x, y } = centre(before, i);
      const value = parts.contributions[i];
      const sign = value > 0 ? '+' : '';
      paintText(context, sign + numbers.two(value), x + before.size / 2 + 7, y, value < 0 ? colors.negative : colors.positive, colors);
    }
  }

  /** @param {PointerEvent} event */
  function neuronAt(event) {
    const box = canvas.getBoundingClientRect();
    return layout && hit(layout, event.clientX - box.left, event.clientY - box.top);
  }

  /** @param {Neuron | null} one @param {Neuron | null} other */
  const same = (one, other) => one?.layer === other?.layer && one?.index === other?.index;

  /** @param {PointerEvent} event */
  function point(event) {
    const neuron = event.pointerType === 'touch' ? null : neuronAt(event);
    canvas.style.cursor = neuron ? 'pointer' : '';
    if (!same(neuron, state?.hovered ?? null)) events.onHover(neuron);
  }

  /** @param {PointerEvent} event */
  function choose(event) {
    const neuron = neuronAt(event);
    events.onSelect(same(neuron, state?.selected ?? null) ? null : neuron);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (!layout || !state?.model) return;
    if (event.key === 'Escape') {
      events.onHover(null);
      events.onSelect(null);
    } else if (event.key.startsWith('Arrow')) {
      event.preventDefault();
      const from = state.selected ?? { layer: state.model.layers[0].name, index: -1 };
      const next = from.index < 0 ? { ...from, index: 0 } : walk(layout, from, event.key);
      events.onSelect(next);
      canvas.setAttribute('aria-label', spoken(next));
    }
  }

  /** @param {Neuron} neuron */
  function spoken(neuron) {
    const a = state?.reading?.layers.find(({ name }) => name === neuron.layer)?.a[neuron.index];
    const name = neuronName(neuron, t);
    return a === undefined ? name : t('network.neuron', { name, value: numbers.three(a) });
  }

  const leave = () => events.onHover(null);
  canvas.addEventListener('pointermove', point);
  canvas.addEventListener('pointerleave', leave);
  canvas.addEventListener('click', (event) => choose(/** @type {PointerEvent} */ (event)));
  canvas.addEventListener('keydown', key);
  const watcher = new ResizeObserver(relayout);
  watcher.observe(container);

  return {
    /** @param {State} next */
    update(next) {
      const modelChanged = next.model !== state?.model;
      state = next;
      const { model, weights, reading, edgeCount, hovered, selected } = next;
      const now = [model, weights, reading, edgeCount, hovered, selected, next.theme];
      if (modelChanged) relayout();
      else if (now.some((value, i) => value !== painted[i])) paint();
      painted = now;
    },
    destroy() {
      watcher.disconnect();
      container.replaceChildren();
    },
  };
}

/** The contribution of full strength for each layer. @param {State} state */
function measureScales({ model, weights }) {
  const scales = new Map();
  model?.layers.forEach(({ name }, i) => {
    const exposure = i ? model.layers[i - 1].exposure : 1;
    if (weights) scales.set(name, edgeScale(weights, name, exposure));
  });
  return scales;
}
