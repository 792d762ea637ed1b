// Where the server is: mostly at '/', behind a proxy maybe under a path such as '/nnviz'.

/** What an address of this server begins with; '' where it has no path of its own. */
export const root = globalThis.document?.documentElement?.dataset?.root ?? '';

/**
 * An address of this server. One that the server itself told has the path already.
 * @param {string} address begins with '/'
 */
export function rooted(address) {
  return address.startsWith(`${root}/`) ? address : root + address;
}
