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
