// Painting the network: edges first, then the neurons on top. Pure apart from the context.

import { centre, extent } from './layout.js';

/** @import { Colors } from '../colors.js' */
/** @import { Edges } from './contributions.js' */
/** @import { Figure } from './layout.js' */

const STEPS = 8; // edges are drawn in this many strengths, one path for each

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Figure} from
 * @param {Figure} to
 * @param {Edges} edges
 * @param {number} scale the contribution of full strength
 * @param {Colors} colors
 * @param {number} strength 0..1: less when other edges are in front
 */
export function paintEdges(context, from, to, edges, scale, colors, strength) {
  const paths = Array.from({ length: 2 * STEPS }, () => /** @type {Path2D | null} */ (null));
  for (let i = 0; i < edges.value.length; i++) {
    const share = Math.min(1, Math.abs(edges.value[i]) / scale) ** 0.5;
    const step = Math.min(STEPS - 1, Math.floor(share * STEPS));
    const at = edges.value[i] < 0 ? step : STEPS + step;
    const path = (paths[at] ??= new Path2D());
    const a = centre(from, edges.from[i]);
    const b = centre(to, edges.to[i]);
    path.moveTo(a.x, a.y);
    path.lineTo(b.x, b.y);
  }
  context.lineCap = 'round';
  paths.forEach((path, at) => {
    if (!path) return;
    const share = ((at % STEPS) + 1) / STEPS;
    context.strokeStyle = at < STEPS ? colors.negative : colors.positive;
    context.globalAlpha = (0.1 + 0.75 * share) * strength;
    context.lineWidth = 0.6 + 2 * share;
    context.stroke(path);
  });
  context.globalAlpha = 1;
}

/**
 * The pixels, from an image of 28x28 made elsewhere.
 * @param {CanvasRenderingContext2D} context
 * @param {Figure} figure
 * @param {HTMLCanvasElement} image
 * @param {Colors} colors
 */
export function paintPixels(context, figure, image, colors) {
  const { width, height } = extent(figure);
  context.imageSmoothingEnabled = false;
  context.drawImage(image, figure.x, figure.y, width, height);
  context.strokeStyle = colors.named.line;
  context.lineWidth = 1;
  context.strokeRect(figure.x - 0.5, figure.y - 0.5, width + 1, height + 1);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Figure} figure
 * @param {ArrayLike<number> | null} a activations, null for a network at rest
 * @param {number} exposure
 * @param {Colors} colors
 */
export function paintNeurons(context, figure, a, exposure, colors) {
  const round = figure.kind === 'circles';
  const radius = figure.size / 2;
  context.lineWidth = 1.25;
  context.strokeStyle = colors.named['line-strong'];
  for (let i = 0; i < figure.count; i++) {
    const { x, y } = centre(figure, i);
    context.fillStyle = a ? colors.activation(a[i], exposure) : colors.activation(0, 1);
    if (round) {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    } else {
      context.fillRect(x - radius, y - radius, figure.size, figure.size);
    }
  }
}

/**
 * A ring around a neuron: pointed at, chosen, or the answer.
 * @param {CanvasRenderingContext2D} context
 * @param {Figure} figure
 * @param {number} index
 * @param {string} color
 */
export function paintRing(context, figure, index, color) {
  const { x, y } = centre(figure, index);
  context.strokeStyle = color;
  context.lineWidth = 2.5;
  context.beginPath();
  if (figure.kind === 'circles') context.arc(x, y, figure.size / 2 + 3.5, 0, 2 * Math.PI);
  else context.rect(x - figure.pitchX / 2 - 1, y - figure.pitchY / 2 - 1, figure.pitchX + 2, figure.pitchY + 2);
  context.stroke();
}

/**
 * A small text that stays readable over edges: the ground shines around it.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} color
 * @param {Colors} colors
 * @param {CanvasTextAlign} [align]
 */
export function paintText(context, text, x, y, color, colors, align = 'left') {
  context.textAlign = align;
  context.textBaseline = 'middle';
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = colors.named.ground;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}
