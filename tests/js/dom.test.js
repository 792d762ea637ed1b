import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onRatio } from '../../static/js/page/dom.js';

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
