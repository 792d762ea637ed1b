// A recipe and a run as the server tells them, for tests.

import { arranged } from '../../static/js/train/setup/recipe.js';

export const OUTPUT = { kind: 'dense', name: 'output', units: 10, activation: 'softmax' };
export const training = {
  loss: 'cross_entropy',
  optimizer: 'sgd',
  momentum: 0.9,
  nesterov: true,
  learning_rate: 0.1,
};
export const recipe = (...layers) => ({
  title: 'A',
  samples: 100,
  augmentation: null,
  training,
  architecture: arranged(layers, OUTPUT),
});
export const point = (batch) => ({
  batch,
  loss: 1,
  accuracy: 0.5,
  validation_loss: 1.5,
  outputs: [],
  validation_accuracy: 0.4,
  layers: [],
});
export const run = {
  id: 'run-000000000001',
  title: 'A',
  problem: 'digits',
  outputs: [],
  state: 'running',
  batch: 4,
  batches: 60,
  batches_an_epoch: 10,
  samples: 500,
};
export const details = (batches, kept) => ({
  run,
  recipe: recipe(),
  curve: {
    batch: batches,
    loss: batches.map((b) => 1 / (b + 1)),
    accuracy: batches.map(() => 0.5),
    learning_rate: batches.map(() => 0.1),
  },
  checkpoints: kept.map(point),
  kept,
  problems: [],
});
