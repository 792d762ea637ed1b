// What was pressed once while the server did not answer is no trouble any more when it answers again.

/** @import { Status } from '../server/follower.js' */

/** @typedef {(status: Status, detail?: string) => void} Tell */

/** @param {Tell} tellAsked @param {Tell} tellRuns */
export function createAsked(tellAsked, tellRuns) {
  let last = 'ok';
  /** How what was asked went. @type {Tell} */
  const tell = (status, detail) => {
    last = status;
    tellAsked(status, detail);
  };
  return {
    tell,
    /** How the server is since. @param {Status} status */
    hear(status) {
      tellRuns(status);
      if (status === 'ok' && last === 'failing') tell('ok');
    },
  };
}
