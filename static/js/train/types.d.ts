// The shapes of training, as the server tells them, and what the Train screen knows.

export interface LayerConfig {
  kind: string;
  name: string;
  units?: number;
  filters?: number;
  kernel_size?: number[];
  pool_size?: number[];
  rate?: number;
  activation?: string;
  kernel_initializer?: string;
  [setting: string]: unknown;
}

export interface TrainingSettings {
  epochs: number;
  batch_size: number;
  loss: string;
  optimizer: string;
  learning_rate: number;
  schedule: string;
  weight_decay: number;
  momentum: number;
  nesterov: boolean;
  beta1: number;
  beta2: number;
  seed: number;
  [setting: string]: number | string | boolean;
}

export interface Recipe {
  title: string;
  problem?: string;
  /** The last `heads` layers are outputs; one of most networks. */
  architecture: { input_shape: number[]; layers: LayerConfig[]; heads?: number };
  samples: number;
  augmentation: Record<string, number> | null;
  changes?: [number, number][];
  training: TrainingSettings;
  [setting: string]: unknown;
}

export interface Plan {
  architecture: string;
  parameters: number;
  batches: number;
  batches_an_epoch: number;
  /** Bytes, by estimate. */
  memory: number;
  batch_operations: number;
  reading_operations: number;
  batch_seconds: number;
  layers: { name: string; kind: string; shape: number[]; parameters: number }[];
}

export interface Lessons {
  lessons: { id: string; recipes: Recipe[] }[];
  choices: Record<string, string[]>;
  samples: number;
  limits: {
    at_once: number;
    unfinished: number;
    kept: number;
    parameters: number;
    batches: number;
    seconds: number;
    memory: number;
    reading: number;
    batch: number;
  };
}

/** Bytes that models and runs take, of those that they may; what the disk has left. */
export interface Usage {
  used: number;
  budget: number;
  free: number;
  state: 'ok' | 'near' | 'full';
}

/** What keeps runs from being trained. */
export type Trouble = 'database' | 'disk' | 'worker' | 'lost';

export interface RunList {
  runs: Run[];
  usage: Usage;
  trouble: Trouble | null;
}

export interface Run {
  id: string;
  title: string;
  state: 'waiting' | 'running' | 'paused' | 'done' | 'stopped' | 'failed';
  reason: string;
  mine: boolean;
  queue_position: number | null;
  architecture: string;
  /** Of each layer; empty for runs from before these were told. */
  layer_kinds: string[];
  parameters: number;
  batch: number;
  batches: number;
  batches_an_epoch: number;
  until: number;
  seconds: number;
  /** Samples a second, lately. */
  speed: number;
  /** Learned from its own batches; null before it has some, and of a slow run. */
  seconds_left: number | null;
  /** Seconds of pause after each batch; 0 at full speed. */
  pace: number;
  validation: number | null;
  problem: string;
  /** Mean absolute error there, where the answer is a number. */
  tested_error: number | null;
  tested: number | null;
  /** Each output's own measures, once there are any. */
  outputs: {
    name: string;
    validation: number | null;
    validation_error: number | null;
    tested: number | null;
    tested_error: number | null;
  }[];
  created: number;
  training: TrainingSettings;
  samples: number;
}

export interface Curve {
  batch: number[];
  loss: (number | null)[];
  accuracy: (number | null)[];
  learning_rate: number[];
}

export interface LayerHealth {
  name: string;
  weights: number | null;
  gradients: number | null;
  silent: number;
  units: number;
  alike: boolean;
}

export interface Checkpoint {
  batch: number;
  loss: number | null;
  accuracy: number | null;
  validation_loss: number | null;
  validation_accuracy: number | null;
  layers: LayerHealth[];
  /** Each output's own; losses above are the means of theirs. None of runs of before. */
  outputs: OutputHealth[];
}

/** How an output fares; errors are of numbers, in their unit. */
export interface OutputHealth {
  name: string;
  loss: number | null;
  accuracy: number | null;
  validation_loss: number | null;
  validation_accuracy: number | null;
  error: number | null;
  validation_error: number | null;
}

/** A run with all that is known of it. */
export interface Details {
  run: Run;
  /** null where it is too long to be told, and in what is new when no rate was changed. */
  recipe: Recipe | null;
  curve: Curve;
  checkpoints: Checkpoint[];
  /** The batch of every checkpoint that there is. */
  kept: number[];
  problems: string[];
}

/** What the Train screen knows. */
export interface TrainState {
  lessons: Lessons | null;
  lesson: string;
  recipe: Recipe | null;
  /** The second of two recipes that are meant to be compared. */
  other: Recipe | null;
  plan: Plan | null;
  refusal: string;
  starting: boolean;
  /** What is started stands still after each batch. */
  slow: boolean;
  runs: Run[];
  usage: Usage | null;
  trouble: Trouble | null;
  /** The run that is watched, and the one beside it. */
  watched: string | null;
  beside: string | null;
  details: Record<string, Details>;
  /** The checkpoint that is shown; null follows the newest. */
  batch: number | null;
  /** The network that reads the drawing. */
  reads?: string;
  playing: boolean;
  said: string;
  /** The name of the watched run that somebody deleted, empty where it is not known. */
  gone: string | null;
  theme: 'light' | 'dark';
}
