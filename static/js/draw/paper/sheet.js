// One sheet of paper: which network, what it was given, what it says, its picture, the arithmetic.
// The picture is laid out anew for an upright and for a lying sheet, as SVG: sharp at any size. Bars are
// drawn, too, for a browser leaves grounds off paper.

import { byId, make } from '../../page/dom.js';
import { toSvg } from '../sharing/picture.js';
import { inWords } from './plain.js';

/** @typedef {Pick<ReturnType<typeof import('../../views/network/view.js')['createNetworkView']>,
 *   'shown' | 'refit'>} Network */

/** Room of the picture, CSS px: about the sheet's own, so that its words are as large as the others. */
const SIZES = { upright: [760, 600], lying: [840, 560] };
const LONGEST = 120; // characters of an address that somebody may still type
const DENSE = 3; // dots of the drawing for each of the screen

/** @param {Element} element */
const isShown = (element) => !(/** @type {HTMLElement} */ (element).hidden);
/** @param {Element | null | undefined} element */
const textOf = (element) => element?.textContent?.trim() ?? '';

/** The pad as it is seen, in one picture. @param {HTMLElement} pad */
function drawing(pad) {
  const box = pad.getBoundingClientRect();
  const canvas = make('canvas', { class: 'paper-drawing' });
  canvas.width = DENSE * box.width;
  canvas.height = DENSE * box.height;
  const context = canvas.getContext('2d');
  if (!context || !box.width) return null;
  context.scale(DENSE, DENSE);
  context.imageSmoothingEnabled = false;
  for (const each of pad.querySelectorAll('canvas')) {
    const { x, y, width, height } = each.getBoundingClientRect();
    if (width && each.width) context.drawImage(each, x - box.x, y - box.y, width, height);
  }
  return canvas;
}

/** A house, line by line. @param {HTMLElement} given */
function house(given) {
  const lines = [...given.querySelectorAll('.house-feature')].map((line) => {
    const told = textOf(line.querySelector('.house-words .soft'));
    const set = /** @type {HTMLInputElement | null} */ (line.querySelector('[type=text]'))?.value;
    const name = textOf(line.querySelector('.house-name'));
    return make('tr', {}, make('th', {}, name), make('td', {}, told || (set ?? '')));
  });
  return make('table', { class: 'paper-house' }, ...lines);
}

/** Bars with their names and numbers. @param {Element} list */
function bars(list) {
  const rows = [...list.querySelectorAll('.bar-row')].map((row) => {
    const share = Number(/** @type {HTMLElement} */ (row).dataset.value);
    const bar = `<svg width="100%" height="100%"><rect class="track" width="100%" height="100%"/><rect class="fill" width="${100 * share}%" height="100%"/></svg>`;
    const track = make('span', { class: 'paper-track' });
    track.innerHTML = bar; // numbers alone
    const [name, number] = ['.bar-digit', '.bar-number'].map((each) =>
      make('span', {}, textOf(row.querySelector(each))),
    );
    const isFirst = row.classList.contains('first');
    return make('li', { class: isFirst ? 'first' : '' }, name, track, number);
  });
  return make('ul', { class: 'paper-bars' }, ...rows);
}

/** What it says, with the bars of every output. */
function answer() {
  const lists = [...byId('result').querySelectorAll('.probabilities')].filter(
    (list) => isShown(list) && !list.closest('[hidden]'),
  );
  const all = lists.flatMap((list) => {
    const title = list.closest('.further') && list.getAttribute('aria-label');
    return [...(title ? [make('h3', {}, title)] : []), bars(list)];
  });
  const said = ['answer', 'amount'].map(byId).filter(isShown).map(inWords);
  return make('div', { class: 'paper-answer' }, ...said, ...all);
}

/** Networks that are compared, a line each. */
function compared() {
  if (!isShown(byId('compare'))) return null;
  const lines = [...byId('compare').querySelectorAll('.compare-card')].map((card) => {
    const [name, said, sure] = ['h3', '.digit, .price', '.sure'].map((each) =>
      textOf(card.querySelector(each)),
    );
    return make('li', {}, `${name}: `, make('strong', {}, said), sure ? `, ${sure}` : '');
  });
  return lines.length ? make('ul', { class: 'paper-compared' }, ...lines) : null;
}

/** Which network, how good it is, and where it can be seen. */
function head() {
  const picked = document.querySelector('.picker summary');
  const { href, origin, pathname } = location;
  const model = picked instanceof HTMLElement ? picked.dataset.model : '';
  const address = href.length > LONGEST ? `${origin}${pathname}#model=${model}` : href;
  return make(
    'header',
    {},
    make('strong', {}, 'nnviz'),
    ...[...(picked?.children ?? [])].map(inWords),
    make('span', { class: 'paper-address' }, address),
  );
}

/** @param {Network} network */
export function createPaper(network) {
  const root = document.documentElement;
  /** @type {HTMLElement | null} */
  let sheet = null;

  /** The network as it is laid out for a sheet that lies or stands. @param {keyof typeof SIZES} way */
  function picture(way) {
    const [width, height] = SIZES[way];
    root.style.setProperty('--paper-width', `${width}px`);
    root.style.setProperty('--paper-height', `${height}px`);
    network.refit();
    const shown = network.shown();
    const box = make('div', { class: `paper-network ${way}` });
    if (shown) box.innerHTML = toSvg(shown.stage, shown, '', { own: way, ground: 'none' }); // its texts are escaped
    return box;
  }

  /** Both, with the picture in front of whatever covers it. */
  function pictures() {
    root.dataset.paper = 'made';
    const both = [picture('upright'), picture('lying')];
    delete root.dataset.paper;
    network.refit();
    return both;
  }

  return {
    /** What is on the screen now, on a sheet of its own. */
    lay() {
      sheet?.remove();
      const given = isShown(byId('given')) ? house(byId('given')) : drawing(byId('pad'));
      const told = ['edited', 'why', 'readout'].map(byId).filter(isShown).map(inWords);
      const more = compared();
      sheet = make(
        'div',
        { class: 'on-paper', 'data-testid': 'on-paper' },
        head(),
        make('div', { class: 'paper-given' }, ...(given ? [given] : []), answer()),
        ...pictures(),
        make('footer', {}, inWords(byId('legend')), ...(more ? [more] : []), ...told),
      );
      document.body.append(sheet);
      root.dataset.paper = 'laid';
    },
    /** Away with it. */
    take() {
      sheet?.remove();
      sheet = null;
      delete root.dataset.paper;
    },
  };
}
