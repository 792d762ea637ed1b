"""How long a run will still take, learned from its own batches and checkpoints.

What was seen lately counts most, for a machine may become busy or free; single pauses do not.
"""

from collections.abc import Collection

HALF = 3.0  # seconds of work after which what was seen before counts half
ENOUGH = 0.25  # seconds of batches that tell what one takes
FRESH = 0.3  # of a checkpoint's time goes into what one is thought to take
ENDING = 3  # checkpoints that the measuring at the end takes, about


class TimeLeft:
    """The time that batches and checkpoints take, and what follows for those that are to come."""

    def __init__(self, batches: int, planned: Collection[int]) -> None:
        self._end, self._planned = batches, planned
        self._batches = self._batches_took = 0.0
        self._samples = self._took = 0.0
        self._new_batches = self._new_samples = 0
        self._checkpoint = 0.0

    @property
    def speed(self) -> float:
        """Samples a second, checkpoints included; 0 before the first."""
        return self._samples / self._took if self._took else 0.0

    def count(self, samples: int) -> None:
        """A batch of so many samples was trained."""
        self._new_batches += 1
        self._new_samples += samples

    def trained(self, seconds: float) -> None:
        """The batches counted since last time took so long."""
        if not self._new_batches:
            return
        faded = 0.5 ** (seconds / HALF)
        self._batches = self._batches * faded + self._new_batches
        self._batches_took = self._batches_took * faded + seconds
        self._pass(self._new_samples, seconds)
        self._new_batches = self._new_samples = 0

    def kept(self, seconds: float) -> None:
        """A checkpoint took so long."""
        self._checkpoint += (FRESH if self._checkpoint else 1.0) * (seconds - self._checkpoint)
        self._pass(0, seconds)

    def after(self, batch: int) -> float | None:
        """Seconds from this batch to the end of the run; None before that can be told."""
        if self._batches_took < ENOUGH:
            return None
        batches = (self._end - batch) * self._batches_took / self._batches
        checkpoints = ENDING + sum(each > batch for each in self._planned)
        return batches + checkpoints * self._checkpoint

    def _pass(self, samples: int, seconds: float) -> None:
        faded = 0.5 ** (seconds / HALF)
        self._samples = self._samples * faded + samples
        self._took = self._took * faded + seconds
