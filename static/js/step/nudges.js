// What a step asks for, in pictures: of every neuron, of the first layer's weights.

import { cellsOf } from '../views/strip.js';
import { make, say } from '../page/dom.js';
import { createPicture } from '../views/pictures.js';
import { shortLayerName } from '../state/names.js';
import { isPictured } from '../state/units.js';
import { fullOf } from '../views/kernels.js';
import { firstKernel, paintTiles, tilesOf } from '../views/tiles.js';

/** @import { State, StepExplained, Translate, Weights } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

/** @param {ArrayLike<number>} values */
export function largest(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most || 1;
}

/**
 * What every neuron is asked for, layer by layer.
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createFlow(t, numbers) {
  const element = make('div', { class: 'flow', 'data-testid': 'flow' });
  let drawn = '';
  /** @type {Map<string, ReturnType<typeof createPicture>>} */
  let pictures = new Map();
  return {
    element,
    /** @param {StepExplained} explained @param {string} problem */
    show({ nudges, outputs }, problem) {
      const hidden = nudges.slice(0, -outputs.length).filter(isPictured);
      const key = hidden.map(({ name, shape }) => `${name} ${shape}`).join();
      if (key !== drawn) {
        drawn = key;
        pictures = new Map(
          hidden.map(({ name }) => [name, createPicture(`flow-${name}`, () => {})]),
        );
        element.replaceChildren(...[...pictures.values()].map((picture) => picture.element));
      }
      for (const { name, shape, values } of hidden) {
        const full = largest(values);
        const layer = name === 'input' ? t(`step.input.${problem}`) : shortLayerName(name, t);
        pictures
          .get(name)
          ?.show(
            values,
            cellsOf({ shape }),
            (value, colors) => colors.stateWord(value, full),
            t('step.nudge.of', { layer, full: numbers.short(full) }),
            null,
          );
      }
    },
  };
}

/**
 * The first layer's weights before the step, what it changes, and after it.
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createChange(t, numbers) {
  const parts = ['before', 'change', 'after'].map((name) => {
    const canvas = make('canvas', {
      class: 'filters',
      role: 'img',
      'data-testid': `weights-${name}`,
    });
    const caption = make('figcaption', { class: 'small soft' });
    return { name, canvas, caption, element: make('figure', {}, canvas, caption) };
  });
  const title = make('p', { class: 'small soft' });
  const element = make(
    'div',
    { class: 'change' },
    title,
    make('div', { class: 'change-parts' }, ...parts.map((part) => part.element)),
  );
  return {
    element,
    /** @param {State} page @param {Weights} now @param {Weights} next @param {(layer: string) => string} name */
    show(page, now, next, name) {
      const [before, after] = [firstKernel(page, now), firstKernel(page, next)];
      element.hidden = !before || !after;
      if (!before || !after) return;
      const change = Float32Array.from(after.data, (value, i) => value - before.data[i]);
      const [full, most] = [fullOf(before.data), largest(change)];
      const tiles = tilesOf(before);
      const all = [before.data, change, after.data];
      const captions = [
        t('step.before', { full: numbers.short(full) }),
        t('step.change', { full: numbers.short(most) }),
        t('step.after'),
      ];
      say(title, t('step.weights', { layer: name(before.name) }));
      parts.forEach(({ canvas, caption }, i) => {
        paintTiles(canvas, all[i], tiles, i === 1 ? most : full);
        say(caption, captions[i]);
        canvas.setAttribute('aria-label', captions[i]);
      });
    },
  };
}
