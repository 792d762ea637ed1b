// What the tests of Explore begin with: a small network, a state, and what comes later.

import { toPlace } from '../../static/js/explore/place.js';

export const LAYERS = ['hidden1', 'hidden2', 'output'].map((name) => ({
  name,
  kind: 'dense',
  arithmetic: 'sum',
  shape: [16],
  parameters: 9,
}));
export const MODEL = { id: 'mlp', layers: LAYERS };

export function createState(change = {}) {
  let state = {
    loaded: {},
    followed: {},
    edits: {},
    model: MODEL,
    place: toPlace('#view=why'),
    ...change,
  };
  return { get: () => state, set: (more) => (state = { ...state, ...more }) };
}
export const later = () => {
  let resolve;
  let reject;
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
};
export const settle = async () => {
  for (let i = 0; i < 12; i++) await Promise.resolve();
};

/** What is known of six digits. */
export const LABELS = {
  split: 'test',
  total: 6,
  labels: Uint8Array.of(3, 3, 5, 5, 3, 8),
  disputed: new Map([[4, { index: 4, label: 3, guess: 5, given: 1, guessed: 4, neither: 0 }]]),
};

/** What a network says of them. */
export const SAID = {
  split: 'test',
  total: 6,
  predictions: Uint8Array.of(3, 5, 5, 3, 5, 8),
  confidences: Float32Array.of(0.85, 0.6, 0.7, 0.8, 0.95, 0.5),
  label_probabilities: Float32Array.of(0.9, 0.3, 0.7, 0.1, 0.05, 0.5),
};
