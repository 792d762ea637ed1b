import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SvgContext } from '../../static/js/draw/sharing/svg.js';

const PAINTERS = new URL('../../static/js/views/network/', import.meta.url);

test('what paints the network on the screen writes it as SVG, too', () => {
  const files = readdirSync(PAINTERS, { recursive: true, encoding: 'utf8' });
  const used = files
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => [
      ...readFileSync(new URL(file, PAINTERS), 'utf8').matchAll(/\bcontext\.(\w+)\(/g),
    ]);
  const names = new Set(used.map(([, name]) => name));
  assert.ok(names.has('measureText'));
  const unknown = [...names].filter((name) => !(name in SvgContext.prototype));
  assert.deepEqual(unknown, []);
});
