// What is still on its way: how far it is, a way to stop it, and a word when it did not come.

import { make, say } from '../page/dom.js';

/** @import { Loaded } from './types.js' */
/** @import { Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

const SOON = 400; // ms for which nothing is said

/**
 * @param {{onCancel: (key: string) => void, onAgain: (key: string) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createWaiting({ onCancel, onAgain }, t, numbers) {
  const bar = make('progress', { max: 1, 'aria-label': t('waiting.progress') });
  const said = make('span', { class: 'small', role: 'status' });
  const stop = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'waiting-stop' },
    t('waiting.stop'),
  );
  const again = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'waiting-again' },
    t('waiting.again'),
  );
  const element = make(
    'div',
    { class: 'waiting', hidden: true, 'data-testid': 'waiting' },
    bar,
    said,
    stop,
    again,
  );
  let key = '';
  let isSoon = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  stop.addEventListener('click', () => onCancel(key));
  again.addEventListener('click', () => onAgain(key));

  function reveal() {
    isSoon = false;
    element.hidden = false;
  }

  return {
    element,
    /** Of several things the first that has not come. @param {Record<string, Loaded>} loaded @param {string[]} keys */
    update(loaded, keys) {
      const missing = keys.find((each) => loaded[each]?.state !== 'done');
      if (missing !== key) {
        key = missing ?? '';
        isSoon = true;
        clearTimeout(timer);
        if (missing !== undefined) timer = setTimeout(reveal, SOON);
      }
      const found = loaded[key];
      element.hidden =
        missing === undefined ||
        (isSoon && !['running', 'failed', 'lost', 'gone'].includes(found?.state ?? ''));
      if (missing === undefined) return;
      const isComing = !found || ['loading', 'running', 'lost'].includes(found.state);
      bar.hidden = !isComing;
      if (found?.state === 'running') bar.value = found.progress;
      else bar.removeAttribute('value');
      stop.hidden = !isComing;
      again.hidden = isComing || found.state === 'gone';
      const share = numbers.whole(100 * (found?.progress ?? 0));
      const words = {
        running: t('waiting.running', { share }),
        lost: t('waiting.lost'),
        gone: t('waiting.gone'),
        failed: t('waiting.failed', { problem: found?.problem || t('waiting.silent') }),
        cancelled: t('waiting.cancelled'),
      };
      say(
        said,
        found && found.state in words
          ? words[/** @type {keyof typeof words} */ (found.state)]
          : t('waiting.loading'),
      );
    },
    destroy: () => clearTimeout(timer),
  };
}
