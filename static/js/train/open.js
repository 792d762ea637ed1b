// What has opened on this screen: Escape closes the innermost, and so does the browser's Back.

import { byId } from '../page/dom.js';
import { createLayers } from '../page/layers.js';

/** @import { Layer } from '../page/layers.js' */
/** @import { State } from '../state/types.js' */
/** @import { TrainState } from './types.js' */

const LONGEST = 500; // ms that a step back takes

/** @typedef {{element: HTMLElement, open: () => void, close: () => void}} Small a field for a name, or a question */

/** Of the small things one is open at a time. @param {() => void} onLayer */
function createSmall(onLayer) {
  /** @type {Small | null} */
  let now = null;
  /** @type {Small | null} */
  let last = null;
  const close = () => now?.close();
  return {
    close,
    /** @type {Layer} */
    layer: {
      name: 'small',
      isOpen: () => now?.element.isConnected === true,
      close,
      open: () => last?.element.isConnected && last.open(),
    },
    /** @param {Small} thing */
    opened(thing) {
      if (now !== thing) close();
      now = last = thing;
      onLayer();
    },
    /** @param {Small} thing */
    closed(thing) {
      if (now === thing) now = null;
      onLayer();
    },
  };
}

/** @typedef {ReturnType<typeof createSmall>} Smalls */

/** A box that a click on its title opens. @param {string} name @param {HTMLDetailsElement} box
 * @param {() => boolean} [isOver] whether it lies over something @returns {Layer} */
const boxLayer = (name, box, isOver = () => true) => ({
  name,
  isOpen: () => box.open && isOver(),
  close() {
    box.open = false;
    box.querySelector('summary')?.focus({ preventScroll: true });
  },
  open: () => (box.open = true),
});

/**
 * @param {object} parts
 * @param {{get(): State, set(change: Partial<State>): void, subscribe(listener: (state: State) => void): unknown}} parts.page
 * @param {{get(): TrainState, set(change: Partial<TrainState>): void, subscribe(listener: () => void): unknown}} parts.store
 * @param {() => void} parts.onAddress another address was gone to
 * @param {import('../page/layers.js').Browser} parts.browser whose history it is
 */
export function createOpen({ page, store, onAddress, browser }) {
  const [box, step] = ['setup-box', 'step'].map(
    (id) => /** @type {HTMLDetailsElement} */ (byId(id)),
  );
  const onLayer = () => layers.sync();
  const small = createSmall(onLayer);
  /** @type {State['selected']} the last that was */
  let selected = null;
  const setup = boxLayer('setup', box, () => store.get().watched !== null);
  const all = [
    setup,
    {
      name: 'neuron',
      isOpen: () => page.get().selected !== null,
      close: () => page.set({ selected: null }),
      open: () => page.set({ selected }),
    },
    boxLayer('step', step),
    small.layer,
    {
      name: 'film',
      isOpen: () => store.get().playing,
      close: () => store.set({ playing: false }),
    },
  ];
  const layers = createLayers(all, onAddress, browser);
  byId('setup-close').addEventListener('click', setup.close);
  for (const each of [box, step]) each.addEventListener('toggle', onLayer);
  const afterAll = () => queueMicrotask(onLayer); // a run that comes folds the set-up first
  store.subscribe(afterAll);
  page.subscribe((state) => {
    selected = state.selected ?? selected;
    afterAll();
  });
  const plain = location.pathname + location.search;
  let hasCome = false; // it is known which runs there are
  store.subscribe(() => {
    if (hasCome && store.get().watched === null && location.hash.startsWith('#run='))
      layers.replace(plain); // it was deleted
  });
  let leaving = 0;

  /** Until the entries of what was open are gone. */
  async function closed() {
    while (history.state?.layers?.length) {
      const entry = history.state;
      await new Promise((resolve) => {
        window.addEventListener('popstate', resolve, { once: true });
        setTimeout(resolve, LONGEST);
      });
      if (history.state === entry) return;
    }
  }

  return {
    layers,
    small,
    /** The address of what is shown first. @param {string | null} run */
    arrive(run) {
      hasCome = true;
      if (run) layers.replace(`#run=${run}`);
    },
    /** Another run's address: a step of the history; what was open over the one before is closed.
     * @param {string} hash */
    async leave(hash) {
      leaving += 1;
      const mine = leaving;
      for (const layer of [...all].reverse()) if (layer.open && layer.isOpen()) layer.close();
      layers.sync();
      await closed();
      if (mine === leaving) location.hash = hash;
    },
  };
}
