"""Plotly figures of what a network does, for a notebook or a paper; no server is needed.

Every number in a figure is one of the trace, of the weights or of the training: no figure rounds
what it holds, only what it writes on a mark is short. Blue raises and orange lowers, as on the
screens. A figure is shown by ``figure.show()``, kept by ``figure.write_html("figure.html")``; for
PNG, SVG and PDF (``figure.write_image``) Plotly needs the package ``kaleido``.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from nnviz.errors import InputError, unknown
from nnviz.explain.contributions import Contributions
from nnviz.features import NumberOutput
from nnviz.ink.pixels import SIZE
from nnviz.layers import Dense
from nnviz.network import Network, Trace
from nnviz.training.events import BatchEnd, EpochEnd, Progress

Array = NDArray[Any]
BLUE, ORANGE, INK, SOFT = "#0a62c2", "#bd5200", "#1b2120", "#8a908b"
RAISES_AND_LOWERS = [[0.0, ORANGE], [0.5, "#ffffff"], [1.0, BLUE]]
INK_ON_PAPER = [[0.0, "#ffffff"], [1.0, INK]]
ACROSS = 8  # maps beside one another
MOST_MAPS = 256


def activations(network: Network, trace: Trace, layer: str, sample: int = 0) -> go.Figure:
    """The activations ``a`` of a layer for one sample of the batch: bars, or a picture a map.

    A layer of (units,) has a bar a unit, one of (rows, units) one picture, one of (height, width,
    maps) a picture a map, all on one scale. Pointing at a mark tells ``z`` as well. Raises
    `InputError` for a layer or a sample that is not there.
    """
    part = trace.layers[_place(network, layer)]
    a, z = _of_sample(part.a, sample), _of_sample(part.z, sample)
    title = f"{layer}: {part.activation.name}(z)"
    if a.ndim == 1:
        told = z if z.shape == a.shape else None
        hover = "unit %{x}<br>a = %{y}" + ("<br>z = %{customdata}" if told is not None else "")
        bars = go.Bar(x=np.arange(len(a)), y=a, customdata=told, hovertemplate=hover + _NOTHING)
        bars.marker.color = INK
        return _drawn(go.Figure(bars), title, "unit", "a")
    if a.ndim == 2:
        picture = go.Heatmap(z=a, colorscale=_scale_for(a), zmid=_middle(a))
        return _upright(_drawn(go.Figure(picture), title, "unit", "row"))
    return _maps(a, title)


def pixels(image: Array) -> go.Figure:
    """An image (height, width) as it goes in, row 0 at the top."""
    values = np.asarray(image)
    if values.ndim != 2:
        raise InputError(
            "wrong_shape", f"Expected an image of (height, width); got {values.shape}."
        )
    picture = go.Heatmap(z=values, colorscale=INK_ON_PAPER, hovertemplate=_PIXEL)
    return _upright(_drawn(go.Figure(picture), "what goes in", "column", "row"))


def probabilities(a: Array, classes: Sequence[str] | None = None) -> go.Figure:
    """The probabilities (classes,) of an output, the greatest in blue.

    ``classes`` are their names, else their numbers; `InputError` unless there is one for each.
    """
    values = np.asarray(a)
    names = [str(i) for i in range(values.size)] if classes is None else list(classes)
    if values.shape != (len(names),):
        raise InputError(
            "wrong_shape", f"Expected {len(names)} probabilities, one a class; got {values.shape}."
        )
    colors = [SOFT] * len(names)
    colors[int(values.argmax())] = BLUE
    bars = go.Bar(x=names, y=values, texttemplate="%{y:.1%}", textposition="outside")
    bars.update(marker_color=colors, hovertemplate="%{x}: %{y}" + _NOTHING)
    figure = _drawn(go.Figure(bars), "probabilities", "class", "probability")
    figure.update_xaxes(type="category")
    return figure.update_yaxes(range=[0, 1.1], tickformat=".0%")


def contributions(
    network: Network, trace: Trace, layer: str, unit: int, sample: int = 0
) -> go.Figure:
    """What every input of a dense unit adds to its sum: ``x[i] · W[i, unit]``.

    784 inputs are shown as the 28x28 pixels that they are, others as bars. The title tells the sum,
    the bias and ``z``. Raises `InputError` for a layer that is not dense or a unit that is not
    there.
    """
    number = _place(network, layer)
    dense, part = network.layers[number], trace.layers[number]
    if not isinstance(dense, Dense) or part.x.ndim != 2:
        raise InputError(
            "unknown_layer", f"Expected a dense layer that reads a row of numbers; got {layer!r}."
        )
    W, b = dense.params["W"], dense.params["b"]
    if not 0 <= unit < len(b):
        raise InputError("out_of_range", f"Expected a unit of 0 to {len(b) - 1}; got {unit}.")
    terms = _of_sample(part.x, sample) * W[:, unit]
    z = _of_sample(part.z, sample)[unit]
    title = f"{layer} {unit}: Σ {_short(terms.sum())} + b {_short(b[unit])} = z {_short(z)}"
    if terms.size == SIZE * SIZE:
        picture = go.Heatmap(z=terms.reshape(SIZE, SIZE), colorscale=RAISES_AND_LOWERS, zmid=0)
        picture.hovertemplate = _PIXEL
        return _upright(_drawn(go.Figure(picture), title, "column", "row"))
    bars = go.Bar(x=np.arange(terms.size), y=terms, hovertemplate="%{x}: %{y}" + _NOTHING)
    bars.marker.color = [BLUE if term >= 0 else ORANGE for term in terms]
    return _drawn(go.Figure(bars), title, "input", "x · W")


def shares(shared: Contributions, output: NumberOutput, names: Sequence[str]) -> go.Figure:
    """From what the average row is said to be, feature by feature, to what this one is.

    ``shared`` is what `nnviz.explain.contributions.trace_number` found; every bar is in the
    output's unit: ``sd · part``, the most first. Raises `InputError` unless there is a name for
    each part.
    """
    if len(names) != len(shared.parts):
        raise InputError(
            "wrong_shape", f"Expected {len(shared.parts)} names, one a part; got {len(names)}."
        )
    order = np.argsort(-np.abs(shared.parts), kind="stable")
    average, end = output.value(np.array([shared.average, shared.a]))
    told = go.Waterfall(
        measure=["absolute", *["relative"] * len(order), "total"],
        x=["average", *(names[i] for i in order), output.name],
        y=[average, *(output.sd * shared.parts[order]), end],
        increasing_marker_color=BLUE,
        decreasing_marker_color=ORANGE,
        totals_marker_color=SOFT,
        hovertemplate="%{x}: %{delta}" + _NOTHING,
    )
    return _drawn(go.Figure(told), "what makes it", "", output.unit or output.name)


def confusion(matrix: Array, classes: Sequence[str] | None = None) -> go.Figure:
    """How often class i (row) was read as j (column): ``C[i, j]``, the count written in the cell.

    Coloured by count, without the diagonal, which is what is right. ``matrix`` is what
    `nnviz.metrics.confusion_matrix` counts.
    """
    counts = np.asarray(matrix)
    names = [str(i) for i in range(len(counts))] if classes is None else list(classes)
    if counts.shape != (len(names), len(names)):
        raise InputError(
            "wrong_shape",
            f"Expected a square of {len(names)} classes; got {counts.shape}.",
        )
    wrong = np.where(np.eye(len(counts), dtype=bool), np.nan, counts)
    cells = go.Heatmap(x=names, y=names, z=wrong, text=counts, texttemplate="%{text}")
    cells.update(colorscale=[[0.0, "#ffffff"], [1.0, ORANGE]], xgap=1, ygap=1, hoverongaps=True)
    cells.hovertemplate = "%{y} read as %{x}: %{text}" + _NOTHING
    figure = _drawn(go.Figure(cells), "confusion", "read as", "label")
    figure.update_xaxes(type="category", side="top")
    return _upright(figure.update_yaxes(type="category"))


def curves(events: Iterable[BatchEnd | EpochEnd | Progress]) -> go.Figure:
    """The losses and scores of a training, out of the events that it yielded.

    Faint what each batch made (`BatchEnd`), orange the mean of each epoch's losses, blue the
    validation set's loss and score (`EpochEnd`). Batches stand where they lie in their epoch; until
    one has ended, they are counted.
    """
    told = list(events)
    batches = [event for event in told if isinstance(event, BatchEnd)]
    epochs = [event for event in told if isinstance(event, EpochEnd)]
    if not batches and not epochs:
        raise InputError("wrong_shape", "Expected a batch or an epoch among the events; got none.")
    an_epoch = next((each.batch // each.epoch for each in batches if each.ends_epoch), 1)
    unit = "epochs" if epochs or an_epoch > 1 else "batches"
    figure = make_subplots(2, 1, shared_xaxes=True, vertical_spacing=0.06)

    def line(row: int, name: str, x: list[float], y: list[float], color: str, width: float) -> None:
        if x:
            style = {"color": color, "width": width}
            figure.add_scatter(row=row, col=1, name=name, x=x, y=y, mode="lines", line=style)

    if batches:
        at = [event.batch / an_epoch for event in batches]
        line(1, "loss, each batch", at, [event.loss for event in batches], SOFT, 1)
        line(2, "score, each batch", at, [event.score for event in batches], SOFT, 1)
    ends: list[float] = [event.epoch for event in epochs]
    line(1, "loss, epoch's mean", ends, [event.loss for event in epochs], ORANGE, 2)
    line(1, "loss, validation", ends, [event.validation_loss for event in epochs], BLUE, 2)
    line(2, "score, validation", ends, [event.validation_score for event in epochs], BLUE, 2)
    figure.update_yaxes(title="loss", rangemode="tozero", row=1, col=1)
    figure.update_yaxes(title="score", row=2, col=1)
    return _look(figure.update_xaxes(title=unit, row=2, col=1), "as it learned")


_NOTHING = "<extra></extra>"  # beside what is told when a mark is pointed at
_PIXEL = "row %{y}, column %{x}: %{z}" + _NOTHING


def _place(network: Network, layer: str) -> int:
    names = [each.name for each in network.layers]
    if layer not in names:
        raise unknown(names, layer, "a layer", "unknown_layer")
    return names.index(layer)


def _of_sample(batch: Array, sample: int) -> Array:
    if not 0 <= sample < len(batch):
        raise InputError(
            "out_of_range", f"Expected a sample of 0 to {len(batch) - 1}; got {sample}."
        )
    row: Array = batch[sample]
    return row


def _maps(a: Array, title: str) -> go.Figure:
    """A picture a map, (height, width, maps), on one scale of colours."""
    count = a.shape[-1]
    if count > MOST_MAPS:
        raise InputError("out_of_range", f"Expected at most {MOST_MAPS} maps; got {count}.")
    across = min(count, ACROSS)
    titles = [f"map {i}" for i in range(count)]
    figure = make_subplots(math.ceil(count / across), across, subplot_titles=titles)
    for i in range(count):
        picture = go.Heatmap(z=a[..., i], coloraxis="coloraxis", hovertemplate=_PIXEL)
        figure.add_trace(picture, row=i // across + 1, col=i % across + 1)
    figure.update_layout(
        coloraxis={"colorscale": _scale_for(a), "cmid": _middle(a), "cmin": min(0, a.min())}
    )
    figure.update_xaxes(showticklabels=False)
    figure.update_yaxes(showticklabels=False, autorange="reversed")
    for i, each in enumerate(figure.select_yaxes(), 1):
        each.scaleanchor = "x" if i == 1 else f"x{i}"
    return _look(_framed(figure), title)


def _short(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")


def _scale_for(values: Array) -> list[list[Any]]:
    return RAISES_AND_LOWERS if (values < 0).any() else INK_ON_PAPER


def _middle(values: Array) -> int | None:
    return 0 if (values < 0).any() else None


def _drawn(figure: go.Figure, title: str, x: str, y: str) -> go.Figure:
    return _look(figure.update_xaxes(title=x).update_yaxes(title=y), title)


def _upright(figure: go.Figure) -> go.Figure:
    """Row 0 at the top, cells as wide as high, in a frame."""
    figure.update_yaxes(autorange="reversed", scaleanchor="x")
    return _framed(figure)


def _framed(figure: go.Figure) -> go.Figure:
    frame = {"showline": True, "mirror": True, "linecolor": SOFT, "showgrid": False}
    figure.update_xaxes(constrain="domain", zeroline=False, **frame)
    return figure.update_yaxes(constrain="domain", zeroline=False, **frame)


def _look(figure: go.Figure, title: str) -> go.Figure:
    return figure.update_layout(
        template="plotly_white", title=title, font_color=INK, margin={"t": 70, "r": 20}
    )
