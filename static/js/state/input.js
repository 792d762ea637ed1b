// What a network was given, as it reads it: pixels divided by 255, or the standardised values of a row.

/** @import { Drawing, Reading } from './types.js' */

/** The numbers that went in. @param {Pick<Reading, 'input'>} reading @returns {ArrayLike<number>} */
export const inputOf = ({ input }) => input.values ?? Float64Array.from(input.pixels, (value) => value / 255);

/** The problem that an input belongs to, null where several read such. @param {Drawing} given */
export const problemOf = (given) => (given.kind === 'features' ? 'houses' : null);
