"""What tests of several kinds share."""

import socket
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression

# Files that make their cases while they are read, which takes seconds, and the mark of all of them.
DEAR_TO_READ = {"test_schema.py": "thorough", "test_pythons.py": "slow"}

# Tests with a second process in them: a browser, a server, networks that train. Which of the two is
# served first is the machine's choice; one that fails once for that is tried once more, and listed
# as rerun at the end. One that is listed often has a fault: in the test, or in what it tests.
WITH_PROCESSES = ("browser", "runs", "serving", "beside")
HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Spare the reading of a file none of whose tests are asked for."""
    mark = DEAR_TO_READ.get(collection_path.name)
    if mark is None or not config.option.markexpr:
        return None
    asked = Expression.compile(config.option.markexpr)
    return None if asked.evaluate(lambda name, **_: name == mark) else True


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
