// How little fools it? Small pushes on every pixel, or the whole drawing shifted, turned, thickened.

import { createSelect } from '../choice.js';
import { followedBy } from '../follow.js';
import { answered, createHead } from '../head.js';
import { digitOf, VALUES } from '../place.js';
import { valueOf } from '../shelf.js';
import { subjectOf } from '../subject.js';
import { createWaiting } from '../waiting.js';
import { companionKeys, epsilonAt, keys, robustAt, WAYS } from '../wants.js';
import { make } from '../../page/dom.js';
import { createDistort } from './distort.js';
import { createPush } from './push.js';
import { createRobust } from './robust.js';

/** @import { Create } from '../rooms.js' */

/** @type {Create} */
export function create(container, page, t, numbers) {
  const way = createSelect('fool-way', t('fool.way'), (value) =>
    page.onOptions({ way: value }, true),
  );
  const push = createPush(page, t, numbers);
  const distort = createDistort(page, t, numbers);
  const waiting = createWaiting(page, t, numbers);
  const robust = createRobust(waiting.element, t, numbers);
  const blank = make('p', { class: 'soft empty' }, t('blame.blank'));
  container.append(
    answered(createHead('fool', t, way.element, push.target.element), push.answer, distort.answer),
    blank,
    push.element,
    distort.element,
    robust.element,
  );

  return {
    update(state) {
      const subject = subjectOf(state);
      if (!subject) return;
      const { place, model, theme } = state;
      const isPush = !WAYS.includes(place.options.way);
      way.show(
        VALUES.fool.way.map((each) => [each, t(`fool.way.${each.replaceAll('_', '-')}`)]),
        isPush ? 'push' : place.options.way,
      );
      push.target.element.hidden = !isPush;
      const kind = isPush ? 'attacked' : 'distorted';
      const found = followedBy(state, kind, companionKeys(place, model)[kind]);
      const isBlank = state.reading === null;
      blank.hidden = !isBlank;
      push.element.hidden = !isPush || isBlank;
      distort.element.hidden = isPush || isBlank;
      push.answer.hidden = !isPush || isBlank;
      distort.answer.hidden = isPush || isBlank;
      const { element, answer } = isPush ? push : distort;
      for (const { classList } of [element, answer]) {
        classList.toggle('stale', found !== null && !found.isNow && !state.penDown);
        classList.toggle('coming', found === null); // it is of another network, or another goal
      }
      const tested = keys.robustness(subject, robustAt(place));
      waiting.update(state.loaded, [tested]);
      if (isPush)
        push.show(found?.value ?? null, {
          target: String(digitOf(place.options.target) ?? ''),
          epsilon: epsilonAt(place),
          theme,
        });
      else distort.show(found?.value ?? null, place.options.way, theme);
      robust.show(valueOf(state, tested), valueOf(state, keys.confusion(subject)), theme);
    },
    destroy() {
      robust.destroy();
      waiting.destroy();
      container.replaceChildren();
    },
  };
}
