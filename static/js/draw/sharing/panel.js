// What is shown, to take along: a link and its QR code, the picture, the numbers, the Python lines.

import { copyFrom } from '../../page/clipboard.js';
import { make, say } from '../../page/dom.js';
import { download } from '../../page/download.js';
import { isRefusal } from '../../server/api.js';
import { persist } from '../../server/persist.js';
import { readUpTo } from '../../state/steps.js';
import { qrcode } from '../../../vendor/qrcode-generator/qrcode.mjs';
import { linkFor } from '../../server/link.js';
import { toCsv, toJson } from './numbers.js';
import { drawingPng, toPng, toSvg } from './picture.js';
import { toPython } from './python.js';
import { PIXELS } from '../../state/units.js';

/** @import { Status } from '../../server/follower.js' */
/** @import { Edit, Reading, State, Translate } from '../../state/types.js' */
/** @import { SvgContext } from './svg.js' */

const START = 'python app.py --class'; // lets others in the network in
const QUIET = 4; // modules of white around a QR code
const MOST = 2331; // bytes that the largest code holds at the level that mends most scratches for it

/** A QR code as SVG, or null when the text is too long for one. @param {string} text */
function qrPath(text) {
  if (new TextEncoder().encode(text).length > MOST) return null;
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  let path = '';
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  return { path, side: count + 2 * QUIET };
}

/** @param {Translate} t @param {string} id @param {...Node} content */
const part = (t, id, ...content) =>
  make('section', {}, make('h3', {}, t(`share.${id}.title`)), ...content);

/** The address as a code. @param {HTMLElement} code @param {string} address @param {Translate} t */
function showCode(code, address, t) {
  const found = qrPath(address);
  code.classList.toggle('too-long', !found);
  if (!found) return say(code, t('share.qr.long'));
  const { path, side } = found;
  code.innerHTML = `<svg viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}

/**
 * @param {object} page
 * @param {() => State} page.state as it is shown
 * @param {(reading: Reading, edits: Edit[]) => Promise<Reading>} page.everything every number of a reading
 * @param {(status: Status, detail?: string) => void} page.tell how that goes
 * @param {() => {stage: Element, width: number, height: number, paint: (context: SvgContext) => void} | null} page.network
 * @param {() => string} page.title the network's name
 * @param {() => void} page.onLayer it has opened or closed
 * @param {Translate} t
 */
export function createPanel({ state, everything, tell, network, title, onLayer }, t) {
  /** @param {string} id @param {() => unknown} act */
  const button = (id, act) => {
    const element = make(
      'button',
      { type: 'button', 'data-testid': `share-${id}` },
      t(`share.${id}`),
    );
    element.addEventListener('click', act);
    return element;
  };
  const link = make('input', {
    type: 'text',
    readonly: true,
    'aria-label': t('share.link'),
    'data-testid': 'share-link',
  });
  const said = make('p', { class: 'small soft', role: 'status', 'data-testid': 'share-said' });
  const saidPython = make('p', {
    class: 'small soft',
    role: 'status',
    'data-testid': 'share-said-python',
  });
  const reach = make(
    'p',
    { class: 'share-reach small', 'data-testid': 'share-reach', hidden: true },
    t('share.here'),
  );
  const start = make('p', { class: 'small soft' }, t('share.start'), ' ', make('code', {}, START));
  const code = make('div', {
    class: 'share-qr',
    'data-testid': 'share-qr',
    role: 'img',
    'aria-label': t('share.qr'),
  });
  const python = make('pre', { class: 'share-python', tabindex: 0, 'data-testid': 'share-python' });
  const close = button('close', () => dialog.close());
  const name = (/** @type {string} */ ending) => `nnviz-${state().model?.id}.${ending}`;
  const pictures = [
    button('png', savePng),
    button('svg', () => download(name('svg'), svg(), 'image/svg+xml')),
  ];
  const data = [
    button('json', () => save('json', 'application/json', (shown) => toJson(shown, link.value))),
    button('csv', () => save('csv', 'text/csv', toCsv)),
  ];
  const tools = (/** @type {Node[]} */ ...buttons) =>
    make('p', { class: 'share-tools' }, ...buttons);
  const drawing = part(t, 'drawing', tools(button('drawing', saveDrawing)));
  const hidden = make('p', { class: 'small soft' }, t('share.hidden'));
  const dialog = make(
    'dialog',
    { class: 'sharing', 'data-testid': 'sharing', 'aria-labelledby': 'sharing-title' },
    make('header', {}, make('h2', { id: 'sharing-title' }, t('share.title')), close),
    reach,
    make(
      'div',
      { class: 'share-parts' },
      code,
      make(
        'div',
        {},
        part(t, 'link', tools(link, button('copy', onCopy)), said),
        drawing,
        part(t, 'picture', tools(...pictures), hidden),
      ),
    ),
    make(
      'section',
      { class: 'share-programmers' },
      make('h3', {}, t('share.programmers')),
      start,
      make('p', { class: 'small soft' }, t('share.numbers.about')),
      tools(...data),
      make('p', { class: 'small soft' }, t('share.python.about')),
      python,
      tools(
        button('copy-python', onCopyPython),
        button('py', () => download(name('py'), python.textContent ?? '', 'text/x-python')),
      ),
      saidPython,
    ),
  );
  document.body.append(dialog);
  dialog.addEventListener('close', onLayer);
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close(); // beside the panel
  });

  function svg() {
    const shown = network();
    return shown ? toSvg(shown.stage, shown, t('share.picture.name', { model: title() })) : '';
  }

  /** What is shown, with the numbers that the page does without.
   * @param {string} ending @param {string} type @param {(shown: State) => string} written */
  async function save(ending, type, written) {
    const shown = state();
    const { reading, edits, weights, row } = shown;
    if (!reading) return;
    const options = { onStatus: tell, isFinal: isRefusal, isWanted: () => dialog.open };
    const all = await persist(() => everything(reading, edits[reading.model] ?? []), options);
    if (!all) return;
    const asFar = weights && row !== null ? readUpTo(all, weights, row) : all;
    download(name(ending), written({ ...shown, reading: asFar }), type);
  }

  async function savePng() {
    download(name('png'), await toPng(svg()), 'image/png');
  }

  async function saveDrawing() {
    const pixels = state().reading?.input.pixels;
    if (pixels) download('drawing.png', await drawingPng(pixels), 'image/png');
  }

  async function onCopy() {
    say(said, t((await copyFrom(link)) ? 'share.copied' : 'share.select'));
  }

  async function onCopyPython() {
    say(saidPython, t((await copyFrom(python)) ? 'share.copied.python' : 'share.select'));
  }

  return {
    isOpen: () => dialog.open,
    close: () => dialog.close(),
    async open() {
      const found = linkFor(location, document.documentElement.dataset.network);
      link.value = found.href;
      reach.hidden = start.hidden = found.reach === 'all';
      code.hidden = found.reach !== 'all'; // a phone that reads it would come to itself
      if (!code.hidden) showCode(code, link.value, t);
      say(saidPython, '');
      say(said, t('share.what'));
      for (const each of pictures) each.disabled = network() === null;
      hidden.hidden = network() !== null;
      drawing.hidden = state().reading?.input.pixels?.length !== PIXELS; // a house, or a pen's steps
      const isRead = state().reading !== null;
      for (const each of data) each.disabled = !isRead;
      if (!dialog.open) dialog.showModal();
      onLayer();
      say(python, await toPython(state()));
    },
  };
}
