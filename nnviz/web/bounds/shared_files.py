"""Results that all worker processes share: files under their content's hash, so many bytes of them.

They outlast the server. What is being worked on tells how far it is there, too, and one lock lets
one process at a time work; who else wants the same looks on.
"""

import contextlib
import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

LOOK_EVERY = 0.1  # seconds between two looks whether it is one's turn
FRESH = 2.0  # seconds for which somebody's wish holds
DIGEST = hashlib.sha256().digest_size  # bytes before what is kept, by which damage is seen
BLOCK = 4096  # bytes that a file takes on a disk, however small

logger = logging.getLogger(__name__)


class SharedFiles:
    """A folder of at most ``most`` bytes on the disk, what was used longest ago goes first.

    Without a folder that can be written everything is worked out anew, and nothing else happens.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most, self._lock = folder, most, Lock()

    def read(self, key: Hashable, kind: str = "done") -> bytes | None:
        """What is kept under the key, if it still is, as it was written.

        What a disk has damaged is none: it is deleted, so that it is made anew.
        """
        path = self._path(key, kind)
        try:
            kept = path.read_bytes()
        except OSError:
            return None
        digest, content = kept[:DIGEST], kept[DIGEST:]
        if digest != hashlib.sha256(content).digest():
            logger.warning("A kept result was damaged, and is made anew.")
            self.drop(key, kind)
            return None
        with contextlib.suppress(OSError):  # a folder that may only be read
            os.utime(path)
        return content

    def write(self, key: Hashable, content: bytes, kind: str = "done") -> None:
        """Keep something, whole or not at all."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self._folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(content).digest() + content)
                os.replace(part, self._path(key, kind))
            except OSError:
                Path(part).unlink(missing_ok=True)
                raise
            self._make_room()
        except OSError as error:
            logger.warning("A result is not kept: %s", error.strerror)

    def drop(self, key: Hashable, kind: str = "done") -> None:
        """Forget what is kept under the key."""
        try:
            self._path(key, kind).unlink(missing_ok=True)
        except OSError as error:
            logger.warning("A result is not deleted: %s", error.strerror)

    def want(self, key: Hashable) -> None:
        """Say that somebody here waits for what another process works on."""
        try:
            self._path(key, "wanted").touch()
        except OSError:  # nothing is kept there: nobody works on it for others
            return

    def is_wanted(self, key: Hashable) -> bool:
        """Whether somebody waits for it in another process."""
        try:
            return time.time() - self._path(key, "wanted").stat().st_mtime < FRESH
        except OSError:
            return False

    @contextmanager
    def turn(self, meanwhile: Callable[[], None]) -> Iterator[None]:
        """Have one's turn among all processes; ``meanwhile`` is called while one waits for it."""
        lock = self._file_lock()
        if lock is not None:
            while True:
                try:
                    lock.acquire(timeout=0)
                    break
                except Timeout:
                    meanwhile()
                    time.sleep(LOOK_EVERY)
                except OSError:
                    lock = None
                    break
        try:
            yield
        finally:
            if lock is not None:
                lock.release()

    def _file_lock(self) -> FileLock | None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        return FileLock(self._folder / "turn.lock", thread_local=False)

    def _make_room(self) -> None:
        with self._lock:
            files = [path for path in self._folder.iterdir() if path.suffix != ".lock"]
            told = []
            for path in files:
                try:
                    found = path.stat()
                    told.append((found.st_mtime, max(BLOCK, found.st_size), path))
                except OSError:  # another process was faster
                    continue
            total = sum(size for _, size, _ in told)
            for _, size, path in sorted(told):
                if total <= self._most:
                    break
                path.unlink(missing_ok=True)
                total -= size

    def _path(self, key: Hashable, kind: str) -> Path:
        return self._folder / f"{hashlib.sha256(repr(key).encode()).hexdigest()[:32]}.{kind}"
