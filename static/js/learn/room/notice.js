// A quiet line on the first screen while a teacher shows a class something: how to join in.

import { byId } from '../../page/dom.js';
import { createClassLesson, watchLesson } from '../../sessions/class-lesson.js';

const line = byId('room-home');
document.querySelector('.network-panel')?.prepend(line);

watchLesson(createClassLesson(), ({ chapter }) => void (line.hidden = !chapter), 2);
