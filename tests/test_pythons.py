"""Every Python from 3.11 on that is on this machine passes the fast tests.

    python -m pytest -m slow tests/test_pythons.py -n 0

Each gets a virtual environment of its own with what the requirements name.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.open_folder import open_folder

ROOT = Path(__file__).parents[1]
OLDEST = (3, 11)
NAMES = ["python3", "python", *(f"python3.{minor}" for minor in range(11, 20))]
FAST = ["tests", "--ignore", "tests/browser", "--ignore", "tests/test_package.py"]


def pythons() -> dict[str, str]:
    """The newest interpreter of each version that is found, by ``3.12`` and so on."""
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    places = [sys.executable, *(shutil.which(name) for name in NAMES)]
    places += [str(path) for path in sorted(versions.glob("*/bin/python"))]
    found: dict[str, str] = {}
    for place in filter(None, places):
        told = subprocess.run([place, "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"Python (\d+)\.(\d+)", told.stdout)
        if version and (int(version[1]), int(version[2])) >= OLDEST:
            found.setdefault(f"{version[1]}.{version[2]}", place)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("version", pythons())
def test_the_fast_tests_pass(version: str) -> None:
    with open_folder("python-") as place:  # PostgreSQL is in there, and may run as another user
        subprocess.run([pythons()[version], "-m", "venv", str(place)], check=True)
        python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(ROOT / "requirements-dev.txt")], check=True)
        subprocess.run([str(python), "-m", "pytest", "-q", *FAST], cwd=ROOT, check=True)
