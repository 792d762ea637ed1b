import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leastFor, shareFor } from '../../static/js/learn/present/fit.js';
import { scaleFor } from '../../static/js/learn/stage.js';
import { createDeck, wishOf } from '../../static/js/learn/present/deck.js';
import {
  afterPress,
  asking,
  backward,
  changeOf,
  chosenBy,
  forward,
  labelOf,
  tasksIn,
} from '../../static/js/learn/present/press.js';
import { hearFigures, tellFigures } from '../../static/js/learn/present/figures.js';
import { withoutLive } from '../../static/js/learn/present/preview.js';
import { resultKey, resultOf, resultsOf } from '../../static/js/learn/present/results.js';
import { createSolving } from '../../static/js/learn/present/solving.js';
import { heldIn } from '../../static/js/learn/showing/held.js';
import { usedIn } from '../../static/js/learn/present/used.js';
import { wholeOf } from '../../static/js/learn/showing/whole.js';
import { nextOf } from '../../static/js/learn/room/presenter.js';
import { hidden, shadow } from '../../static/js/views/boxes.js';

const some = (length) => Array.from({ length }, () => ({}));
const step = (name, prediction, questions, tasks = 0) => ({
  name,
  prediction: prediction ? {} : null,
  tasks: some(tasks),
  questions: some(questions),
});
const CHAPTERS = {
  one: { id: 'one', content: [step('a', true, 0), step('b', false, 2)] },
  two: { id: 'two', content: [step('c', false, 0)] },
  three: { id: 'three', content: [step('d', true, 1, 2)] },
};
const SUMMARIES = [{ id: 'one' }, { id: 'two' }];

/** A talk that is driven by presses alone, and where it stands after each. */
function talk(start = {}) {
  const kept = new Map();
  const storage = () => ({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
  });
  const deck = createDeck(storage, () => {}, { addEventListener() {} });
  deck.set(start);
  async function press(by) {
    const { chapter: id, step: name, black, shown, last, poll } = deck.get();
    const chapter = CHAPTERS[id] ?? null;
    const at = chapter?.content.findIndex((each) => each.name === name) ?? 0;
    const place = { chapter, at: Math.max(0, at), black, shown, last, poll, chapters: SUMMARIES };
    const wanted = by > 0 ? forward(place) : backward(place);
    if (wanted) deck.set(await changeOf(wanted, by, deck.get(), async (one) => CHAPTERS[one]));
    const now = deck.get();
    return `${now.chapter}/${now.step} ${now.shown.join('')}`;
  }
  return { press, deck };
}

test('a clicker alone shows every answer and goes through all chapters, and back the same way', async () => {
  const { press, deck } = talk();
  const way = ['one/ '];
  for (let i = 0; i < 7; i += 1) way.push(await press(1));
  assert.deepEqual(way.slice(1), [
    'one/ ', // the list opens the first chapter, at its first step
    'one/ 0', // the guess's answer
    'one/b ',
    'one/b 0',
    'one/b 01',
    'two/c ',
    '/ ', // the list again
  ]);
  assert.deepEqual(deck.get().last, { chapter: 'two', step: 'c' });
  assert.equal(await press(1), 'two/c ', 'it goes on where one was');
  const back = [];
  for (let i = 0; i < 6; i += 1) back.push(await press(-1));
  assert.deepEqual(back, ['one/b 01', 'one/b 0', 'one/b ', 'one/a 0', 'one/a ', '/ ']);
  assert.equal(await press(-1), '/ ');
});

test('after the guess a press shows a solution of each task, and what the class is asked comes first', async () => {
  const { press, deck } = talk({ chapter: 'three', step: 'd' });
  const way = [];
  for (let i = 0; i < 4; i += 1) way.push(await press(1));
  assert.deepEqual(way, ['three/d 0', 'three/d 0100', 'three/d 0100101', 'three/d 01001011']);
  await press(-1);
  assert.equal(await press(-1), 'three/d 0100', 'the second solution is taken back');
  assert.deepEqual(tasksIn(deck.get().shown), [0]);
  deck.set({ poll: { part: 1, round: 'first' } });
  assert.equal(await press(1), 'three/d 01001');
  assert.deepEqual(deck.get().poll, { part: 1, round: 'shown' });
  assert.equal(await press(1), 'three/d 01001101');
});

test('the button on the wall says what the press does', () => {
  const t = (key, values) => `${key} ${Object.values(values ?? {}).join(' ')}`.trim();
  assert.equal(labelOf({ kind: 'show', part: 2 }, t), 'present.next.answer');
  assert.equal(labelOf({ kind: 'show', part: 101 }, t), 'present.next.task');
  assert.equal(labelOf({ kind: 'step', at: 2 }, t), 'learn.next');
  assert.equal(labelOf({ kind: 'chapter', chapter: { number: 3 } }, t), 'learn.following 3');
  assert.equal(labelOf({ kind: 'list' }, t), 'learn.finish');
});

test('solutions are done on the wall one after another, and one that is taken back leaves those before it', async () => {
  const acts = [];
  let finish = () => {};
  const wall = createSolving({
    again: async () => void acts.push('again'),
    solve(task, isKept) {
      acts.push(isKept ? `${task} kept` : task);
      return new Promise((resolve) => (finish = resolve));
    },
  });
  const settle = async () => {
    for (let i = 0; i < 4; i += 1) {
      finish();
      await new Promise(setImmediate);
    }
  };
  wall.begin('a', []);
  wall.follow([0]);
  wall.follow([0, 1]);
  await new Promise(setImmediate);
  assert.deepEqual(acts, [0], 'the second waits for the first');
  await settle();
  assert.deepEqual(acts, [0, 1]);
  wall.follow([0]);
  await settle();
  assert.deepEqual(acts.slice(2), ['again', 0]);
  wall.note(1); // by hand
  wall.follow([0, 1]);
  await settle();
  assert.equal(acts.length, 4);
  wall.begin('b', [0]); // on the way back, or after a reload
  wall.follow([0, 1]);
  await settle();
  assert.deepEqual(acts.slice(4), ['0 kept', 1]);
  wall.begin('c', []);
  wall.follow([0]);
  await new Promise(setImmediate);
  wall.begin('d', []);
  await settle();
  assert.equal(acts.length, 7, 'what is left goes on no more');
});

test('the first press on a black screen lights it and does nothing else', async () => {
  const { press, deck } = talk({ chapter: 'one', step: 'a', black: true });
  assert.equal(await press(1), 'one/a ');
  assert.equal(deck.get().black, false);
  assert.equal(await press(1), 'one/a 0');
  deck.set({ black: true });
  assert.equal(await press(-1), 'one/a 0');
  assert.equal(deck.get().black, false);
  assert.equal(await press(-1), 'one/a ');
});

test('back shows what was shown on the way, and nothing of a step that never was', async () => {
  const { press, deck } = talk({ chapter: 'one', step: 'b' });
  assert.equal(await press(-1), 'one/a ', 'never shown');
  await press(1); // its answer
  await press(1);
  assert.equal(await press(1), 'one/b 0');
  deck.set({ chapter: 'two', step: 'c' }); // the second answer was left out
  assert.equal(await press(-1), 'one/b 0');
  assert.equal(await press(-1), 'one/b ');
  assert.equal(await press(-1), 'one/a 0');
  deck.set({ chapter: 'one', step: '' }); // begun anew
  deck.set({ chapter: 'two', step: 'c' });
  assert.equal(await press(-1), 'one/b ');
  assert.equal(await press(-1), 'one/a ');
});

test('what the press after the next one does is known but where another chapter comes', () => {
  const place = { chapter: CHAPTERS.one, at: 0, shown: [], last: null, chapters: SUMMARIES };
  const after = (by) => afterPress(forward({ ...place, ...by }), { ...place, ...by })?.[0] ?? null;
  assert.deepEqual(after({}), { kind: 'step', at: 1 });
  assert.deepEqual(after({ black: true }), { kind: 'show', part: 0 });
  assert.deepEqual(after({ shown: [0] }), { kind: 'show', part: 0 });
  assert.deepEqual(after({ at: 1, shown: [0] }), { kind: 'chapter', chapter: SUMMARIES[1] });
  assert.equal(after({ at: 1, shown: [0, 1] }), null);
});

test('of a step to come a sentence that needs a number of the network is left out', () => {
  const live = ['live', ['ink'], '0'];
  assert.deepEqual(withoutLive(['It holds ', live, ' of 0.5 and more. Most is paper.']), [
    'Most is paper.',
  ]);
  assert.deepEqual(
    withoutLive(['One is ', ['strong', [live]], ', two is not. ', ['em', ['Why?']]]),
    [['em', ['Why?']]],
  );
  assert.deepEqual(withoutLive(['Nothing. ', ['part', 'input', ['The input']], ' is ', live]), [
    'Nothing. ',
  ]);
  assert.deepEqual(withoutLive(['One a digit. The largest is the answer: here ', live, '.']), [
    'One a digit. ',
  ]);
  const plain = ['No ', ['code', 'live'], ' number. ', ['link', '/x', ['There']], '.'];
  assert.deepEqual(withoutLive(plain), plain);
});

test('the wall tells what comes out of each task, and the speaker hears it with the numbers', () => {
  const t = (key, values) => `${key} ${Object.values(values ?? {}).join(' ')}`;
  const two = (x) => x.toFixed(2);
  const numbers = { three: (x) => x.toFixed(3), two, whole: String, percent: String };
  const now = { quantities: { least: () => -0.1623 }, model: null, t, numbers };
  const result = (...show) => resultOf({ show }, now);
  assert.equal(result({ typed: ['least'] }), 'present.result -0.162');
  assert.equal(result({ typed: 0.75 }), 'present.result 0.750');
  assert.equal(result({ typed: ['unknown'] }), 'present.result.does ');
  assert.equal(result({ row: 3 }), 'present.result.row 3');
  assert.equal(result({ hidden: [8, 4] }), 'present.result.hidden 8, 4');
  const pen = resultOf({ show: [{ row: 3 }] }, { ...now, model: { problem: 'pen' } });
  assert.equal(pen, 'present.result.step 3');
  const strokes = { kind: 'strokes' };
  assert.equal(result({ drawing: strokes }), 'present.result.draws ');
  const drawn = [
    { drawing: strokes, meant: 7 },
    { drawing: strokes, meant: 1 },
  ];
  assert.equal(result(...drawn), 'present.result.digits 7, 1');
  const select = { layer: 'hidden1', index: 2 };
  assert.equal(result({ select, edits: [] }), 'present.result.does ');
  const edit = (more) => result({ select, edits: [{ layer: 'output', unit: 7, ...more }] });
  const unit = 'neuron.output 7';
  assert.equal(edit({ kind: 'bias', shift: -2 }), `present.result.bias ${unit} -2.00`);
  assert.equal(edit({ kind: 'off' }), `present.result.off ${unit}`);
  assert.equal(edit({ kind: 'prune', share: 0.1 }), 'present.result.prune 0.1');
  assert.equal(edit({ kind: 'weights', inputs: [3, 4] }), `present.result.weights ${unit} 2`);
  const chapter = { id: 'one', content: [{ name: 'a', tasks: [{ show: [{ typed: 2 }] }] }] };
  const results = () => resultsOf({ chapter, at: 0 }, now);
  assert.deepEqual(resultsOf(null, now), {});

  const heard = [];
  const ears = [];
  const channel = {
    postMessage: (data) => ears.forEach((ear) => ear({ data })),
    addEventListener: (_, ear) => ears.push(ear),
  };
  const number = () => ({ element: { textContent: '' }, tree: ['ink'], form: '', particle: '' });
  const [wall, speaker] = [number(), number()];
  wall.element.textContent = '116';
  tellFigures(() => [wall], results, channel);
  hearFigures(
    () => [speaker],
    (told) => heard.push(told),
    channel,
  )();
  assert.equal(speaker.element.textContent, '116');
  assert.equal(heard.at(-1)[resultKey('one', 'a', 0)], 'present.result 2');
});

test('on the list a key chooses the chapter that the next press opens', async () => {
  const listed = SUMMARIES.map((each, i) => ({ ...each, number: i + 1 }));
  const chosen = (key, last = null, more = {}) => chosenBy({ key, ...more }, last, listed)?.chapter;
  assert.equal(chosen('ArrowDown'), 'two');
  assert.equal(chosen('ArrowUp', { chapter: 'two', step: 'c' }), 'one');
  assert.equal(chosen('PageUp', { chapter: 'two', step: 'c' }), 'one', 'around');
  assert.equal(chosen('2'), 'two');
  assert.equal(chosen('3'), undefined);
  assert.equal(chosen('PageDown'), undefined);
  assert.equal(chosen('2', null, { ctrlKey: true }), undefined);
  assert.equal(chosenBy({ key: 'ArrowDown' }, null, []), null);
  const { press, deck } = talk();
  deck.set({ last: chosenBy({ key: '2' }, null, listed) });
  assert.equal(await press(1), 'two/ ');
});

test('the product that is asked for is held back until it is answered', () => {
  const until = ['within', ['typed'], -0.162, 0.02];
  const step = {
    tasks: [
      { until, show: [{ typed: ['contribution', 'hidden2', 5, 7] }] },
      { until: false, show: [{ typed: 0.75 }] },
    ],
  };
  const typing = (typed) => ({
    typed: () => typed,
    within: (x, y, near) => Math.abs(x - y) <= near,
  });
  assert.deepEqual(heldIn(step, {}), ['product-7']);
  assert.deepEqual(heldIn(step, typing(0.162)), ['product-7']);
  assert.deepEqual(heldIn(step, typing(-0.162)), []);
});

test('what was shown by hand is not pressed for, and a poll about it is shown with it', async () => {
  const { press, deck } = talk({ chapter: 'one', step: 'b' });
  deck.set({ shown: [0], poll: { part: 1, round: 'first' } });
  assert.equal(await press(1), 'one/b 01');
  assert.deepEqual(deck.get().poll, { part: 1, round: 'shown' });
  assert.equal(await press(1), 'two/c ');
  assert.equal(deck.get().poll, null);
});

test('a poll about what is past is over with the next answer', async () => {
  const { press, deck } = talk({ chapter: 'one', step: 'b' });
  deck.set({ shown: [0], poll: { part: 0, round: 'shown' } });
  assert.equal(await press(1), 'one/b 01');
  assert.equal(deck.get().poll, null);
});

test('with the votes the answer is seen', () => {
  assert.deepEqual(asking({ part: 1, round: 'second' }, [0]), {
    poll: { part: 1, round: 'second' },
  });
  assert.deepEqual(asking({ part: 1, round: 'shown' }, [0]).shown, [0, 1]);
  assert.equal(asking({ part: 1, round: 'shown' }, [1]).shown, undefined);
  assert.deepEqual(asking(null, [0]), { poll: null });
});

test('a vote begins with the first question whose answer is not seen', () => {
  assert.deepEqual(nextOf(null, 3), { part: 0, round: 'first' });
  assert.deepEqual(nextOf(null, 3, [0, 1]), { part: 2, round: 'first' });
  assert.deepEqual(nextOf(null, 1, [0]), { part: 0, round: 'first' }, 'once more');
  assert.equal(nextOf(null, 0), null);
});

test('keys that a field or a button needs stay there, and a page is turned from anywhere', () => {
  const pressed = (key, kind = '', more = {}) =>
    wishOf({
      key,
      code: more.code ?? '',
      defaultPrevented: false,
      target: { closest: (kinds) => (kind && kinds.includes(kind) ? {} : null) },
      ...more,
    });
  for (const key of ['PageDown', 'ArrowRight', 'ArrowDown', 'Enter', ' '])
    assert.equal(pressed(key), 'next', key);
  for (const key of ['PageUp', 'ArrowLeft', 'ArrowUp']) assert.equal(pressed(key), 'back', key);
  assert.equal(pressed('Escape', 'textarea'), 'light');
  assert.equal(pressed('PageDown', 'textarea'), 'next');
  assert.equal(pressed('ArrowRight', 'textarea'), null);
  assert.equal(pressed('b', 'textarea', { code: 'KeyB' }), null);
  assert.equal(pressed(' ', 'button'), null);
  assert.equal(pressed('Enter', 'button'), null);
  assert.equal(pressed('ArrowRight', 'button'), 'next');
  assert.equal(pressed('ArrowRight', '', { defaultPrevented: true }), null, 'the network used it');
});

test('a solution tells what of the screen is used', () => {
  const tasks = [
    {
      show: [{ drawing: { kind: 'blank' }, meant: 1 }, { select: { layer: 'hidden1', index: 3 } }],
    },
    {
      show: [
        { open: ['inspector'], edits: [] },
        { typed: 1, widget: {} },
      ],
    },
  ];
  assert.deepEqual(usedIn({ tasks: [], challenge: null }), []);
  const used = usedIn({ tasks, challenge: { show: [{ row: 3 }, { start: true, hidden: [8] }] } });
  for (const name of [
    'pad',
    'tools',
    'hidden1',
    'readout',
    'inspector',
    'lab',
    'rows',
    'start',
    'layers',
  ])
    assert.equal(used.filter((each) => each === name).length, 1, name);
});

test('of the dials for the whole network a step has those that its solutions turn', () => {
  const tasks = [
    { show: [{ select: { layer: 'hidden1', index: 0 } }, { edits: [{ kind: 'prune' }] }] },
  ];
  assert.deepEqual(wholeOf({ state: {}, tasks }), ['whole', 'prune']);
  assert.deepEqual(wholeOf({ state: { edits: [{ kind: 'off' }] }, tasks: [] }), []);
});

test('the shadow leaves out every box, wherever they overlap', () => {
  const boxes = [
    { left: 10, top: 10, width: 30, height: 30 },
    { left: 20, top: 20, width: 40, height: 10 },
    { left: -5, top: 90, width: 20, height: 50 },
  ];
  const pieces = shadow(boxes, 100, 100)
    .split('Z')
    .filter(Boolean)
    .map((piece) => /^M(\S+) (\S+)H(\S+)V(\S+)H/.exec(piece).slice(1).map(Number));
  const isDark = (x, y) =>
    pieces.some(([left, top, right, bottom]) => x > left && x < right && y > top && y < bottom);
  for (let x = 0.5; x < 100; x += 1) {
    for (let y = 0.5; y < 100; y += 1) {
      const isLit = boxes.some(
        ({ left, top, width, height }) =>
          x > left && x < left + width && y > top && y < top + height,
      );
      assert.equal(isDark(x, y), !isLit, `${x} ${y}`);
    }
  }
});

test('it is scrolled no further than a box is seen, and to the head of one that is too high', () => {
  const box = (top, height) => ({ left: 0, width: 1, top, height });
  assert.equal(hidden(box(10, 50), 0, 100), 0);
  assert.equal(hidden(box(70, 50), 0, 100), 20);
  assert.equal(hidden(box(-30, 50), 0, 100), -30);
  assert.equal(hidden(box(40, 150), 0, 100), 40);
});

test('on a projector the screen is laid out at one width everywhere, and its letters grow with the wall', () => {
  for (const [width, height] of [
    [1229, 1080],
    [874, 768],
    [874, 625],
    [819, 720],
    [2458, 1440],
  ]) {
    const scale = scaleFor(width, height);
    assert.ok(width / scale > 900, 'no phone');
    assert.ok(height / scale >= 619, 'all of it in sight');
    assert.ok(19 * scale >= 17, 'text is read from the last row');
  }
  assert.equal(Math.round(1229 / scaleFor(1229, 1080)), 904);
  assert.equal(scaleFor(0, 0), 1, 'not yet shown');
});

test('words that have no room are set smaller, never too small to be read', () => {
  assert.equal(leastFor(28), 0.8);
  assert.ok(Math.abs(18 * leastFor(18) - 16) < 1e-9);
  assert.equal(leastFor(16), 1);
  assert.equal(
    shareFor(0.85, () => true),
    1,
  );
  assert.equal(
    shareFor(0.85, () => false),
    0.85,
  );
  const share = shareFor(0.8, (each) => each <= 0.91);
  assert.ok(Math.abs(share - 0.9) < 1e-9);
});
