// A picture of a digit: sent as the server can read it, and shown with what was taken as ink.

import { pageColors } from '../../page/colors.js';
import { fitCanvas, loadSheet, make, onRatio, say } from '../../page/dom.js';
import { loadWords } from '../../page/late.js';
import { createTranslate } from '../../page/words.js';
import { ProblemError } from '../../server/api.js';
import { fitted, heldIn, isHeic, READ_TYPES } from './sizes.js';
import { createChanged } from '../../state/store.js';

/** @import { Drawing, Picture, State } from '../../state/types.js' */
/** @typedef {{picture: Picture, view: HTMLCanvasElement | null}} Shown */

const LARGEST = 10_000_000; // bytes that the server takes
const MOST_PIXELS = 30_000_000;
const MOST_SIDE = 10_000;
const SENT_SIDE = 1600; // pixels: of a picture that is made smaller first
const VIEW_SIDE = 800; // pixels: of the picture on the pad
const FAINT = 0.5; // how much is seen of the picture under its ink
const REASONS = /** @type {Record<string, string>} */ ({
  not_an_image: 'kind',
  unsupported_media_type: 'kind',
  image_too_large: 'large',
  body_too_large: 'large',
});

/**
 * @param {HTMLElement} pad the picture is laid over it
 * @param {(file: Blob) => Promise<{drawing: Drawing, picture: Picture | null}>} send
 * @param {(drawing: Drawing) => void} onChoose another digit of the picture
 */
export async function createPhoto(pad, send, onChoose) {
  const [catalogue] = await Promise.all([loadWords('photo'), loadSheet('photo')]);
  const t = createTranslate(catalogue);
  /** @type {WeakMap<Drawing, Shown>} of each picture's drawings, as long as they can be had again */
  const known = new WeakMap();
  const canvas = make('canvas', {
    role: 'img',
    'aria-label': t('photo.label'),
    'data-testid': 'photo-view',
  });
  const sheet = make('div', { class: 'sheet' }, canvas);
  const caption = make('figcaption', {
    class: 'small',
    'aria-live': 'polite',
    'data-testid': 'photo-note',
  });
  const figure = make(
    'figure',
    { class: 'photo', 'data-testid': 'photo', hidden: true },
    sheet,
    caption,
  );
  pad.append(figure);
  const changed = createChanged();
  /** @type {Shown | null} */
  let shown = null;

  /** @param {number} chosen a digit of what is shown */
  function choose(chosen) {
    if (!shown) return;
    const { picture, view } = shown;
    /** @type {Drawing} */
    const drawing = {
      kind: 'pixels',
      pixels: picture.digits[chosen].pixels,
      label: null,
      index: null,
    };
    known.set(drawing, { picture: { ...picture, chosen }, view });
    onChoose(drawing);
  }

  /** Each digit's frame; with several of them a button. @param {Picture} picture */
  function frames({ width, height, digits, chosen }) {
    return digits.map(({ box: [left, top, right, bottom] }, i) => {
      const many = digits.length > 1;
      const name = t('photo.choose', { place: i + 1, count: digits.length });
      const frame = many
        ? make('button', {
            type: 'button',
            'aria-label': name,
            title: name,
            'aria-pressed': String(i === chosen),
          })
        : make('span');
      frame.classList.add('found');
      frame.classList.toggle('read', i === chosen);
      frame.dataset.testid = `photo-digit-${i}`;
      frame.style.left = `${(100 * left) / width}%`;
      frame.style.top = `${(100 * top) / height}%`;
      frame.style.width = `${(100 * (right - left)) / width}%`;
      frame.style.height = `${(100 * (bottom - top)) / height}%`;
      if (many) frame.addEventListener('click', () => choose(i));
      return frame;
    });
  }

  function paint() {
    if (!shown || figure.hidden) return;
    const { picture, view } = shown;
    const room = { width: figure.clientWidth, height: figure.clientHeight - caption.offsetHeight };
    const { width, height } = fitted(picture, room);
    if (width < 1 || height < 1) return;
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const context = fitCanvas(canvas, width, height);
    context.clearRect(0, 0, width, height);
    context.globalAlpha = FAINT;
    if (view) context.drawImage(view, 0, 0, width, height);
    context.globalAlpha = 1;
    for (const {
      box: [left, top, right, bottom],
      ink,
    } of picture.digits) {
      const scale = width / picture.width;
      context.drawImage(
        coloured(ink),
        left * scale,
        top * scale,
        (right - left) * scale,
        (bottom - top) * scale,
      );
    }
  }

  const watcher = new ResizeObserver(paint);
  watcher.observe(pad);
  onRatio(paint);

  return {
    /** What the server finds in a picture, as a drawing. @param {File} file @returns {Promise<Drawing>} */
    async read(file) {
      const { blob, view } = await prepared(file);
      try {
        const { drawing, picture } = await send(blob);
        if (picture) known.set(drawing, { picture, view });
        return drawing;
      } catch (error) {
        if (!(error instanceof ProblemError) || !(error.code in REASONS)) throw error;
        const reason = (await isHeic(file)) ? 'heic' : REASONS[error.code];
        throw new ProblemError({
          status: error.status,
          code: error.code,
          detail: t(`photo.refused.${reason}`),
        });
      }
    },

    /** @param {State} state */
    update({ drawing, penDown, theme }) {
      if (!changed({ drawing, penDown, theme })) return;
      shown = penDown ? null : (known.get(drawing) ?? null);
      figure.hidden = !shown;
      if (!shown) return;
      const { picture } = shown;
      const focused = [...sheet.querySelectorAll('button')].findIndex(
        (each) => each === document.activeElement,
      );
      sheet.replaceChildren(canvas, ...frames(picture));
      sheet.querySelectorAll('button')[focused]?.focus();
      const count = picture.digits.length;
      say(
        caption,
        t(count === 0 ? 'photo.none' : count === 1 ? 'photo.one' : 'photo.several', { count }),
      );
      paint();
    },
  };
}

/**
 * A picture as it is sent, and as it is shown. What the server does not read, or not so large, the
 * browser may: then it is sent as the browser sees it, smaller.
 * @param {File} file
 * @returns {Promise<{blob: Blob, view: HTMLCanvasElement | null}>}
 */
async function prepared(file) {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return { blob: file, view: null };
  const view = drawn(bitmap, VIEW_SIDE);
  const isSmall = file.size <= LARGEST && heldIn(bitmap, MOST_SIDE, MOST_PIXELS);
  const sent = isSmall && READ_TYPES.includes(file.type) ? null : drawn(bitmap, SENT_SIDE);
  bitmap.close();
  if (!sent) return { blob: file, view };
  /** @type {Blob | null} */
  const blob = await new Promise((resolve) => sent.toBlob(resolve, 'image/png'));
  return { blob: blob ?? file, view };
}

/** @param {ImageBitmap} bitmap @param {number} side the longest it may be */
function drawn(bitmap, side) {
  const { width, height } = fitted(bitmap, { width: side, height: side });
  const small = width < bitmap.width ? { width, height } : bitmap;
  const canvas = make('canvas', {
    width: Math.max(1, Math.round(small.width)),
    height: Math.max(1, Math.round(small.height)),
  });
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Ink in the page's colour for what raises, as strong as it was taken. @param {Picture['digits'][0]['ink']} ink */
function coloured({ shape: [height, width], values }) {
  const canvas = make('canvas', { width, height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.fillStyle = pageColors().positive;
  context.fillRect(0, 0, width, height);
  const image = context.getImageData(0, 0, width, height);
  values.forEach((value, i) => {
    image.data[4 * i + 3] = value;
  });
  context.putImageData(image, 0, 0);
  return canvas;
}
