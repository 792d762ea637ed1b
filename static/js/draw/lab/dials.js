// One unit's own dials: off, its bias, and a factor of all its weights; of an LSTM also whose gate.

import { make } from '../../page/dom.js';
import { createChoice } from './controls.js';
import { createDial } from './dial.js';
import { editAt, withEdit, without } from './edits.js';
import { MOST } from './subject.js';
import { biasOf } from './unit.js';

/** @import { Edit, Gate, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Subject } from './subject.js' */

const GATES = ['all', 'i', 'f', 'g', 'o'];

/**
 * @param {Subject} subject
 * @param {{onEdit: (edits: Edit[], gesture: string) => void, onSettled: () => void, onGate: () => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createUnitDials(subject, { onEdit, onSettled, onGate }, t, numbers) {
  const gate = createChoice('gate', GATES, t);
  gate.addEventListener('change', onGate);

  /** Which parameters the dials act on. */
  function place() {
    const unit = subject.unit();
    const isOne = unit?.gates && gate.value !== 'all';
    const chosen = isOne ? /** @type {Gate} */ (gate.value) : null;
    return { layer: unit?.layer ?? '', unit: unit?.unit ?? 0, gate: chosen };
  }

  const bias = createDial(
    'bias',
    t('lab.bias'),
    { low: -12, high: 12, step: 0.1, least: -MOST, most: MOST },
    (shift) => subject.change({ kind: 'bias', ...place(), shift }, 'bias'),
    onSettled,
  );
  const scale = createDial(
    'scale',
    t('lab.scale'),
    { low: -2, high: 3, step: 0.05, least: -MOST, most: MOST },
    (factor) => subject.change({ kind: 'scale', ...place(), factor }, 'scale'),
    onSettled,
  );
  const off = make('input', { type: 'checkbox', 'data-testid': 'lab-off' });
  off.addEventListener('change', () => {
    const { layer, unit: index } = place();
    const edit = /** @type {Edit} */ ({ kind: 'off', layer, unit: index });
    onEdit((off.checked ? withEdit : without)(subject.edits(), edit), 'off');
    onSettled();
  });
  const offLabel = make('label', { class: 'check' }, off, make('span', {}, t('lab.off')));

  return {
    elements: [
      make('div', { class: 'lab-line' }, offLabel, gate),
      make('div', { class: 'lab-dials' }, bias.element, scale.element),
    ],
    /** What its weights are multiplied by, for what is painted on the product. */
    factor: () => editAt(subject.edits(), { kind: 'scale', ...place() })?.factor || 1,
    show() {
      const [shown, unit, edits] = [subject.shown(), subject.unit(), subject.edits()];
      if (!shown || !unit) return;
      const { learned, weights } = shown.state;
      gate.hidden = !unit.gates;
      const [before, after] = [biasOf(learned, unit), biasOf(weights, unit)];
      const isOff =
        editAt(edits, { kind: 'off', layer: unit.layer, unit: unit.unit }) !== undefined;
      const shift = editAt(edits, { kind: 'bias', ...place() })?.shift ?? 0;
      const from = shift ? `${numbers.two(before)} → ` : ''; // a step of learning moves it, too
      const words = isOff || Number.isNaN(before) ? '' : `b ${from}${numbers.two(after)}`;
      bias.show(shift, words);
      scale.show(editAt(edits, { kind: 'scale', ...place() })?.factor ?? 1);
      off.checked = isOff;
    },
  };
}
