// A drawing context that writes SVG: what is painted on it becomes lines, circles, rectangles and
// text. It knows the part of CanvasRenderingContext2D that the network's picture uses.

/** @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);
/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`);
/** @param {Uint8ClampedArray} data @param {number} at */
const colorAt = (data, at) => `rgb(${data[at]} ${data[at + 1]} ${data[at + 2]})`;

const ANCHORS = /** @type {Record<string, string>} */ ({
  center: 'middle',
  right: 'end',
  left: 'start',
});

/** What knows how wide a text is. @type {CanvasRenderingContext2D | null} */
let ruler = null;

export class SvgContext {
  /** @param {string} font as CSS has it: "12px sans-serif"
   * @param {string} [own] begins the names within, where a page holds several pictures */
  constructor(font, own = '') {
    this.font = font;
    this.own = own;
    this.fillStyle = '#000';
    this.strokeStyle = '#000';
    this.lineWidth = 1;
    this.globalAlpha = 1;
    this.textAlign = 'start';
    this.textBaseline = 'alphabetic';
    this.lineJoin = 'miter';
    this.imageSmoothingEnabled = true;
    /** @type {string[]} */
    this.elements = [];
    this.path = '';
    this.clips = 0;
    /** @type {{state: object, depth: number}[]} */
    this.stack = [];
    this.depth = 0; // groups that are open
  }

  /** @param {string} name @param {Record<string, string | number>} attributes @param {string} [text] */
  add(name, attributes, text) {
    const all = Object.entries(attributes).map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : value}"`,
    );
    this.elements.push(
      `<${name}${all.join('')}${text === undefined ? '/>' : `>${escaped(text)}</${name}>`}`,
    );
  }

  get stroked() {
    return { fill: 'none', stroke: this.strokeStyle, 'stroke-width': this.lineWidth, ...this.seen };
  }

  /** @returns {Record<string, number>} */
  get seen() {
    return this.globalAlpha < 1 ? { opacity: this.globalAlpha } : {};
  }

  clearRect() {}

  save() {
    const { fillStyle, strokeStyle, lineWidth, globalAlpha, textAlign, textBaseline, lineJoin } =
      this;
    const state = {
      fillStyle,
      strokeStyle,
      lineWidth,
      globalAlpha,
      textAlign,
      textBaseline,
      lineJoin,
    };
    this.stack.push({ state, depth: this.depth });
  }

  restore() {
    const last = this.stack.pop();
    if (!last) return;
    Object.assign(this, last.state);
    for (; this.depth > last.depth; this.depth--) this.elements.push('</g>');
  }

  clip() {
    const id = `${this.own}clip${this.clips++}`;
    this.elements.push(
      `<clipPath id="${id}"><path d="${this.path}"/></clipPath><g clip-path="url(#${id})">`,
    );
    this.depth += 1;
  }

  beginPath() {
    this.path = '';
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.path += `M${short(x)} ${short(y)}`;
  }

  /** @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} x
   * @param {number} y */
  bezierCurveTo(ax, ay, bx, by, x, y) {
    this.path += `C${[ax, ay, bx, by, x, y].map(short).join(' ')}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.path += `L${short(x)} ${short(y)}`;
  }

  /** @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(cx, cy, x, y) {
    this.path += `Q${short(cx)} ${short(cy)} ${short(x)} ${short(y)}`;
  }

  /** A full circle; parts of one are not needed. @param {number} x @param {number} y @param {number} r */
  arc(x, y, r) {
    const round = `A${short(r)} ${short(r)} 0 1 0`;
    this.path += `M${short(x - r)} ${short(y)}${round} ${short(x + r)} ${short(y)}${round} ${short(x - r)} ${short(y)}Z`;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  stroke() {
    if (this.path) this.add('path', { d: this.path, ...this.stroked });
  }

  fill() {
    if (this.path) this.add('path', { d: this.path, fill: this.fillStyle, ...this.seen });
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  strokeRect(x, y, width, height) {
    this.add('rect', { x, y, width, height, ...this.stroked });
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.add('rect', { x, y, width, height, fill: this.fillStyle, ...this.seen });
  }

  /** @param {string} text */
  measureText(text) {
    ruler ??= /** @type {CanvasRenderingContext2D} */ (
      document.createElement('canvas').getContext('2d')
    );
    ruler.font = this.font;
    return ruler.measureText(text);
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.text(text, x, y, { fill: this.fillStyle, ...this.seen });
  }

  /** Downwards, as a page has it in a vertical line. @param {string} text @param {number} x
   * @param {number} y of its middle */
  fillDown(text, x, y) {
    this.textAlign = 'center';
    const transform = `rotate(90 ${short(x)} ${short(y)})`;
    this.text(text, x, y, { fill: this.fillStyle, transform, ...this.seen });
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.text(text, x, y, { ...this.stroked, 'stroke-linejoin': this.lineJoin });
  }

  /** @param {string} text @param {number} x @param {number} y @param {Record<string, string | number>} look */
  text(text, x, y, look) {
    const [, weight = '', size, family] = /^(?:(\d+)\s)?([\d.]+)px\s+(.*)$/.exec(this.font) ?? [
      '',
      '',
      '12',
      'sans-serif',
    ];
    /** @type {Record<string, string>} */
    const bold = Number(weight) > 400 ? { 'font-weight': weight } : {};
    const middle = this.textBaseline === 'middle' ? Number(size) * 0.35 : 0;
    const anchor = ANCHORS[this.textAlign] ?? 'start';
    this.add(
      'text',
      {
        x,
        y: y + middle,
        'font-size': size,
        'font-family': escaped(family),
        'text-anchor': anchor,
        ...bold,
        ...look,
      },
      text,
    );
  }

  /**
   * A small image becomes a rectangle for every run of one colour: crisp at every size.
   * @param {HTMLCanvasElement} canvas
   * @param {...number} where to, or from and to
   */
  drawImage(canvas, ...where) {
    const all = [0, 0, canvas.width, canvas.height];
    const [sx, sy, sw, sh, x, y, width, height] = where.length === 8 ? where : [...all, ...where];
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const { data } = context.getImageData(sx, sy, sw, sh);
    const [wide, high] = [width / sw, height / sh];
    for (let row = 0; row < sh; row++) {
      for (let from = 0, to = 0; from < sw; from = to) {
        const fill = colorAt(data, 4 * (row * sw + from));
        while (to < sw && colorAt(data, 4 * (row * sw + to)) === fill) to += 1;
        this.add('rect', {
          x: x + from * wide,
          y: y + row * high,
          width: (to - from) * wide,
          height: high,
          fill,
          'shape-rendering': 'crispEdges',
          ...this.seen,
        });
      }
    }
  }

  /** The whole picture. @param {number} width @param {number} height @param {string} ground
   * @param {string} title */
  toString(width, height, ground, title) {
    const size = `width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}"`;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" ${size}>`,
      `<title>${escaped(title)}</title>`,
      `<rect width="100%" height="100%" fill="${ground}"/>`,
      ...this.elements,
      '</svg>\n',
    ].join('\n');
  }
}
