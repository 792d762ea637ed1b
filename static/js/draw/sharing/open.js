// What can be taken along, as the Draw screen has it.

import { loadWords } from '../../page/late.js';
import { createTranslate } from '../../page/words.js';
import { modelName } from '../../state/names.js';
import { createPanel } from './panel.js';

/**
 * @param {import('../panels.js').Parts} page
 * @param {import('../../state/types.js').Translate} t
 */
export async function open({ api, store, guide, network, tell, onLayer }, t) {
  const title = () => {
    const { model } = store.get();
    return model ? modelName(model, t) : '';
  };
  return createPanel(
    {
      state: () => guide.derive(store.get()),
      everything: api.everything,
      tell: tell('numbers'),
      network: network.shown,
      title,
      onLayer,
    },
    createTranslate(await loadWords('share')),
  );
}
