// The shapes that the Explore screen works with: where one is, what came, what follows the pen.

import type { Drawing, Edit, ModelDescription, Reading, State } from '../state/types.js';

export type ViewName =
  | 'questions'
  | 'dataset'
  | 'confusion'
  | 'mistakes'
  | 'neurons'
  | 'map'
  | 'why'
  | 'fool';

/** What an address says: which view, of which model, set up how; what it leaves out is as usual. */
export interface Place {
  view: ViewName;
  model: string | null;
  /** A test digit that lies on the pad. */
  digit: number | null;
  options: Record<string, string>;
}

/** A network as it is asked about: with its edits. */
export interface Subject {
  id: string;
  edits: Edit[];
  /** The same for the same network and the same edits. */
  key: string;
}

/** Something that was asked for, and how far it has come. */
export interface Loaded<T = any> {
  /** `lost`: the server does not answer, and is asked again; `gone`: the network was deleted. */
  state: 'loading' | 'running' | 'done' | 'failed' | 'cancelled' | 'lost' | 'gone';
  value: T | null;
  /** 0..1 while it runs. */
  progress: number;
  /** Why it failed, in the server's words; '' where it has none. */
  problem: string;
}

/** What a view wants from the server. */
export interface Want {
  key: string;
  load: (signal: AbortSignal) => Promise<any>;
  cancel?: () => Promise<void>;
  /** what comes first */
  after?: string;
}

/** What goes with a drawing besides its reading; `of` is the drawing, `key` says what was asked. */
export interface Followed<T = any> {
  key: string;
  of: Drawing;
  model: string;
  value: T;
}

/** The labels of a part of MNIST, and which of them people doubt. */
export interface Labels {
  split: Split;
  total: number;
  labels: Uint8Array;
  disputed: Map<number, Disputed>;
}

/** Of five people so many saw the label, so many the guess, so many neither. */
export interface Disputed {
  index: number;
  label: number;
  guess: number;
  given: number;
  guessed: number;
  neither: number;
}

/** How a network reads every digit of a part of MNIST, in the order of the set. */
export interface Predictions {
  split: Split;
  total: number;
  predictions: Uint8Array;
  confidences: Float32Array;
  label_probabilities: Float32Array;
}

/** Of each network that ships: the test digits that it misreads, and as what. */
export type Misreadings = { model: string; readings: Map<number, number> }[];

export type Split = 'test' | 'train';

export interface CalibrationBin {
  low: number;
  high: number;
  count: number;
  confidence: number | null;
  accuracy: number | null;
  interval: [number, number] | null;
}

export interface Confusion {
  total: number;
  correct: number;
  accuracy: number;
  interval: [number, number];
  /** Row: label, column: prediction. */
  matrix: number[][];
  classes: {
    label: number;
    total: number;
    precision: number | null;
    recall: number | null;
    recall_interval: [number, number] | null;
  }[];
  calibration: CalibrationBin[];
  expected_calibration_error: number;
  mean_confidence: number;
}

export interface UnitDigit {
  index: number;
  label: number;
  activation: number;
}

export interface Concept {
  name: string;
  auc: number | null;
}

export interface UnitPage {
  layer: string;
  unit: number;
  digits: number;
  top: UnitDigit[];
  bottom: UnitDigit[];
  class_means: number[];
  concepts: Concept[];
  classes: Concept[];
}

export interface LayerConcepts {
  layer: string;
  digits: number;
  strongest: number[];
  concepts: { name: string; share: number; units: (number | null)[]; layer: number | null }[];
}

export type Method = 'pca' | 'tsne';

export interface MapOf {
  state: 'done' | 'running';
  progress: number;
  method: Method;
  layer: string;
  /** x, y of each point, one after the other. */
  points: Float32Array;
  labels: Uint8Array;
  /** The digit of the test set that each point is. */
  indices: Uint16Array;
  explained: [number, number] | null;
  divergence: number | null;
  landmarks: number | null;
  faithfulness: {
    map: number;
    layer: number;
    trustworthiness: number;
    continuity: number;
    neighbours: number;
  } | null;
}

export interface Near {
  index: number;
  label: number;
  distance: number;
}

export interface Placed {
  layer: string;
  method: Method | null;
  point: [number, number] | null;
  neighbours: Near[];
  /** How many the distances are between. */
  numbers: number;
  /** 95 of 100 test digits have their nearest one within this. */
  usual: number;
}

export type Blame = 'gradient' | 'gradient_input' | 'integrated_gradients' | 'occlusion';

export interface Attribution {
  method: Blame;
  output: number;
  input: { shape: [number, number]; pixels: number[] };
  prediction: number;
  probabilities: number[];
  values: number[];
  value: number;
  baseline_value: number;
  sum: number;
  random_weights: number[];
  random_similarity: number | null;
  deletion: {
    pixels: number[];
    probabilities: number[];
    random_probabilities: number[];
    predictions: number[];
    area: number;
    random_area: number;
    random_areas: number[];
    flips_at: number | null;
  };
}

export interface Attack {
  method: 'fgsm' | 'pgd';
  target: number | null;
  epsilon: number;
  input: { shape: [number, number]; pixels: number[] };
  label: number;
  before: number[];
  after: number[];
  prediction: number;
  pixels: number[];
  change: number[];
  largest: number;
  length: number;
  score: { before: number; expected: number; after: number };
  smallest_epsilon: number | null;
  curve: { epsilon: number; prediction: number; probability: number }[];
}

export interface Distortion {
  kind: string;
  unit: string;
  amounts: number[];
  probabilities: number[][];
  predictions: number[];
  pictures: number[][];
  breaks_at: [number | null, number | null];
}

/** A training, as the map walks through it. */
export interface Run {
  id: string;
  /** The batches of its checkpoints, in order. */
  kept: number[];
  isGrowing: boolean;
}

export interface Robustness {
  kind: string;
  unit: string;
  /** The amount at which nothing is changed. */
  neutral: number;
  total: number;
  amounts: number[];
  accuracies: number[];
  intervals: [number, number][];
}

export interface Ascent {
  regularisation: number;
  pixels: number[];
  activation: number;
  start_activation: number;
  from_digit: boolean;
  best_digit: { index: number; activation: number };
}

/** A digit that is none of the test set's: 784 bytes, and the label if it has one. */
export interface OwnDigit {
  pixels: number[];
  label: number | null;
}

/** What a unit makes of digits of one's own, in their order. */
export interface UnitOfDigits {
  total: number;
  mean: number;
  digits: { activation: number; prediction: number; confidence: number; pixels: number[] }[];
}

export interface ExploreState extends State {
  /** Digits of one's own, once the page of a unit has been looked at. */
  own: OwnDigit[];
  place: Place;
  loaded: Record<string, Loaded>;
  followed: Record<string, Followed>;
  /** Digits that came since the last picture: the pictures count them. */
  pictures: number;
  /** The test digit that is pointed at, anywhere. */
  pointed: number | null;
}

export interface ExploreView {
  update(state: ExploreState): void;
  /** Another view is shown now. */
  leave?(): void;
  destroy(): void;
}

export type { Drawing, Edit, ModelDescription, Reading };
