// Ten bars: a unit's mean activation for each digit, how well it tells that digit from the others, and
// over all of them a line that is your drawing's.

import { make, say } from '../../page/dom.js';

/** @import { UnitPage } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/** Where a value stands between the least and the most, 0..1. @param {number[]} values what must fit in */
export function scaleOf(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(low + 1e-9, ...values);
  return (/** @type {number} */ value) => Math.max(0, Math.min(1, (value - low) / (high - low)));
}

/** @param {Translate} t @param {Numbers} numbers */
export function createProfile(t, numbers) {
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const [fill, line] = [
      make('span', { class: 'profile-fill' }),
      make('span', { class: 'profile-line' }),
    ];
    const [mean, auc] = [make('td', { class: 'number' }), make('td', { class: 'number soft' })];
    const bar = make('td', { class: 'profile-bar', 'aria-hidden': 'true' }, fill, line);
    return {
      digit,
      fill,
      line,
      mean,
      auc,
      element: make(
        'tr',
        { 'data-testid': `profile-${digit}` },
        make('th', { scope: 'row' }, String(digit)),
        bar,
        mean,
        auc,
      ),
    };
  });
  const head = make(
    'tr',
    { class: 'small soft' },
    ...['profile.digit', 'profile.bar', 'profile.mean', 'profile.auc'].map((key) =>
      make('th', { scope: 'col' }, t(key)),
    ),
  );
  const own = make('p', { class: 'small', 'data-testid': 'unit-own' });
  const element = make(
    'div',
    { class: 'profile' },
    make(
      'table',
      {},
      make('caption', { class: 'unseen' }, t('profile.title')),
      make('thead', {}, head),
      make('tbody', {}, ...rows.map((row) => row.element)),
    ),
    own,
  );

  return {
    element,
    /** @param {UnitPage} unit @param {number | null} activation of your drawing */
    show({ class_means: means, classes, top, bottom }, activation) {
      const scale = scaleOf([...means, top[0]?.activation ?? 0, bottom[0]?.activation ?? 0]);
      const zero = scale(0);
      rows.forEach(({ digit, fill, line, mean, auc }) => {
        const at = scale(means[digit]);
        fill.style.left = `${100 * Math.min(zero, at)}%`;
        fill.style.width = `${100 * Math.abs(at - zero)}%`;
        fill.classList.toggle('lowers', at < zero);
        line.hidden = activation === null;
        if (activation !== null) line.style.left = `${100 * scale(activation)}%`;
        say(mean, numbers.three(means[digit]));
        const found = classes.find(({ name }) => name === String(digit))?.auc ?? null;
        say(auc, found === null ? '–' : numbers.two(found));
      });
      say(
        own,
        activation === null
          ? t('unit.own.none')
          : t('unit.own', { value: numbers.three(activation) }),
      );
      own.dataset.value = activation === null ? '' : String(activation);
    },
  };
}
