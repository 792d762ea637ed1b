"""What a training process does: it goes on where it was, heeds commands, keeps what it came to."""

import math
import threading

import numpy as np
import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import event

from nnviz.errors import InputError
from nnviz.layers import LSTM, Conv2D, Dense, Dropout, Flatten
from nnviz.recipe import RateChange, Recipe, architecture
from nnviz.recipe.lessons import MODEST
from nnviz.recipe.limits import Limits
from nnviz.runs import trainer as trainer_module
from nnviz.runs.database import checkpoints, states
from nnviz.runs.job import Command, Job, SupersededError
from nnviz.runs.run import Run
from nnviz.runs.trainer import RunTrainer
from nnviz.training import Trainer
from nnviz.training.config import TrainingConfig
from tests.runs.conftest import QUICK, Place, undisturbed


def crash_at(monkeypatch: pytest.MonkeyPatch, *batches: int) -> None:
    """The process ends for no reason before each of these batches, once."""
    left, advance = set(batches), Trainer.advance

    def advance_or_crash(self: Trainer) -> object:
        if self.batch in left:
            left.discard(self.batch)
            raise KeyboardInterrupt
        return advance(self)

    monkeypatch.setattr(Trainer, "advance", advance_or_crash)


def train_through(place: Place, run: object, crashes: int) -> None:
    for _ in range(crashes):
        with pytest.raises(KeyboardInterrupt):
            place.trainer(run).run()
    place.trainer(run).run()


def test_a_run_gives_the_weights_that_the_library_gives(place: Place) -> None:
    run = place.start()
    place.trainer(run).run()
    done = place.runs[run.id]
    assert (done.state, done.batch) == ("done", 60)
    assert not place.runs.any_enqueued()
    np.testing.assert_array_equal(place.newest(run), undisturbed(QUICK))
    assert done.tested is not None
    assert done.tested > 0.5


KINDS = {
    "dropout, Adam, averaging": QUICK,
    "SGD with momentum, no schedule": replace(
        QUICK, training=TrainingConfig(epochs=3, batch_size=64, optimizer="sgd", momentum=0.9)
    ),
    "fresh augmentation": replace(QUICK, samples=200, augmentation=MODEST),
    "maps": Recipe(
        "Maps",
        architecture(
            (28, 28, 1), Conv2D(2, 5, "relu"), Flatten(), Dropout(0.3), Dense(10, "softmax")
        ),
        TrainingConfig(epochs=3, batch_size=32, optimizer="adamw", weight_decay=0.01),
        samples=200,
    ),
    "rows": Recipe(
        "Rows",
        architecture((28, 28), LSTM(4), Dense(10, "softmax")),
        TrainingConfig(epochs=3, batch_size=32, schedule="one_cycle", gradient_clip=1.0),
        samples=200,
    ),
    "two heads": Recipe(
        "Heads",
        {
            **architecture(
                (784,),
                Dense(8, "relu"),
                Dense(10, "softmax", name="digit"),
                Dense(3, "softmax", name="loops"),
            ),
            "heads": 2,
        },
        TrainingConfig(epochs=3, batch_size=32),
        samples=200,
    ),
}


ALL_KINDS = [
    pytest.param(kind, marks=[] if kind == "rows" else [pytest.mark.thorough]) for kind in KINDS
]


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_cut_off_before_any_batch_it_comes_to_the_same_weights(
    place: Place, monkeypatch: pytest.MonkeyPatch, hasty: None, kind: str
) -> None:
    recipe = KINDS[kind]
    crashes = np.random.default_rng(1).choice(recipe.batches, 5, replace=False).tolist()
    crash_at(monkeypatch, *crashes)
    run = place.start(recipe)
    train_through(place, run, len(crashes))
    monkeypatch.undo()
    np.testing.assert_array_equal(place.newest(run), undisturbed(recipe))


def crashed_without_state(
    place: Place, monkeypatch: pytest.MonkeyPatch, batch: int
) -> tuple[Run, dict[int, np.ndarray]]:
    """A run that was cut off before a batch and lost its state; the checkpoints that it has."""
    crash_at(monkeypatch, batch)
    run = place.start()
    with pytest.raises(KeyboardInterrupt):
        place.trainer(run).run()
    with place.engine.begin() as connection:
        connection.execute(sa.delete(states))
    kept = [each.batch for each in place.runs.checkpoints(run.id)]
    return run, {each: place.runs.weights(run.id, each) for each in kept}


def test_without_a_state_it_starts_again_and_no_checkpoint_is_lost(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, before = crashed_without_state(place, monkeypatch, 41)
    assert len(before) > 3
    again = place.trainer(run)
    assert {each.batch for each in place.runs.checkpoints(run.id)} == set(before)
    again.run()
    for batch, weights in before.items():
        np.testing.assert_array_equal(place.runs.weights(run.id, batch), weights)
    np.testing.assert_array_equal(place.newest(run), undisturbed(QUICK))


def test_a_broken_state_is_passed_over(
    place: Place, monkeypatch: pytest.MonkeyPatch, hasty: None
) -> None:
    crash_at(monkeypatch, 37)
    run = place.start()
    with pytest.raises(KeyboardInterrupt):
        place.trainer(run).run()
    with place.engine.begin() as connection:
        newest = connection.execute(
            sa.select(states.c.batch, states.c.content).order_by(states.c.batch.desc())
        ).first()
        assert newest is not None
        broken = newest.content[:-3] + b"???"
        connection.execute(
            sa.update(states).where(states.c.batch == newest.batch).values(content=broken)
        )
    again = place.trainer(run)
    assert 0 < again._trainer.batch < newest.batch
    again.run()
    np.testing.assert_array_equal(place.newest(run), undisturbed(QUICK))


def test_a_broken_checkpoint_is_told_and_the_others_stay(place: Place) -> None:
    run = place.start()
    place.trainer(run).run()
    first, second, *_ = (each.batch for each in place.runs.checkpoints(run.id))
    with place.engine.begin() as connection:
        connection.execute(
            sa.update(checkpoints).where(checkpoints.c.batch == first).values(weights=b"rubbish")
        )
    with pytest.raises(InputError, match="its content is another") as caught:
        place.runs.weights(run.id, first)
    assert caught.value.code == "broken_checkpoint"
    assert np.isfinite(place.runs.weights(run.id, second)).all()


def test_one_batch_one_epoch_pause_and_on(place: Place, hasty: None) -> None:
    run = place.start()
    assert place.runs.ask(run.id, "pause").state == "paused"
    for segment, (command, batch) in enumerate(
        [("batch", 1), ("batch", 2), ("epoch", 10), ("epoch", 20)], start=2
    ):
        place.runs.ask(run.id, command)
        place.trainer(run, segment).run()
        now = place.runs[run.id]
        assert (now.state, now.batch) == ("paused", batch)
        assert place.runs.checkpoints(run.id)[-1].batch == batch
    place.runs.ask(run.id, "go")
    place.trainer(run, 6).run()
    assert place.runs[run.id].state == "done"
    np.testing.assert_array_equal(place.newest(run), undisturbed(QUICK))


def test_a_rate_set_by_hand_is_part_of_the_recipe(place: Place, hasty: None) -> None:
    run = place.start()
    place.runs.ask(run.id, "pause")
    place.runs.ask(run.id, "epoch")
    place.trainer(run, 2).run()
    place.runs.ask(run.id, "rate", 0.05)
    place.runs.ask(run.id, "go")
    place.trainer(run, 3).run()
    recipe = place.runs.recipe(run.id)
    assert recipe.changes == (RateChange(11, 0.05),)
    np.testing.assert_array_equal(place.newest(run), undisturbed(recipe))
    assert not np.array_equal(place.newest(run), undisturbed(QUICK))


def test_a_new_rate_after_a_crash_makes_void_what_was_come_to_before(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, before = crashed_without_state(place, monkeypatch, 50)
    place.runs.ask(run.id, "rate", 0.03)
    place.trainer(run).run()
    np.testing.assert_array_equal(place.newest(run), undisturbed(place.runs.recipe(run.id)))
    assert len(before) > 3
    for batch, weights in before.items():
        same = np.array_equal(place.runs.weights(run.id, batch), weights)
        assert same == (batch == 0), batch
    assert place.runs.recipe(run.id).changes[0].batch == 1


def test_a_checkpoint_of_the_very_batch_that_gets_a_new_rate_is_void(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash_at(monkeypatch, 50)
    run = place.start()
    with pytest.raises(KeyboardInterrupt):
        place.trainer(run).run()
    kept = [each.batch for each in place.runs.checkpoints(run.id)]
    job = Job(place.engine, run.id, 1)
    job.apply_command(Command(0, "rate", 0.03), batch=kept[2], until=60)
    assert [each.batch for each in place.runs.checkpoints(run.id)] == kept[:2]


def test_stop_ends_it_and_keeps_what_there_is(place: Place, hasty: None) -> None:
    run = place.start()
    place.runs.ask(run.id, "pause")
    place.runs.ask(run.id, "epoch")
    place.trainer(run, 2).run()
    place.runs.ask(run.id, "go")
    place.runs.ask(run.id, "stop")
    if place.runs[run.id].state == "waiting":
        place.trainer(run, 3).run()
    stopped = place.runs[run.id]
    assert (stopped.state, stopped.batch) == ("stopped", 10)
    with pytest.raises(InputError, match="has ended"):
        place.runs.ask(run.id, "go")
    assert place.runs.checkpoints(run.id)[-1].batch == 10


def test_a_run_that_waits_is_stopped_at_once(place: Place) -> None:
    run = place.start()
    assert place.runs.ask(run.id, "stop").state == "stopped"
    with pytest.raises(SupersededError):
        Job(place.engine, run.id, 1)


@pytest.mark.parametrize(
    ("rate", "state", "why"), [(1e30, "stopped", "diverged"), (1e9, "done", "")]
)
def test_one_that_diverges_stops_and_says_so(
    place: Place, rate: float, state: str, why: str
) -> None:
    hot = replace(
        QUICK,
        architecture=architecture((784,), Dense(8, "relu"), Dense(10, "softmax")),
        training=TrainingConfig(epochs=6, batch_size=50, optimizer="sgd", learning_rate=rate),
    )
    run = place.start(hot)
    with np.errstate(all="ignore"):
        place.trainer(run).run()
    stopped = place.runs[run.id]
    assert (stopped.state, stopped.reason) == (state, why)


def test_its_time_is_limited(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    run = place.start()
    job = Job(place.engine, run.id, 1)
    job.seconds = 100.0
    RunTrainer(job, Limits(seconds=100), threading.Event()).run()
    stopped = place.runs[run.id]
    assert (stopped.state, stopped.reason, stopped.batch) == ("stopped", "time", 1)


def test_who_lost_the_run_writes_nothing_more(place: Place) -> None:
    run = place.start()
    first = place.trainer(run)
    place.trainer(run)
    with pytest.raises(SupersededError):
        first.run()


def test_a_deleted_run_ends(place: Place) -> None:
    run = place.start()
    trainer = place.trainer(run)
    place.runs.delete(run.id)
    with pytest.raises(SupersededError):
        trainer.run()


def test_a_full_disk_is_told_and_nothing_is_lost(
    place: Place, monkeypatch: pytest.MonkeyPatch, hasty: None
) -> None:
    run = place.start()
    room = 10**6

    @event.listens_for(place.engine, "connect")
    def limit(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={room}")

    place.engine.dispose()
    with place.engine.connect() as connection:
        room = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + 40
    place.engine.dispose()
    with pytest.raises(InputError) as caught:
        place.trainer(run).run()
    assert caught.value.code == "no_room"
    kept = place.runs.checkpoints(run.id)
    assert kept
    weights = [place.runs.weights(run.id, each.batch) for each in kept]
    room = 10**6
    place.engine.dispose()
    place.trainer(run).run()
    for each, before in zip(kept, weights, strict=True):
        np.testing.assert_array_equal(place.runs.weights(run.id, each.batch), before)
    np.testing.assert_array_equal(place.newest(run), undisturbed(QUICK))


def test_points_tell_every_batch_once_and_are_not_too_many(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer_module, "POINTS", 30)
    monkeypatch.setattr(trainer_module, "STATE_EVERY", math.inf)  # each state ends a point, too
    run = place.start()
    place.trainer(run).run()
    told = place.runs.points(run.id, 0)
    batches = [point.batch for point in told]
    assert batches == sorted(set(batches))
    assert batches[-1] == 60
    assert len(batches) <= 32
    assert place.runs.points(run.id, 30) == [point for point in told if point.batch > 30]
