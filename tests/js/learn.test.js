import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, holds } from '../../static/js/learn/evaluate.js';
import { bestRun, createAsked, hiddenOf } from '../../static/js/learn/challenges/asked.js';
import { attack } from '../../static/js/learn/challenges/attack.js';
import { isBetter } from '../../static/js/learn/challenges/block.js';
import { turnedOver } from '../../static/js/learn/widgets/pixels.js';
import { after } from '../../static/js/learn/course.js';
import { createDeck } from '../../static/js/learn/present/deck.js';
import { ballotsOf, binOf, binsOf } from '../../static/js/learn/room/ballot.js';
import { pauseAfter } from '../../static/js/learn/room/pause.js';
import { nextOf } from '../../static/js/learn/room/presenter.js';
import { createProgress } from '../../static/js/learn/progress.js';
import { createQuantities, emptyMemory, remember } from '../../static/js/learn/quantities.js';
import { forward, gradients, weightsOf } from '../../static/js/learn/widgets/deep.js';
import { answer, gradient, loss, step } from '../../static/js/learn/widgets/tiny.js';
import { compare } from '../../static/js/learn/quiz/outcome.js';
import { createRest } from '../../static/js/page/touch/rest.js';
import { order } from '../../static/js/learn/question.js';
import { settledAt } from '../../static/js/draw/embedded/settled.js';
import { emptyState } from '../../static/js/state/store.js';

const quantities = { ink: () => 5, none: () => null, twice: (x) => 2 * x, name: () => 'cnn' };

test('an expression is worked out, and null where a quantity has no value', () => {
  assert.equal(evaluate(['+', ['ink'], ['*', 2, ['twice', 3]]], quantities), 17);
  assert.equal(evaluate(['==', ['name'], ['text', 'cnn']], quantities), true);
  assert.equal(evaluate(['<', ['none'], 1], quantities), null);
  assert.equal(evaluate(['/', 1, 0], { '/': () => 5 }), null, 'no infinity in a text');
  assert.equal(
    evaluate(['if', ['<', ['ink'], 6], ['text', 'few'], ['missing']], quantities),
    'few',
  );
  assert.equal(evaluate(['if', ['none'], 1, 2], quantities), null);
  assert.equal(evaluate(['missing'], quantities), null);
  assert.equal(evaluate(['toString'], quantities), null);
});

test('what is settled needs no other value', () => {
  assert.equal(evaluate(['and', false, ['none']], quantities), false);
  assert.equal(evaluate(['and', true, ['none']], quantities), null);
  assert.equal(evaluate(['or', true, ['none']], quantities), true);
  assert.equal(evaluate(['or', false, ['none']], quantities), null);
  assert.equal(holds(['not', ['none']], quantities), false);
  assert.equal(holds(['not', false], quantities), true);
  assert.equal(holds(['ink'], quantities), false, 'a number is no condition');
});

/** A network of two pixels shown as 784, one hidden layer of two units and two outputs. */
function shown() {
  const pixels = Array.from({ length: 784 }, (_, i) => (i === 1 ? 255 : i === 2 ? 51 : 0));
  const kernel = new Float32Array(784 * 2);
  kernel.set([0.5, -1, 2, 4], 2); // pixels 1 and 2
  const layers = [
    {
      name: 'hidden1',
      kind: 'dense',
      activation: 'sigmoid',
      shape: [2],
      z: [1, -0.2],
      a: [0.73, 0.45],
    },
    {
      name: 'output',
      kind: 'dense',
      activation: 'softmax',
      shape: [2],
      z: [0, 1],
      a: [0.27, 0.73],
    },
  ];
  const model = {
    id: 'small',
    layers: layers.map((layer) => ({
      ...layer,
      weights: 4,
      biases: 2,
      parameters: 6,
      window: null,
    })),
  };
  const reading = {
    model: 'small',
    input: { shape: [28, 28], pixels },
    layers,
    probabilities: [0.27, 0.73],
    prediction: 1,
  };
  const weights = new Map([
    ['hidden1/W', { shape: [784, 2], data: kernel }],
    ['hidden1/b', { shape: [2], data: Float32Array.from([0.1, 0]) }],
  ]);
  const drawing = { kind: 'strokes', strokes: [[[0, 0]]] };
  const models = [{ id: 'small', accuracy: { mnist_test: 0.9 } }];
  return { ...emptyState(), model, models, reading, readOf: drawing, drawing, weights };
}

test('quantities are read off what is shown', () => {
  const state = shown();
  const q = createQuantities(() => state, emptyMemory());
  assert.equal(q.ink(), 2);
  assert.equal(q.prediction(), 1);
  assert.equal(q.sure(), 0.73);
  assert.equal(q.w('hidden1', 1, 2), 4);
  assert.ok(Math.abs(Number(q.contribution('hidden1', 1, 2)) - 0.8) < 1e-6);
  assert.ok(Math.abs(Number(q.least('hidden1', 1)) + 1) < 1e-6);
  assert.ok(Math.abs(Number(q.greatest('hidden1', 1)) - 0.8) < 1e-6);
  assert.ok(Math.abs(Number(q.total('hidden1', 0)) - 0.9) < 1e-6);
  assert.equal(q.weight_size('hidden1', 1), 0.75);
  assert.equal(q.most('hidden1'), 0);
  assert.equal(q.count('hidden1', 0.5), 1);
  assert.equal(q.parameters(), 12);
  assert.equal(q.accuracy(), 0.9);
  assert.equal(q.a('conv1', 0), null);
  assert.equal(q.a('hidden1', 9), null);
  assert.equal(q.tried('hidden1', 0, 'bar'), 1 / (1 + Math.exp(-Math.fround(0.1))));
  assert.equal(q.tried('hidden1', 0, 'toString'), null);
});

test('the accuracy with edits is that of these edits, and not known before it is measured', () => {
  const edits = { small: [{ kind: 'prune', share: 0.1 }] };
  const state = { ...shown(), edits };
  const q = createQuantities(() => state, emptyMemory());
  assert.equal(q.accuracy(), null);
  state.evaluation = { model: 'small', edits: edits.small, accuracy: 0.8 };
  assert.equal(q.accuracy(), 0.8);
  assert.equal(q.accuracy_before(), 0.9);
  state.edits = { small: [...edits.small] };
  assert.equal(q.accuracy(), null);
});

test('drawings are counted by what they were meant to be', () => {
  const memory = emptyMemory();
  const state = shown();
  const q = createQuantities(() => state, memory);
  remember(memory, state, true);
  assert.equal(q.reads(), 0, 'nobody said what it is');
  assert.equal(q.changed('hidden1'), false);
  memory.meant = 1;
  remember(memory, state, false);
  assert.equal(q.reads(), 0, 'not before it is read');
  remember(memory, state, true);
  assert.equal(q.reads(), 1);
  memory.meant = 3;
  remember(memory, state, true);
  assert.deepEqual([q.reads(), q.misreads(), q.right()], [0, 1, false]);
});

test('progress survives a storage that refuses and one that holds rubbish', () => {
  const refusing = createProgress(() => {
    throw new Error('no');
  });
  refusing.set('tasks', 'a/b/0', true);
  assert.equal(refusing.tasksOf('a'), 1);
  const kept = new Map([['learn', '{"tasks": 5, "last": {"a": "b"}}']]);
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
  const progress = createProgress(() => storage);
  assert.deepEqual(progress.get().tasks, {});
  assert.equal(progress.get().last.a, 'b');
  progress.set('predictions', 'a/b', 3);
  assert.equal(createProgress(() => storage).get().predictions['a/b'], 3);
  progress.clear();
  assert.equal(kept.size, 0);
});

test('answers stand in an order of their own, each once', () => {
  for (const seed of ['a', 'b', 'network/questions/0']) {
    assert.deepEqual([...order(3, seed)].sort(), [0, 1, 2]);
    assert.deepEqual(order(3, seed), order(3, seed));
  }
  assert.notDeepEqual(order(3, 'a'), order(3, 'b'));
});

test('the small network: its gradient is that of its loss, and it can be learned', () => {
  const dials = { row: -1, column: 1, bias: 0.5 };
  const slope = gradient(dials);
  for (const name of ['row', 'column', 'bias']) {
    const h = 1e-5;
    const up = loss({ ...dials, [name]: dials[name] + h });
    const down = loss({ ...dials, [name]: dials[name] - h });
    assert.ok(Math.abs((up - down) / (2 * h) - slope[name]) < 1e-8, name);
  }
  assert.ok(loss(dials) > 0.3);
  let learned = dials;
  for (let i = 0; i < 60; i += 1) learned = step(learned, 3);
  assert.ok(loss(learned) < 0.3);
  assert.ok(answer(learned, [10, 11, 12, 13, 14]) > 0.8);
});

test('the deep network: its gradients are those of its loss', () => {
  const x = [0.5, 0, 1, 0.25];
  const label = 2;
  for (const kind of ['sigmoid', 'relu']) {
    const weights = weightsOf([4, 5, 5, 10], 3);
    const found = gradients(weights, x, label, kind);
    const value = () => -Math.log(forward(weights, x, kind).at(-1)[label]);
    weights.forEach((w, layer) => {
      for (const i of [0, 7, w.length - 1]) {
        const [kept, h] = [w[i], 1e-6];
        w[i] = kept + h;
        const up = value();
        w[i] = kept - h;
        const down = value();
        w[i] = kept;
        assert.ok(
          Math.abs((up - down) / (2 * h) - found[layer][i]) < 1e-6,
          `${kind} ${layer} ${i}`,
        );
      }
    });
  }
  assert.deepEqual(weightsOf([3, 2], 1), weightsOf([3, 2], 1));
});

test('the questions before and after are compared one by one', () => {
  const question = { answers: [{ right: true }, { right: false }] };
  const three = [question, question, question];
  assert.deepEqual(compare(three, [0, -1, 1], three, [0, 0, 1]), {
    rows: [
      { before: true, after: true },
      { before: false, after: true },
      { before: false, after: false },
    ],
    before: 1,
    after: 2,
  });
  const alone = compare(three, null, three, [0, 1, -1]);
  assert.deepEqual([alone.before, alone.after, alone.rows[0].before], [null, 1, null]);
  assert.equal(
    compare([], [], three, []).rows[2].after,
    false,
    'what was never answered is not right',
  );
});

test("the network's own attack changes what helps most, and gives up where nothing does", () => {
  // two pixels, no hidden layer: output 0 counts the first, output 1 three times the second
  const layers = [
    {
      W: Float32Array.from([1, 0, 0, 3]),
      b: Float32Array.from([0, 0]),
      units: 2,
      isSigmoid: false,
    },
  ];
  assert.deepEqual(attack(layers, [255, 0], 1), [{ index: 1, value: 255 }]);
  assert.deepEqual(attack(layers, [255, 0], 0), [], 'it is answered already');
  const stuck = [{ ...layers[0], W: new Float32Array(4), b: Float32Array.from([1, 0]) }];
  assert.equal(attack(stuck, [0, 0], 1), null);
});

test('the attack goes through hidden layers as the network does', () => {
  const hidden = {
    W: Float32Array.from([4, -4, -4, 4]),
    b: Float32Array.from([0, 0]),
    units: 2,
    isSigmoid: true,
  };
  const output = {
    W: Float32Array.from([2, 0, 0, 2]),
    b: Float32Array.from([0, 0]),
    units: 2,
    isSigmoid: false,
  };
  assert.deepEqual(attack([hidden, output], [255, 0], 1)?.length, 2, 'one pixel makes both alike');
});

test('the best of small networks: dense ones of few hidden neurons, own ones, or the one of a link', () => {
  assert.deepEqual(['784-8-10', '784-4-4-10', '784-10', '28x28x1-conv-10'].map(hiddenOf), [
    8,
    8,
    0,
    null,
  ]);
  const run = (id, architecture, tested, mine = true) => ({ id, architecture, tested, mine });
  const runs = [
    run('a', '784-8-10', 0.91),
    run('b', '784-16-10', 0.96),
    run('c', '784-5-3-10', 0.92),
    run('d', '784-8-10', null),
    run('e', '784-8-10', 0.95, false),
  ];
  assert.deepEqual(bestRun(runs, 8), { id: 'c', accuracy: 0.92 });
  assert.deepEqual(bestRun(runs, 8, 'e'), { id: 'e', accuracy: 0.95 });
  assert.deepEqual(bestRun([], 8), { id: '', accuracy: 0 });
});

test('a bias that halves the accuracy is found by halving an interval', async () => {
  const shifts = [];
  const course = {
    measure: async (_model, edits) => {
      if (!edits.length) return 0.9;
      shifts.push(edits[0].shift);
      return edits[0].shift >= 5.3 ? 0.4 : 0.5;
    },
  };
  await new Promise((resolve) => {
    const asked = createAsked(course, () => ({ model: { id: 'm' } }), resolve);
    assert.equal(asked.ask('halving', 'output', 8), null);
    course.done = () => asked.ask('halving', 'output', 8);
  });
  assert.equal(shifts.length, 8);
  assert.ok(course.done() >= 5.3 && course.done() <= 5.3 + 1 / 16);
});

test('scores are better the more there is, or the less', () => {
  assert.ok(isBetter(1, null, 'less'));
  assert.ok(isBetter(2, 1, 'more') && !isBetter(1, 1, 'more'));
  assert.ok(isBetter(1, 2, 'less') && !isBetter(2, 1, 'less'));
});

test('a pixel that is turned over twice is what it was', () => {
  for (const first of [0, 100, 200, 255])
    assert.equal(turnedOver(turnedOver(first, first), first), first);
  assert.deepEqual([turnedOver(100, 100), turnedOver(200, 200)], [255, 0]);
});

test('what a neuron separates is told by its weights, and how far dials were turned by all', () => {
  const state = shown();
  const memory = emptyMemory();
  const q = createQuantities(() => state, memory);
  assert.equal(q.separation('hidden1', 0, 'post'), 0, 'it tells nothing apart');
  const kernel = new Float32Array(784 * 2);
  for (const row of [7, 20])
    for (let column = 10; column < 18; column += 1) kernel[(row * 28 + column) * 2] = 5;
  state.weights = new Map([...state.weights, ['hidden1/W', { shape: [784, 2], data: kernel }]]);
  state.learned = new Map([
    ['hidden1/W', { shape: [784, 2], data: new Float32Array(784 * 2) }],
    ['hidden1/b', state.weights.get('hidden1/b')],
  ]);
  assert.ok(q.weakest('hidden1', 0, 'post') > 0.99 && q.strongest('hidden1', 0, 'bar') < 0.6);
  assert.ok(
    Math.abs(
      q.separation('hidden1', 0, 'post') -
        (q.weakest('hidden1', 0, 'post') - q.strongest('hidden1', 0, 'bar')),
    ) < 1e-9,
  );
  assert.equal(q.best_separation('hidden1', 'post'), 0);
  assert.equal(q.turned(), 16 * 5);
});

test('changed pixels are counted against what the step put there', () => {
  const state = shown();
  const memory = emptyMemory();
  const q = createQuantities(() => state, memory);
  assert.equal(q.pixels_changed(), null, 'strokes are no pixels');
  const pixels = new Array(784).fill(0);
  memory.start = { kind: 'pixels', pixels, label: 3, index: 1 };
  state.drawing = {
    kind: 'pixels',
    pixels: pixels.map((value, i) => (i < 3 ? 255 : value)),
    label: null,
    index: null,
  };
  assert.equal(q.pixels_changed(), 3);
});

test('a poll is a vote, a second one, and its counts; then the next question of the step', () => {
  const rounds = [];
  for (let poll = nextOf(null, 2); poll; poll = nextOf(poll, 2))
    rounds.push(`${poll.part} ${poll.round}`);
  assert.deepEqual(rounds, ['0 first', '0 second', '0 shown', '1 first', '1 second', '1 shown']);
  assert.equal(nextOf(null, 0), null, 'nothing to ask');
});

test('predictions and questions can be voted on, a range in ten parts', () => {
  const numbers = {
    whole: String,
    two: (value) => value.toFixed(2),
    three: String,
    percent: String,
  };
  const prediction = {
    kind: 'range',
    low: 0,
    high: 784,
    by: 1,
    ask: ['How many?'],
    truth: ['ink'],
    after: [],
  };
  const questions = [
    {
      ask: ['What?'],
      answers: [
        { text: ['a'], right: false },
        { text: ['b'], right: true },
      ],
    },
  ];
  const [first, second] = ballotsOf({ name: 'pixels', prediction, questions }, 'neuron', numbers);
  assert.equal(first.choices.length, 10);
  assert.equal(first.rightOf({ ink: () => 116 }), 1);
  assert.equal(first.rightOf({ ink: () => null }), null);
  assert.equal(second.rightOf({}), 1);
  assert.deepEqual([...second.shown].sort(), [0, 1]);
  assert.deepEqual([binOf(0, 0, 1), binOf(1, 0, 1), binOf(2, 0, 1)], [0, 9, 9]);
});

test('whole numbers each stand in one choice of a poll, and a choice for each where they are few', () => {
  assert.deepEqual(binsOf(0, 3, 1), [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  for (const [low, high, by] of [
    [0, 784, 1],
    [1, 28, 1],
    [0, 50000, 10],
    [5, 14, 1],
  ]) {
    const bins = binsOf(low, high, by);
    assert.equal(bins.length, 10);
    assert.deepEqual([bins[0][0], bins[9][1]], [low, high]);
    for (let i = 1; i < 10; i += 1) assert.equal(bins[i][0], bins[i - 1][1] + by);
  }
  const numbers = { whole: String, two: String, three: String, percent: String };
  const prediction = { kind: 'range', low: 0, high: 3, by: 1, ask: [], truth: ['ink'], after: [] };
  const [ballot] = ballotsOf({ name: 'answers', prediction, questions: [] }, 'network', numbers);
  assert.deepEqual(ballot.choices.flat(), ['0', '1', '2', '3']);
  for (const is of [0, 1, 2, 3]) assert.equal(ballot.rightOf({ ink: () => is }), is);
});

test('phones ask every two seconds or so, and less often when the server is slow', () => {
  assert.equal(
    pauseAfter(20, () => 0),
    2000,
  );
  assert.equal(
    pauseAfter(20, () => 1),
    3000,
  );
  assert.equal(
    pauseAfter(1000, () => 0),
    10000,
  );
  assert.equal(
    pauseAfter(9e9, () => 0),
    20000,
  );
});

test('a poll ends with its step, in every window', () => {
  const kept = new Map();
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
  };
  const browser = { addEventListener() {} };
  const deck = createDeck(
    () => storage,
    () => {},
    browser,
  );
  deck.set({ chapter: 'neuron', step: 'pixels' });
  deck.set({ poll: { part: 0, round: 'first' } });
  assert.deepEqual(
    createDeck(
      () => storage,
      () => {},
      browser,
    ).get().poll,
    { part: 0, round: 'first' },
  );
  deck.set({ black: true });
  assert.ok(deck.get().poll);
  deck.set({ step: 'grey' });
  assert.equal(deck.get().poll, null);
  kept.set('present', '{"poll": {"part": -1, "round": "first"}}');
  assert.equal(
    createDeck(
      () => storage,
      () => {},
      browser,
    ).get().poll,
    null,
  );
});

test('after the last step the next chapter follows, and nothing after the last chapter', () => {
  const chapters = [{ id: 'network' }, { id: 'neuron' }];
  assert.equal(after(chapters, 'network'), 'neuron');
  assert.equal(after(chapters, 'neuron'), null);
  assert.equal(after(chapters, 'challenges'), null);
});

test('an answer has settled from the row on after which nothing changes it', () => {
  const rows = [
    [2, 0],
    [0, 1],
    [0, 2],
    [0, 4],
  ]; // two units after each row, read as they are
  const states = { name: 'lstm', kind: 'lstm', shape: [4, 2], z: [], a: rows.flat() };
  const output = { name: 'output', kind: 'dense', shape: [2], z: rows[3], a: [0.02, 0.98] };
  const weights = new Map([
    ['output/W', { shape: [2, 2], data: Float32Array.from([1, 0, 0, 1]) }],
    ['output/b', { shape: [2], data: new Float32Array(2) }],
  ]);
  const reading = { layers: [states, output], probabilities: [0.02, 0.98], prediction: 1 };
  assert.equal(settledAt(reading, weights, 0), 2, 'the answer is 0 after row 1, 1 from row 2 on');
  assert.equal(settledAt(reading, weights, 0.9), 4, '0.73, 0.88, then 0.98');
  assert.equal(settledAt(reading, weights, 0.99), null, 'never so sure');
  // A reading that is shown up to some row has another answer: the end is what counts.
  const early = { ...reading, layers: [states, { ...output, a: [0.9, 0.1] }], prediction: 0 };
  assert.equal(settledAt(early, weights, 0), 2);
  assert.equal(settledAt({ ...reading, layers: [output] }, weights, 0), null, 'no rows');
  assert.equal(settledAt({ ...reading, prediction: null }, weights, 0), null, 'nothing drawn');
});

test('what is pointed at counts once the pointer rests there', () => {
  let time = 0;
  let asks = 0;
  const rest = createRest(
    () => (asks += 1),
    () => time,
    (act) => act(),
  );
  const one = { layer: 'input', index: 3 };
  assert.equal(rest.isAtRest(null), true);
  assert.equal(rest.isAtRest(one), false, 'on its way');
  time = 399;
  assert.equal(rest.isAtRest({ ...one }), false);
  time = 400;
  assert.equal(rest.isAtRest(one), true);
  assert.equal(rest.isAtRest({ layer: 'input', index: 4 }), false);
  assert.equal(asks, 2);
  assert.equal(rest.isAtRest(null), true);
});
