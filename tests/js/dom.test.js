import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeBy, onRatio, say } from '../../static/js/page/dom.js';
import { changeAround } from '../../static/js/page/terms/change.js';

/** A window that can be moved from screen to screen. */
function createWindow() {
  const queries = [];
  return {
    devicePixelRatio: 1,
    matchMedia(text) {
      const listeners = new Set();
      const query = {
        text,
        listeners,
        addEventListener: (_, act) => listeners.add(act),
        removeEventListener: (_, act) => listeners.delete(act),
      };
      queries.push(query);
      return query;
    },
    move(ratio) {
      const left = `(resolution: ${this.devicePixelRatio}dppx)`;
      this.devicePixelRatio = ratio;
      const here = `(resolution: ${ratio}dppx)`;
      for (const { text, listeners } of [...queries]) {
        if (text === left || text === here) for (const act of [...listeners]) act();
      }
    },
  };
}

test('every move to a screen of another ratio is told once, there and back', () => {
  const view = createWindow();
  const told = [];
  const stop = onRatio(() => told.push(view.devicePixelRatio), view);
  view.move(2);
  view.move(1.5);
  view.move(1);
  assert.deepEqual(told, [2, 1.5, 1]);
  stop();
  view.move(2);
  assert.deepEqual(told, [2, 1.5, 1]);
});

/** What `say` needs of a page. */
function standIn(context) {
  context.after(() => {
    changeBy(() => false);
    delete globalThis.document;
    delete globalThis.NodeFilter;
  });
  changeBy(changeAround);
  globalThis.NodeFilter = { SHOW_TEXT: 4 };
  globalThis.document = {
    createTreeWalker: ({ nodes }) => ({
      left: [...nodes],
      nextNode() {
        return this.left.shift() ?? null;
      },
    }),
  };
}

/** An element that holds these texts, of which the marked stand in a mark. */
function createElement(...texts) {
  const nodes = texts.map(([data, isMarked]) => ({
    data,
    get length() {
      return this.data.length;
    },
    parentNode: { nodeName: isMarked ? 'DFN' : 'P' },
  }));
  const element = {
    nodes,
    firstElementChild: texts.some(([, isMarked]) => isMarked) ? {} : null,
    set: [],
    get textContent() {
      return nodes.map(({ data }) => data).join('');
    },
    set textContent(text) {
      this.set.push(text);
    },
  };
  return element;
}

test('what is said anew around a marked term leaves the mark where it is', (context) => {
  standIn(context);
  for (const [before, text, after] of [
    [[['97.1% '], ['sure', true]], '8% sure', ['8% ', 'sure']],
    [
      [['97% of '], ['Σ|w·a|', true], [' here']],
      '97% of Σ|w·a| there',
      ['97% of ', 'Σ|w·a|', ' there'],
    ],
    [[['aa '], ['a', true], [' a']], 'a a a', ['a ', 'a', ' a']],
    [[['a '], ['b', true], ['']], 'a bc', ['a ', 'b', 'c']],
    [[['a '], ['b', true]], 'b', ['', 'b']],
  ]) {
    const element = createElement(...before);
    say(element, text);
    assert.deepEqual([element.nodes.map(({ data }) => data), element.set], [after, []]);
  }
});

test('what is said of another term, or in two places, is said anew; the same is not', (context) => {
  standIn(context);
  for (const [before, text, set] of [
    [[['97% '], ['sure', true]], 'Not sure: 4 or 5', ['Not sure: 4 or 5']],
    [[['97% '], ['sure', true]], '97% certain', ['97% certain']],
    [[['1 '], ['edge', true], [' of 2']], '3 edge of 4', ['3 edge of 4']],
    [[['97% '], ['sure', true]], '', ['']],
    [[['97% '], ['sure', true]], '97% sure', []],
    [[['1'], ['2']], '13', ['13']],
  ]) {
    const element = createElement(...before);
    say(element, text);
    assert.deepEqual(element.set, set);
  }
});
