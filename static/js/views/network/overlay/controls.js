// The controls under the network, and the line that says what the picture shows.

import { byId, say } from '../../../page/dom.js';
import { linked } from '../../unit-link.js';
import { createDebounce } from '../../../state/store.js';
import { hasColumn } from '../layout.js';

/** @import { State, Translate } from '../../../state/types.js' */
/** @import { UnitEvents } from '../../unit-link.js' */
/** @import { Speed } from '../../../draw/play/timeline.js' */

const QUIET = 700; // ms without change until the line is spoken

/**
 * @typedef {object} Commands
 * @property {() => void} onTrace
 * @property {() => void} onCompare
 * @property {() => void} onPlay
 * @property {(by: 1 | -1) => void} onStep
 * @property {(speed: Speed) => void} onSpeed
 * @property {() => void} onEnd
 * @property {(as: State['inputAs']) => void} onInputAs
 */

/**
 * @param {Commands & UnitEvents} events the units are those that the line names
 * @param {Translate} t
 */
export function createControls(events, t) {
  const { onTrace, onCompare, onPlay, onStep, onSpeed, onEnd, onInputAs, onHover, onGo } = events;
  const trace = byId('trace');
  const play = byId('play');
  const playing = byId('playing');
  const speed = /** @type {HTMLSelectElement} */ (byId('speed'));
  const column = byId('column');
  const network = byId('network');
  const said = byId('said');
  const aloud = byId('said-aloud');
  const sayLater = createDebounce(QUIET, (/** @type {string} */ text) => say(aloud, text));
  trace.addEventListener('click', onTrace);
  play.addEventListener('click', onPlay);
  const compare = byId('compare-open');
  compare.addEventListener('click', onCompare);
  byId('play-back').addEventListener('click', () => onStep(-1));
  byId('play-forward').addEventListener('click', () => onStep(1));
  byId('play-end').addEventListener('click', () => {
    onEnd();
    play.focus();
  });
  speed.addEventListener('change', () => onSpeed(/** @type {Speed} */ (speed.value)));
  column.addEventListener('click', () =>
    onInputAs(column.getAttribute('aria-pressed') === 'true' ? 'grid' : 'column'),
  );

  /** @param {State} state */
  function showPlay({ moment, playing: runs }) {
    const now = !moment ? 'start' : runs ? 'pause' : 'resume';
    if (play.dataset.now === now) return;
    play.dataset.now = now;
    const words = play.querySelector('span');
    if (words) say(words, t(`play.${now}`));
    playing.hidden = !moment;
    trace.hidden = Boolean(moment);
  }

  return {
    /** @param {State} state */
    update(state) {
      const { tracing: isTracing } = state;
      trace.setAttribute('aria-pressed', String(isTracing));
      showPlay(state);
      const { models, model, problem, edits } = state;
      const own = models.filter((each) => each.problem === problem).length;
      compare.hidden = models.length > 0 && own < 2 && !edits[model?.id ?? '']?.length; // a network alone has nothing to stand beside
      column.hidden = !model || !hasColumn(model);
      column.setAttribute('aria-pressed', String(state.inputAs === 'column'));
      if (said.textContent === state.said) return;
      said.replaceChildren(...linked(state.said, state.named, { onHover, onGo }));
      network.classList.toggle('told', state.said !== '');
      sayLater.when(state.said);
    },
    destroy: sayLater.destroy,
  };
}
