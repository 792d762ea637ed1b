// The whole network's dials: weights pruned, shaken by noise, and the output's temperature.

import { make } from '../../page/dom.js';
import { createButton } from './controls.js';
import { createDial } from './dial.js';
import { editAt } from './edits.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Subject } from './subject.js' */

/**
 * @param {Subject} subject
 * @param {() => void} onSettled
 * @param {Translate} t
 */
export function createWhole(subject, onSettled, t) {
  const noiseNow = () => editAt(subject.edits(), { kind: 'noise' });
  const prune = createDial(
    'prune',
    t('lab.prune'),
    { low: 0, high: 100, step: 1 },
    (share) => subject.change({ kind: 'prune', share: share / 100 }, 'prune'),
    onSettled,
  );
  const noise = createDial(
    'noise',
    t('lab.noise'),
    { low: 0, high: 2, step: 0.02, most: 10 },
    (amount) => subject.change({ kind: 'noise', amount, seed: noiseNow()?.seed ?? 1 }, 'noise'),
    onSettled,
  );
  const temperature = createDial(
    'temperature',
    t('lab.temperature'),
    { low: 0.1, high: 10, step: 0.1, least: 0.01, most: 100 },
    (value) => subject.change({ kind: 'temperature', value }, 'temperature'),
    onSettled,
  );
  function shakeAgain() {
    const edit = noiseNow();
    if (!edit) return;
    subject.change({ ...edit, seed: edit.seed + 1 }, 'again');
    onSettled();
  }
  const again = createButton('again', shakeAgain, t);

  return {
    element: make(
      'fieldset',
      { class: 'lab-whole' },
      make('legend', { class: 'small soft' }, t('lab.network')),
      prune.element,
      make('div', { class: 'lab-line' }, noise.element, again),
      temperature.element,
    ),
    show() {
      const edits = subject.edits();
      prune.show(100 * (editAt(edits, { kind: 'prune' })?.share ?? 0));
      noise.show(noiseNow()?.amount ?? 0);
      again.disabled = !noiseNow();
      temperature.show(editAt(edits, { kind: 'temperature' })?.value ?? 1);
    },
  };
}
