"""A disk that is really full: a small file system in memory, mounted for one process."""

import subprocess
import sys
from pathlib import Path

import pytest

MOUNT = 'mount -t tmpfs -o size="$4" none "$1" && exec "$2" -c "$3" "$1"'
# What a story says to leave no byte free; nothing is held back that closing would have to write.
FILL = """
with (folder / "filler").open("wb", buffering=0) as file:
    try:
        while True:
            file.write(os.urandom(65536))
    except OSError:
        pass
"""


def told_on_a_small_disk(folder: Path, size: str, story: str) -> tuple[str, str]:
    """What a program prints, and what it complains of, with the folder a file system of that size.

    Skips the test where nobody may mount one.
    """
    command = ["unshare", "-rm", "sh", "-c", MOUNT, "sh", str(folder), sys.executable, story, size]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("this system lets nobody mount a file system")
    return done.stdout, done.stderr
