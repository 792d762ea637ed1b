// Leads through the network: traces a neuron back to the pixels, or plays the pass layer by layer.
// What that takes comes when it is first wanted.

import { loadWords } from '../page/late.js';
import { joined } from '../page/words.js';
import { pictureLayers } from '../state/units.js';
import { answering, isShown } from '../state/ends.js';
import { neuronName } from '../state/names.js';
import { isCovered } from '../state/store.js';
import { createUpTo } from '../state/steps.js';

/** @import { State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */
/** @import { Speed, Stage } from './play/timeline.js' */

const CLOCK = {
  now: () => performance.now(),
  frame: (/** @type {() => void} */ callback) => requestAnimationFrame(callback),
  setTimer: (/** @type {() => void} */ callback, /** @type {number} */ delay) =>
    setTimeout(callback, delay),
  clearTimer: (/** @type {ReturnType<typeof setTimeout>} */ timer) => clearTimeout(timer),
};

/** What tells of the strongest paths; it comes when somebody asks for them.
 * @param {Translate} t @param {Numbers} numbers */
async function createTracing(t, numbers) {
  const [{ createTracer }, { traceWords }, words] = await Promise.all([
    import('../views/network/trace/tracing.js'),
    import('../views/network/trace/words.js'),
    loadWords('told'),
  ]);
  const tracer = createTracer();
  const tell = joined(t, words);
  return (/** @type {State} */ state) => {
    const { selected, weights, model, reading } = state;
    const neuron = selected ?? answering(reading);
    if (!isShown(state) || !weights || !neuron) return { trace: null, said: '', named: [] };
    const found = tracer(state, neuron);
    const { text, named } = traceWords(found, model, tell, numbers);
    return { trace: found, said: text, named };
  };
}

/**
 * @param {{get(): State, set(change: Partial<State>): void}} store
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createGuide(store, t, numbers) {
  const upTo = createUpTo();
  /** @type {((state: State) => Pick<State, 'trace' | 'said' | 'named'>) | null} */
  let trace = null;
  let isComing = false;
  /** @type {{player: ReturnType<typeof import('./play/player.js')['createPlayer']>,
   *   stagesOf: typeof import('./play/timeline.js')['stagesOf'],
   *   tell: Translate, largest: typeof import('./play/words.js')['largestUnit'], words: typeof import('./play/words.js')['stageWords']} | null} */
  let playback = null;
  /** @type {Stage[]} */
  let stages = [];
  /** @type {unknown[]} what is played */
  let played = [];

  async function fetchTrace() {
    isComing = true;
    trace = await createTracing(t, numbers).finally(() => (isComing = false));
    store.set({}); // what is shown is worked out anew
  }

  async function fetchPlayback() {
    const [
      { createPlayer },
      { stagesOf },
      { stageWords: words, largestUnit: largest },
      { createFollower, SMALL },
      told,
    ] = await Promise.all([
      import('./play/player.js'),
      import('./play/timeline.js'),
      import('./play/words.js'),
      import('./play/follow.js'),
      loadWords('told'),
    ]);
    const follow = createFollower();
    const stays = () => isFollowed && matchMedia(SMALL).matches;
    const player = createPlayer(CLOCK, stays, (moment, playing) => {
      store.set({ moment, playing });
      if (isFollowed) follow(store, stages[moment?.stage ?? -1]?.name);
    });
    playback ??= { player, stagesOf, words, largest, tell: joined(t, told) };
    return playback;
  }

  /** @param {State} state */
  const subject = ({ model, reading, weights }) => [model, reading, weights];

  const stop = () => playback?.player.stop();

  let stagesAsked = 0;
  let isFollowed = false; // a tour, or a chapter, shows where it is itself

  /** Show all layers again. @returns {boolean} whether anything was played */
  function onEnd() {
    const was = playback?.player.isOn() ?? false;
    stop();
    return was;
  }

  /** Play the pass from the pixels on; pause it, and go on. */
  async function onPlay() {
    const { player, stagesOf } = playback ?? (await fetchPlayback());
    const state = store.get();
    if (player.isOn()) return player.isPlaying() ? player.pause() : player.resume();
    if (!isShown(state) || !state.model || isCovered(state)) return;
    isFollowed = true;
    store.set({ tracing: false });
    played = subject(state);
    stages = stagesOf(pictureLayers(state.model), state.row);
    player.play(stages, state.speed, matchMedia('(prefers-reduced-motion: reduce)').matches);
  }

  return {
    /** @type {import('../page/layers.js').Layer} */
    layer: {
      name: 'play',
      isOpen: () => store.get().moment !== null,
      close: onEnd,
      open: onPlay,
    },
    onEnd,
    /** Show the strongest paths of the neuron that is kept, or the whole network again; when none
     * is kept, those of the one pointed at, or of the answer, whichever that becomes. */
    onTrace() {
      stop();
      const state = store.get();
      const { tracing, selected, hovered } = state;
      store.set(tracing ? { tracing: false } : { tracing: true, selected: selected ?? hovered });
    },

    onPlay,
    /** Show the pass up to a layer, and rest there; null shows all of it. Nothing on a blank pad.
     * @param {((layers: {name: string}[]) => number) | null} find the layer's place, the input first */
    async onStage(find) {
      const asked = ++stagesAsked;
      if (!find) return stop();
      const { player, stagesOf } = playback ?? (await fetchPlayback());
      if (asked !== stagesAsked) return; // closed, or further on, meanwhile
      const state = store.get();
      if (!isShown(state) || !state.model) return;
      isFollowed = false;
      store.set({ tracing: false, inspecting: false, comparing: false, teaching: false });
      played = subject(state);
      stages = stagesOf(pictureLayers(state.model), state.row);
      player.play(stages, state.speed, matchMedia('(prefers-reduced-motion: reduce)').matches);
      player.show(find(stages));
    },
    /** One layer on, or back. @param {1 | -1} by */
    onStep(by) {
      if (by > 0) playback?.player.forward();
      else playback?.player.back();
    },
    /** @param {Speed} speed */
    onSpeed(speed) {
      store.set({ speed });
      playback?.player.setSpeed(speed);
    },

    /** The state with what follows from it. @param {State} whole @returns {State} */
    derive(whole) {
      const isOver =
        whole.penDown || isCovered(whole) || subject(whole).some((each, i) => each !== played[i]);
      const moment = whole.moment && playback && !isOver ? whole.moment : null;
      if (whole.moment && isOver) stop(); // something else is to be seen now
      const row = moment?.row ?? whole.row;
      const state = { ...whole, moment, row, reading: upTo(whole.reading, whole.weights, row) };
      if (moment && playback) {
        const held =
          moment.stage < stages.length - 1
            ? playback.largest(state, stages[moment.stage], row)
            : null;
        const named = held ? [{ name: neuronName(held, t, state.model), neuron: held }] : [];
        return {
          ...state,
          held,
          named,
          said: playback.words(state, stages[moment.stage], moment, playback.tell, numbers),
        };
      }
      if (!state.tracing) return state;
      if (!trace && !isComing) fetchTrace();
      return { ...state, ...trace?.(state) };
    },
  };
}
