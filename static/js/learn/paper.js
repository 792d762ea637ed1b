// The pages that are to be printed.

import { byId } from '../page/dom.js';
import { createFullscreen } from '../page/fullscreen.js';
import { createTheme } from '../page/theme.js';

createTheme(byId('theme'), () => {});
createFullscreen(byId('fullscreen'));
document.getElementById('print')?.addEventListener('click', () => window.print());
