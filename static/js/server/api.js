// Talks to the server; what is asked only on demand is in on-demand.js.

import { rooted } from './root.js';
import { completed, parseReading, TENSORS } from './reading.js';
import { parseSafetensors } from './safetensors.js';

/** @import { Drawing, Edit, ModelDescription, ModelSummary, Reading, Weights } from '../state/types.js' */

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
export const inked = (pixels) => ({ pixels: pixels.map((value) => value / 255) });

/** @param {Drawing} drawing @param {boolean} center */
function given(drawing, center) {
  if (drawing.kind === 'features') return { features: drawing.features };
  return drawing.kind === 'pixels' ? inked(drawing.pixels) : { strokes: drawing.strokes, center };
}

/** @param {string} id */
export const place = (id) => `/api/models/${encodeURIComponent(id)}`;

/** @param {{default: string, models: ModelSummary[], mine?: string[]}} list */
const listed = ({ models, mine, ...list }) => ({
  ...list,
  models: models
    .filter(isShown)
    .map((each) => ({ ...each, mine: mine?.includes(each.id) ?? false })),
});

/** @typedef {ReturnType<typeof import('./on-demand.js')['createOnDemand']>} OnDemand */
/** @type {(keyof OnDemand)[]} */
export const ON_DEMAND = [
  'editedWeights',
  'evaluate',
  'save',
  'remove',
  'details',
  'everything',
  'step',
  'lead',
  'image',
  'testMovement',
  'testHouse',
];

/**
 * @param {typeof fetch} [send]
 */
export function createApi(send) {
  const sender = createSender(send);
  const { request, post } = sender;

  /** @param {string} id @param {object} body @param {AbortSignal} [signal] */
  const reading = async (id, body, signal) =>
    parseReading(
      await (
        await post(`${place(id)}/activations`, body, signal, 'POST', { Accept: TENSORS })
      ).arrayBuffer(),
    );

  const later = ON_DEMAND.map((name) => [
    name,
    async (/** @type {any[]} */ ...given) => {
      const { createOnDemand } = await import('./on-demand.js');
      const asks = /** @type {Record<string, (...given: any[]) => unknown>} */ (
        createOnDemand(sender, reading)
      );
      return asks[name](...given);
    },
  ]);

  return {
    .../** @type {OnDemand} */ (Object.fromEntries(later)),

    /** The models that the screens can show: those of the problems that have an input here.
     * What who asks may delete is marked as theirs.
     * @returns {Promise<{default: string, models: ModelSummary[]}>} */
    async models() {
      return listed(await (await request('/api/models')).json());
    },

    /** @param {string} id @returns {Promise<ModelDescription>} */
    model: async (id) => (await request(place(id))).json(),

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
