// The shapes of chapters, as the server tells them, and of what stands beside them.

import type { Drawing, Edit, Neuron, State } from '../state/types.js';

/** An expression as a tree: a value, or an operator or quantity with its arguments. */
export type Tree = number | boolean | string | [string, ...Tree[]];

export type Node =
  | string
  | ['strong' | 'em', Node[]]
  | ['code', string]
  | ['part' | 'link', string, Node[]]
  | ['live', Tree, string, particle?: string, until?: string];

export type Block = ['p', Node[]] | ['list' | 'numbered', Node[][]];

export type WantedDrawing =
  | { kind: 'test'; index: number }
  /** The learner's own drawing that was misread, or a test digit where there is none. */
  | { kind: 'misread'; index: number }
  | { kind: 'blank' }
  | { kind: 'mistake' }
  | { kind: 'strokes'; strokes: [number, number][][] };

/** What a step asks the screen to be. */
export interface Wanted {
  model?: string;
  drawing?: WantedDrawing;
  select?: Neuron;
  open?: string[];
  row?: number;
  edges?: number;
  center?: boolean;
  /** What the pad does that is pressed, if it does not draw. */
  pen?: 'reads' | 'turns';
  edits?: Edit[];
  /** Columns of a table, by name. */
  features?: Record<string, number>;
  /** Models that stand side by side. */
  compared?: string[];
  lesson?: string;
  /** Sizes of the hidden layers that are set up on the Train screen. */
  hidden?: number[];
  /** A view of the Explore screen, as its address names it. */
  place?: string;
}

/** One moment of a solution that is shown. */
export interface Action extends Wanted {
  meant?: number;
  typed?: Tree;
  widget?: object;
  /** A training is started. */
  start?: boolean;
}

/** Something small of the chapter's own that can be worked, with quantities of its own. */
export interface Widget {
  element: HTMLElement;
  quantities: Record<string, () => number | null>;
  apply(wanted: object): void;
  update?(): void;
  /** What it listens to or runs, ended. */
  destroy?(): void;
}

export type Prediction = {
  ask: Node[];
  truth: Tree;
  /** Whether the network says it: what is only worked out, or counted in the picture, it does not. */
  network: boolean;
  /** How guess and truth are written; '' for as many decimals as the steps of the slider have. */
  form: string;
  after: Node[];
} & (
  | { kind: 'range'; low: number; high: number; by: number }
  | { kind: 'digit' }
  | { kind: 'choice'; choices: Node[][] }
);

export interface Task {
  do: Node[];
  until: Tree;
  hint: Node[];
  typed: string | false;
  meant: string | false;
  /** The numbers that it is about, as they are. */
  now: Node[];
  /** How far one has come. */
  count: { now: Tree; of: number } | null;
  /** It counts once the task before it is done. */
  follows: boolean;
  show: Action[];
}

export interface Question {
  /** What it is about, in a few words. */
  about: Node[];
  ask: Node[];
  answers: { text: Node[]; reason: Node[]; right: boolean }[];
}

/** Something with a score, which counts while `until` holds. */
export interface Challenge {
  do: Node[];
  score: Tree;
  form: string;
  better: 'more' | 'less';
  until: Tree;
  par: Tree | null;
  hint: Node[];
  show: Action[];
}

export interface Step {
  /** Of the first chapters: what later ones explain is out of the way. */
  isEarly?: boolean;
  /** The digit that the learner's own drawing, which it begins with, was meant to be. */
  meant?: number;
  name: string;
  title: string;
  screen: 'draw' | 'train' | 'explore';
  points: string[];
  /** What matters once a condition holds, in place of `points`. */
  later: { points: string[]; when: Tree } | null;
  keep: 'drawing' | 'edits';
  state: Wanted;
  /** Edits with which the test set is to be read. */
  measure: Edit[] | null;
  /** The name of what stands within it (widgets/make.js). */
  widget: string | null;
  text: Block[];
  prediction: Prediction | null;
  tasks: Task[];
  questions: Question[];
  challenge: Challenge | null;
  notes: Block[];
}

export interface Summary {
  id: string;
  number: number;
  title: string;
  minutes: number;
  steps: number;
  tasks: number;
  predictions: number;
  questions: number;
}

/** What stands around the chapters. */
export interface Extra extends Summary {
  kind: 'before' | 'after' | 'challenges';
}

export interface Listed {
  chapters: Summary[];
  extras: Extra[];
}

export interface Chapter extends Summary {
  kind: 'chapter' | Extra['kind'];
  content: Step[];
}

export interface Training {
  lesson: string;
  /** The sizes of what is set up, as it was last looked at: 784-16-16-10. */
  setUp: string | null;
  setParameters: number | null;
  started: number;
  isDone: boolean;
  batch: number | null;
  /** The newest on held out digits. */
  accuracy: number | null;
  loss: number | null;
  /** That of the training beside it. */
  besideLoss: number | null;
  /** Of a network with several outputs each one's newest loss on held out digits, by its name. */
  outputLosses: Record<string, number | null>;
  problems: string[];
}

/** What the screen beside the chapter lets be done with it; draw/embedded/bridge.js is one. */
export interface Bridge {
  /** How a training goes that was started since the step began; only the Train screen tells. */
  training?(): Training;
  /** Start what is set up; only the Train screen can. */
  start?(): Promise<void>;
  /** From which row on a recurrent network's answer stays, and is given so much. */
  settled?(share: number): number | null;
  /** What is shown there. */
  state(): State;
  subscribe(listener: () => void): () => void;
  /** Whether everything that was asked for is read and shown. */
  isSettled(): boolean;
  /** Become what a step asks for; everything not named is at rest. */
  apply(wanted: Wanted, keepEdits: boolean): Promise<void>;
  /** The drawing on the pad, and putting one there again. */
  /** Steps of gradient descent on the drawing, as an edit. */
  teach(label: number, times: number): Promise<void>;
  /** Keep a unit, as a click on it would; only the Draw screen can. */
  select?(unit: Neuron): void;
  drawing(): Drawing;
  putBack(drawing: Drawing): void;
  /** Point at a unit or a pixel there, or at nothing any more. */
  point?(neuron: Neuron | null): void;
  /** Light up parts of the screen by name, and learn which of them is pointed at. What is used, as by a
   * task, is in full light with them; without it that of the last time. */
  light(names: string[], strong: string | null, used?: string[]): void;
  onPart(listener: (name: string | null) => void): void;
  /** On a projector all else makes room for the parts that a step names or works with. */
  clear?(needed: string[]): void;
  /** Whether a part is there and can be seen. */
  has(name: string): boolean;
  theme(theme: 'light' | 'dark'): void;
}
