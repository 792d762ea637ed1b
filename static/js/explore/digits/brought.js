// Drawings that come from elsewhere, as the network would read them: pictures, files, noise that it is
// sure of. It comes when it is first wanted.

import { subjectOf } from '../subject.js';
import { inkedDrawing } from './drawing.js';

/** @import { ExploreState } from '../types.js' */
/** @import { Drawing } from '../../state/types.js' */
/** @import { ExploreServer } from '../server.js' */

const NOISES = 2 ** 31; // seeds
const NOISE = 0.2; // how far a pixel of noise may move
const PATIENCE = 15_000; // ms until it is given up

/** Noise that the network takes for a digit. @param {ExploreServer} server @param {ExploreState} state
 * @param {number | null} target */
export async function noise(server, state, target) {
  const subject = subjectOf(state);
  if (!subject) return null;
  const found = await server.attack(
    subject,
    { noise: Math.floor(Math.random() * NOISES) },
    { method: 'pgd', target, epsilon: NOISE },
    AbortSignal.timeout(PATIENCE),
  );
  return inkedDrawing(found.pixels);
}

/** @param {{image: (model: string, file: File) => Promise<{drawing: Drawing}>}} api
 * @param {ExploreState} state @param {File} file a picture */
export async function image(api, { model }, file) {
  const { drawing } = await api.image(model?.id ?? '', file);
  return drawing.kind === 'pixels' ? drawing.pixels : [];
}

/** @param {ExploreServer} server @param {ExploreState} state @param {number[][][][]} drawings their strokes */
export async function ink(server, state, drawings) {
  const subject = subjectOf(state);
  if (!state.model || !subject) return [];
  const given = drawings.map((strokes) => ({ strokes }));
  const layer = state.model.layers[0].name;
  const told = await server.own(subject, layer, 0, given, AbortSignal.timeout(PATIENCE));
  return told.digits.map(({ pixels }) => pixels);
}
