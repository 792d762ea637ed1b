// What opens on a click: one neuron's arithmetic, what can be changed, several networks, sharing. The
// script, the words and the style sheets of each come when it is first wanted.

import { byId, loadSheet } from '../page/dom.js';
import { isCovered, isSheet } from '../state/store.js';

/** @import { Edit, Neuron, State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

/**
 * @typedef {object} Page the parts of the page that panels work with
 * @property {{get(): State, set(change: Partial<State>): void}} store
 * @property {(name: string) => Promise<unknown>} addWords fetches words that `t` then knows
 * @property {ReturnType<typeof import('../server/api.js')['createApi']>} api
 * @property {ReturnType<typeof import('../sessions/reader.js')['createReader']>} reader
 * @property {ReturnType<typeof import('./guide.js')['createGuide']>} guide
 * @property {ReturnType<typeof import('./address.js')['createAddress']>} address
 * @property {ReturnType<typeof import('../views/network/view.js')['createNetworkView']>} network
 * @property {ReturnType<typeof import('../views/status.js')['createTroubles']>} tell
 * @property {(id: string) => void} onPick
 * @property {(neuron: Neuron | null) => void} onSelect
 * @property {() => void} onBack lets the unit go, to where it was named
 * @property {() => void} onKept keeps again what was kept last
 * @property {() => void} onLayer something has opened or closed
 *
 * @typedef {Page & {
 *   onClose: () => void,
 *   openLab: () => Promise<{session: ReturnType<typeof import('./lab/session.js')['createSession']>}>,
 *   edit: (edits: Edit[]) => Promise<void>,
 * }} Parts what a panel may use
 */

/** What comes when it is first wanted; asked for again where it could not be had.
 * @template T @param {() => Promise<T>} load */
function later(load) {
  /** @type {Promise<T> | null} */
  let coming = null;
  /** @type {T | null} */
  let here = null;
  return {
    now: () => here,
    async want() {
      coming ??= load().then((made) => (here = made));
      coming.catch(() => (coming = null));
      return coming;
    },
  };
}

/** @typedef {'inspecting' | 'comparing' | 'teaching'} Opened what takes the network's place */
/** Where the focus goes when it opens, and when it closes. @type {[Opened, string[], string[]][]} */
const COUNTERPARTS = [
  ['inspecting', ['inspector-close', 'sheet-close'], ['inspect']],
  ['comparing', ['compare-close'], ['compare-open']],
  ['teaching', ['teach-close'], ['teach-open']],
];

/**
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createPanels(page, t, numbers) {
  const { addWords, store, guide, address } = page;
  let gestures = 0;
  let isStraight = false; // what can be changed was opened in one step, and closes so
  /** @type {Record<Opened, boolean>} */
  let was = { inspecting: false, comparing: false, teaching: false };

  /**
   * A panel with its sheets and words.
   * @template T
   * @param {() => Promise<{open: (parts: Parts, t: Translate, numbers: Numbers) => T | Promise<T>}>} load
   * @param {string[]} sheets
   * @param {string[]} [words]
   */
  const comes = (load, sheets, words = []) =>
    later(async () => {
      const [{ open }] = await Promise.all([
        load(),
        ...words.map(addWords),
        ...sheets.map(loadSheet),
      ]);
      return open(parts, t, numbers);
    });
  const inspector = comes(
    () => import('./inspector/open.js'),
    ['inspector', 'lab'],
    ['panels', 'told'],
  );
  const lab = comes(() => import('./lab/open.js'), ['lab', 'edited'], ['panels']);
  const compare = comes(
    () => import('./compare/open.js'),
    ['compare', 'inspector'],
    ['panels', 'heads'],
  );
  const teaching = comes(() => import('./teach/open.js'), ['step'], ['step']);
  const sharing = comes(() => import('./sharing/open.js'), ['sharing']);
  const phone = comes(() => import('./phone/open.js'), ['sheet', 'landscape']);

  const leave = () => store.set({ changing: false });
  const onClose = () => store.set({ inspecting: false, changing: false });
  /** What edits the network, once it is there. */
  const session = async () => (await lab.want()).session;
  /** The edits become these, undone in one step. @param {Edit[]} edits */
  const edit = async (edits) => (await session()).edit(edits, `chapter ${(gestures += 1)}`);
  /** @type {Parts} */
  const parts = { ...page, onClose, openLab: lab.want, edit };

  /** One neuron's arithmetic in place of the network. */
  async function onInspect() {
    const { selected, hovered } = store.get();
    await inspector.want();
    store.set({
      inspecting: true,
      comparing: false,
      teaching: false,
      selected: selected ?? hovered, // else it is the answer, whatever that is
    });
  }

  /** The same, with what can be changed. */
  function onChange() {
    isStraight = !store.get().inspecting;
    store.set({ changing: true });
    return onInspect();
  }

  /** Several networks in place of one. */
  async function onCompare() {
    guide.onEnd();
    await compare.want();
    store.set({ comparing: true, inspecting: false, teaching: false, changing: false });
  }

  /** One step of training on the drawing, in place of the network. */
  async function onTeach() {
    guide.onEnd();
    await Promise.all([teaching.want(), lab.want()]);
    store.set({
      teaching: true,
      inspecting: false,
      comparing: false,
      changing: false,
      tracing: false,
      against: null,
    });
  }

  const openSharing = async () => (await sharing.want()).open();

  /** The address holds what is shown; what can be taken along is in the panel. */
  async function onShare() {
    await address.hold();
    await openSharing();
  }

  /** What tells of edits is there where there are any. @param {State} state */
  function showEdited(state) {
    const { model, models, edits, changing } = state;
    const isSaved = models.find(({ id }) => id === model?.id)?.saved;
    const isWanted = isSaved || changing || edits[model?.id ?? '']?.length;
    if (isWanted && !lab.now()) lab.want().then(() => store.set({}));
    lab.now()?.update(state);
  }

  /** The first of these that is shown. @param {string[]} ids */
  const focusOn = (ids) =>
    byId(ids.find((id) => byId(id).offsetParent !== null) ?? ids[0]).focus({
      preventScroll: small.matches,
    });

  /** The button that was pressed is gone: its counterpart is next, once it is shown; unless somebody is
   * in the page around this one. @param {State} state */
  function moveFocus(state) {
    const here = window === window.parent || document.hasFocus();
    for (const [name, opened, closed] of COUNTERPARTS) {
      const isAlone = COUNTERPARTS.every(([other]) => other === name || !state[other]);
      if (here && isAlone && state[name] !== was[name]) focusOn(state[name] ? opened : closed);
    }
    was = state;
  }

  const small = matchMedia('(max-width: 900px)');
  small.addEventListener('change', () => store.set({})); // turned, or made larger

  /** On a small screen what is kept, or looked into, comes as a sheet from below, and the answer stays
   * in view. @param {State} state */
  function showPhone(state) {
    if (small.matches || phone.now()) phone.want().then(({ update }) => update(state));
  }

  /** What takes the network's place. @param {string} name @param {Opened} flag @param {() => void} open */
  const cover = (name, flag, open) => ({
    name,
    isOpen: () => store.get()[flag],
    close: () => store.set({ [flag]: false }),
    open,
  });
  /** @param {boolean} straight */
  const is = (straight) => store.get().inspecting && isStraight === straight;
  /** What Escape and the browser's Back close. @type {import('../page/layers.js').Layer[]} */
  const layers = [
    {
      name: 'sheet',
      isOpen: () => small.matches && isSheet(store.get()),
      close: page.onBack,
      open: page.onKept,
    },
    { name: 'inspector', isOpen: () => is(false), close: onClose, open: onInspect },
    { name: 'change', isOpen: () => is(true), close: onClose, escape: leave, open: onChange },
    { name: 'lab', isOpen: () => is(false) && store.get().changing, close: leave, open: onChange },
    cover('compare', 'comparing', onCompare),
    cover('teach', 'teaching', onTeach),
    {
      name: 'sharing',
      isOpen: () => sharing.now()?.isOpen() ?? false,
      close: () => sharing.now()?.close(),
      open: openSharing,
    },
  ];

  return {
    layers,
    isSmall: () => small.matches,
    onClose,
    onInspect,
    onChange,
    onCompare,
    onShare,
    onTeach,
    edit,
    session,
    /** @param {State} state */
    update(state) {
      isStraight &&= state.changing;
      for (const id of ['network', 'network-bar'])
        byId(id).hidden = isCovered(state) && !(small.matches && state.inspecting); // a sheet leaves it in sight
      byId('compare').hidden = !state.comparing;
      byId('teach').hidden = !state.teaching;
      byId('inspector').hidden = !state.inspecting;
      for (const panel of [inspector, compare, teaching]) panel.now()?.update(state);
      showEdited(state);
      showPhone(state);
    },
    moveFocus,
  };
}
