// The words around the picture: each layer's name above it, below it what its edges cover.

import { make, say } from '../../../page/dom.js';
import { layerName, shortLayerName } from '../../../state/names.js';
import { isConvolution, isMaps, isSteps } from '../../../state/units.js';
import { firstOutput, isCovered } from '../layout.js';

/** @import { PictureLayer, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Tiles } from '../figures/tiles.js' */
/** @import { Layout } from '../layout.js' */

const PLAY = 20; // pixels of the input's width above which the slider's button reaches

/**
 * @typedef {object} Cover what the drawn edges into a layer cover
 * @property {string} layer
 * @property {number} drawn
 * @property {number} total
 * @property {number} share of Σ|w·a|, 0..1
 *
 * @typedef {object} Caption the elements that say it
 * @property {HTMLElement} box
 * @property {HTMLElement} edges
 * @property {HTMLElement} share
 */

/** What a layer is. @param {PictureLayer} layer @param {Translate} t @param {Numbers} numbers */
function aboutLayer(layer, t, numbers) {
  const { count, activation, kind, shape } = layer;
  if (activation === null)
    return [
      t(kind === 'features' ? 'network.features' : 'network.input', {
        count: numbers.whole(count),
      }),
    ];
  const [rows, columns] = shape;
  if (isMaps(layer)) {
    const does = isConvolution(layer) ? `activation.${activation}` : `kind.${kind}`;
    return [t('network.maps', { maps: shape[2] }), `${rows}×${columns}`, t(does)];
  }
  if (isSteps(layer)) return [t('network.steps', { steps: rows, units: columns })];
  if (count === 1) return [t('network.layer.one'), t(`activation.${activation}`)];
  return [t('network.layer', { count: numbers.whole(count) }), t(`activation.${activation}`)];
}

/** All names on one line, but the input's and an LSTM's above their grids; downwards each at the left.
 * @param {HTMLElement} name @param {Layout} layout @param {number} at
 * @param {number} first of the outputs */
function placeName(name, layout, at, first) {
  const { kind, place } = layout.figures[at];
  const isFurther = at > first;
  if (!layout.sideways) {
    name.style.left = isFurther ? '0' : `${-place.x}px`;
    if (kind === 'column') name.style.bottom = 'calc(100% + 2.875rem)'; // above its brace
    return;
  }
  const isGrid = kind === 'pixels' || kind === 'steps';
  const above = isGrid || isFurther ? 0 : place.y - layout.top;
  const beside = layout.width - place.x - place.width / 2; // no name leaves the picture
  const isBySlider = kind === 'pixels' && layout.figures[1].kind === 'steps';
  const most = isBySlider ? place.width - PLAY : 2 * beside;
  name.style.width = `${Math.min(layout.labelWidth, most)}px`;
  name.style.bottom = `calc(100% + ${above}px + 0.375rem)`;
}

/** Under the gap that the edges cross, or downwards beside the layer's name.
 * @param {HTMLElement} caption @param {Layout} layout @param {number} at
 * @param {number} first of the outputs */
function placeCaption(caption, layout, at, first) {
  const { kind, place } = layout.figures[at];
  const { x, y, width, height } = place;
  if (!layout.sideways) {
    const isShared = at === first && layout.figures.length > first + 1; // the room beside it is another's
    caption.style.right = isShared ? '0' : `${x + width - layout.width}px`;
    caption.classList.toggle('shared', isShared);
    caption.classList.toggle('short', isShared || kind === 'tiles'); // maps have long descriptions
    return;
  }
  const before = layout.figures[at - 1].place;
  caption.style.left = `${(before.x + before.width - x) / 2}px`;
  caption.style.bottom = `${y + height - layout.height}px`;
}

/**
 * @param {HTMLElement} container
 * @param {{onLayer: (layer: string | null) => void}} events a layer's name is pointed at
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createLabels(container, events, t, numbers) {
  /** @type {Map<string, Caption>} */
  const captions = new Map();
  const input = make('span', { class: 'layer-about' });
  let [pixels, shows] = ['', 'pixels'];
  let isTable = false;
  /** @type {Layout['captions']} */
  let captioned = 'words';
  let isDown = false; // there is one line, and no room for how many edges
  let first = 0; // of the outputs

  /** @param {PictureLayer} layer */
  const about = (layer) => aboutLayer(layer, t, numbers);

  /** The input's name; its second line says what its cells show. @param {PictureLayer} layer */
  function inputName(layer) {
    [pixels] = about(layer);
    isTable = layer.kind === 'features';
    shows = 'pixels';
    input.textContent = pixels;
    return make('span', { class: 'layer-label' }, strong(layer), input);
  }

  /** @param {PictureLayer} layer */
  const strong = (layer) =>
    make('strong', {}, isMaps(layer) ? shortLayerName(layer.name, t) : layerName(layer.name, t));

  /** @param {PictureLayer} layer */
  const named = (layer) => [
    strong(layer),
    make('span', { class: 'layer-about' }, ...about(layer).map((word) => make('span', {}, word))),
  ];

  /** A name alone: a layer of thousands of values has no list of them. @param {PictureLayer} layer */
  const plainName = (layer) => make('span', { class: 'layer-label' }, ...named(layer));

  /** A name that shows its layer's values while it is pointed at. @param {PictureLayer} layer */
  function nameButton(layer) {
    const button = make(
      'button',
      { type: 'button', class: 'layer-label', title: t('network.layer.values') },
      ...named(layer),
    );
    for (const event of ['pointerenter', 'focus'])
      button.addEventListener(event, () => events.onLayer(layer.name));
    for (const event of ['pointerleave', 'blur'])
      button.addEventListener(event, () => events.onLayer(null));
    return button;
  }

  /** @param {string} layer */
  function caption(layer) {
    const edges = make('span', { class: 'cover-edges' });
    const share = make('span', { class: 'cover-share' });
    const box = make(
      'p',
      { class: 'layer-cover', 'data-testid': 'cover', 'data-layer': layer },
      edges,
      share,
    );
    captions.set(layer, { box, edges, share });
    return box;
  }

  /** @param {PictureLayer} layer @param {number} at @param {Layout} layout @param {Node[]} marks */
  function layerBox(layer, at, layout, marks) {
    const { kind, place } = layout.figures[at];
    const listed = kind === 'circles' || kind === 'grid';
    const name = at === 0 ? inputName(layer) : listed ? nameButton(layer) : plainName(layer);
    placeName(name, layout, at, first);
    name.classList.toggle('further-name', at > first);
    const box = make('div', {
      class: 'layer',
      role: 'group',
      'aria-label': [layerName(layer.name, t), ...about(layer)].join(', '),
      'data-testid': 'layer',
      'data-layer': layer.name,
      'data-kind': kind,
      'data-columns': place.columns,
      'data-rows': place.rows,
      ...(at >= first ? { 'data-output': '' } : {}),
      'data-cell': place.pitchX,
      ...(kind === 'tiles' ? tileData(/** @type {Tiles} */ (place)) : {}),
    });
    for (const side of /** @type {const} */ (['width', 'height']))
      box.style[side] = `${place[side]}px`;
    box.style.left = `${place.x}px`;
    box.style.top = `${place.y}px`;
    box.append(name, ...marks);
    if (at === 0 || at > first || !isCovered(kind, layer)) return box; // nothing to count of its own reaches it
    const said = caption(layer.name);
    placeCaption(said, layout, at, first);
    box.append(said);
    return box;
  }

  /** @param {Cover} cover */
  const edgesText = ({ drawn, total }) =>
    t(`network.cover.edges.${captioned}`, {
      drawn: numbers.whole(drawn),
      total: numbers.whole(total),
    });

  /** @param {Cover} cover @param {boolean} isShort */
  const shareText = ({ share }, isShort) => {
    const values = { share: numbers.percent(share) };
    if (isDown) return t(isShort ? 'network.cover.short' : 'network.cover.down', values);
    return captioned === 'numbers' ? values.share : t('network.cover.share', values);
  };

  return {
    /**
     * @param {Layout} layout
     * @param {PictureLayer[]} layers
     * @param {Node[][]} marks the elements over each layer's figure
     */
    place(layout, layers, marks) {
      captions.clear();
      first = firstOutput(layers);
      captioned = layout.captions;
      isDown = !layout.sideways;
      container.classList.toggle('downwards', !layout.sideways);
      container.classList.toggle('in-lines', layout.inLines);
      container.replaceChildren(
        ...layers.map((layer, at) => layerBox(layer, at, layout, marks[at])),
      );
    },
    /** What the drawn edges cover, below the gap they cross. @param {Cover[]} covers */
    cover(covers) {
      for (const [layer, { box, edges, share }] of captions) {
        const found = covers.find((each) => each.layer === layer);
        const value = found ? String(found.share) : '';
        const drawn = found ? `${found.drawn}/${found.total}` : '';
        if (box.dataset.value === value && box.dataset.drawn === drawn) continue;
        Object.assign(box.dataset, { value, drawn });
        say(edges, found ? edgesText(found) : '');
        say(share, found ? shareText(found, box.classList.contains('short')) : '');
      }
    },
    /** What the input's cells show just now. @param {'pixels' | 'contributions' | 'shares' | 'lead'} kind */
    input(kind) {
      if (kind === shows) return;
      shows = kind;
      input.textContent =
        kind === 'pixels'
          ? pixels
          : t(isTable && kind === 'contributions' ? 'cells.features' : `cells.${kind}`);
    },
  };
}

/** @param {Tiles} place */
const tileData = ({ across, stepX }) => ({ 'data-across': across, 'data-step': stepX });
