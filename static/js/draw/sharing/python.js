// The Python lines that give the numbers on the page.

/** @import { State } from '../../state/types.js' */

const LINE = 76; // characters of a string literal in one line

/** Bytes as zlib and base64 hold them. @param {number[]} bytes */
export async function packed(bytes) {
  const stream = new Blob([Uint8Array.from(bytes)])
    .stream()
    .pipeThrough(new CompressionStream('deflate'));
  const small = new Uint8Array(await new Response(stream).arrayBuffer());
  return btoa(String.fromCharCode(...small));
}

/** A long text as literals that Python joins. @param {string} text */
function literal(text) {
  const parts = text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [''];
  return parts.map((part) => `    "${part}"`).join('\n');
}

/** @param {string} text as a Python literal */
const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** What a visitor gave as Python, and what turns it into the network's input.
 * @param {NonNullable<State['reading']>} reading
 * @returns {Promise<{names: string[], given: string[], input: string}>} */
async function givenIn({ input }) {
  if (input.features) {
    const rows = Object.entries(input.features).map(([name, value]) => `    "${name}": ${value},`);
    return {
      names: ['features'],
      given: ['house = {', ...rows, '}'],
      input: 'features.encode(model.features, house)[None]',
    };
  }
  if (input.steps) {
    const floats = new Uint8Array(Float32Array.from(input.steps).buffer);
    const steps = [
      '# 48 steps: x, y, 8 dx, 8 dy, lifted (nnviz.ink.movement.from_strokes makes them)',
      'steps = np.frombuffer(zlib.decompress(base64.b64decode(',
      literal(await packed([...floats])),
      ')), np.float32).reshape(48, 5)',
    ];
    return { names: [], given: steps, input: 'steps[None]' };
  }
  const pixels = [
    'pixels = np.frombuffer(zlib.decompress(base64.b64decode(',
    literal(await packed(input.pixels)),
    ')), np.uint8).reshape(28, 28)',
  ];
  return { names: ['ink'], given: pixels, input: 'ink.to_input(pixels)[None]' };
}

/**
 * @param {Pick<State, 'model' | 'models' | 'reading' | 'edits' | 'selected' | 'row'>} state
 * @returns {Promise<string>}
 */
export async function toPython({ model, models, reading, edits, selected, row }) {
  if (!model || !reading) return '';
  const made = edits[model.id] ?? [];
  const isSaved = models.find(({ id }) => id === model.id)?.saved;
  const steps = reading.layers.find(({ shape }) => shape.length === 2);
  const { names, given, input } = await givenIn(reading);
  const { length } = made;
  const isNumber = !reading.probabilities;
  const used = [...(length ? ['edits'] : []), ...names, isSaved ? 'model_file' : 'models'].sort();
  const loaded = isSaved
    ? `model_file.load("${model.id}.safetensors")`
    : `models.load("${model.id}")`;
  const lines = [
    ...(isNumber ? [] : ['import base64, zlib', 'import numpy as np']),
    `from nnviz import ${used.join(', ')}`,
    '',
    ...(isNumber
      ? [
          `model = ${loaded}${isSaved ? '  # from the folder of saved models' : ''}`,
          'network = model.network',
        ]
      : [`network = ${loaded}.network${isSaved ? '  # from the folder of saved models' : ''}`]),
    ...(length
      ? ['network = edits.apply(network, edits.read(', `    ${quoted(JSON.stringify(made))}`, '))']
      : []),
    ...given,
    '',
    `${isNumber ? 'a' : 'probabilities'}, trace = network.forward(${input})`,
    'shown = {layer.name: layer.shown(values) for layer, values in zip(network.layers, trace.layers)}',
    ...(row !== null && steps ? early(steps.name, row) : []),
    isNumber
      ? 'print(model.outputs[0].value(a)[0, 0])  # mean + sd * a'
      : 'print(probabilities[0])',
    ...(reading.outputs ?? [])
      .slice(1)
      .map(({ name }) => `print(shown["${name}"]["a"][0])  # ${name}`),
  ];
  if (selected && selected.layer !== 'input') {
    const { layer, index } = selected;
    lines.push(
      `print(shown["${layer}"]["z"].ravel()[${index}], shown["${layer}"]["a"].ravel()[${index}])  # z, a`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** The answer after some rows: the output layer reads the state after that row.
 * @param {string} layer @param {number} row from 1 */
const early = (layer, row) => [
  `state = shown["${layer}"]["a"][0, ${row - 1}]  # after row ${row}`,
  'W, b = (network.named_parameters()[f"output/{name}"] for name in "Wb")',
  'z = state @ W + b',
  'shown["output"] = {"z": z, "a": np.exp(z - z.max()) / np.exp(z - z.max()).sum()}',
  'probabilities = shown["output"]["a"][None]',
];
