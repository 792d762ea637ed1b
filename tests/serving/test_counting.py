"""The folder a class's workers count in goes with its server, also after a kill."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnviz.serving.counting import PREFIX, counting_folder


def test_it_is_gone_afterwards_whatever_happened(tmp_path: Path) -> None:
    with counting_folder(os.getpid(), tmp_path) as folder:
        (folder / "1.traffic").write_bytes(b"x")
    assert not folder.exists()
    with pytest.raises(KeyError), counting_folder(os.getpid(), tmp_path) as folder:
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_server_left_is_removed_by_the_next_one(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f"{PREFIX}{ended.pid}-abc"
    left.mkdir()
    (left / "1.traffic").write_bytes(b"x")
    others = [f"{PREFIX}{os.getpid()}-abc", f"{PREFIX}mine", "nnviz-other", f"{PREFIX}9-a.b"]
    for name in others:
        (tmp_path / name).mkdir()
    with counting_folder(os.getpid(), tmp_path):
        assert not left.exists()
    assert {path.name for path in tmp_path.iterdir()} == set(others)
