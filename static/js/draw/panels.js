// What opens on a click: one neuron's arithmetic, what can be changed, several networks, sharing. The
// script and the style sheet of each come when it is first wanted.

import { byId, loadSheet } from '../page/dom.js';
import { loadWords } from '../page/late.js';
import { createTranslate } from '../page/words.js';
import { modelName } from '../state/names.js';
import { answering } from '../state/ends.js';
import { isRefusal } from '../server/api.js';
import { isCovered, isSheet } from '../state/store.js';

/** @import { Edit, Neuron, State, Translate, View } from '../state/types.js' */
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
 * @property {() => void} onLayer something has opened or closed
 *
 * @typedef {{session: ReturnType<typeof import('./lab/session.js')['createSession']>, views: View[]}} Lab
 */

/**
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createPanels(
  { addWords, store, api, reader, guide, address, network, tell, onPick, onSelect, onLayer },
  t,
  numbers,
) {
  /** @type {ReturnType<typeof import('./inspector/inspector.js')['createInspector']> | null} */
  let inspector = null;
  /** @type {View | null} */
  let teaching = null;
  /** @type {ReturnType<typeof import('./compare/compare.js')['createCompare']> | null} */
  let compare = null;
  /** @type {Promise<ReturnType<typeof import('./sharing/panel.js')['createPanel']>> | null} */
  let sharing = null;
  /** @type {Promise<Lab> | null} */
  let lab = null;
  /** @type {Lab | null} */
  let opened = null;
  /** @type {ReturnType<typeof import('./sharing/panel.js')['createPanel']> | null} */
  let shared = null;
  let gestures = 0;
  let [wasInspecting, wasComparing, wasTeaching] = [false, false, false];

  /** One neuron's arithmetic in place of the network. */
  async function onInspect() {
    const { selected, hovered } = store.get();
    const [{ createInspector }] = await Promise.all([
      import('./inspector/inspector.js'),
      addWords('panels'),
      loadSheet('inspector'),
      loadSheet('lab'),
    ]);
    inspector ??= createInspector(
      byId('inspector'),
      {
        onSelect,
        onClose: closeInspector,
        onChanging: (changing) => store.set({ changing }),
        onEdit: async (edits, gesture) => (await openLab()).session.edit(edits, gesture),
        onSettled: async () => (await openLab()).session.settle(),
      },
      t,
      numbers,
    );
    store.set({
      inspecting: true,
      comparing: false,
      teaching: false,
      selected: selected ?? hovered ?? answering(store.get().reading),
    });
  }

  const closeInspector = () => store.set({ inspecting: false, changing: false });

  /** The same, with what can be changed. */
  function onChange() {
    store.set({ changing: true });
    return onInspect();
  }

  function openLab() {
    lab ??= (async () => {
      const [{ createSession }, { createEdited }, { createEditedLine }] = await Promise.all([
        import('./lab/session.js'),
        import('./lab/edited.js'),
        import('./lab/line.js'),
        addWords('panels'),
        loadSheet('lab'),
      ]);
      const rest = { onEdited: reader.again, onPick, tell: tell('evaluation'), isRefusal };
      const session = createSession(api, store, rest);
      const { undo, reset, save, remove } = session;
      const events = { onUndo: undo, onReset: reset, onSave: save.bind(session), onRemove: remove };
      const views = [
        createEdited(byId('edited'), events, t, numbers),
        createEditedLine(byId('sheet-head'), events, t, numbers),
      ];
      return (opened = { session, views });
    })();
    return lab;
  }

  /** @param {State} state */
  function showEdited(state) {
    const { model, models, edits, changing } = state;
    const isSaved = models.find(({ id }) => id === model?.id)?.saved;
    if (!lab && (isSaved || changing || edits[model?.id ?? '']?.length)) {
      openLab().then(() => store.set({}));
    }
    opened?.session.follow();
    for (const view of opened?.views ?? []) view.update(state);
  }

  /** Several networks in place of one. */
  async function onCompare() {
    guide.onEnd();
    const [{ createCompare }] = await Promise.all([
      import('./compare/compare.js'),
      addWords('panels'),
      addWords('heads'),
      loadSheet('compare'),
      loadSheet('inspector'),
    ]);
    compare ??= createCompare(
      byId('compare'),
      {
        model: api.model,
        read: api.read,
        tell: tell('comparison'),
        isRefusal,
        onCompared: (compared) => store.set({ compared }),
        onHover: (hovered) => store.set({ hovered }),
        onPick: (id) => {
          store.set({ comparing: false });
          onPick(id);
        },
        onClose: () => store.set({ comparing: false }),
        onReading: () => store.set({}),
      },
      t,
      numbers,
    );
    store.set({ comparing: true, inspecting: false, teaching: false, changing: false });
  }

  /** One step of training on the drawing, in place of the network. */
  async function onTeach() {
    guide.onEnd();
    const [{ createTeaching }] = await Promise.all([
      import('./teach/teach.js'),
      addWords('step'),
      loadSheet('step'),
      openLab(),
    ]);
    teaching ??= createTeaching(
      byId('teach'),
      { api, store, edit, tell: tell('step'), onClose: closeTeaching },
      t,
      numbers,
    );
    store.set({
      teaching: true,
      inspecting: false,
      comparing: false,
      changing: false,
      tracing: false,
      against: null,
    });
  }

  const closeTeaching = () => store.set({ teaching: false });

  /** The edits become these, undone in one step. @param {Edit[]} edits */
  const edit = async (edits) => (await openLab()).session.edit(edits, `chapter ${(gestures += 1)}`);

  /** The address holds what is shown; what can be taken along is in the panel. */
  async function onShare() {
    await address.hold();
    await openSharing();
  }

  const title = () => {
    const { model } = store.get();
    return model ? modelName(model, t) : '';
  };

  async function openSharing() {
    sharing ??= Promise.all([
      import('./sharing/panel.js'),
      loadWords('share'),
      loadSheet('sharing'),
    ]).then(([{ createPanel }, words]) =>
      createPanel(
        {
          state: () => guide.derive(store.get()),
          everything: api.everything,
          tell: tell('numbers'),
          network: network.shown,
          title,
          onLayer,
        },
        createTranslate(words),
      ),
    );
    shared = await sharing;
    await shared.open();
  }

  /** The first of these that is shown. @param {string[]} ids */
  const focusOn = (ids) => byId(ids.find((id) => byId(id).offsetParent !== null) ?? ids[0]).focus();

  /** The button that was pressed is gone: its counterpart is next, once it is shown; unless somebody is
   * in the page around this one. @param {State} state */
  function moveFocus({ inspecting, comparing, teaching: isTeaching }) {
    const here = window === window.parent || document.hasFocus();
    if (here && inspecting !== wasInspecting && !comparing && !isTeaching)
      focusOn(inspecting ? ['inspector-close', 'sheet-close'] : ['inspect']);
    if (here && comparing !== wasComparing && !inspecting && !isTeaching)
      byId(comparing ? 'compare-close' : 'compare-open').focus();
    if (here && isTeaching !== wasTeaching && !inspecting && !comparing)
      byId(isTeaching ? 'teach-close' : 'teach-open').focus();
    [wasInspecting, wasComparing, wasTeaching] = [inspecting, comparing, isTeaching];
  }

  const small = matchMedia('(max-width: 900px)');
  small.addEventListener('change', () => store.set({})); // turned, or made larger
  /** @type {Promise<ReturnType<typeof import('./phone/phone.js')['createPhone']>> | null} */
  let phone = null;
  /** @type {Neuron | null} the neuron that lay in a sheet last */
  let sheeted = null;

  /** On a small screen what is kept, or looked into, comes as a sheet from below, and the answer stays
   * in view. @param {State} state */
  function showPhone(state) {
    sheeted = state.selected ?? sheeted;
    if (!phone && !small.matches) return;
    phone ??= Promise.all([import('./phone/phone.js'), loadSheet('sheet')]).then(
      ([{ createPhone }]) => createPhone({ store, onSelect, onClose: closeInspector }, t, numbers),
    );
    phone.then(({ update }) => update(state));
  }

  /** What Escape and the browser's Back close. @type {import('../page/layers.js').Layer[]} */
  const layers = [
    {
      name: 'sheet',
      isOpen: () => small.matches && isSheet(store.get()),
      close: () => onSelect(null),
      open: () => onSelect(sheeted),
    },
    {
      name: 'inspector',
      isOpen: () => store.get().inspecting,
      close: closeInspector,
      open: onInspect,
    },
    {
      name: 'lab',
      isOpen: () => store.get().inspecting && store.get().changing,
      close: () => store.set({ changing: false }),
      open: onChange,
    },
    {
      name: 'compare',
      isOpen: () => store.get().comparing,
      close: () => store.set({ comparing: false }),
      open: onCompare,
    },
    { name: 'teach', isOpen: () => store.get().teaching, close: closeTeaching, open: onTeach },
    {
      name: 'sharing',
      isOpen: () => shared?.isOpen() ?? false,
      close: () => shared?.close(),
      open: () => openSharing(),
    },
  ];

  return {
    layers,
    isSmall: () => small.matches,
    onClose: closeInspector,
    onInspect,
    onChange,
    onCompare,
    onShare,
    onTeach,
    edit,
    /** No network is changed any more. */
    resetAll: async () => (await openLab()).session.resetAll(),
    /** @param {State} state */
    update(state) {
      for (const id of ['network', 'network-bar'])
        byId(id).hidden = isCovered(state) && !(small.matches && state.inspecting); // a sheet leaves it in sight
      byId('compare').hidden = !state.comparing;
      byId('teach').hidden = !state.teaching;
      byId('inspector').hidden = !state.inspecting;
      inspector?.update(state);
      compare?.update(state);
      teaching?.update(state);
      showEdited(state);
      showPhone(state);
    },
    moveFocus,
  };
}
