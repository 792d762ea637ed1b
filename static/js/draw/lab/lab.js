// What can be changed: one neuron's bias, weights and being; and the whole network.

import { make } from '../../page/dom.js';
import { incoming, sourceOf } from '../../state/contributions.js';
import { shortName } from '../../state/names.js';
import { createUnitDials } from './dials.js';
import { createOneWeight, createWeightFields, FEW } from './fields.js';
import { createPainter } from './painting/painter.js';
import { createTools } from './painting/tools.js';
import { createSubject, MOST, strongest } from './subject.js';
import { createWhole } from './whole.js';

/** @import { Edit, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Shown } from './subject.js' */
/** @import { Repaint } from './painting/tools.js' */

/**
 * @param {{canvas: HTMLCanvasElement, cellAt(event: PointerEvent): number | null}} picture of the weights
 * @param {object} events
 * @param {(edits: Edit[], gesture: string) => void} events.onEdit edits of one gesture are one step
 * @param {() => void} events.onSettled
 * @param {(index: number) => void} events.onChoose a weight
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createLab(picture, events, t, numbers) {
  const { onEdit, onSettled } = events;
  /** @type {number} a place among the weights that are shown */
  let chosen = 0;
  const subject = createSubject(onEdit);
  const dials = createUnitDials(subject, { onEdit, onSettled, onGate: show }, t, numbers);
  const tools = createTools({ onRepaint: repaint, onBrush: showBrush }, t);
  const one = createOneWeight((value) => {
    if (value !== null) setWeight(chosen, value);
    show();
  });
  const few = createWeightFields(setWeight);
  const whole = createWhole(subject, onSettled, t);
  createPainter(picture, {
    canvas() {
      const now = subject.shown()?.state.changing ? subject.painted() : null;
      const { cells, full } = subject.shown() ?? {};
      if (!now || !cells || full === undefined) return null;
      return { cells, weights: now.weights, amount: full / 2 / dials.factor(), chosen };
    },
    brush: tools.brush,
    width: tools.width,
    onPaint: (weights, changed) => subject.setWeights(weights, 'paint', changed),
    onSettled,
    onChoose: choose,
  });

  const nothing = make('p', { class: 'small soft' }, t('lab.nothing'));
  const weights = [tools.element, one.element, few.element];
  const own = make('div', { class: 'lab-own' }, ...dials.elements, ...weights);
  const element = make('div', { class: 'lab', 'data-testid': 'lab' }, nothing, own, whole.element);

  /** @param {number} index */
  function choose(index) {
    chosen = index;
    events.onChoose(index);
    show();
  }

  /** One weight becomes this number. @param {number} at @param {number} value */
  function setWeight(at, value) {
    const now = subject.painted();
    if (!now) return;
    now.weights[at] = Math.min(MOST, Math.max(-MOST, value));
    subject.setWeights(now.weights, 'weight', new Set([at]));
    onSettled();
  }

  /** @param {Repaint} paint */
  function repaint(paint) {
    const now = subject.painted();
    const { cells, full } = subject.shown() ?? {};
    if (!now || !cells || full === undefined) return;
    subject.setWeights(paint(now.weights, cells, full), 'repaint');
    onSettled();
  }

  function showBrush() {
    picture.canvas.classList.toggle('painting', tools.brush() !== null && !element.hidden);
  }

  /** The weights that are set: painted and one by number, or a few that have a field each.
   * @param {Shown} shown */
  function showWeights({ state, neuron, isPainted, isImage }) {
    const now = subject.painted();
    const isFew = now !== null && !isPainted && now.weights.length <= FEW;
    few.element.hidden = !isFew;
    tools.element.hidden = one.element.hidden = !now || isFew;
    tools.show(isImage);
    if (!now) return;
    chosen = Math.min(chosen, now.weights.length - 1);
    const [all, source] = [incoming(state, neuron), sourceOf(state, neuron.layer)];
    /** @param {number} at */
    const nameOf = (at) =>
      t('lab.weight', {
        name: shortName({ layer: source, index: all?.at[at] ?? 0 }, t, state.model),
      });
    one.show(now.weights[chosen], nameOf(chosen));
    if (isFew) few.show(now.weights, nameOf);
  }

  function show() {
    const shown = subject.shown();
    if (!shown) return;
    nothing.hidden = subject.unit() !== null;
    own.hidden = subject.unit() === null;
    dials.show();
    showWeights(shown);
    whole.show();
    showBrush();
  }

  return {
    element,
    /** The weight that is set by number, while the lab is open. */
    chosen: () => (subject.shown()?.state.changing && !tools.element.hidden ? chosen : null),
    /** It is closed: whoever opens it again looks first. */
    rest: tools.rest,
    /** @param {Shown} next */
    update(next) {
      if (subject.take(next)) chosen = strongest(next);
      show();
    },
  };
}
