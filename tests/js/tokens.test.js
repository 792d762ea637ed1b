import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseHex } from '../../static/js/page/colors.js';

const css = readFileSync(new URL('../../static/css/tokens.css', import.meta.url), 'utf8');

/** The colours that a rule sets. */
function tokens(selector) {
  const start = css.indexOf(`${selector} {`);
  assert.ok(start >= 0, selector);
  const body = css.slice(start, css.indexOf('}', start));
  const found = [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/gi)];
  return Object.fromEntries(found.map(([, name, value]) => [name, value]));
}

/** Relative luminance and contrast as WCAG 2 defines them. */
function luminance(hex) {
  const [r, g, b] = parseHex(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const THEMES = { light: tokens(':root'), dark: tokens(':root[data-theme="dark"]') };

test('both themes set the same colours', () => {
  assert.deepEqual(Object.keys(THEMES.light), Object.keys(THEMES.dark));
  assert.ok(Object.keys(THEMES.light).length > 10);
});

for (const [theme, colors] of Object.entries(THEMES)) {
  test(`${theme}: text can be read on every ground`, () => {
    for (const text of ['text', 'text-soft', 'warning']) {
      for (const ground of ['ground', 'raised']) {
        const ratio = contrast(colors[text], colors[ground]);
        assert.ok(ratio >= 4.5, `${text} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
    assert.ok(contrast(colors['on-accent'], colors.accent) >= 4.5);
  });

  test(`${theme}: marks stand out from the ground`, () => {
    for (const mark of ['positive', 'negative', 'line-strong', 'focus', 'accent', 'activation-1']) {
      for (const ground of ['ground', 'raised', 'activation-0']) {
        const ratio = contrast(colors[mark], colors[ground]);
        assert.ok(ratio >= 3, `${mark} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });
}
