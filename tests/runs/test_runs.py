"""Starting, limits, the queue: what visitors may ask for."""

import threading

import pytest

from nnviz.errors import InputError
from nnviz.layers import Dense
from nnviz.recipe import Recipe, architecture
from nnviz.recipe.limits import Limits
from nnviz.runs.checkpoints import affordable, planned
from nnviz.runs.database import connect
from nnviz.training.config import TrainingConfig
from tests.runs.conftest import QUICK, VISITOR, Place

OTHER = "b" * 32


def test_the_same_key_starts_one_run_even_at_once(place: Place) -> None:
    started: list[str] = []
    threads = [
        threading.Thread(target=lambda: started.append(place.start(key="twelve-chars").id))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(started) == 8
    assert len(set(started)) == 1
    assert len(place.runs.all()) == 1
    assert place.start(visitor=OTHER, key="twelve-chars").id not in started


def test_a_visitor_has_so_many_unfinished_runs(place: Place) -> None:
    place.runs.limits = Limits(unfinished=2)
    first = place.start()
    place.start()
    with pytest.raises(InputError, match="at most 2 unfinished runs of yours") as caught:
        place.start()
    assert caught.value.code == "too_many_runs"
    assert len(place.runs.all()) == 2
    place.start(visitor=OTHER)
    place.runs.ask(first.id, "stop")
    place.start()


def test_all_together_have_so_many_runs(place: Place) -> None:
    place.runs.limits = Limits(all_unfinished=1)
    place.start()
    with pytest.raises(InputError, match="at most 1 unfinished runs in all"):
        place.start(visitor=OTHER)
    place.runs.limits = Limits(all_kept=1)
    with pytest.raises(InputError, match="at most 1 runs in all"):
        place.start(visitor=OTHER)
    place.runs.limits = Limits(kept=1)
    with pytest.raises(InputError, match="at most 1 runs of yours"):
        place.start()


def test_who_waits_knows_the_place_and_who_has_fewer_goes_first(place: Place) -> None:
    mine = [place.start() for _ in range(3)]
    other = place.start(visitor=OTHER)
    assert [place.runs[run.id].queue_position for run in mine] == [1, 3, 4]
    assert place.runs[other.id].queue_position == 2
    place.runs.ask(mine[0].id, "stop")
    assert place.runs[other.id].queue_position == 1


def test_names_and_deletion(place: Place) -> None:
    run = place.start()
    assert place.runs.rename(run.id, "여섯 번째").title == "여섯 번째"
    assert place.runs.recipe(run.id).title == "여섯 번째"
    with pytest.raises(InputError):
        place.runs.rename(run.id, " ")
    place.runs.delete(run.id)
    for action in (
        lambda: place.runs[run.id],
        lambda: place.runs.delete(run.id),
        lambda: place.runs.ask(run.id, "go"),
    ):
        with pytest.raises(InputError) as caught:
            action()
        assert caught.value.code == "unknown_run"


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), float("inf"), None])
def test_a_rate_has_to_be_one(place: Place, rate: float | None) -> None:
    run = place.start()
    with pytest.raises(InputError):
        place.runs.ask(run.id, "rate", rate)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(parameters=1000), "at most 1,000 parameters"),
        (Limits(activations=10), "at most 10 activations"),
        (Limits(batches=59), "at most 59 batches; got 60"),
    ],
)
def test_a_recipe_has_to_fit(limits: Limits, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        limits.check(QUICK)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    ("units", "activation", "message"),
    [(9, "softmax", "10 units"), (10, "linear", "softmax or sigmoid")],
)
def test_a_network_for_digits_says_ten_shares(units: int, activation: str, message: str) -> None:
    recipe = Recipe(
        "Odd",
        architecture((784,), Dense(units, activation)),
        TrainingConfig(epochs=1, loss="mean_squared_error"),
    )
    with pytest.raises(InputError, match=message):
        Limits().check(recipe)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (Dense(2, "softmax", name="size"), "heads out of digit, loops; got 'size'"),
        (Dense(4, "softmax", name="loops"), "with 3 units for 'loops'"),
        (Dense(3, name="loops"), "softmax or sigmoid"),
    ],
)
def test_a_second_head_answers_a_question_that_there_is(head: Dense, message: str) -> None:
    layers = architecture((784,), Dense(4), Dense(10, "softmax", name="digit"), head)
    recipe = Recipe("Heads", {**layers, "heads": 2}, TrainingConfig(epochs=1))
    with pytest.raises(InputError, match=message):
        Limits().check(recipe)


def test_limits_come_from_the_environment() -> None:
    limits = Limits.from_environment({"NNVIZ_LIMIT_AT_ONCE": "2", "PATH": "/bin"})
    assert limits == Limits(at_once=2)
    for variable, value in (
        ("NNVIZ_LIMIT_AT_ONCE", "0"),
        ("NNVIZ_LIMIT_SPEED", "3"),
        ("NNVIZ_LIMIT_KEPT", "9" * 5000),
    ):
        with pytest.raises(InputError, match=variable):
            Limits.from_environment({variable: value})


@pytest.mark.parametrize(("batches", "an_epoch"), [(1, 1), (60, 10), (51_570, 1719), (7, 3)])
def test_checkpoints_are_close_at_first_and_fit(batches: int, an_epoch: int) -> None:
    chosen = planned(batches, an_epoch)
    assert {0, 1, batches} <= chosen
    assert max(chosen) == batches
    assert len(chosen) <= 82
    assert affordable(500_000, 64) * 500_000 * 4 <= 64_000_000


def test_a_visitors_mark_is_not_told(place: Place) -> None:
    assert VISITOR not in place.start(key="twelve-chars").id


@pytest.mark.parametrize(
    "url", ["postgresql://me:secret@127.0.0.1:1/none", "nonsense", "oracle://x"]
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(url: str) -> None:
    with pytest.raises(InputError, match="Expected a database at") as caught:
        connect(url)
    assert caught.value.code == "bad_database"
    assert "secret" not in str(caught.value)
