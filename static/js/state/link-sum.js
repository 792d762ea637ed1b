// A link may lose its end in a mail, or get a full stop from it. It carries a sum, which stands first
// so that it is there when the end is not. And how fine the numbers of a link are.

export const FINE = 10000; // a point's decimals

/**
 * The sum of all parts but itself: FNV-1a (Fowler, Noll, Vo 1991), 32 bits. What programs write
 * otherwise without changing the meaning gives the same.
 * @param {URLSearchParams} parts
 */
export function sumOf(parts) {
  const rest = new URLSearchParams(parts);
  rest.delete('sum');
  let sum = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(rest.toString()))
    sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return sum.toString(36);
}

/** An address's parts without what was hung on to it, and whether all of them came; a link of before
 * there were sums is not known to be damaged. @param {string} text */
export function checked(text) {
  const parts = new URLSearchParams(text);
  if (!parts.has('sum') || parts.get('sum') === sumOf(parts)) return { parts, isWhole: true };
  for (let end = text.length; end > 0 && /[^\w=-]/.test(text[end - 1]); end--) {
    const shorter = new URLSearchParams(text.slice(0, end - 1));
    if (shorter.get('sum') === sumOf(shorter)) return { parts: shorter, isWhole: true };
  }
  return { parts, isWhole: false };
}
