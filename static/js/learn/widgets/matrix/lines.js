// The whole network as five lines of Python, each with a number of the live network below it. A line
// that is pointed at lights up the layer that it works out; all of them do in turn as they are run.

import { make, say } from '../../../page/dom.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Page } from '../make.js' */

/** The code, the part of the screen, the name of a number, and the quantity that tells it. */
const LINES = /** @type {const} */ ([
  ['x = seen.reshape(784)', 'input', '(x > 0).sum()', ['ink']],
  ['a1 = sigmoid(x @ W1 + b1)', 'hidden1', 'a1[15]', ['a', 'hidden1', 15]],
  ['a2 = sigmoid(a1 @ W2 + b2)', 'hidden2', 'a2[10]', ['a', 'hidden2', 10]],
  ['z = a2 @ W3 + b3', 'output', 'z[7]', ['z', 'output', 7]],
  ['p = exp(z) / exp(z).sum()', 'output', 'p[7]', ['p', 7]],
]);

const EACH = 1200; // ms that a line runs: long enough to find its layer

/** @param {Pick<Page, 'quantities' | 'onPart'>} page @param {Translate} t @param {Numbers} numbers */
export function createLines({ quantities, onPart }, t, numbers) {
  const results = LINES.map(() => make('span', { class: 'number' }));
  const lines = LINES.map(([code, part, name], i) => {
    const line = make(
      'code',
      { tabindex: 0 },
      code,
      make('span', { class: 'soft' }, `# ${name} = `, results[i]),
    );
    for (const event of ['pointerenter', 'focus']) line.addEventListener(event, () => onPart(part));
    for (const event of ['pointerleave', 'blur']) line.addEventListener(event, () => onPart(null));
    return line;
  });
  const run = make('button', { type: 'button', 'data-testid': 'lines-run' }, t('lines.run'));
  const listing = make(
    'pre',
    { class: 'code-lines', 'data-testid': 'code-lines', 'data-no-terms': '' },
    ...lines,
  );
  const element = make('div', {}, listing, run);
  let timer = 0;

  /** Light a line and the layer that it works out; after the last one none. @param {number} at */
  function light(at) {
    clearTimeout(timer);
    lines.forEach((line, i) => {
      line.classList.toggle('runs', i === at);
      results[i].classList.toggle('to-come', at < lines.length && i > at);
    });
    onPart(LINES[at]?.[1] ?? null);
    if (at < lines.length) timer = window.setTimeout(light, EACH, at + 1);
  }
  run.addEventListener('click', () => light(0));

  return {
    element,
    destroy: () => clearTimeout(timer),
    quantities: {},
    update() {
      LINES.forEach(([, , , [name, ...at]], i) => {
        const value = quantities()[name]?.(...at);
        const known = typeof value === 'number';
        say(
          results[i],
          !known ? '–' : name === 'ink' ? numbers.whole(value) : value.toFixed(4).replace('-', '−'),
        );
      });
    },
    apply() {},
  };
}
