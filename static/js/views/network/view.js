// The network as one picture: what went in, every layer lit by its activations, the strongest
// edges. The canvas holds the marks, the elements over it the words.

import { pageColors } from '../../page/colors.js';
import { fitCanvas, loadSheet, make, onRatio } from '../../page/dom.js';
import { answering } from '../../state/ends.js';
import { fieldName, neuronName } from '../../state/names.js';
import { fieldOf } from '../../state/units.js';
import { inputShows } from './paint/input.js';
import { createLabels } from './overlay/labels.js';
import { firstOutput, hasColumn, layOut, needsKit, pictureLayers } from './layout.js';
import { createMarks } from './overlay/marks.js';
import { createPicture } from './picture.js';
import { neuronAt, same, walk } from './pointing.js';
import { createDebounce } from './debounce.js';
import { createChanged } from '../../state/store.js';

/** @import { Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Layout, PictureLayer } from './layout.js' */
/** @import { PaintFront } from './front.js' */
/** @import { Kit } from './kit.js' */
/** @import { PaintLines } from './maps/lines.js' */
/** @import { PaintPaths } from './trace/paths.js' */

const TYPE = 0.75; // rem: the size of numbers within the picture
const SLACK = 1; // em beside a neuron that still count as the neuron
const QUIET = 600; // ms without change until a neuron's new value is spoken

/** What the picture is painted anew for. */
const PAINTED = /** @type {const} */ ([
  'weights',
  'reading',
  'edgeCount',
  'row',
  'hovered',
  'selected',
  'ringed',
  'theme',
  'trace',
  'moment',
  'lead',
  'parts',
]);

/**
 * @param {HTMLElement} container
 * @param {Record<'onHover' | 'onSelect', (neuron: Neuron | null) => void> & {
 *   onRow: (row: number) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createNetworkView(container, events, t, numbers) {
  const canvas = make('canvas', {
    tabindex: 0,
    role: 'application',
    'aria-label': t('network.keyboard'),
    'data-testid': 'network-canvas',
  });
  const words = make('div', { class: 'network-labels' });
  const spoken = make('p', {
    class: 'unseen',
    'aria-live': 'polite',
    'data-testid': 'spoken-neuron',
  });
  const stage = make('div', { class: 'network-stage' }, canvas, words, spoken);
  container.append(stage);
  const picture = createPicture(numbers);
  const labels = createLabels(words, { onLayer: nameLayer }, t, numbers);
  const marks = createMarks(t, numbers);
  const sayLater = createDebounce(QUIET, say);

  /** @type {State | null} */
  let state = null;
  /** @type {PictureLayer[]} */
  let layers = [];
  /** @type {State['model']} whose layers these are: while something else is shown, another is not laid out */
  let laidOut = null;
  /** @type {Layout | null} */
  let layout = null;
  /** @type {string | null} */
  let named = null;
  const changed = createChanged();
  /** @type {{context: CanvasRenderingContext2D, ratio: number} | null} */
  let brush = null;
  /** @type {PaintPaths | null} */
  let paintPaths = null;
  /** @type {PaintFront | null} */
  let paintFront = null;
  let isFrontComing = false;
  /** @type {{kit: Kit, scrubber: ReturnType<Kit['createScrubber']>, paintLines: PaintLines} | null} */
  let more = null;
  /** @type {ReturnType<typeof import('./overlay/sheet.js')['createSheet']> | null} */
  let sheet = null;
  /** @type {ReturnType<typeof import('./overlay/chip.js')['createChip']> | null} */
  let chip = null;
  let em = 12;
  let rem = 16;
  let font = '';

  function relayout() {
    if (!state?.model || !container.clientWidth) return;
    rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const ratio = window.devicePixelRatio || 1;
    layers = pictureLayers(state.model);
    const inputAs = hasColumn(state.model) ? state.inputAs : 'grid';
    if (!more && needsKit(layers, inputAs)) {
      layout = null; // that of another network
      fetchKit();
      return;
    }
    stage.style.height = '';
    const { clientWidth: width, clientHeight: height } = stage;
    layout = layOut(layers, { width, height, rem, ratio, inputAs, kit: more?.kit });
    laidOut = state.model;
    stage.style.height = layout.sideways ? '' : `${layout.height}px`;
    const context = fitCanvas(canvas, layout.width, layout.height);
    em = TYPE * Number.parseFloat(getComputedStyle(stage).fontSize);
    context.font = `${em}px ${getComputedStyle(container).fontFamily}`;
    brush = { context, ratio };
    font = context.font;
    named = null; // the names are new elements, nobody points at them yet
    labels.place(layout, layers, marks.make(layout.figures, firstOutput(layers), state.model));
    more?.scrubber.place(layout, rem);
    paint();
  }

  /** @param {State} state @param {Layout} layout */
  function frameOf(state, layout) {
    const { model, weights, edgeCount, row, selected, ringed, trace, moment } = state;
    const reading = isShown(state) ? state.reading : null;
    const pointed = reading ? pointedAt(state, layers) : null;
    const { lead, parts } = reading ? state : { lead: null, parts: null };
    if (pointed || ringed || named || lead) fetchFront();
    const paths = reading && trace ? { trace, paintPaths } : { trace: null, paintPaths: null };
    return {
      layers,
      model,
      layout,
      weights,
      reading,
      edgeCount,
      row,
      pointed,
      selected,
      ringed,
      named,
      moment,
      lead,
      parts,
      paintFront,
      kit: more?.kit ?? null,
      paintLines: more?.paintLines ?? null,
      ...paths,
    };
  }

  function paint() {
    if (!state || !layout || !brush) return;
    if (laidOut !== state.model) return relayout();
    if (brush.ratio !== (window.devicePixelRatio || 1)) return relayout(); // on another screen
    const frame = frameOf(state, layout);
    const { row, moment } = state;
    const { reading, pointed } = frame;
    more?.scrubber.show(row, reading !== null);
    labels.cover(picture({ context: brush.context, colors: pageColors(), em }, frame));
    labels.input(inputShows(frame));
    const first = firstOutput(layers);
    const shown = layers.slice(first, (moment?.stage ?? layers.length) + 1);
    marks.answer(shown.map((_, head) => answering(reading, head)));
    marks.values(reading);
    chip?.show(state, state.ringed ?? pointed, layout, em);
    const figure = layout.figures.find(({ name, kind }) => name === named && kind === 'grid');
    sheet?.show(reading, figure, layout);
  }

  /** The painter of paths comes when the first trace does. */
  async function fetchPaths() {
    ({ paintPaths } = await import('./trace/paths.js'));
    paint();
  }

  /** What this picture needs beyond neurons and edges. */
  async function fetchKit() {
    const [{ kit }] = await Promise.all([import('./kit.js'), loadSheet('scrubber')]);
    more ??= {
      kit,
      scrubber: kit.createScrubber(stage, events, t, numbers),
      paintLines: kit.createLines(),
    };
    relayout();
  }

  /** The painter of frames and numbers comes with the first that are wanted. */
  async function fetchFront() {
    if (paintFront || isFrontComing) return;
    isFrontComing = true;
    const [{ createFront }, { createSheet }, { createChip }] = await Promise.all([
      import('./front.js'),
      import('./overlay/sheet.js'),
      import('./overlay/chip.js'),
      loadSheet('front'),
    ]).finally(() => (isFrontComing = false));
    paintFront = createFront(numbers);
    sheet = createSheet(stage, t, numbers);
    chip = createChip(stage, numbers);
    paint();
  }

  /** @param {string | null} layer */
  function nameLayer(layer) {
    named = layer;
    paint();
  }

  /** @param {PointerEvent} event */
  function under(event) {
    const box = canvas.getBoundingClientRect();
    return (
      layout && neuronAt(layout, event.clientX - box.left, event.clientY - box.top, SLACK * em)
    );
  }

  /** @param {Neuron | null} neuron */
  function hover(neuron) {
    if (!same(neuron, state?.hovered ?? null)) events.onHover(neuron);
  }

  /** @param {Neuron | null} neuron pinned, or let go when it was */
  function select(neuron) {
    events.onSelect(same(neuron, state?.selected ?? null) ? null : neuron);
  }

  /** @param {PointerEvent} event */
  function point(event) {
    const neuron = event.pointerType === 'touch' ? null : under(event);
    canvas.style.cursor = neuron ? 'pointer' : '';
    hover(neuron);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (!layout || event.ctrlKey || event.metaKey || event.altKey) return;
    const from = state?.hovered ?? state?.selected ?? null;
    if (event.key === 'Escape') return hover(null); // what is open closes with it
    if (event.key === 'Enter' || event.key === ' ') select(from);
    else {
      const to = walk(layout, from ?? { layer: layers[1].name, index: 0 }, event.key);
      if (!to) return;
      hover(from ? to : { layer: layers[1].name, index: 0 });
    }
    event.preventDefault();
  }

  /** Say the neuron that the keyboard is on. @param {Neuron | null} neuron */
  function say(neuron) {
    if (!neuron || document.activeElement !== canvas) return;
    const a = state?.reading?.layers.find(({ name }) => name === neuron.layer)?.a[neuron.index];
    const model = state?.model ?? null;
    const name = neuronName(neuron, t, model);
    const said = a === undefined ? name : t('network.neuron', { name, value: numbers.three(a) });
    const field = neuron.layer === 'input' ? null : fieldOf(model, neuron);
    spoken.textContent = field ? `${said}. ${fieldName(field, t, model)}` : said;
  }

  const leave = () => hover(null);
  canvas.addEventListener('pointermove', point);
  canvas.addEventListener('pointerleave', leave);
  canvas.addEventListener('blur', leave);
  canvas.addEventListener('click', (event) => select(under(/** @type {PointerEvent} */ (event))));
  canvas.addEventListener('keydown', key);
  const watcher = new ResizeObserver(relayout);
  watcher.observe(container);
  const stop = onRatio(relayout);

  return {
    /** Where the figures stand, and the picture's corner in the window; null while hidden. */
    place: () =>
      layout && container.clientWidth ? { layout, box: canvas.getBoundingClientRect() } : null,
    /** What is painted, for another context; null while something else is shown. */
    shown() {
      if (!state || !layout || !container.clientWidth) return null;
      const frame = frameOf(state, layout);
      return {
        stage,
        width: layout.width,
        height: layout.height,
        /** @param {any} context with the part of CanvasRenderingContext2D that painting uses */
        paint: (context) =>
          picture({ context: Object.assign(context, { font }), colors: pageColors(), em }, frame),
      };
    },
    /** @param {State} next */
    update(next) {
      const before = state;
      state = next;
      const { model, reading, hovered, selected, trace, inputAs } = next;
      const news = changed(next, ...PAINTED);
      if (trace && !before?.trace && !paintPaths) fetchPaths();
      if (model !== before?.model || inputAs !== before?.inputAs) relayout();
      else if (news) paint();
      const neuron = hovered ?? selected;
      const isNew = !same(neuron, before?.hovered ?? before?.selected ?? null);
      if (isNew) say(neuron);
      else if (reading !== before?.reading) sayLater.when(neuron);
    },
    destroy() {
      watcher.disconnect();
      stop();
      more?.scrubber.destroy();
      marks.destroy();
      sayLater.destroy();
      container.replaceChildren();
    },
  };
}

/** The neuron in front: what a played pass has not reached yet cannot be.
 * @param {State} state @param {PictureLayer[]} layers */
function pointedAt({ hovered, selected, moment }, layers) {
  const neuron = hovered ?? selected;
  const at = layers.findIndex(({ name }) => name === neuron?.layer);
  return moment && at > moment.stage ? null : neuron;
}

/** A reading is shown when it is this model's and its drawing holds ink. @param {State} state */
function isShown({ reading, model }) {
  return reading !== null && reading.prediction !== null && reading.model === model?.id;
}
