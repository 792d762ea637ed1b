// A page of text: only theme and full screen.

import { byId } from './dom.js';
import { createFullscreen } from './fullscreen.js';
import { createTheme } from './theme.js';

createTheme(byId('theme'), () => {});
createFullscreen(byId('fullscreen'));
