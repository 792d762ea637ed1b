// The whole network as five lines of Python, each with a number of the live network below it. A line
// that is pointed at lights up the layer that it works out.

import { make, say } from '../../../page/dom.js';

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

/** @param {Pick<Page, 'quantities' | 'onPart'>} page @param {Numbers} numbers */
export function createLines({ quantities, onPart }, numbers) {
  const results = LINES.map(() => make('span', { class: 'number' }));
  const element = make(
    'pre',
    { class: 'code-lines', 'data-testid': 'code-lines', 'data-no-terms': '' },
    ...LINES.map(([code, part, name], i) => {
      const line = make(
        'code',
        { tabindex: 0 },
        code,
        make('span', { class: 'soft' }, `# ${name} = `, results[i]),
      );
      for (const event of ['pointerenter', 'focus'])
        line.addEventListener(event, () => onPart(part));
      for (const event of ['pointerleave', 'blur'])
        line.addEventListener(event, () => onPart(null));
      return line;
    }),
  );
  return {
    element,
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
