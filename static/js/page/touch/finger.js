// What is pointed at on a picture: with a mouse where it is, with a finger where it taps or what it
// wipes over sideways. A wipe up or down scrolls the page.

const FAR = 8; // px from which a finger moves

/**
 * @param {HTMLElement} element
 * @param {(event: PointerEvent | null) => void} onPoint null for nothing
 */
export function pointAt(element, onPoint) {
  /** @type {{x: number, y: number, isSideways: boolean} | null} where a finger came down */
  let finger = null;

  element.addEventListener('pointerdown', ({ pointerType, clientX: x, clientY: y }) => {
    finger = pointerType === 'touch' ? { x, y, isSideways: false } : null;
  });
  element.addEventListener('pointermove', (event) => {
    if (event.pointerType !== 'touch') return onPoint(event);
    if (!finger) return;
    const [x, y] = [Math.abs(event.clientX - finger.x), Math.abs(event.clientY - finger.y)];
    finger.isSideways ||= x >= FAR && x > y;
    if (finger.isSideways) onPoint(event);
  });
  element.addEventListener('pointerup', (event) => {
    if (!finger) return;
    finger = null;
    onPoint(event);
  });
  element.addEventListener('pointercancel', () => {
    finger = null;
  });
  element.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType !== 'touch') onPoint(null); // what a finger has chosen stays
  });
}
