"""A table of one's own: what is wrong in it is told by column and row, what is right is learned."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nnviz
from nnviz.__main__ import main
from nnviz.datasets.table import Column, Table, read
from nnviz.errors import InputError
from nnviz.features import ClassOutput, NumberOutput
from nnviz.models import model_file
from nnviz.problems import of_table
from nnviz.recipe import Recipe

ROWS = 200
RNG = np.random.default_rng(0)
AREA, TOWN = RNG.uniform(50, 250, ROWS), RNG.choice(["Ames", "Boone"], ROWS)
PRICE = 1000 * AREA + np.where(TOWN == "Ames", 50_000, 0) + RNG.normal(0, 3000, ROWS)
DEAR = np.where(np.median(PRICE) < PRICE, "dear", "cheap")
LINES = ["area,town,price,dear"] + [
    f"{area:.1f},{town},{price:.0f},{dear}"
    for area, town, price, dear in zip(AREA, TOWN, PRICE, DEAR, strict=True)
]
COLUMNS = [{"name": "area", "unit": "m²"}, {"name": "town", "kind": "category"}]


def written(path: Path, lines: list[str]) -> str:
    file = path / "own.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return str(file)


def recipe(file: str, target: dict[str, str], output: dict[str, Any], loss: str) -> dict[str, Any]:
    layers = [{"kind": "dense", "units": 8, "activation": "relu"}, {"kind": "dense", **output}]
    return {
        "title": "My table",
        "problem": "table",
        "table": {"file": file, "columns": COLUMNS, "target": target},
        "architecture": {"input_shape": [3], "layers": layers},
        "training": {"epochs": 60, "batch_size": 16, "learning_rate": 0.02, "loss": loss},
    }


def test_numbers_are_learned_and_told_in_their_unit(tmp_path: Path, capsys: Any) -> None:
    file = written(tmp_path, LINES)
    target = {"name": "price", "unit": "USD"}
    config = Recipe.from_json(recipe(file, target, {"units": 1}, "mean_squared_error"))
    (tmp_path / "recipe.json").write_bytes(__import__("msgspec").json.encode(config.to_json()))
    path = tmp_path / "own.safetensors"
    assert main(["train", "--config", str(tmp_path / "recipe.json"), "--output", str(path)]) == 0
    model = model_file.load(path)
    assert model.scores["test"] > 0.97
    assert [feature.name for feature in model.features] == ["area", "town"]
    (output,) = model.outputs
    assert isinstance(output, NumberOutput)
    assert main(["evaluate", str(path)]) == 0
    assert f"R² {model.scores['test']:.4f}" in capsys.readouterr().out
    (tmp_path / "row.json").write_text('{"features": {"area": 150, "town": "Ames"}}')
    assert main(["predict", str(path), str(tmp_path / "row.json")]) == 0
    told = capsys.readouterr().out
    assert float(told.split()[0].replace(",", "")) == pytest.approx(200_000, rel=0.05)
    assert told.split()[1] == "USD"


def test_words_are_learned_as_classes(tmp_path: Path) -> None:
    file = written(tmp_path, LINES)
    target = {"name": "dear", "kind": "category"}
    output = {"units": 2, "activation": "softmax"}
    model = nnviz.train(recipe(file, target, output, "cross_entropy"))
    assert model.outputs == (ClassOutput("dear", ("cheap", "dear")),)
    assert model.accuracy["test"] > 0.9


def test_parts_are_disjoint_and_standardised_by_what_is_learned_from(tmp_path: Path) -> None:
    table = Table(written(tmp_path, LINES), (Column("area"),), Column("price"))
    problem = of_table(table)
    sizes = problem.data.sizes
    assert sizes == {"train": 120, "validation": 40, "test": 40}
    parts = [problem.examples(split, problem.outputs) for split in sizes]
    feature = problem.features[0]
    rows = [set(np.round(part.inputs[:, 0] * feature.sd + feature.mean, 1)) for part in parts]
    np.testing.assert_allclose(sorted(set.union(*rows)), sorted({*np.round(AREA, 1)}), atol=0.05)
    learned = parts[0].inputs[:, 0]
    assert abs(learned.mean()) < 1e-6
    assert learned.std() == pytest.approx(1, abs=1e-6)


def replaced(row: int, line: str) -> list[str]:
    return [*LINES[: row - 1], line, *LINES[row:]]


WRONG: list[tuple[list[str], str]] = [
    (replaced(5, "100,,5,dear"), "a value in every row of 'town'; got '' in row 5"),
    (replaced(7, "NA,Ames,5,dear"), "a value in every row of 'area'; got 'NA' in row 7"),
    (replaced(9, "big,Ames,5,dear"), "numbers in column 'area'; got 'big' in row 9"),
    (replaced(9, "inf,Ames,5,dear"), "numbers in column 'area'; got 'inf' in row 9"),
    (replaced(3, "100,Ames,5"), "4 values in row 3 of own.csv; got 3"),
    (["area,town,price,dear"] + ["7,Ames,5,dear", "7,Boone,6,cheap"] * 9, "'area'; got '7' every"),
    (["area,town,price,dear"] + ["7,Ames,5,dear", "8,Boone,6,dear"] * 9, "at least two classes"),
    (["area,town,price"] + ["7,Ames,5", "8,Boone,6"] * 9, "one column 'dear' in own.csv"),
    (["area,area,town,dear"] + ["7,8,Ames,a", "8,7,Boone,b"] * 9, "one column 'area'"),
    (LINES[:5], "10 to 1,000,000 rows below the names; got 4"),
    ([], "rows below the names; got 0"),
]


@pytest.mark.parametrize(("lines", "message"), WRONG, ids=[message[:30] for _, message in WRONG])
def test_what_cannot_be_learned_from_is_told(
    tmp_path: Path, lines: list[str], message: str
) -> None:
    target = Column("dear", "category")
    table = Table(written(tmp_path, lines), (Column("area"), Column("town", "category")), target)
    with pytest.raises(InputError) as caught:
        read(table)
    assert message in str(caught.value)
    assert caught.value.code == "broken_dataset"


def test_too_many_words_are_taken_for_a_mistake(tmp_path: Path) -> None:
    table = Table(written(tmp_path, LINES), (Column("area", "category"),), Column("price"))
    with pytest.raises(InputError, match="Is it a number"):
        read(table)


def test_a_file_that_is_none_and_columns_named_twice_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv as a CSV file"):
        read(Table(str(tmp_path / "nowhere.csv"), (Column("area"),), Column("price")))
    with pytest.raises(InputError, match="every column once; got 'area'"):
        Table("own.csv", (Column("area"),), Column("area"))


def test_a_recipe_has_a_table_when_its_problem_is_one(tmp_path: Path) -> None:
    whole = recipe("own.csv", {"name": "price"}, {"units": 1}, "mean_squared_error")
    with pytest.raises(InputError, match='a table with the problem "table"'):
        Recipe.from_json({**whole, "table": None})
    with pytest.raises(InputError, match='a table with the problem "table"'):
        Recipe.from_json({**whole, "problem": "houses"})
    assert Recipe.from_json(whole).table == Table(
        "own.csv", (Column("area", unit="m²"), Column("town", "category")), Column("price")
    )  # made without the file, which is read when it is trained


def test_a_network_that_does_not_fit_the_table_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, LINES)
    target = {"name": "dear", "kind": "category"}
    wrong = recipe(file, target, {"units": 3, "activation": "softmax"}, "cross_entropy")
    with pytest.raises(InputError, match="with 2 units for 'dear'"):
        nnviz.train(wrong)
    wrong = recipe(file, target, {"units": 2, "activation": "softmax"}, "cross_entropy")
    wrong["architecture"]["input_shape"] = [4]
    with pytest.raises(InputError, match=r"shape \(3,\) \(area 1, town 2\); got \(4,\)"):
        nnviz.train(wrong)
    number = {"name": "price", "unit": "USD"}
    wrong = recipe(file, number, {"units": 1}, "cross_entropy")
    with pytest.raises(InputError, match="the loss mean_squared_error for 'price'"):
        nnviz.train(wrong)
    wrong = recipe(file, number, {"units": 1, "activation": "sigmoid"}, "mean_squared_error")
    with pytest.raises(InputError, match="a last layer that is linear; got sigmoid"):
        nnviz.train(wrong)


def test_where_no_file_can_be_written_is_said_before_anything_is_trained(
    tmp_path: Path, capsys: Any
) -> None:
    whole = recipe(written(tmp_path, LINES), {"name": "price"}, {"units": 1}, "mean_squared_error")
    config = tmp_path / "recipe.json"
    config.write_text(json.dumps(whole), "utf-8")
    for output in (tmp_path / "nowhere" / "own.safetensors", tmp_path):
        assert main(["train", "--config", str(config), "--output", str(output)]) == 1
        told = capsys.readouterr()
        assert "a folder that there is" in told.err.replace("\n", " ")
        assert "epochs" not in told.out
