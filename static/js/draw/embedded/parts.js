// Names for the parts of the Draw screen, and where each is just now. Chapters point by them.

import { around } from '../../views/boxes.js';
import { boxOf } from '../../views/lights.js';
import { SIDE } from '../../state/units.js';

/** @import { Box } from '../../views/boxes.js' */
/** @import { Parts } from '../../views/lights.js' */
/** @import { Layout } from '../../views/network/layout.js' */

/** @type {Record<string, string>} */
const PLACES = {
  pad: '#pad',
  given: '#given',
  seen: '#seen',
  center: '#center',
  answer: '#answer, #amount',
  probabilities: '#probabilities',
  picker: '#picker',
  readout: '#readout',
  network: '#network',
  edges: '#legend',
  play: '#play',
  trace: '#trace',
  column: '#column',
  mistake: '#mistake',
  digits: '#test-digits',
  clear: '#clear',
  'compare-button': '#compare-open',
  compare: '#compare',
  inspector: '#inspector',
  'look-inside': '[data-testid=inspect]',
  'change-it': '[data-testid=change], [data-testid=lab-toggle]',
  pictures: '.inspector-pictures',
  curve: '.inspector-curve',
  sum: '[data-testid=inspector-sum], [data-testid=sum]',
  terms: '.terms',
  softmax: '[data-testid=softmax]',
  lab: '[data-testid=lab]',
  whole: '.lab-whole',
  prune: '[data-testid=lab-prune]',
  noise: '[data-testid=lab-noise]',
  temperature: '[data-testid=lab-temperature]',
  brushes: '.lab-paint',
  bias: '#lab-bias, [data-testid=lab-bias]',
  edited: '#edited',
  rows: '.scrubber',
  tools: '.under-pad',
};

/** What lies over the rest of a small screen. */
const COVERS = '.answer-strip, .sheet-head, #inspector, #why, #readout, .network-bar';

/** A place in a layer: `hidden1/7`, or `input/12,8` by row and column. */
const UNIT = /^([a-z][a-z0-9-]*)\/(\d+)(?:,(\d+))?$/;
const AROUND = 4; // px that the light goes beyond a unit

/** The unit that a name stands for. @param {string} name */
function unitNamed(name) {
  const found = UNIT.exec(name);
  if (!found) return null;
  const [, layer, first, second] = found;
  const index = second === undefined ? Number(first) : Number(first) * SIDE + Number(second);
  return { layer, index };
}

/** Words that begin where their element does do not touch the light, and what is empty below them is not
 * in it. @param {Element | null} element @returns {Box | null} */
function aroundWords(element) {
  const box = around([...(element?.children ?? [])].map(boxOf).filter((each) => each !== null));
  return box ? { ...box, left: box.left - AROUND, width: box.width + 2 * AROUND } : boxOf(element);
}

/**
 * @param {() => {layout: Layout, box: {left: number, top: number}} | null} picture where the network
 *   is drawn; null while something else is shown in its place
 */
export function createParts(picture) {
  /** What a part is, the first that can be seen; of a unit, what its layer is drawn in. @param {string} name */
  function elementOf(name) {
    if (!Object.hasOwn(PLACES, name))
      return document.querySelector(picture() ? PLACES.network : PLACES.inspector);
    const found = [...document.querySelectorAll(PLACES[name])];
    return found.find((element) => boxOf(element)) ?? null;
  }

  /** @param {string} name @returns {Box | null} */
  function find(name) {
    const shown = picture();
    if (name === 'answer') return aroundWords(elementOf(name));
    if (Object.hasOwn(PLACES, name) || !shown) return boxOf(elementOf(name));
    const { layout, box } = shown;
    const unit = unitNamed(name);
    const place = layout.figures.find((figure) => figure.name === (unit?.layer ?? name))?.place;
    if (!place) return null;
    if (!unit) {
      return {
        left: box.left + place.x,
        top: box.top + place.y,
        width: place.width,
        height: place.height,
      };
    }
    if (unit.index >= place.count) return null;
    const side = place.size + 2 * AROUND;
    return {
      left: box.left + place.centreX(unit.index) - side / 2,
      top: box.top + place.centreY(unit.index) - side / 2,
      width: side,
      height: side,
    };
  }

  const covers = () =>
    [...document.querySelectorAll(COVERS)].filter(
      (element) => getComputedStyle(element).position === 'fixed',
    );

  return /** @type {Parts} */ ({ find, elementOf, covers });
}
