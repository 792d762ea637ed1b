// In a class: lets the teacher's page count who is here.

import { rooted } from '../server/root.js';

const EVERY = 10000; // ms

const tell = () => {
  if (!document.hidden) fetch(rooted('/api/class/here'), { method: 'POST' }).catch(() => {});
};

tell();
setInterval(tell, EVERY);
document.addEventListener('visibilitychange', tell);
