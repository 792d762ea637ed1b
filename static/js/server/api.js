// The only module that talks to the server.

import { rooted } from './root.js';
import { completed, parseReading, TENSORS } from './reading.js';
import { parseSafetensors } from './safetensors.js';

/** @import { Drawing, Edit, Evaluation, LayerActivations, LeadTold, ModelDescription, ModelSummary, Picture, Reading, StepExplained, Weights } from '../state/types.js' */

const PATIENCE = 8000; // ms until a request is given up, unless its caller decides
const LONGEST_PAUSE = 5; // seconds that the server may ask for before one comes again
const MOST_TRIES = 40;

/** The server's own word that a request cannot be served (application/problem+json). */
export class ProblemError extends Error {
  /** @param {{status: number, code: string, detail: string}} problem */
  constructor(problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.status = problem.status;
    this.code = problem.code;
  }
}

/** The server has understood and says no; anything else may be better the next time.
 * @param {Error} error */
export const isRefusal = (error) =>
  error instanceof ProblemError && error.status < 500 && ![408, 429].includes(error.status);

/** The seconds after which the server wants to be asked again; 0 when it is done, or says no.
 * @param {Response} response */
const pauseOf = ({ status, headers }) => {
  const seconds = status === 503 || status === 202 ? Number(headers.get('Retry-After')) : 0;
  return seconds <= LONGEST_PAUSE ? seconds : 0;
};

/** @param {number} seconds @param {AbortSignal | null} [signal] ends it with its reason
 * @returns {Promise<void>} */
const pause = (seconds, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 1000 * seconds);
    const give = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    if (signal?.aborted) give();
    signal?.addEventListener('abort', give, { once: true });
  });

/**
 * What came with the page as the reply to an address: once, for the server may know something newer
 * later, and not with a page that is had back, which may be one from before.
 * @param {string} address
 */
function takeAhead(address) {
  const [visit] = performance.getEntriesByType('navigation');
  if (/** @type {PerformanceNavigationTiming} */ (visit)?.type === 'back_forward') return null;
  /** @type {NodeListOf<HTMLElement>} */
  const all = document.querySelectorAll('[data-ahead]');
  const found = [...all].find(({ dataset }) => dataset.ahead === address);
  found?.remove();
  return found && new Response(found.textContent);
}

/** What the server refuses it says in the page's language. @type {typeof fetch} */
async function sendInLanguage(url, options) {
  const told = options?.method ? null : takeAhead(rooted(String(url)));
  if (told) return told;
  const headers = new Headers(options?.headers);
  headers.set('Accept-Language', document.documentElement.lang);
  headers.set('Prefer', 'respond-async'); // that work goes on is no failure
  return fetch(rooted(String(url)), { ...options, headers });
}

/**
 * How everything is asked: a reply that is no success becomes an error. The server does long work
 * beside the requests and says when to come again: that is done here.
 * @param {typeof fetch} [send]
 * @param {typeof pause} [wait]
 */
export function createSender(send = sendInLanguage, wait = pause) {
  /**
   * @param {string} url
   * @param {RequestInit} [options]
   */
  async function request(url, options = {}) {
    let response = await send(url, { signal: AbortSignal.timeout(PATIENCE), ...options });
    for (let tries = 1; tries < MOST_TRIES && pauseOf(response); tries += 1) {
      await wait(pauseOf(response), options.signal);
      response = await send(url, { signal: AbortSignal.timeout(PATIENCE), ...options });
    }
    const isPut = response.status === 202; // off, and still is
    if (response.ok && !isPut) return response;
    const problem = await response.json().catch(() => null);
    if (problem && problem.code)
      throw new ProblemError(isPut ? { ...problem, status: 503 } : problem);
    throw new Error(`HTTP ${response.status}`);
  }

  /** @param {string} url @param {object} body @param {AbortSignal} [signal] gives up
   * @param {string} [method] @param {Record<string, string>} [headers] */
  const post = (url, body, signal, method = 'POST', headers = {}) =>
    request(url, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });

  return { request, post };
}

/** Those that a screen has an input for. */
export const PROBLEMS = ['digits', 'pen', 'houses'];
/** @param {ModelSummary} model */
const isShown = ({ problem }) => PROBLEMS.includes(problem);

/** Bytes as the interface takes them. @param {number[]} pixels */
const inked = (pixels) => ({ pixels: pixels.map((value) => value / 255) });

/** @param {Drawing} drawing @param {boolean} center */
function given(drawing, center) {
  if (drawing.kind === 'features') return { features: drawing.features };
  return drawing.kind === 'pixels' ? inked(drawing.pixels) : { strokes: drawing.strokes, center };
}

/** What a reading read. @param {Pick<Reading, 'input' | 'strokes'>} reading */
const again = ({ input: { features, pixels }, strokes }) =>
  features ? { features } : pixels ? inked(pixels) : { strokes };

/** @param {string} id */
const place = (id) => `/api/models/${encodeURIComponent(id)}`;

/** @param {{default: string, models: ModelSummary[], mine?: string[]}} list */
const listed = ({ models, mine, ...list }) => ({
  ...list,
  models: models
    .filter(isShown)
    .map((each) => ({ ...each, mine: mine?.includes(each.id) ?? false })),
});

/**
 * @param {typeof fetch} [send]
 */
export function createApi(send) {
  const { request, post } = createSender(send);

  /** @param {string} id @param {object} body @param {AbortSignal} [signal] */
  const reading = async (id, body, signal) =>
    parseReading(
      await (
        await post(`${place(id)}/activations`, body, signal, 'POST', { Accept: TENSORS })
      ).arrayBuffer(),
    );

  return {
    /** The models that the screens can show: those of the problems that have an input here.
     * What who asks may delete is marked as theirs.
     * @returns {Promise<{default: string, models: ModelSummary[]}>} */
    async models() {
      return listed(await (await request('/api/models')).json());
    },

    /** @param {string} id @returns {Promise<ModelDescription>} */
    model: async (id) => (await request(place(id))).json(),

    /** @param {Edit[]} edits @param {string} id @param {AbortSignal} [signal]
     * @returns {Promise<Weights>} */
    async editedWeights(id, edits, signal) {
      const response = await post(`${place(id)}/weights`, { edits }, signal);
      return parseSafetensors(await response.arrayBuffer());
    },

    /** How an edited network reads the test set. @param {string} id @param {Edit[]} edits
     * @param {AbortSignal} [signal] @returns {Promise<Evaluation>} */
    async evaluate(id, edits, signal) {
      return {
        ...(await (await post(`${place(id)}/evaluation`, { edits }, signal)).json()),
        edits,
      };
    },

    /** Keep an edited network under a name. @param {string} base @param {Edit[]} edits
     * @param {string} title @returns {Promise<ModelSummary>} */
    save: async (base, edits, title) => (await post('/api/models', { base, edits, title })).json(),

    /** @param {string} id */
    async remove(id) {
      await request(place(id), { method: 'DELETE' });
    },

    /** @param {string} url @returns {Promise<Weights>} */
    weights: async (url) => parseSafetensors(await (await request(url)).arrayBuffer()),

    /**
     * @param {string} model
     * @param {Drawing} drawing
     * @param {boolean} center
     * @param {Edit[]} edits
     * @param {AbortSignal} [signal] gives up
     * @param {string[]} [whole] layers of which sums and gates are wanted, too
     * @returns {Promise<Reading>}
     */
    async read(model, drawing, center, edits, signal, whole = []) {
      const shown = given(drawing, center);
      const body = edits.length ? { ...shown, edits } : shown;
      const found = completed(await reading(model, { ...body, parts: 'least', whole }, signal));
      return drawing.kind === 'strokes' && found.input?.steps
        ? { ...found, strokes: drawing.strokes }
        : found;
    },

    /** Every number of one layer, of what a reading read. @param {Pick<Reading, 'model' | 'input' | 'strokes'>} of
     * @param {string} layer @param {Edit[]} edits @param {AbortSignal} [signal] */
    async details({ model, input, strokes }, layer, edits, signal) {
      const { layers } = await reading(
        model,
        { ...again({ input, strokes }), edits, parts: 'none', whole: [layer] },
        signal,
      );
      return /** @type {LayerActivations} */ (layers.find(({ name }) => name === layer));
    },

    /** Every number of a reading, as the interface tells it. @param {Pick<Reading, 'model' | 'input' | 'strokes'>} of
     * @param {Edit[]} edits @returns {Promise<Reading>} */
    everything: async ({ model, input, strokes }, edits) =>
      (await post(`${place(model)}/activations`, { ...again({ input, strokes }), edits })).json(),

    /** What an input asks of every neuron when it is meant to be a label, or a row a target.
     * @param {string} model @param {{pixels: number[]} | object} taught with its label or target
     * @param {Edit[]} edits @param {AbortSignal} [signal] @returns {Promise<StepExplained>} */
    async step(model, taught, edits, signal) {
      const shown = 'pixels' in taught ? { ...taught, ...inked(taught.pixels) } : taught;
      return (await post(`${place(model)}/step`, { ...shown, edits }, signal)).json();
    },

    /** How far one output leads another, traced to the pixels.
     * @param {string} model @param {number[]} pixels @param {{first: number, second: number, head?: number, row?: number}} rivals
     * @param {Edit[]} edits @param {AbortSignal} [signal] @returns {Promise<LeadTold>} */
    async lead(model, pixels, rivals, edits, signal) {
      return (
        await post(`${place(model)}/lead`, { ...inked(pixels), ...rivals, edits }, signal)
      ).json();
    },

    /**
     * A picture of a digit as the network will see it.
     * @param {string} model any: the pixels are the same for all
     * @param {Blob} file
     * @returns {Promise<{drawing: Drawing, picture: Picture | null}>} with what was found in it
     */
    async image(model, file) {
      const response = await request(`${place(model)}/activations`, {
        method: 'POST',
        headers: { 'Content-Type': file.type || 'application/octet-stream' },
        body: file,
      });
      const { input, picture = null } = /** @type {Reading} */ (await response.json());
      return {
        drawing: { kind: 'pixels', pixels: input.pixels, label: null, index: null },
        picture,
      };
    },

    /** A drawing of a test writer's pen. @param {number} offset @param {number | null} label of one digit
     * @returns {Promise<{total: number, drawings: {index: number, label: number, strokes: import('../state/types.js').Stroke[]}[]}>} */
    testMovement: async (offset, label) => {
      const of = label === null ? '' : `&label=${label}`;
      return (await request(`/api/datasets/unipen/test?limit=1&offset=${offset}${of}`)).json();
    },

    /** A house of the test set, as it was sold. @param {number} offset
     * @returns {Promise<{total: number, houses: {index: number, features: Record<string, number>, sale_price_usd: number}[]}>} */
    testHouse: async (offset) =>
      (await request(`/api/datasets/ames/test?limit=1&offset=${offset}`)).json(),

    /**
     * One digit of the test set.
     * @param {{label: number | null, offset: number, mistakesOf?: string}} which
     * @returns {Promise<{total: number, digits: {index: number, label: number, pixels: number[]}[]}>}
     */
    async testDigit({ label, offset, mistakesOf }) {
      const filter = label === null ? '' : `&label=${label}`;
      const wrong =
        mistakesOf === undefined ? '' : `&mistakes_of=${encodeURIComponent(mistakesOf)}`;
      return (
        await request(`/api/datasets/mnist/test?limit=1&offset=${offset}${filter}${wrong}`)
      ).json();
    },
  };
}
