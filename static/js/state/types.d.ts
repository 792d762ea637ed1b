// The shapes that travel between server, store and views.

import type { Trace } from '../views/network/trace/tracing.js';
import type { Lead } from './lead.js';
import type { Moment, Speed } from '../draw/play/timeline.js';

export type Point = [number, number];
export type Stroke = Point[];

/** What a network is given. On the pad: strokes, a digit of the test set as it is, or (no label) a
 * picture, or (changed) one some of whose pixels were turned over. Of a table: a row, in its own units; of the test set with its place and the true number. */
export type Drawing =
  | { kind: 'strokes'; strokes: Stroke[]; label?: number; index?: number }
  | {
      kind: 'pixels';
      pixels: number[];
      label: number | null;
      index: number | null;
      noise?: number;
      changed?: boolean;
    }
  | FeaturesGiven;

/** A row of a table. */
export interface FeaturesGiven {
  kind: 'features';
  features: Record<string, number>;
  index: number | null;
  target: number | null;
}

/** A column that a network reads: `(value − mean) / sd`; `least` and `most` were seen while learning. */
export interface Feature {
  name: string;
  unit: string;
  mean: number;
  sd: number;
  least: number;
  most: number;
  categories: string[];
}

/** What an output says; a number is `mean + sd · a`, in its unit. */
export interface Output {
  name: string;
  kind: 'classes' | 'number';
  unit?: string;
  mean?: number;
  sd?: number;
}

export interface ModelSummary {
  id: string;
  title: string;
  kind: string;
  architecture: string;
  /** Of all layers, in order. */
  layer_kinds: string[];
  parameters: number;
  accuracy: Record<string, number>;
  /** Kept by a visitor. */
  saved: boolean;
  /** Who asks may delete it. */
  mine?: boolean;
  /** digits, houses, pen, or a table of one's own. */
  problem: string;
  /** What each of the network's outputs says. */
  outputs: Output[];
  /** Of outputs that are numbers: R², and mean absolute errors (…_mae). */
  scores: Record<string, number>;
}

/** What a unit does: a sum w·a + b, one value of what its window holds, a memory's gates; or none, the
 * layer passes on what came. */
export type Arithmetic = 'sum' | 'pool' | 'gates' | 'none';

export interface LayerDescription {
  name: string;
  kind: string;
  arithmetic: Arithmetic;
  activation: string;
  input_shape: number[];
  shape: number[];
  output_shape: number[];
  window: { size: number[]; strides: number[]; before: number[] } | null;
  receptive_field: {
    size: number[];
    stride: number[];
    start: number[];
    from_first: boolean;
  } | null;
  parameters: number;
  weights: number;
  biases: number;
  exposure: number;
}

export interface ModelDescription extends ModelSummary {
  input_shape: number[];
  /** The columns that it reads; none where it reads drawings. */
  features: Feature[];
  layers: LayerDescription[];
  weights: { url: string; sha256: string; bytes: number };
}

export interface LayerActivations {
  name: string;
  kind: string;
  arithmetic: Arithmetic;
  activation: string;
  shape: number[];
  a: number[];
  /** Not there before somebody looks at a layer of many units; no more are an LSTM's gates. */
  z?: number[];
  /** Of a max pooling whose activations were left to be worked out. */
  window?: { size: number[]; strides: number[]; before: number[] };
  gates?: Record<'i' | 'f' | 'g' | 'o', number[]>;
}

/** What was found in a picture: its digits in reading order, and which of them was read. */
export interface Picture {
  width: number;
  height: number;
  dark_on_light: boolean;
  chosen: number | null;
  digits: {
    box: [number, number, number, number];
    ink: { shape: [number, number]; values: number[] };
    pixels: number[];
  }[];
}

export interface Reading {
  model: string;
  /** Pixels 0..255, or `values` as the network reads them. */
  input: {
    shape: number[];
    pixels: number[];
    values?: number[];
    features?: Record<string, number>;
    steps?: number[];
  };
  /** The strokes that were read, where nothing else tells of them. */
  strokes?: Stroke[];
  layers: LayerActivations[];
  /** None where the answer is a number. */
  probabilities: number[];
  prediction: number | null;
  /** What each of the network's outputs says; the first is told above, too. */
  outputs?: {
    name: string;
    kind: 'classes' | 'number';
    probabilities?: number[];
    prediction: number | null;
  }[];
  picture?: Picture;
}

export type Weights = Map<string, { shape: number[]; data: Float32Array }>;

/** A neuron: its layer's name (`input` for the pixels) and its place in the layer, from 0. */
export interface Neuron {
  layer: string;
  index: number;
}

/** Rows and columns, counted from 0, the last ones included. */
export interface Field {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export type Gate = 'i' | 'f' | 'g' | 'o';

/** A change to a network; `unit` is a convolution's filter, no `layer` means every layer. */
export type Edit =
  | { kind: 'weights'; layer: string; unit: number; inputs: number[]; values: number[] }
  | { kind: 'scale'; layer: string; unit: number; gate?: Gate | null; factor: number }
  | { kind: 'bias'; layer: string; unit: number; gate?: Gate | null; shift: number }
  | { kind: 'off'; layer: string; unit: number }
  | { kind: 'prune'; share: number }
  | { kind: 'noise'; amount: number; seed: number }
  | { kind: 'temperature'; value: number }
  | LearnEdit
  | FitEdit;

/** Steps of gradient descent on one image. */
export interface LearnEdit {
  kind: 'learn';
  pixels: number[];
  label: number;
  learning_rate: number;
  times: number;
}

/** The same on the numbers that go in; of an output that is a number the target is its activation. */
export interface FitEdit {
  kind: 'fit';
  inputs: number[];
  targets: number[];
  learning_rate: number;
  times: number;
}

/** What a label asks of an output. */
export interface OutputStep {
  name: string;
  label: number;
  loss_name: string;
  loss: number;
  target: number[];
  probabilities: number[];
}

/** What a number asks of it: `output` and `wanted` as the network has them, the others in the unit. */
export interface NumberStep {
  name: string;
  unit: string;
  loss_name: string;
  loss: number;
  output: number;
  wanted: number;
  prediction: number;
  target: number;
}

/** What a labelled drawing asks of every neuron: the input's nudge first, then layer by layer. */
export interface StepExplained {
  loss_name: 'cross_entropy' | 'mean_squared_error';
  loss: number;
  nudges: {
    name: string;
    kind: string;
    arithmetic?: Arithmetic;
    shape: number[];
    values: number[];
  }[];
  /** What each output is asked; `loss` above is the mean of theirs. */
  outputs: (OutputStep | NumberStep)[];
}

/** How far one output's sum leads another's, and each pixel's part in that. */
export interface LeadTold {
  lead: number;
  /** The same for blank paper. */
  blank: number;
  parts: number[];
}

/** The pixels' parts in the lead of an answer, and the reading that they are of. */
export interface Parts {
  reading: Reading;
  first: number;
  second: number;
  /** Which output it is about, where it is not the first. */
  head?: number;
  lead: number;
  blank: number;
  values: number[];
}

/** How an edited network reads the test set. */
export interface Evaluation {
  model: string;
  edits: Edit[];
  total: number;
  correct: number;
  accuracy: number;
  /** How many of each label (a row) get each answer (a column), where the output is a class. */
  confusion?: number[][];
  /** Every output's measure by its name. */
  scores?: Record<string, number>;
  /** In place of the accuracy where the output is a number. */
  mean_absolute_error?: number;
  seconds: number;
}

export interface Problem {
  status: number;
  code: string;
  detail: string;
}

export type Status = 'ok' | 'slow' | 'failing' | 'refused';

/** What the page knows. Views read it and never change it. */
export interface State {
  models: ModelSummary[];
  model: ModelDescription | null;
  /** The weights that read: the learned ones, or those with edits made. */
  weights: Weights | null;
  learned: Weights | null;
  /** Changes to each model, by its id. */
  edits: Record<string, Edit[]>;
  evaluation: Evaluation | null;
  /** How networks whose description does not say it read the test set as learned, by their ids. */
  tested?: Record<string, number>;
  canUndoEdit: boolean;
  /** The inspector shows what can be changed. */
  changing: boolean;
  drawing: Drawing;
  center: boolean;
  /** The pen is on the pad: the drawing on it is newer than `drawing`. */
  penDown: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /** First visit: the pad holds an example and says "draw here". */
  welcome: boolean;
  quiet?: boolean; // nothing opens by itself: a chapter says what matters
  /** Pointing at a stroke takes it away. */
  erasing: boolean;
  reading: Reading | null;
  /** How often a reading was given numbers that it came without. */
  detailed: number;
  /** The drawing that the reading is of. */
  readOf: Drawing | null;
  /** The newest drawing, model and options are on their way to be read. */
  waiting: boolean;
  /** For too long already the reading is of an older drawing than the one on the pad. */
  stale: boolean;
  /** Whose input is on the screen: digits, houses. */
  problem: string;
  status: Status;
  statusDetail: string;
  edgeCount: number;
  /** One neuron's arithmetic is shown in place of the whole network. */
  inspecting: boolean;
  /** Several networks side by side are shown in place of one. */
  comparing: boolean;
  /** One step of training on the drawing is shown in place of the network. */
  teaching: boolean;
  /** Which: ids, with a star for a model as it is edited. */
  compared: string[];
  /** Rows that an LSTM has read, null for all of them. */
  row: number | null;
  hovered: Neuron | null;
  selected: Neuron | null;
  /** A unit whose name is pointed at: it is ringed, and nothing else changes. */
  ringed: Neuron | null;
  /** Why the answer and not this digit, or not the next; null when nobody asks. */
  against: number | 'next' | null;
  /** The question that named the unit which is kept: letting it go leads back there. */
  from: number | 'next' | null;
  /** Which of the network's outputs is asked why, 0 for the first. */
  asked: number;
  /** How far the answer's sum leads the other's; `parts` are the pixels'. */
  lead: Lead | null;
  parts: Parts | null;
  /** Whom blue and orange speak for then: the answer, and the other. */
  sides: string[] | null;
  theme: 'light' | 'dark';
  /** The strongest paths of the neuron that is kept are asked for; `trace` holds them. */
  tracing: boolean;
  trace: Trace | null;
  /** How far the pass is played; null when all of it is shown. */
  moment: Moment | null;
  /** A played pass has not come to the output, the answer is not there yet: the unit of the greatest
   * value where it is. */
  held: Neuron | null;
  /** The play goes on by itself. */
  playing: boolean;
  speed: Speed;
  /** The input as rows and columns, or as a column of neurons. */
  inputAs: 'grid' | 'column';
  /** What the picture shows just now, in words; empty for the plain network. */
  said: string;
  /** The units that it names, in that order. */
  named: { name: string; neuron: Neuron }[];
}

/** What a list tells of a training. */
export interface TrainedRun {
  id: string;
  problem: string;
  title: string;
  state: string;
  reason: string;
  mine: boolean;
  architecture: string;
  layer_kinds: string[];
  parameters: number;
  validation: number | null;
  tested: number | null;
  created: number;
}

export type Translate = (key: string, values?: Record<string, string | number>) => string;

export interface View {
  update(state: State): void;
}

/** What the picture has to know of a layer. */
export interface PictureLayer {
  name: string;
  /** neurons */
  count: number;
  kind: string;
  /** null for the input */
  arithmetic: Arithmetic | null;
  shape: number[];
  /** null for the input */
  activation: string | null;
  /** the activation of full brightness */
  exposure: number;
  /** one of several outputs: the place of the layer that all of them read */
  from?: number;
}
