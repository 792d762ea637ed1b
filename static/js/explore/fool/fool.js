// How little fools it? Small pushes on every pixel, or the whole drawing shifted, turned, thickened.

import { createSelect } from '../choice.js';
import { followedBy } from '../follow.js';
import { createHead } from '../head.js';
import { valueOf } from '../shelf.js';
import { subjectOf } from '../subject.js';
import { createWaiting } from '../waiting.js';
import { companionKeys, epsilonAt, keys, WAYS } from '../wants.js';
import { make } from '../../page/dom.js';
import { createDistort } from './distort.js';
import { createPush } from './push.js';

/** @import { Create } from '../rooms.js' */

/** @type {Create} */
export function create(container, page, t, numbers) {
  const way = createSelect('fool-way', t('fool.way'), (value) => page.onOptions({ way: value }, true));
  const push = createPush(page, t, numbers);
  const distort = createDistort(page, t, numbers);
  const waiting = createWaiting(page, t, numbers);
  const blank = make('p', { class: 'soft empty' }, t('blame.blank'));
  container.append(createHead('fool', t, way.element, push.target.element), waiting.element, blank, push.element, distort.element);

  return {
    update(state) {
      const subject = subjectOf(state);
      if (!subject) return;
      const { place, model, theme } = state;
      const isPush = !WAYS.includes(place.options.way);
      way.show(['push', ...WAYS].map((each) => [each, t(`fool.way.${each.replaceAll('_', '-')}`)]), isPush ? 'push' : place.options.way);
      push.target.element.hidden = !isPush;
      const kind = isPush ? 'attacked' : 'distorted';
      const found = followedBy(state, kind, companionKeys(place, model)[kind]);
      const isBlank = state.reading === null;
      blank.hidden = !isBlank;
      push.element.hidden = !isPush || isBlank;
      distort.element.hidden = isPush || isBlank;
      (isPush ? push : distort).element.classList.toggle('stale', found !== null && !found.isNow && !state.penDown);
      const tested = keys.robustness(subject, place.options.way);
      waiting.update(state.loaded, isPush ? [] : [tested]);
      if (isPush) push.show(found?.value ?? null, { target: place.options.target, epsilon: epsilonAt(place), theme });
      else distort.show(found?.value ?? null, valueOf(state, tested), place.options.way, theme);
    },
    destroy() {
      distort.destroy();
      waiting.destroy();
      container.replaceChildren();
    },
  };
}
