"""What travels and what is kept has a bound, and lists stay quick whatever is in the database."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import event

from nnviz.errors import InputError
from nnviz.recipe import RateChange
from nnviz.recipe.limits import Limits
from nnviz.runs.checkpoints import planned
from nnviz.runs.database import checkpoints, commands, connect, default_url, states
from nnviz.runs.runs import PENDING, Runs
from nnviz.runs.storage import Storage
from tests.runs.conftest import QUICK, VISITOR, Place

OTHER = "b" * 32


def count(place: Place, table: sa.Table) -> int:
    with place.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def statements(engine: sa.Engine) -> list[str]:
    """What is asked of the database from now on."""
    said: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        said.append(statement)

    return said


def test_a_list_reads_no_recipe_and_asks_as_much_for_many_runs_as_for_few(place: Place) -> None:
    place.start()
    said = statements(place.engine)
    assert place.runs.all()[0].training == QUICK.to_json()["training"]
    few = len(said)
    for _ in range(3):
        place.start()
    said.clear()
    runs = place.runs.all()
    assert sorted(run.queue_position or 0 for run in runs) == [1, 2, 3, 4]
    assert len(said) == few
    assert not any("nnviz_runs.recipe" in statement for statement in said)


def test_an_older_database_gets_what_lists_tell_once(tmp_path: Path) -> None:
    """As it was before: no summary; recipes with ten thousands of changes."""
    place = Place(tmp_path)
    run = place.start()
    recipe = json.dumps({**QUICK.to_json(), "changes": [[1, 0.1]] * 20_000})
    with place.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE nnviz_runs SET recipe = ?", (recipe,))
        for column in ("summary", "bytes"):
            connection.exec_driver_sql(f"ALTER TABLE nnviz_runs DROP COLUMN {column}")
    place.close()
    again = Runs(connect(default_url(tmp_path)), Limits())
    try:
        said = statements(again.engine)
        (found,) = again.all()
        assert (found.id, found.samples, found.bytes) == (run.id, QUICK.samples, 0)
        assert found.layer_kinds == ["dense", "dropout", "dense"]
        assert not any("nnviz_runs.recipe" in statement for statement in said)
        assert again.rename(run.id, "Another").title == "Another"
    finally:
        again.close()


def test_a_list_written_before_kinds_of_layers_were_told_is_read(place: Place) -> None:
    run = place.start()
    assert place.runs[run.id].layer_kinds == ["dense", "dropout", "dense"]
    with place.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE nnviz_runs SET summary = ?", ('{"training":{},"samples":9}',)
        )
    found = place.runs[run.id]
    assert (found.layer_kinds, found.samples, found.problem) == ([], 9, "digits")


def test_of_rates_that_wait_the_newest_counts(place: Place) -> None:
    run = place.start()
    for n in range(150):
        place.runs.ask(run.id, "rate", 0.001 + n / 1e6)
    assert count(place, commands) == 1


def test_a_run_hears_only_so_many_changes_of_its_rate(place: Place, hasty: None) -> None:
    place.runs.limits = Limits(changes=2)
    run = place.start()
    with place.engine.begin() as connection:
        for batch in (1, 2):
            values = {"run_id": run.id, "kind": "rate", "value": 0.1, "batch": batch}
            connection.execute(sa.insert(commands).values(values))
    with pytest.raises(InputError, match="2 changes of the rate in a run") as caught:
        place.runs.ask(run.id, "rate", 0.3)
    assert caught.value.code == "too_many_commands"


def test_commands_that_wait_are_few_and_what_was_done_is_forgotten(
    place: Place, hasty: None
) -> None:
    run = place.start()
    for _ in range(PENDING):
        place.runs.ask(run.id, "batch")
    for _ in range(3):
        with pytest.raises(InputError, match="commands that wait"):
            place.runs.ask(run.id, "batch")
    place.trainer(run).run()
    assert count(place, commands) == 0


def test_asking_the_same_again_is_asking_once(place: Place) -> None:
    run = place.start()
    for _ in range(5):
        place.runs.ask(run.id, "epoch")
    assert count(place, commands) == 1


def test_a_recipe_tells_the_changes_that_it_began_with(place: Place, hasty: None) -> None:
    changed = replace(QUICK, changes=(RateChange(3, 0.02), RateChange(9, 0.005)))
    run = place.start(changed)
    assert place.runs.recipe(run.id) == changed
    place.runs.ask(run.id, "rate", 0.5)
    place.trainer(run).run()
    assert place.runs.recipe(run.id).changes == (RateChange(1, 0.5), *changed.changes)


def test_pausing_often_keeps_no_more_than_so_many_checkpoints(
    place: Place, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnviz.runs.trainer.affordable", lambda *_: 8)
    run = place.start()
    place.runs.ask(run.id, "batch")
    trainer = place.trainer(run)
    trainer.run()
    for segment in range(2, 14):
        place.runs.ask(run.id, "batch")
        place.trainer(run, segment).run()
    kept = [each.batch for each in place.runs.checkpoints(run.id)]
    wanted = planned(60, 10, 8)
    assert len([batch for batch in kept if batch not in wanted]) == 2
    assert kept[-1] == 13
    assert {batch for batch in wanted if batch <= 13} <= set(kept)


def test_a_run_that_ended_keeps_no_state(place: Place) -> None:
    run = place.start()
    promised = run.bytes
    place.trainer(run).run()
    assert count(place, states) == 0
    assert 0 < place.runs[run.id].bytes < promised
    with place.engine.connect() as connection:
        length = sa.func.sum(sa.func.length(checkpoints.c.weights))
        assert connection.execute(sa.select(length)).scalar_one() <= place.runs[run.id].bytes


def test_room_is_promised_before_it_is_taken(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.runs = Runs(place.engine, Limits(own_disk=5), Storage(tmp_path, 9))
    try:
        assert 1_500_000 < place.start().bytes < 2_000_000
        place.start()
        with pytest.raises(InputError, match="Expected your runs to take at most 5 MB") as caught:
            place.start()
        assert caught.value.code == "no_room"
        place.start(visitor="c" * 32)
        place.start(visitor="d" * 32)
        with pytest.raises(InputError, match=r"of 9 MB are used and \d+ promised"):
            place.start(visitor="e" * 32)
        place.runs.delete_all_of(VISITOR)
        place.start(visitor=OTHER)
    finally:
        place.close()


def test_a_visitors_runs_are_deleted_all_at_once(place: Place) -> None:
    for _ in range(3):
        place.start()
    kept = place.start(visitor=OTHER)
    assert place.runs.delete_all_of(VISITOR) == 3
    assert [run.id for run in place.runs.all()] == [kept.id]


@pytest.mark.parametrize("wrong", ["run-%00", "run-\0", "x" * 500, "run-0123456789AB"])
def test_what_cannot_be_an_id_is_unknown_without_asking(place: Place, wrong: str) -> None:
    said = statements(place.engine)
    for ask in (
        lambda: place.runs[wrong],
        lambda: place.runs.delete(wrong),
        lambda: place.runs.ask(wrong, "stop"),
        lambda: place.runs.recipe(wrong),
    ):
        with pytest.raises(InputError) as caught:
            ask()
        assert caught.value.code == "unknown_run"
    assert not said
