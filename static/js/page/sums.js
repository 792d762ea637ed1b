// Arithmetic as it is written: every line of it can be recomputed from the numbers that stand there.

/** A number that follows a sign: a negative one in brackets. @param {string} text */
export const bracketed = (text) => (text[0] === '−' ? `(${text})` : text);

/** The number that is written. @param {string} text */
export const written = (text) => Number(text.replace('−', '-').replace(/[,$]/g, ''));

/**
 * "=" where what is written gives the result as it is written, "≈" where it was rounded on the way: who
 * recomputes a line of the screen finds it so.
 * @param {number} made of the numbers as they are written
 * @param {string} result as it is written
 */
export function equals(made, result) {
  const digits = result.split('.')[1]?.length ?? 0;
  return Math.abs(made - written(result)) <= (0.5 + 1e-6) / 10 ** digits ? '=' : '≈';
}

/**
 * A sum of products up to its result, with the sign before that: "0.5 × (−1.2) ≈ ".
 * @param {string[][]} products their factors, as they are written
 * @param {string} result as it is written
 */
export function arithmetic(products, result) {
  let made = 0;
  const parts = products.map((factors, at) => {
    made += factors.reduce((all, each) => all * written(each), 1);
    return factors.map((each, i) => (at + i ? bracketed(each) : each)).join(' × ');
  });
  return `${parts.join(' + ')} ${equals(made, result)} `;
}
