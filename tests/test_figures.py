"""Figures hold the network's own numbers, and say what they cannot draw."""

import contextlib
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from nnviz import figures, ink, models
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.explain.contributions import trace_number
from nnviz.features import NumberOutput
from nnviz.layers import Dense
from nnviz.metrics import confusion_matrix
from nnviz.network import Network, Trace
from nnviz.samples import Samples
from nnviz.training import Trainer, train
from nnviz.training.config import TrainingConfig

SEVEN = ink.from_strokes([[(0.3, 0.2), (0.7, 0.2), (0.45, 0.85)]])


def read(name: str) -> tuple[Network, Trace]:
    network = models.load(name).network
    batch = np.stack([np.zeros_like(SEVEN), SEVEN])
    return network, network.forward(ink.to_input(batch))[1]


def test_bars_are_a_layers_activations_and_tell_its_sums() -> None:
    network, trace = read("mlp-sigmoid")
    (bars,) = figures.activations(network, trace, "hidden2", sample=1).data
    np.testing.assert_array_equal(bars.y, trace.layers[1].a[1])
    np.testing.assert_array_equal(bars.customdata, trace.layers[1].z[1])
    assert bars.y.dtype == np.float32  # as the network computed them: nothing is rounded


def test_every_map_is_a_picture_and_all_are_on_one_scale() -> None:
    network, trace = read("cnn")
    figure = figures.activations(network, trace, "conv1", sample=1)
    assert len(figure.data) == 8
    for i, picture in enumerate(figure.data):
        np.testing.assert_array_equal(picture.z, trace.layers[0].a[1, ..., i])
        assert picture.coloraxis == "coloraxis"
    assert figure.layout.yaxis3.scaleanchor == "x3"  # pixels are square


def test_states_over_the_rows_of_an_image_are_one_picture() -> None:
    network = Network([Dense(3, "tanh", input_shape=(28, 28)), Dense(2, "softmax")], rng=0)
    _, trace = network.forward(ink.to_input(SEVEN[None]))
    (picture,) = figures.activations(network, trace, "dense1").data
    np.testing.assert_array_equal(picture.z, trace.layers[0].a[0])
    assert picture.zmid == 0  # what is below 0 is orange


def test_pixels_are_those_that_went_in() -> None:
    (picture,) = figures.pixels(SEVEN).data
    np.testing.assert_array_equal(picture.z, SEVEN)
    assert figures.pixels(SEVEN).layout.yaxis.autorange == "reversed"  # row 0 at the top


def test_the_greatest_probability_stands_out() -> None:
    _, trace = read("mlp-sigmoid")
    (bars,) = figures.probabilities(trace.output.a[1]).data
    np.testing.assert_array_equal(bars.y, trace.output.a[1])
    assert [bars.marker.color[i] == figures.BLUE for i in range(10)].index(True) == 7
    assert list(bars.x) == list("0123456789")
    named = figures.probabilities(np.array([0.25, 0.75]), ["no", "yes"]).data[0]
    assert list(named.x) == ["no", "yes"]


def test_contributions_with_the_bias_make_the_sum() -> None:
    network, trace = read("mlp-sigmoid")
    (picture,) = figures.contributions(network, trace, "hidden1", unit=3, sample=1).data
    params, part = network.layers[0].params, trace.layers[0]
    np.testing.assert_array_equal(picture.z, (part.x[1] * params["W"][:, 3]).reshape(28, 28))
    assert picture.z.sum() + params["b"][3] == pytest.approx(part.z[1, 3], rel=1e-4)
    figure = figures.contributions(network, trace, "output", unit=7, sample=1)
    (bars,) = figure.data
    np.testing.assert_array_equal(
        bars.y, trace.layers[1].a[1] * network.layers[2].params["W"][:, 7]
    )
    assert [color == figures.BLUE for color in bars.marker.color] == [term >= 0 for term in bars.y]
    assert figure.layout.title.text.endswith(f"= z {trace.output.z[1, 7]:.4g}")


def test_a_price_is_the_average_and_what_each_feature_adds() -> None:
    model = models.load("houses-mlp")
    (output,) = model.outputs
    assert isinstance(output, NumberOutput)
    row = np.linspace(-1, 1.5, 8).astype(np.float32)
    shared = trace_number(model.network, row)
    names = [feature.name for feature in model.features]
    (fall,) = figures.shares(shared, output, names).data
    assert fall.y[-1] == pytest.approx(
        float(output.value(model.network(row[None]))[0, 0]), rel=1e-5
    )
    assert sum(fall.y[:-1]) == pytest.approx(fall.y[-1])
    parts = dict(zip(fall.x[1:-1], fall.y[1:-1], strict=True))
    assert parts == {name: output.sd * part for name, part in zip(names, shared.parts, strict=True)}
    assert np.abs(fall.y[1]) == max(np.abs(fall.y[1:-1]))  # the most first


def test_confusion_tells_every_count_and_colours_what_is_wrong() -> None:
    test = mnist.load().test
    read_as = models.load("mlp-sigmoid").network(ink.to_input(test.images[:500])).argmax(axis=1)
    counted = confusion_matrix(read_as, test.labels[:500])
    (cells,) = figures.confusion(counted).data
    np.testing.assert_array_equal(np.asarray(cells.text, np.int64), counted)
    assert np.isnan(cells.z.diagonal()).all()
    off = ~np.eye(10, dtype=bool)
    np.testing.assert_array_equal(cells.z[off], counted[off])


def test_curves_are_the_events_of_a_training() -> None:
    rng = np.random.default_rng(0)
    samples = Samples(rng.random((60, 4), dtype=np.float32), rng.integers(0, 3, 60))
    config = TrainingConfig(epochs=2, batch_size=20)

    def network() -> Network:
        return Network([Dense(5, "relu", input_shape=(4,)), Dense(3, "softmax")], rng=1)

    ends = list(train(network(), samples, samples, config))
    drawn = {line.name: line for line in figures.curves(ends).data}
    epochs = [end for end in ends if hasattr(end, "validation")]
    assert list(drawn["loss, validation"].x) == [1, 2]
    assert list(drawn["loss, validation"].y) == [end.validation_loss for end in epochs]
    assert list(drawn["score, validation"].y) == [end.validation_score for end in epochs]
    assert list(drawn["loss, epoch's mean"].y) == [end.loss for end in epochs]

    trainer = Trainer(network(), samples, config)
    batches = [trainer.advance() for _ in range(6)]
    faint = {line.name: line for line in figures.curves(batches).data}
    assert list(faint["loss, each batch"].y) == [batch.loss for batch in batches]
    assert list(faint["score, each batch"].y) == [batch.score for batch in batches]
    assert list(faint["loss, each batch"].x)[2::3] == [1, 2]  # an epoch's last batch ends it
    assert len(faint) == 2
    begun = figures.curves(batches[:2])
    assert list(begun.data[0].x) == [1, 2]  # nobody can tell yet how many an epoch has
    assert begun.layout.xaxis2.title.text == "batches"


def test_a_figure_is_written_with_every_digit() -> None:
    network, trace = read("mlp-sigmoid")
    written = json.loads(figures.probabilities(trace.output.a[1].astype(float)).to_json())
    assert written["layout"]["title"]["text"] == "probabilities"
    assert "<html>" in figures.activations(network, trace, "hidden1").to_html(
        include_plotlyjs=False
    )


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (
            lambda n, t: figures.activations(n, t, "hidden9"),
            "hidden1, hidden2, output; got 'hidden9'",
        ),
        (lambda n, t: figures.activations(n, t, "hidden1", 2), "sample of 0 to 1; got 2"),
        (lambda n, t: figures.activations(n, t, "hidden1", -1), "sample of 0 to 1; got -1"),
        (lambda n, t: figures.contributions(n, t, "hidden1", 16), "unit of 0 to 15; got 16"),
        (lambda n, t: figures.contributions(n, t, "input", 0), "Expected a layer out of"),
        (lambda n, t: figures.pixels(np.zeros(784)), r"\(height, width\); got \(784,\)"),
        (lambda n, t: figures.probabilities(np.zeros(3), ["a"]), r"1 probabilities, one a class"),
        (lambda n, t: figures.confusion(np.zeros((2, 3))), r"square of 2 classes; got \(2, 3\)"),
        (lambda n, t: figures.curves([]), "got none"),
    ],
)
def test_what_cannot_be_drawn_is_said(draw: object, told: str) -> None:
    with pytest.raises(InputError, match=told):
        draw(*read("mlp-sigmoid"))  # type: ignore[operator]


def test_contributions_are_of_dense_layers_only() -> None:
    with pytest.raises(InputError, match="Expected a dense layer"):
        figures.contributions(*read("cnn"), "conv1", 0)


def test_names_fit_the_parts_of_a_price() -> None:
    model = models.load("houses-mlp")
    shared = trace_number(model.network, np.ones(8))
    output = model.outputs[0]
    assert isinstance(output, NumberOutput)
    with pytest.raises(InputError, match="Expected 8 names, one a part; got 1"):
        figures.shares(shared, output, ["area"])


def test_the_lines_in_the_documents_draw(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shown: list[go.Figure] = []
    monkeypatch.setattr(go.Figure, "show", lambda figure: shown.append(figure))
    for document in ("README.md", "docs/figures.md"):
        text = (Path(__file__).parents[1] / document).read_text("utf-8")
        lines = "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
        with contextlib.chdir(tmp_path):
            exec(compile(lines, document, "exec"), {})
    assert len(shown) == 2
    assert (tmp_path / "neuron.html").is_file()


def test_a_server_does_not_wait_for_plotly() -> None:
    """It takes a second to import, and the page has Plotly of its own."""
    asked = "import sys, nnviz.web; sys.exit('plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
