// A quiet line on the first screen while a teacher shows a class something: how to join in.

import { byId } from '../../page/dom.js';
import { createSender } from '../../server/api.js';
import { pauseAfter } from './pause.js';

const { request } = createSender();
const line = byId('room-home');
document.querySelector('.network-panel')?.prepend(line);

async function look() {
  const began = performance.now();
  if (!document.hidden) {
    try {
      const { chapter } = await (await request('/api/class/lesson')).json();
      line.hidden = !chapter;
    } catch {
      // asked again in a moment
    }
  }
  setTimeout(look, pauseAfter(2 * (performance.now() - began)));
}

look();
