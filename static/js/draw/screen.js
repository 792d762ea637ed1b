// The views of the Draw screen, and what each change of the state shows in them.

import { createAnswer, words } from '../views/answer.js';
import { createControls } from '../views/network/overlay/controls.js';
import { createLegend } from '../views/network/overlay/legend.js';
import { createPad } from '../views/pad/pad.js';
import { createPicker } from '../views/picker/picker.js';
import { createStatus } from '../views/status.js';
import { byId } from '../page/dom.js';
import { createSpeech } from '../page/speech.js';
import { createTools } from './pad/tools.js';
import { PANELS } from './problems/switch.js';
import { createReadout } from './readout/readout.js';
import { createInput } from './input/input.js';

/** @import { State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

/**
 * @typedef {object} Page what the views report to, and what is shown beside them
 * @property {{get(): State, set(change: Partial<State>): void}} store
 * @property {ReturnType<typeof import('./choice.js')['createChoice']>} choice
 * @property {ReturnType<typeof import('../sessions/drawing.js')['createDrawing']>} pad
 * @property {ReturnType<typeof import('../page/late.js').createLate<ReturnType<typeof import('./pad/put.js')['createPut']>>>} put
 * @property {() => void} onErasing
 * @property {ReturnType<typeof import('./guide.js')['createGuide']>} guide
 * @property {ReturnType<typeof import('./why/why.js')['createWhy']>} why
 * @property {ReturnType<typeof import('./panels.js')['createPanels']>} panels
 * @property {ReturnType<typeof import('./problems/switch.js')['createProblems']>} problems
 * @property {ReturnType<typeof import('../views/network/view.js')['createNetworkView']>} network
 * @property {ReturnType<typeof import('../sessions/reader.js')['createReader']>} reader
 * @property {(id: string) => void} onPick
 * @property {() => void} onOpen the list of networks has opened or closed
 * @property {Record<string, string>} catalogue
 */

/**
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createScreen(page, t, numbers) {
  const { store, pad, put, guide, why, panels, problems, network } = page;
  const { onHover, onKeep, units } = page.choice;
  const { onInspect, onChange, onCompare } = panels;
  const { set } = store;
  const answer = createAnswer(
    byId('answer'),
    byId('probabilities'),
    { onHover, onKeep, onAsk: why.onAsk },
    t,
    numbers,
  );
  const { onUndo, onRedo, onClear, onDraw, onStroke } = pad;
  const onCenter = (/** @type {boolean} */ center) => {
    set({ center });
    page.reader.again();
  };
  const padViews = [
    createPad(byId('pad'), { onDraw, onStroke, onErase: put('onErase') }, t),
    createTools(
      {
        onUndo,
        onRedo,
        onClear,
        onErasing: page.onErasing,
        onNoise: put('onNoise'),
        onMistake: put('onMistake'),
        onTestDigit: put('onTestDigit'),
      },
      t,
      numbers,
    ),
    answer,
  ];
  const imageViews = [createInput(byId('seen'), byId('pixel'), { onHover, onKeep, onCenter }, t)];
  const picker = createPicker(byId('picker'), page, page.catalogue, t, numbers);
  const onEdgeCount = (/** @type {number} */ edgeCount) => set({ edgeCount });
  const onInputAs = (/** @type {State['inputAs']} */ inputAs) => set({ inputAs });
  const views = [
    network,
    createLegend(byId('legend'), { onEdgeCount }, t, numbers),
    createControls({ ...guide, ...units, onCompare, onInputAs }, t),
    createReadout(
      byId('readout'),
      { onInspect, onChange, onUnits: () => set({}), ...units },
      t,
      numbers,
    ),
    why,
    picker,
    createStatus(byId('status'), t),
    createSpeech(byId('spoken'), (state) =>
      `${words(state, t, numbers).spoken} ${answer.also()}`.trim(),
    ),
  ];

  return {
    picker: picker.layer,
    /** The state with what follows from it, in all that is to be seen. @param {State} whole */
    update(whole) {
      const state = why.derive(whole, guide.derive(whole));
      problems.update(state); // first: its words are said by the others
      panels.update(state); // then: who is hidden paints nothing
      const panel = PANELS[state.problem];
      for (const view of [...(!panel || panel.pad ? padViews : []), ...(panel ? [] : imageViews)])
        view.update(state);
      for (const view of views) view.update(state);
      panels.moveFocus(state);
      for (const id of ['seen', 'network', 'readout'])
        byId(id).classList.toggle('stale', state.stale);
      byId('result').setAttribute('aria-busy', String(state.waiting));
      return state;
    },
  };
}
