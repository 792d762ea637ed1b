"""Model files: what is saved is what is loaded, and nothing broken gets in."""

import json
import os
import stat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file

from nnviz.errors import InputError
from nnviz.layers import Dense
from nnviz.models import model_file
from nnviz.models.model_file import Model
from nnviz.network import Network


def model() -> Model:
    network = Network(
        [Dense(5, "relu", input_shape=(4,), name="hidden1"), Dense(3, "softmax")], rng=3
    )
    return Model(
        "small", "Small", network, {"training": {"seed": 3}}, {"validation": 0.5}, (2.5, 1.0)
    )


def rewritten(**changes: object) -> bytes:
    """The file with some of what it says about itself changed."""
    content = model_file.to_bytes(model())
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + size])
    about = {**json.loads(header["__metadata__"]["nnviz"]), **changes}
    header["__metadata__"]["nnviz"] = json.dumps(about)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + content[8 + size :]


def test_save_then_load_is_the_same_model(tmp_path: Path) -> None:
    model_file.save(tmp_path / "small.safetensors", model())
    loaded = model_file.load(tmp_path / "small.safetensors")
    np.testing.assert_array_equal(loaded.network.parameters, model().network.parameters)
    assert loaded.network.to_json() == model().network.to_json()
    assert (loaded.id, loaded.title, loaded.recipe) == ("small", "Small", model().recipe)
    assert (loaded.accuracy, loaded.exposure) == (model().accuracy, model().exposure)
    assert loaded.architecture == "4-5-3"
    assert loaded.kind == "mlp"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_a_saved_model_may_be_read_by_everybody_and_changed_by_its_owner(tmp_path: Path) -> None:
    model_file.save(tmp_path / "small.safetensors", model())
    assert stat.S_IMODE((tmp_path / "small.safetensors").stat().st_mode) == 0o644


def test_the_same_model_gives_the_same_bytes() -> None:
    assert model_file.to_bytes(model()) == model_file.to_bytes(model())


def test_any_safetensors_reader_gets_the_weights(tmp_path: Path) -> None:
    model_file.save(tmp_path / "small.safetensors", model())
    tensors = load_file(tmp_path / "small.safetensors")
    assert tensors.keys() == {"hidden1/W", "hidden1/b", "dense2/W", "dense2/b"}
    assert tensors["hidden1/W"].shape == (4, 5)


def test_saving_leaves_no_half_written_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "small.safetensors"
    model_file.save(path, model())
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        model_file.save(path, model())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": "2"}, "format 1"),
        ({"id": "../up"}, "small letters"),
        ({"id": None}, "small letters"),
        ({"title": ""}, "title"),
        ({"exposure": [1.0]}, "exposure"),
        ({"exposure": [0, 1]}, "exposure"),
        ({"exposure": "bright"}, "exposure"),
        ({"accuracy": {"validation": 97}}, "accuracies"),
        ({"accuracy": [0.9]}, "accuracies"),
        ({"recipe": None}, "recipe"),
        ({"architecture": None}, "architecture"),
        ({"architecture": {"input_shape": [4], "layers": []}}, "architecture"),
        (
            {"architecture": {"input_shape": [4], "layers": [{"kind": "dense", "units": 3}]}},
            "Expected arrays",
        ),
    ],
)
def test_what_a_file_says_of_itself_is_checked(changes: dict, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        model_file.from_bytes(rewritten(**changes))
    assert caught.value.code == "broken_model_file"


def test_a_missing_or_foreign_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can be read"):
        model_file.load(tmp_path / "none.safetensors")
    for content in (b"", b"PK\x03\x04", b"\x02\0\0\0\0\0\0\0{}", b"\xff" * 100):
        with pytest.raises(InputError, match="written by nnviz"):
            model_file.from_bytes(content)


def test_weights_that_are_not_finite_are_refused() -> None:
    broken = model()
    broken.network.parameters[3] = np.nan
    with pytest.raises(InputError, match="finite"):
        model_file.from_bytes(model_file.to_bytes(broken))


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=20))
def test_damage_anywhere_is_refused_or_harmless(at: int, noise: bytes) -> None:
    content = model_file.to_bytes(model())
    at %= len(content)
    damaged = content[:at] + noise + content[at + len(noise) :]
    try:
        model_file.from_bytes(damaged)
    except InputError as error:
        assert error.code == "broken_model_file"  # noqa: PT017 - either outcome is right


def test_the_lines_that_were_copied_from_the_page_still_find_it() -> None:
    """``from nnviz import model_file, models``, as ``static/js/draw/sharing/python.js`` writes."""
    import nnviz

    assert nnviz.model_file is model_file
