// What only some pictures need: feature maps, an LSTM's steps, the input as a column. Fetched with the
// first network, or the first wish, that needs any of it.

import { column } from './figures/column.js';
import { standAlong } from './figures/heads.js';
import { movement } from './figures/planes.js';
import { amongMaps, handing, settle, shareOf } from './figures/wide.js';
import { createLines } from './maps/lines.js';
import { createScrubber } from './overlay/scrubber.js';
import { paintColumn } from './paint/brace.js';
import { createHandedPainter } from './paint/steps.js';
import { createTilePainter } from './paint/tiles.js';

export const kit = {
  amongMaps,
  column,
  createHandedPainter,
  createLines,
  createScrubber,
  createTilePainter,
  handing,
  movement,
  paintColumn,
  settle,
  shareOf,
  standAlong,
};

/** @typedef {typeof kit} Kit */
