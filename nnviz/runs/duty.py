"""A duty in the background: done again and again, whatever goes wrong, and what went wrong is told.

A thread that ends with its first error would leave nobody who trains, and nobody who says so.
"""

import logging
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 5.0  # seconds between two tries of what goes wrong again and again


class Duty:
    """Calls ``work`` about every ``every()`` seconds, in a thread that ends with the process.

    ``trouble`` is the error of the last call, None when it went well.
    """

    def __init__(self, name: str, work: Callable[[], None], every: Callable[[], float]) -> None:
        self.name, self._work, self._every = name, work, every
        self.trouble: Exception | None = None
        self._failed = 0

    def start(self) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self._go_on, name=self.name, daemon=True).start()

    def once(self) -> float:
        """Do it once; how many seconds to wait before the next time."""
        try:
            self._work()
        except Exception as error:
            if str(error) != str(self.trouble):
                logger.warning("%s: %s; it is tried again", self.name, error)
            self.trouble, self._failed = error, self._failed + 1
            return min(self._every() * 2.0 ** min(self._failed, 10), LONGEST_PAUSE)
        if self.trouble is not None:
            logger.warning("%s: it goes well again", self.name)
        self.trouble, self._failed = None, 0
        return self._every()

    def _go_on(self) -> None:
        wait = threading.Event()
        while not wait.wait(self.once()):
            pass
