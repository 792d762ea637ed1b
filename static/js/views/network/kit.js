// What only some pictures need: feature maps, an LSTM's steps, the input as a column. Fetched with the
// first network, or the first wish, that needs any of it.

import { column } from './figures/column.js';
import { standAlong } from './figures/heads.js';
import { movement, steps, tiles } from './figures/planes.js';
import { createLines } from './maps/lines.js';
import { createScrubber } from './overlay/scrubber.js';
import { paintColumn } from './paint/brace.js';
import { createHandedPainter } from './paint/steps.js';
import { createTilePainter } from './paint/tiles.js';

export const kit = {
  column,
  steps,
  tiles,
  createHandedPainter,
  createLines,
  createScrubber,
  createTilePainter,
  movement,
  paintColumn,
  standAlong,
};

/** @typedef {typeof kit} Kit */
