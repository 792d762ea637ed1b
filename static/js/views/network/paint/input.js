// The input: its pixels; what each contributes to the neuron in front; or its share of traced paths.

import { denseKernel } from '../../../state/contributions.js';
import { paintNeurons } from './neurons.js';
import { createPixelPainter } from './pixels.js';
import { isDense } from '../../../state/units.js';

/** @import { ScaledLayer } from '../scale.js' */
/** @import { Weights } from '../../../state/types.js' */
/** @import { Column } from '../figures/column.js' */
/** @import { Frame } from '../picture.js' */
/** @import { Pen } from '../text.js' */

export const FULL_FEATURE = 3; // standard deviations: a feature so far from the mean has full colour
const FULL_PART = 0.5; // of a lead: a pixel with that part of z has full colour
const FULL_SHARE = 0.02; // of the paths: a pixel with that much has full colour

/**
 * Whether the input shows contributions instead of pixels.
 * @param {Pick<Frame, 'layers' | 'pointed' | 'weights'>} frame
 */
const showsContributions = ({ layers, pointed, weights }) =>
  weights !== null && isDense(layers[1]) && pointed?.layer === layers[1].name;

/**
 * What the input's cells show.
 * @param {Pick<Frame, 'layers' | 'pointed' | 'weights' | 'trace' | 'parts'>} frame
 * @returns {'pixels' | 'contributions' | 'shares' | 'lead'}
 */
export function inputShows(frame) {
  if (frame.trace?.pixels) return 'shares';
  if (showsContributions(frame)) return 'contributions';
  return frame.parts ? 'lead' : 'pixels';
}

/**
 * A pixel's value and the value of full colour; whether it has a sign.
 * @param {Frame} frame @param {ArrayLike<number> | null} pixels
 * @param {(layers: ScaledLayer[], weights: Weights) => number} scaleOf
 */
function shown(frame, pixels, scaleOf) {
  const { layers, weights, pointed, trace } = frame;
  const shares = trace?.pixels;
  if (shares)
    return { value: (/** @type {number} */ i) => shares[i], full: FULL_SHARE, signed: true };
  const shows = pixels !== null && showsContributions(frame);
  const parts = frame.parts?.values;
  if (parts && !shows)
    return { value: (/** @type {number} */ i) => parts[i], full: FULL_PART, signed: true };
  const kernel = shows && denseKernel(weights, layers[1].name, pixels.length);
  if (!kernel || !weights || !pointed) {
    return { value: (/** @type {number} */ i) => (pixels ? pixels[i] : 0), full: 1, signed: false };
  }
  const units = kernel.shape[1];
  /** @param {number} i */
  const value = (i) => kernel.data[i * units + pointed.index] * pixels[i];
  return { value, full: scaleOf(layers, weights), signed: true };
}

/** @param {(layers: ScaledLayer[], weights: Weights) => number} scaleOf
 * @param {(count: number) => string} format */
export function createInputPainter(scaleOf, format) {
  const paintPixels = createPixelPainter();
  /** @param {Pen} pen @param {Frame} frame @param {ArrayLike<number> | null} pixels */
  return function paint(pen, frame, pixels) {
    const { context, colors } = pen;
    const [figure] = frame.layout.figures;
    const { value, full, signed } = shown(frame, pixels, scaleOf);
    if (figure.kind === 'column') {
      const css = signed ? colors.signed : colors.activation;
      frame.kit?.paintColumn(
        pen,
        /** @type {Column} */ (figure.place),
        (i) => css(value(i), full),
        format,
      );
      return;
    }
    if (figure.kind === 'circles') {
      // features: below or above their means
      const full_ = signed ? full : FULL_FEATURE;
      paintNeurons(
        context,
        figure,
        pixels && Float64Array.from(pixels, (_, i) => value(i)),
        full_,
        colors,
        colors.signed,
      );
      return;
    }
    const isMovement = frame.layers[0].kind === 'movement';
    const color = signed
      ? colors.signedWord
      : isMovement
        ? colors.stateWord
        : colors.activationWord;
    paintPixels(context, figure, colors, (i) => color(value(i), full));
  };
}
