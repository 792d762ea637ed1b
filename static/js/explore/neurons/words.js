// What one unit is for, in words: one sentence, by what it is known in a few lines, and the rest folded.

import { make, say } from '../../page/dom.js';
import { SIDE } from '../../state/units.js';
import { mostLost } from './lost.js';
import { differ, soundsLikePlace, topWords, verdict, whereWords } from './lead.js';
import { bestConcept, digitsTold, featureTold, isTold, together } from './sentence.js';

/** @import { Confusion, UnitPage } from '../types.js' */
/** @import { Weights } from './lead.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/**
 * What the network loses without it: in all, and for the digit for which it is most.
 * @param {Confusion} now @param {Confusion} then @param {Translate} t @param {Numbers} numbers
 */
export function lossWords(now, then, t, numbers) {
  const [low, high] = then.interval.map(numbers.percent);
  const [before, after] = [now, then].map(({ accuracy }) => numbers.percent(accuracy));
  const sums = t('unit.off.said', { before, after, low, high });
  const digit = mostLost(now, then);
  if (digit === null) return `${sums} ${t('unit.off.little')}`;
  const [had, has] = [now, then].map(({ classes }) => numbers.percent(classes[digit].recall ?? 0));
  return `${sums} ${t('unit.off.most', { digit, before: had, after: has })}`;
}

/** @param {Translate} t @param {Numbers} numbers */
export function createWords(t, numbers) {
  const answer = make('p', { class: 'unit-answer', 'data-testid': 'unit-answer' });
  /** @param {string} title @param {string} name for tests */
  const line = (title, name) => {
    const said = make('dd', { 'data-testid': name });
    return { said, row: make('div', {}, make('dt', {}, title), said) };
  };
  const lines = {
    where: line(t('unit.weights'), 'unit-where'),
    digits: line(t('unit.by.digit'), 'unit-sentence'),
    feature: line(t('unit.by.feature'), 'unit-feature'),
    off: line(t('unit.by.off'), 'unit-off'),
  };
  const folded = ['', '', '', ''].map(() => make('p', { class: 'small soft' }));
  const more = make(
    'details',
    { class: 'unit-how', 'data-testid': 'unit-how' },
    make('summary', {}, t('unit.how')),
    ...folded,
    make('p', { class: 'small soft' }, t('concepts.about')),
  );
  const reasons = make(
    'dl',
    { class: 'unit-reasons' },
    ...Object.values(lines).map(({ row }) => row),
  );

  /** @param {keyof typeof lines} name @param {string} text '' hides it */
  function tell(name, text) {
    lines[name].row.hidden = !text;
    say(lines[name].said, text);
  }

  return {
    elements: [answer, reasons, more],
    /**
     * @param {UnitPage} told @param {Weights} weights
     * @param {{now: Confusion, then: Confusion} | null | undefined} off what it reads with and without it;
     *   undefined where a unit cannot be switched off, null while it is counted
     */
    show(told, weights, off) {
      const lost = off ? mostLost(off.now, off.then) : undefined;
      const best = bestConcept(told.concepts);
      const isNamed = best !== null && isTold(best);
      const isShifted = isNamed && soundsLikePlace(best, weights); // another place than the one it looks at
      const feature = featureTold(told.concepts, t, numbers);
      const isOfPixels =
        weights.kernel?.shape.length === 2 && weights.kernel.shape[0] === SIDE ** 2;
      say(answer, verdict(told, weights, lost, t));
      tell('where', whereWords(weights, t, numbers));
      tell('digits', digitsTold(told.classes, t, numbers));
      const named = [isNamed ? feature : '', isShifted ? t('unit.lower') : ''];
      tell('feature', named.filter(Boolean).join(' '));
      tell(
        'off',
        off === undefined
          ? ''
          : off
            ? lossWords(off.now, off.then, t, numbers)
            : t('waiting.loading'),
      );
      const rest = [
        topWords(told, t),
        isNamed ? '' : feature,
        differ(told, lost ?? null, t),
        together(told, isOfPixels && !isShifted, t),
      ];
      folded.forEach((each, i) => {
        each.hidden = !rest[i];
        say(each, rest[i]);
      });
    },
  };
}
