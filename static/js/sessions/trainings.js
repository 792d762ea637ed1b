// The runs that were trained here, as the server knows them, for who picks a network among them.

import { createSender } from '../server/api.js';

/** @import { TrainedRun } from '../state/types.js' */

/** @typedef {{runs: () => Promise<TrainedRun[]>, checkpoints: (id: string) => Promise<{batch: number, validation_loss: number | null}[]>}} Trainings */

/** Runs of one's own that have a network to show. @param {TrainedRun[]} runs the newest first */
export const usable = (runs) =>
  runs.filter(
    ({ mine, reason, validation }) => mine && reason !== 'diverged' && validation !== null,
  );

/** @param {typeof fetch} [send] @returns {Trainings} */
export function createTrainings(send) {
  const { request } = createSender(send);
  return {
    runs: async () => (await (await request('/api/runs')).json()).runs,
    checkpoints: async (id) => (await (await request(`/api/runs/${id}`)).json()).checkpoints,
  };
}
