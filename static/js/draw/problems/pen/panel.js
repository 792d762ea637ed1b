// Pen movements: the pad stays, and what is read is the way of the pen. The step under the slider is
// told in numbers, and the way lights up as far as has been read.

import { byId, make, say } from '../../../page/dom.js';
import { isBlank } from '../../../state/history.js';
import { inputOf, labelOf } from '../../../state/ends.js';
import { MOVED } from '../../../state/names.js';
import { createWay, stepsOnPad } from '../../../views/pad/way.js';
import { createChanged } from '../../../state/store.js';

/** @import { Drawing, State } from '../../../state/types.js' */
/** @import { ProblemPage, ProblemPanel } from '../switch.js' */

const FIRST = 5; // the drawing that greets
const SOURCE = 'https://doi.org/10.5281/zenodo.1195803';
const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';

/** @param {ProblemPage} page @returns {ProblemPanel} */
export function createPanel({ store, api, t, numbers }) {
  const room = byId('movement');
  const way = createWay(byId('pad'));
  const title = make('h2', { id: 'movement-title' }, t('pen.title'));
  const at = make('p', { class: 'small soft', 'data-testid': 'pen-at' });
  const cells = MOVED.map((name, i) => {
    const value = make('td', {
      class: 'number',
      'data-testid': `pen-${['x', 'y', 'dx', 'dy', 'lifted'][i]}`,
    });
    return { name: make('th', { scope: 'col' }, i === 4 ? t('pen.lifted') : name), value };
  });
  const table = make(
    'table',
    { class: 'pen-step', 'aria-labelledby': 'movement-title' },
    make('thead', {}, make('tr', {}, ...cells.map(({ name }) => name))),
    make('tbody', {}, make('tr', {}, ...cells.map(({ value }) => value))),
  );
  const about = make(
    'details',
    { class: 'small soft' },
    make('summary', {}, t('pen.means')),
    make('p', {}, t('pen.about')),
  );
  const link = (/** @type {string} */ href, /** @type {string} */ text) =>
    make('a', { href, rel: 'noreferrer', target: '_blank' }, text);
  const from = make(
    'p',
    { class: 'small soft pen-source', 'data-testid': 'pen-source' },
    t('pen.source'),
    ' ',
    link(SOURCE, 'UNIPEN'),
    '\u2060, ',
    link(LICENCE, 'CC BY 4.0'),
  );
  room.append(title, at, table, about, from);
  let before = -1;

  /** A drawing of a test writer. @param {number | null} label of one digit
   * @param {number | null} place in its order; any other than the last without
   * @returns {Promise<Drawing>} */
  async function drawn(label, place) {
    let found = await api.testMovement(place ?? 0, label);
    if (place === null && found.total > 1) {
      let next = Math.floor(Math.random() * found.total);
      if (next === before) next = (next + 1) % found.total;
      found = await api.testMovement(next, label);
      before = next;
    }
    const [{ index, label: digit, strokes }] = found.drawings;
    return { kind: 'strokes', strokes, label: digit, index };
  }

  const changed = createChanged();

  return {
    /** What lies on the pad already is read anew; on an empty one, and of a picture, somebody's drawing. */
    async first() {
      const { drawing } = store.get();
      return drawing.kind === 'strokes' && !isBlank(drawing) ? drawing : drawn(null, FIRST);
    },
    test: (label) => drawn(label, null),
    /** @param {State} state */
    update({ reading, row, drawing, penDown }) {
      if (!changed({ reading, row, drawing, penDown })) return;
      const label = penDown ? null : labelOf(drawing);
      say(byId('pad-title'), label === null ? t('pad.title') : t('pen.drawing', { label }));
      const steps = reading?.input.steps ? inputOf(reading) : null;
      const count = reading?.input.shape[0] ?? 0;
      const read = Math.min(row ?? count, count);
      table.hidden = steps === null;
      say(
        at,
        steps
          ? t('pen.at', { step: numbers.whole(read), steps: numbers.whole(count) })
          : t('pen.blank'),
      );
      way.show(
        steps && reading?.strokes?.some((stroke) => stroke.length)
          ? stepsOnPad(steps, reading.strokes)
          : [],
        read,
      );
      if (!steps) return;
      cells.forEach(({ value }, i) => {
        const number = steps[(read - 1) * MOVED.length + i];
        say(value, i === 4 ? numbers.whole(number) : numbers.two(number));
        value.dataset.value = String(number);
      });
    },
    destroy() {
      room.replaceChildren();
      way.destroy();
    },
  };
}
