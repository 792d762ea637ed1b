// Trying at random: all weights drowned in noise, and the test set read with what comes out, again and again.
// Above it, written out, how many settings there were with only two positions a dial.

import { make, say } from '../../../page/dom.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const NOISE = 10; // times as large as the weights are
const MOST = 12; // tries that are shown

/** 2 to the power of a number of dials, written out. @param {number} dials */
export const settings = (dials) => String(2n ** BigInt(dials));

/** @param {Pick<Page, 'state' | 'quantities' | 'onChange' | 'onEdits'>} page @param {Translate} t
 * @param {Numbers} numbers */
export function createLuck({ state, quantities, onChange, onEdits }, t, numbers) {
  const power = make('p', { class: 'luck-power' });
  const digits = make('div', {
    class: 'luck-digits number',
    tabindex: 0,
    role: 'region',
    'aria-label': t('luck.digits'),
    'data-testid': 'luck-digits',
  });
  const roll = make('button', { type: 'button', 'data-testid': 'luck-roll' }, t('luck.roll'));
  const list = make('ol', { class: 'luck-tries', 'data-testid': 'luck-tries' });
  const element = make(
    'div',
    { class: 'luck wide', 'data-testid': 'luck' },
    power,
    digits,
    make('div', { class: 'luck-go' }, roll, make('span', { class: 'small soft' }, t('luck.about'))),
    make('div', { role: 'status' }, list),
  );
  /** @type {number[]} accuracies */
  let tries = [];
  let wanted = 0; // tries that are still to be made
  let seed = 0;
  let isReading = false;
  let written = 0;

  function next() {
    wanted -= 1;
    seed += 1;
    isReading = true;
    onEdits([{ kind: 'noise', amount: NOISE, seed }]).catch(() => {
      isReading = false;
    });
  }

  /** @param {number} share @param {string} name @param {string} [kind] */
  function row(share, name, kind = '') {
    const bar = make('span', { class: 'deep-bar', 'aria-hidden': 'true' });
    bar.style.setProperty('--size', `${100 * share}%`);
    const said = make('strong', { class: 'number' }, numbers.percent(share));
    return make('li', { class: kind }, make('span', { class: 'soft' }, name), bar, said);
  }

  function show() {
    const learned = quantities().accuracy_before?.();
    list.replaceChildren(
      ...(typeof learned === 'number' ? [row(learned, t('luck.learned'), 'learned')] : []),
      ...tries
        .slice(-MOST)
        .map((share, i) =>
          row(share, t('luck.try', { number: Math.max(0, tries.length - MOST) + i + 1 })),
        ),
    );
    roll.disabled = wanted > 0 || isReading;
  }
  roll.addEventListener('click', () => {
    wanted = 1;
    next();
    show();
  });
  show();

  return {
    element,
    quantities: {
      luck_tries: () => tries.length,
      luck_first: () => tries[0] ?? null,
      luck_best: () => (tries.length ? Math.max(...tries) : null),
    },
    update() {
      const [dials, accuracy] = [quantities().parameters?.(), quantities().accuracy?.()];
      if (typeof dials === 'number' && dials !== written) {
        written = dials;
        const all = settings(dials);
        say(digits, all);
        power.replaceChildren('2', make('sup', {}, numbers.whole(dials)), ' =');
        digits.dataset.count = String(all.length);
        show();
      }
      const edit = state()?.edits[state()?.model?.id ?? '']?.at(-1);
      const isMine = edit?.kind === 'noise' && edit.seed === seed;
      if (!isReading || !isMine || typeof accuracy !== 'number') return;
      isReading = false;
      tries = [...tries, accuracy];
      if (wanted > 0) next();
      show();
      onChange();
    },
    /** @param {{tries?: number}} how many */
    apply({ tries: count }) {
      wanted = count ?? 1;
      next();
      show();
    },
  };
}
