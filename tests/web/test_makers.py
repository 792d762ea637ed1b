"""What a visitor keeps is theirs to delete, bounded, and the teacher may delete all of it."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from nnviz.errors import InputError
from nnviz.models import load
from nnviz.models.model_file import Model
from nnviz.recipe.limits import Limits
from nnviz.settings import Settings
from nnviz.web import create_app
from nnviz.web.saved import SavedModels
from tests.runs.conftest import QUICK

CODE = "314159"


def saved(client: FlaskClient, title: str = "Mine") -> Any:
    edits = [{"kind": "temperature", "value": 2.0}]
    return client.post("/api/models", json={"base": "tiny", "title": title, "edits": edits})


@pytest.fixture
def school(tmp_path: Path) -> Any:
    small = Model("tiny", "Tiny", load("mlp-sigmoid").network, {}, {})
    settings = Settings(
        data=tmp_path, class_code=CODE, run_worker_elsewhere=True, limits=Limits(own_models=2)
    )
    app = create_app(settings, [small])
    yield app
    app.extensions["nnviz-training"].runs.close()


def ids(client: FlaskClient, what: str = "models") -> list[str]:
    listed = client.get("/api/models").json
    return listed["mine"] if what == "mine" else [each["id"] for each in listed["models"]]


def test_a_model_is_its_makers_and_the_teachers_to_delete(school: Any) -> None:
    maker, other = school.test_client(), school.test_client()
    made = saved(maker).json["id"]
    assert (ids(maker, "mine"), ids(other, "mine")) == ([made], [])
    refused = other.delete(f"/api/models/{made}")
    assert (refused.status_code, refused.json["code"]) == (403, "not_teacher")
    assert maker.delete(f"/api/models/{made}").status_code == 204
    assert made not in ids(maker)
    assert not list((school.extensions["nnviz-settings"].data / "models").iterdir())


def test_one_visitor_does_not_fill_the_shelf(school: Any) -> None:
    greedy, other = school.test_client(), school.test_client()
    first = saved(greedy).json["id"]
    assert saved(greedy).status_code == 201
    refused = saved(greedy)
    assert (refused.status_code, refused.json["code"]) == (507, "no_room")
    assert "at most 2 models of yours" in refused.json["detail"]
    assert saved(other).status_code == 201
    greedy.delete(f"/api/models/{first}")
    assert saved(greedy).status_code == 201


def test_the_teacher_deletes_all_of_a_visitor_at_once(school: Any) -> None:
    greedy, other, teacher = (school.test_client() for _ in range(3))
    for client in (greedy, other):
        assert saved(client).status_code == 201
        client.post("/api/runs", json={"recipe": QUICK.to_json()})
    assert greedy.get("/api/class/makers").status_code == 403
    teacher.post("/api/class/teacher", json={"code": CODE})
    every = teacher.get("/api/class/makers").json["makers"]
    assert [(each["runs"], each["models"]) for each in every] == [(1, 1), (1, 1)]
    mine = set(ids(greedy, "mine"))
    for each in every:
        assert greedy.delete(f"/api/class/makers/{each['maker']}").status_code == 403
    teacher.delete(f"/api/class/makers/{every[0]['maker']}")
    assert teacher.get("/api/class/makers").json["makers"] == every[1:]
    assert len(teacher.get("/api/runs").json["runs"]) == 1
    assert len(ids(teacher, "mine")) == 1
    assert set(ids(teacher, "mine")) != mine or ids(greedy, "mine")
    teacher.delete("/api/class/makers/nobody")


def test_no_list_and_no_file_name_tells_a_visitors_mark(school: Any) -> None:
    client = school.test_client()
    saved(client)
    mark = client.get_cookie("visitor").value.split(".")[0]
    client.post("/api/class/teacher", json={"code": CODE})
    names = [path.name for path in (school.extensions["nnviz-settings"].data / "models").iterdir()]
    told = client.get("/api/class/makers").text + client.get("/api/models").text + str(names)
    assert mark not in told


def test_what_a_save_left_that_was_cut_off_is_removed(tmp_path: Path) -> None:
    import os

    (tmp_path / ".x.safetensors.abc").write_bytes(b"half")
    (tmp_path / "gone-123456.0123456789abcdef.owner").touch()
    (tmp_path / ".y.safetensors.new").write_bytes(b"being written")
    for name in (".x.safetensors.abc", "gone-123456.0123456789abcdef.owner"):
        os.utime(tmp_path / name, (0, 0))
    SavedModels(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".y.safetensors.new"]


def test_a_shelf_that_is_full_says_so(tmp_path: Path) -> None:
    shelf = SavedModels(tmp_path, Limits(models=1))
    shelf.add(load("mlp-sigmoid"), "a" * 16)
    with pytest.raises(InputError, match="at most 1 saved models"):
        shelf.add(load("mlp-sigmoid"), "b" * 16)


def test_what_may_not_be_kept_is_refused_before_anything_is_computed(
    school: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = school.test_client()
    assert [saved(maker).status_code for _ in range(2)] == [201, 201]
    for name in ("edited", "measured"):
        monkeypatch.setattr(f"nnviz.web.views.models.{name}", pytest.fail)
    full = saved(maker)
    assert (full.status_code, full.json["code"]) == (507, "no_room")
    for title in (" a", "a\n", "\x07"):
        refused = saved(school.test_client(), title)
        assert (refused.status_code, refused.json["code"]) == (422, "bad_title")
