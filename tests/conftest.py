"""What tests of several kinds share."""

import gc
import os
import re
import socket
import sys
from pathlib import Path

# Before NumPy starts. A test's product is too small to share out, and the workers have all cores
# already: threads that wait for one another burn what a worker could use.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# What a process has compiled the servers and the next run need not, also where the environment is
# set for programs that run once: a worker takes two seconds of a core to compile the tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import pytest

# Files that make their cases while they are read, which takes seconds, and the mark of all of them.
DEAR_TO_READ = {"test_schema.py": "thorough", "test_pythons.py": "slow"}

# Tests with a second process in them: a browser, a server, networks that train. Which of the two is
# served first is the machine's choice; one that fails once for that is tried once more, and listed
# as rerun at the end. One that is listed often has a fault: in the test, or in what it tests.
WITH_PROCESSES = ("browser", "runs", "serving", "beside")
HERE = Path(__file__).parent


def pytest_configure(config: pytest.Config) -> None:
    """Load what only `test_schema.py` needs if it is asked for: a second of every process."""
    if _is_asked(DEAR_TO_READ["test_schema.py"], config.option.markexpr):
        config.pluginmanager.unblock("schemathesis")
        config.pluginmanager.import_plugin("schemathesis.pytest.plugin")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Spare the reading of a file none of whose tests are asked for."""
    mark = DEAR_TO_READ.get(collection_path.name)
    if mark is None or not config.option.markexpr:
        return None
    return None if _is_asked(mark, config.option.markexpr) else True


def _is_asked(mark: str, expression: str) -> bool:
    """Whether ``-m expression`` takes a test that has this mark alone."""
    names = set(re.findall(r"[a-z_]+", expression)) - {"and", "or", "not"}
    try:
        return bool(eval(expression or "True", {name: name == mark for name in names}))
    except (SyntaxError, TypeError):
        return True  # pytest tells what is wrong with it


def pytest_collection_finish() -> None:
    """Never look again for garbage among all tests and what they import: it stays."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Allow one more try to tests with other processes in them; to no other."""
    for item in items:
        if item.path.relative_to(HERE).parts[0] in WITH_PROCESSES:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
