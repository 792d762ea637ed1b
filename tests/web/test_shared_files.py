"""What worker processes share: one works, the others look on, and the folder stays small."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from nnviz.datasets import mnist
from nnviz.web.bounds import shared_files
from nnviz.web.bounds.shared_files import SharedFiles
from nnviz.web.studies import maps

PATIENT = 60.0


def test_what_is_kept_is_there_for_every_process(tmp_path: Path) -> None:
    one, two = (SharedFiles(tmp_path / "maps", 1_000_000) for _ in range(2))
    key = ("map", 1, ("sha", b"\x00"), "hidden1")
    assert two.read(key) is None
    one.write(key, b"whole")
    one.write(key, b"half", "growing")
    assert two.read(key) == b"whole"
    assert two.read(key, "growing") == b"half"
    two.drop(key, "growing")
    assert one.read(key, "growing") is None
    assert one.read(("map", 1, ("sha", b"\x01"), "hidden1")) is None


def test_the_folder_keeps_to_its_bytes(tmp_path: Path) -> None:
    files = SharedFiles(tmp_path / "maps", 30_000)
    for number in range(5):
        files.write(number, bytes(9_000))
        path = files._path(number, "done")
        os.utime(path, (1_000_000 + number,) * 2)
    assert [number for number in range(5) if files.read(number)] == [2, 3, 4]
    files.write("large", bytes(30_001))
    assert sum(path.stat().st_size for path in (tmp_path / "maps").iterdir()) <= 30_000


def test_wishes_without_number_are_bounded_too(tmp_path: Path) -> None:
    """An empty file takes its place on a disk: of those a visitor may cause many."""
    files = SharedFiles(tmp_path / "maps", 10 * shared_files.BLOCK)
    files.write("first", b"x")
    for number in range(50):
        files.want(number)
        os.utime(files._path(number, "wanted"), (1_000_000 + number,) * 2)
    files.write("next", b"x")
    assert len(list((tmp_path / "maps").iterdir())) <= 10
    assert files.read("next") == b"x"


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:40], lambda b: b[:50] + b"?" + b[51:]]
)
def test_what_a_disk_has_damaged_is_made_anew(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    files = SharedFiles(tmp_path / "maps", 1_000_000)
    files.write("a", bytes(100))
    path = files._path("a", "done")
    path.write_bytes(damage(path.read_bytes()))
    assert files.read("a") is None
    assert not path.exists()
    files.write("a", bytes(100))
    assert files.read("a") == bytes(100)


def test_a_folder_that_may_only_be_read_still_gives_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = SharedFiles(tmp_path / "maps", 1_000_000)
    files.write("a", b"kept")

    def refused(*_: object) -> None:
        raise PermissionError(1, "read-only file system")

    monkeypatch.setattr(shared_files.os, "utime", refused)
    assert files.read("a") == b"kept"


def test_a_full_disk_is_no_failure_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    files = SharedFiles(tmp_path / "maps", 1_000_000)
    files.write("a", b"kept")
    full = OSError(28, "No space left on device")

    def refused(*_: object, **__: object) -> None:
        raise full

    with monkeypatch.context() as patched:
        patched.setattr(shared_files.os, "replace", refused)
        files.write("a", b"newer")
        files.write("b", b"x")
    assert files.read("a") == b"kept"
    assert files.read("b") is None
    assert not list((tmp_path / "maps").glob("*.part"))
    assert "No space left" in caplog.text
    with monkeypatch.context() as patched:
        patched.setattr(shared_files.FileLock, "acquire", refused)
        with files.turn(lambda: pytest.fail("nobody else is there")):
            files.write("b", b"x")
    assert files.read("b") == b"x"


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "maps").write_text("a file where the folder should be")
    files = SharedFiles(tmp_path / "maps", 100)
    files.write("a", b"x")
    files.want("a")
    files.drop("a")
    assert files.read("a") is None
    assert not files.is_wanted("a")
    with files.turn(lambda: pytest.fail("nobody else is there")):
        pass


def test_one_works_and_the_others_look_on(tmp_path: Path) -> None:
    one, two = (SharedFiles(tmp_path / "maps", 1_000_000) for _ in range(2))
    seen = threading.Event()
    order: list[str] = []

    def wait() -> None:
        def look_on() -> None:
            two.want("a")
            seen.set()

        with two.turn(look_on):
            order.append("two")

    with one.turn(lambda: pytest.fail("the first does not wait")):
        assert not one.is_wanted("a")
        other = threading.Thread(target=wait)
        other.start()
        assert seen.wait(PATIENT)
        assert one.is_wanted("a")
        order.append("one")
    other.join(PATIENT)
    assert order == ["one", "two"]


def test_a_wish_that_is_old_holds_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = SharedFiles(tmp_path / "maps", 1_000_000)
    files.write("b", b"x")
    files.want("a")
    assert files.is_wanted("a")
    monkeypatch.setattr(shared_files, "FRESH", -1.0)
    assert not files.is_wanted("a")


def growing() -> maps.Map:
    marks = maps._order()[: maps.LANDMARKS]
    points = mnist.load().test.images[marks, 10, 10:12].astype("float32")
    return maps.Map("tsne", 0.4, marks, points, iteration=200)


def test_a_map_is_packed_and_unpacked_and_anything_else_is_none() -> None:
    found = growing()
    again = maps.unpacked(maps.packed(found))
    assert again is not None
    assert (again.points == found.points).all()
    assert (again.indices == found.indices).all()
    assert (again.iteration, again.progress, again.faithfulness) == (200, 0.4, None)
    content = maps.packed(found)
    for broken in (b"", b"x", content[:-9], content[: len(content) // 2], b"PK" + bytes(99)):
        assert maps.unpacked(broken) is None


def test_who_waits_is_told_how_far_the_other_process_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that waits takes the finished map, and makes none itself."""
    one, two = (SharedFiles(tmp_path / "maps", 10_000_000) for _ in range(2))
    half, told, done = growing(), list[maps.Map](), list[maps.Map]()
    whole = maps.replace(half, progress=1.0, iteration=500)
    looked = threading.Event()

    def never(x: object, check: Callable[[], None], tell: object) -> maps.Map:
        raise AssertionError("it was made already")

    def tell(so_far: maps.Map) -> None:
        told.append(so_far)
        looked.set()

    def wait() -> None:
        done.append(maps._shared(two, "key", half.points, lambda: None, tell))

    monkeypatch.setattr(maps, "_tsne", never)
    with one.turn(lambda: None):
        one.write("key", maps.packed(half), "growing")
        other = threading.Thread(target=wait)
        other.start()
        assert looked.wait(PATIENT)
        one.write("key", maps.packed(whole))
    other.join(PATIENT)
    assert told[0].iteration == 200
    assert done[0].iteration == 500
