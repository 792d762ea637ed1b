"""Threads that run the application: those for quick answers are never held by patient ones.

What may wait on a database or compute for seconds goes through the patient lane, so that drawing
and ``/healthz`` have threads whatever else is asked.
"""

import queue
import threading
from collections.abc import Callable

Job = Callable[[], None]


class Lane:
    """A few threads and the jobs that wait for them."""

    def __init__(self, name: str, threads: int, most: int) -> None:
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._most, self._inside = threads + most, 0
        for number in range(threads):
            threading.Thread(target=self._run, name=f"{name}-{number}", daemon=True).start()

    def take(self, job: Job) -> bool:
        """Have a job done, unless too many wait; `done` has to be told of each that was taken."""
        if self._inside >= self._most:
            return False
        self._inside += 1
        self._jobs.put(job)
        return True

    def done(self) -> None:
        """One of the jobs is finished; called where `take` is called, so no lock is needed."""
        self._inside -= 1

    def _run(self) -> None:
        while True:
            self._jobs.get()()
