// Hands the visitor a file that is made on the page.

import { make } from './dom.js';

/** @param {string} name @param {Blob | string} content @param {string} type */
export function download(name, content, type) {
  const url = URL.createObjectURL(
    content instanceof Blob ? content : new Blob([content], { type }),
  );
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
