"""MNIST ships whole, is checked, and a broken cache never becomes wrong data."""

import errno
import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from nnviz.datasets import mnist
from nnviz.errors import InputError


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache folder, and nothing loaded yet."""
    monkeypatch.setenv("NNVIZ_CACHE", str(tmp_path / "cache"))
    mnist.load.cache_clear()
    yield tmp_path / "cache"
    mnist.load.cache_clear()


def test_all_70000_digits_are_there() -> None:
    dataset = mnist.load()
    assert dataset.train.images.shape == (60_000, 28, 28)
    assert dataset.test.images.shape == (10_000, 28, 28)
    assert dataset.train.images.dtype == dataset.train.labels.dtype == np.uint8
    counts = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert np.bincount(dataset.test.labels).tolist() == counts
    assert not dataset.train.images.flags.writeable


def test_the_second_read_comes_from_the_cache(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = mnist.load().test.images
    assert {path.name for path in fresh.iterdir()} == set(mnist.SHA256)
    monkeypatch.setattr(mnist, "FILES", Path("nowhere"))
    mnist.load.cache_clear()
    np.testing.assert_array_equal(mnist.load().test.images, first)


def test_what_a_killed_process_left_in_the_cache_is_removed(fresh: Path) -> None:
    name = next(iter(mnist.SHA256))
    fresh.mkdir()
    left, new, foreign = fresh / f".{name}.a1", fresh / f".{name}.b2", fresh / "tmpxyz"
    for path in (left, new, foreign):
        path.write_bytes(b"half a copy")
        if path is not new:
            os.utime(path, (1, 1))
    mnist.load()
    there = {path.name for path in fresh.iterdir()}
    assert there == {*mnist.SHA256, new.name, foreign.name}


def test_a_copy_that_finds_no_room_leaves_nothing(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(mnist.os, "replace", full)
    assert len(mnist.load().test) == 10_000
    assert list(fresh.iterdir()) == []


def test_a_damaged_cache_is_read_anew_and_mended(fresh: Path) -> None:
    expected = mnist.load().test.labels
    damaged = fresh / "t10k-labels-idx1-ubyte"
    damaged.write_bytes(b"\0" * damaged.stat().st_size)
    mnist.load.cache_clear()
    np.testing.assert_array_equal(mnist.load().test.labels, expected)
    assert damaged.read_bytes()[:4] == b"\x00\x00\x08\x01"


def test_it_works_without_a_cache_that_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNVIZ_CACHE", "/dev/null/no-folder")
    assert len(mnist.load().test) == 10_000


def test_a_changed_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in mnist.SHA256:
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(b"\x00\x00\x08\x01\x00\x00\x00\x00"))
    monkeypatch.setattr(mnist, "FILES", tmp_path)
    with pytest.raises(InputError, match="SHA-256"):
        mnist.load()


def test_a_file_with_a_flipped_bit_is_refused_wherever_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = (mnist.FILES / "t10k-labels-idx1-ubyte.gz").read_bytes()
    monkeypatch.setattr(mnist, "FILES", tmp_path)
    for at in range(10, len(shipped), 97):
        damaged = bytearray(shipped)
        damaged[at] ^= 16
        (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(damaged)
        with pytest.raises(InputError) as caught:
            mnist.load()
        assert caught.value.code == "broken_dataset"


def test_a_missing_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mnist, "FILES", tmp_path)
    with pytest.raises(InputError, match=r"train-images-idx3-ubyte\.gz cannot be read"):
        mnist.load()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"abcd",
        b"\0\0\x08\x03\0\0",
        b"\0\0\x08\x01\0\0\0\x05abc",
        b"\0\0\x0d\x01\0\0\0\x01abcd",
    ],
)
def test_what_is_no_idx_file_of_bytes_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        mnist.parse_idx(content)


def test_the_validation_part_is_apart_and_always_the_same() -> None:
    dataset = mnist.load()
    learn, held_out = dataset.split(5000)
    assert (len(learn), len(held_out)) == (55_000, 5_000)
    np.testing.assert_array_equal(held_out.images, dataset.split(5000)[1].images)
    together = np.concatenate([learn.images, held_out.images]).sum(dtype=np.int64)
    assert together == dataset.train.images.sum(dtype=np.int64)
    assert np.bincount(held_out.labels).min() > 350
