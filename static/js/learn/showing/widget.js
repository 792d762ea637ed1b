// What a step has of its own that can be worked: it comes when the step does, and goes with it.

import { meantAs } from '../numbers/memory.js';

/** @import { Drawing, Edit, Neuron, Reading, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Quantity } from '../evaluate.js' */
/** @import { Memory } from '../numbers/memory.js' */
/** @import { Bridge, Widget } from '../types.js' */

/** A reading's pixels as inputs; the same list for the same reading. @type {WeakMap<object, number[]>} */
const inputs = new WeakMap();

/** @param {Reading | null} reading */
function pixelsOf(reading) {
  if (!reading) return null;
  const known = inputs.get(reading) ?? reading.input.pixels.map((value) => value / 255);
  inputs.set(reading, known);
  return known;
}

/**
 * @param {object} lesson
 * @param {() => Bridge | null} lesson.screen
 * @param {() => Memory} lesson.memory what the step remembers
 * @param {() => Record<string, Quantity>} lesson.quantities
 * @param {() => string[]} lesson.pointed the parts that are lit
 * @param {() => void} onChange it has come, or tells another number
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createWidgetPlace({ screen, memory, quantities, pointed }, onChange, t, numbers) {
  /** @type {Widget | null} */
  let widget = null;
  let asked = 0;

  /** What widgets have to do with the screen and with what the step remembers. */
  const page = {
    onChange,
    state: () => screen()?.state() ?? null,
    start: () => memory().start,
    quantities,
    meantAs: (/** @type {number} */ digit) => meantAs(memory(), digit),
    pixels: () => pixelsOf(screen()?.state().reading ?? null),
    loops: (/** @type {string} */ layer, model = screen()?.state().model?.id ?? '') =>
      memory().loops(model, layer),
    onPart: (/** @type {string | null} */ name) => screen()?.light(pointed(), name),
    onSelect: (/** @type {Neuron} */ unit) => screen()?.select?.(unit),
    meanInk: () => memory().meanInk(),
    onPoint: (/** @type {number | null} */ index) =>
      screen()?.point?.(index === null ? null : { layer: 'input', index }),
    onDraw: (/** @type {Drawing} */ drawing) => screen()?.putBack(drawing),
    onEdits: async (/** @type {Edit[]} */ edits) => screen()?.apply({ edits }, true),
    onTeach(/** @type {number} */ label, /** @type {number} */ times) {
      memory().meant = label;
      screen()?.teach(label, times);
    },
  };

  return {
    now: () => widget,
    /** @param {string} name @param {HTMLElement} place */
    async put(name, place) {
      asked += 1;
      const mine = asked;
      const { makeWidget } = await import('../widgets/make.js');
      const made = await makeWidget(name, page, t, numbers);
      if (mine !== asked) return made?.destroy?.();
      widget = made;
      memory().widget = made?.quantities ?? {};
      if (made) place.replaceChildren(made.element);
      onChange();
    },
    /** No step's widget is left over. */
    clear() {
      asked += 1;
      widget?.destroy?.();
      widget = null;
    },
  };
}
