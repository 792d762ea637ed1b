// The link that others can open: the network's address, where the page was opened by one that only
// this machine understands.

import { root } from './root.js';

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * @param {{hostname: string, href: string, pathname?: string, search: string, hash: string}} here the page's address
 * @param {string | undefined} network the server's address in the network, if it listens there
 * @returns {{href: string, reach: 'all' | 'here'}} whom it leads somewhere
 */
export function linkFor({ hostname, href, pathname = '/', search, hash }, network) {
  if (!LOOPBACK.test(hostname)) return { href, reach: 'all' };
  return network
    ? { href: `${network}${pathname.slice(root.length)}${search}${hash}`, reach: 'all' }
    : { href, reach: 'here' };
}
