// The network as one picture: what went in, every layer lit by its activations, the strongest
// edges. The canvas holds the marks, the elements over it the words.

import { pageColors } from '../../page/colors.js';
import { fitCanvas, loadSheet, make, onRatio } from '../../page/dom.js';
import { answering, isShown } from '../../state/ends.js';
import { fieldName, neuronName } from '../../state/names.js';
import { fieldOf, pictureLayers } from '../../state/units.js';
import { inputShows } from './paint/input.js';
import { createLabels } from './overlay/labels.js';
import { firstOutput, hasColumn, layOut, needsKit } from './layout.js';
import { createMarks } from './overlay/marks.js';
import { createPicture } from './picture.js';
import { same, takeInHand } from './pointing.js';
import { createDebounce } from '../../state/store.js';
import { createChanged } from '../../state/store.js';

/** @import { Neuron, PictureLayer, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { PaintFront } from './front.js' */
/** @import { Kit } from './kit.js' */
/** @import { PaintLines } from './maps/lines.js' */
/** @import { PaintPaths } from './trace/paths.js' */
/** @import { Layout } from './layout.js' */

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
 * @typedef {object} Here what has come
 * @property {PaintPaths | null} paintPaths
 * @property {PaintFront | null} paintFront
 * @property {ReturnType<typeof import('./overlay/sheet.js')['createSheet']>} [sheet]
 * @property {ReturnType<typeof import('./overlay/chip.js')['createChip']>} [chip]
 * @property {Kit | null} kit
 * @property {ReturnType<Kit['createScrubber']>} [scrubber]
 * @property {PaintLines | null} paintLines
 */

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
  const parts = { onRow: events.onRow, onPainter: paint, onKit: relayout };
  const extras = createExtras(stage, parts, t, numbers);
  const { here } = extras;

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
  let [em, rem, font] = [12, 16, ''];

  function relayout() {
    if (!state?.model || !container.clientWidth) return;
    rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const ratio = window.devicePixelRatio || 1;
    layers = pictureLayers(state.model);
    const inputAs = hasColumn(state.model) ? state.inputAs : 'grid';
    if (!here.kit && needsKit(layers, inputAs)) {
      layout = null; // that of another network
      extras.wantKit();
      return;
    }
    stage.style.height = '';
    const { clientWidth: width, clientHeight: height } = stage;
    layout = layOut(layers, { width, height, rem, ratio, inputAs, kit: here.kit });
    laidOut = state.model;
    stage.style.height = layout.sideways ? '' : `${layout.height}px`;
    const context = fitCanvas(canvas, layout.width, layout.height);
    em = TYPE * Number.parseFloat(getComputedStyle(stage).fontSize);
    context.font = `${em}px ${getComputedStyle(container).fontFamily}`;
    brush = { context, ratio };
    font = context.font;
    named = null; // the names are new elements, nobody points at them yet
    labels.place(layout, layers, marks.make(layout.figures, firstOutput(layers), state.model));
    here.scrubber?.place(layout, rem);
    paint();
  }

  function paint() {
    if (!state || !layout || !brush) return;
    if (laidOut !== state.model) return relayout();
    if (brush.ratio !== (window.devicePixelRatio || 1)) return relayout(); // on another screen
    const frame = frameOf(state, layout, layers, named, here);
    const { reading, pointed, ringed, lead, row, moment } = frame;
    if (pointed || ringed || named || lead) extras.wantFront();
    here.scrubber?.show(row, reading !== null);
    labels.cover(picture({ context: brush.context, colors: pageColors(), em }, frame));
    labels.input(inputShows(frame));
    const first = firstOutput(layers);
    const shown = layers.slice(first, (moment?.stage ?? layers.length) + 1);
    marks.answer(shown.map((_, head) => answering(reading, head)));
    marks.values(reading);
    here.chip?.show(state, ringed ?? pointed, layout, em);
    const figure = layout.figures.find(({ name, kind }) => name === named && kind === 'grid');
    here.sheet?.show(reading, figure, layout);
  }

  /** @param {string | null} layer */
  function nameLayer(layer) {
    named = layer;
    paint();
  }

  /** Say the neuron that the keyboard is on. @param {Neuron | null} neuron */
  function say(neuron) {
    if (neuron && state && document.activeElement === canvas)
      spoken.textContent = spokenOf(neuron, state, t, numbers);
  }

  takeInHand(canvas, {
    layout: () => layout,
    slack: () => SLACK * em,
    hovered: () => state?.hovered ?? null,
    selected: () => state?.selected ?? null,
    ...events,
  });
  const watcher = new ResizeObserver(relayout);
  watcher.observe(container);
  const stop = onRatio(relayout);

  return {
    /** Where the figures stand, and the picture's corner in the window; null while hidden. */
    place: () =>
      layout && container.clientWidth ? { layout, box: canvas.getBoundingClientRect() } : null,
    /** Laid out anew, at once, for the room that there is now. */
    refit: relayout,
    /** What is painted, for another context; null while something else is shown. */
    shown() {
      if (!state || !layout || !container.clientWidth) return null;
      const frame = frameOf(state, layout, layers, named, here);
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
      if (trace && !before?.trace) extras.wantPaths();
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
      here.scrubber?.destroy();
      marks.destroy();
      sayLater.destroy();
      container.replaceChildren();
    },
  };
}

/** What is needed only now and then; each comes when it is first wanted.
 * @param {HTMLElement} stage
 * @param {{onRow: (row: number) => void, onPainter: () => void, onKit: () => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
function createExtras(stage, { onRow, onPainter, onKit }, t, numbers) {
  /** @type {Here} */
  const here = { paintPaths: null, paintFront: null, kit: null, paintLines: null };
  let isFrontComing = false;

  return {
    here,

    /** The painter of paths comes when the first trace does. */
    async wantPaths() {
      if (here.paintPaths) return;
      here.paintPaths = (await import('./trace/paths.js')).paintPaths;
      onPainter();
    },

    /** The painter of frames and numbers comes with the first that are wanted. */
    async wantFront() {
      if (here.paintFront || isFrontComing) return;
      isFrontComing = true;
      const [{ createFront }, { createSheet }, { createChip }] = await Promise.all([
        import('./front.js'),
        import('./overlay/sheet.js'),
        import('./overlay/chip.js'),
        loadSheet('front'),
      ]).finally(() => (isFrontComing = false));
      here.paintFront = createFront(numbers);
      here.sheet = createSheet(stage, t, numbers);
      here.chip = createChip(stage, numbers);
      onPainter();
    },

    /** What a picture needs beyond neurons and edges. */
    async wantKit() {
      const [{ kit }] = await Promise.all([import('./kit.js'), loadSheet('scrubber')]);
      if (!here.kit) {
        here.kit = kit;
        here.scrubber = kit.createScrubber(stage, { onRow }, t, numbers);
        here.paintLines = kit.createLines();
      }
      onKit();
    },
  };
}

/** What is painted.
 * @param {State} state @param {Layout} layout @param {PictureLayer[]} layers
 * @param {string | null} named @param {Here} here */
function frameOf(state, layout, layers, named, here) {
  const { model, weights, edgeCount, row, selected, ringed, trace, moment } = state;
  const reading = isShown(state) ? state.reading : null;
  const pointed = reading ? pointedAt(state, layers) : null;
  const { lead, parts } = reading ? state : { lead: null, parts: null };
  return {
    layers,
    model,
    layout,
    weights,
    reading,
    edgeCount,
    row,
    pointed: lead ? null : pointed,
    selected,
    ringed: ringed ?? (lead && pointed), // while a question is open its picture stays: what is pointed at is ringed
    named,
    moment,
    lead,
    parts,
    paintFront: here.paintFront,
    kit: here.kit,
    paintLines: here.paintLines,
    trace: reading && trace,
    paintPaths: here.paintPaths,
  };
}

/** A neuron with its value and what it sees, in words.
 * @param {Neuron} neuron @param {State} state @param {Translate} t @param {Numbers} numbers */
function spokenOf(neuron, { reading, model }, t, numbers) {
  const a = reading?.layers.find(({ name }) => name === neuron.layer)?.a[neuron.index];
  const name = neuronName(neuron, t, model);
  const said = a === undefined ? name : t('network.neuron', { name, value: numbers.three(a) });
  const field = neuron.layer === 'input' ? null : fieldOf(model, neuron);
  return field ? `${said}. ${fieldName(field, t, model)}` : said;
}

/** The neuron in front: what a played pass has not reached yet cannot be.
 * @param {State} state @param {PictureLayer[]} layers */
function pointedAt({ hovered, selected, moment }, layers) {
  const neuron = hovered ?? selected;
  const at = layers.findIndex(({ name }) => name === neuron?.layer);
  return moment && at > moment.stage ? null : neuron;
}
