// Another shared address is put into this page's: the page becomes what that one tells. It comes when
// that happens.

import { EDGE_COUNTS } from '../views/network/overlay/legend.js';
import { told } from './opening.js';

/**
 * @param {import('./opening.js').Page} page
 * @param {ReturnType<typeof import('./problems/switch.js')['createProblems']>} problems
 * @param {(id: string) => Promise<void>} onPick
 */
export async function goTo(
  { store, address, pad, history, testDigits, reader, panels },
  problems,
  onPick,
) {
  const now = await told();
  if (now.damaged) address.tellDamaged();
  const id = address.model();
  if (now.drawing === undefined && now.testDigit === undefined) return onPick(id ?? '');
  const { testDigit, center = true, edges, row = null, neuron = null, trace = false } = now;
  store.set({
    center,
    row,
    selected: neuron,
    edgeCount: edges ?? EDGE_COUNTS.first,
    tracing: trace,
  });
  const next =
    now.drawing ??
    (await pad.loadDigit(
      () => testDigits.place(testDigit ?? 0),
      () => true,
    ));
  const { models, problem: shown } = store.get();
  const problem = models.find((model) => model.id === id)?.problem ?? shown;
  const isElsewhere = next && problems.expect(problem, next); // its network brings it along
  if (id) await reader.pick(id);
  if (next && !isElsewhere) pad.act(() => history.push(next));
  if (now.inside) panels.onInspect();
  if (now.compared) panels.onCompare();
}
