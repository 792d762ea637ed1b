"""Flat maps of a layer: 10,000 test digits as points, and where a drawing lies among them.

A t-SNE is made of 1,000 landmarks and begins where the pixels' principal components put them,
whatever the layer or the model, and all maps are turned towards those: so digits stay near where
they were when one map becomes another. The other 9,000 are placed among the landmarks.
"""

import io
from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from zipfile import BadZipFile

import msgspec
import numpy as np
from numpy.typing import NDArray

from nnviz.beside.tsne_process import embedding
from nnviz.datasets import mnist
from nnviz.explore import map_faithfulness, tsne
from nnviz.explore.distances import nearest
from nnviz.explore.pca import Components, principal_components
from nnviz.explore.placing import align, place
from nnviz.web.bounds.long_work import Check, LongWork, Tell
from nnviz.web.bounds.shared_files import SharedFiles
from nnviz.web.evaluation import test_images
from nnviz.web.studies.chosen import Chosen
from nnviz.web.studies.layers import Points, point_of

LANDMARKS = 1000
JUDGED = 10  # every tenth digit's neighbours are looked at
EVERY = 10  # iterations after which a t-SNE tells how far it is
AT_ONCE = 1000  # points that are placed between two looks whether the map is still wanted
SAMPLED = 20  # every so many test digits are asked how far their nearest one is
USUAL = 0.95  # of them have one within what is told
QUICK = 2.0  # seconds that who asks for principal components waits
METHODS = ("pca", "tsne")
TOLD = 50  # iterations after which other processes are told
VERSION = 1  # of how maps are made: kept ones of another are not looked at

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Map:
    """A map, done or growing: the test digits ``indices`` lie at ``points``.

    What places a further point: ``components`` and ``turn``, or the landmarks themselves.
    """

    method: str
    progress: float
    indices: NDArray[np.intp]
    points: Points
    components: Components | None = None
    turn: Array | None = None
    iteration: int | None = None
    divergence: float | None = None
    faithfulness: dict[str, float] | None = None

    @property
    def nbytes(self) -> int:
        """The memory that it takes."""
        axes = self.components.axes.nbytes if self.components else 0
        return self.points.nbytes + axes + 1_000


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where maps are made: principal components are quick, a t-SNE is not and is kept as a file."""

    quick: LongWork
    slow: LongWork
    files: SharedFiles

    def of(self, method: str) -> LongWork:
        """The lane of a method."""
        return self.slow if method == "tsne" else self.quick


def watched(lanes: Lanes, chosen: Chosen, layer: str, method: str, x: Points) -> Map | None:
    """The map of a layer's points, or how far it is; None while it waits for others."""
    key = _key(chosen, layer, method)

    def work(check: Check, tell: Tell) -> Map:
        if method == "tsne":
            return _shared(lanes.files, key, x, check, tell)
        return _pca(x, check, tell)

    seen = lanes.of(method).watch(
        key, work, _size, 0.0 if method == "tsne" else QUICK, lambda: lanes.files.is_wanted(key)
    )
    done: Map | None = seen[0]
    growing: Map | None = seen[1]
    return done or growing


def _size(found: Map) -> int:
    return found.nbytes


def finished(lanes: Lanes, chosen: Chosen, layer: str, method: str) -> Map | None:
    """The map if it is done; nothing is begun."""
    key = _key(chosen, layer, method)
    found: Map | None = lanes.of(method).kept(key)
    if found is None and method == "tsne" and (content := lanes.files.read(key)):
        found = unpacked(content)
        if found is not None:
            lanes.slow.keep(key, found, found.nbytes)
    return found


def _shared(files: SharedFiles, key: Hashable, x: Points, check: Check, tell: Tell) -> Map:
    """A t-SNE that one process works on and all may look at."""

    def look_on() -> None:
        check()
        files.want(key)
        if growing := unpacked(files.read(key, "growing") or b""):
            tell(growing)

    def tell_all(growing: Map) -> None:
        tell(growing)
        if not (growing.iteration or 0) % TOLD:
            files.write(key, packed(growing), "growing")

    with files.turn(look_on):
        found = unpacked(files.read(key) or b"")
        if found is None:
            try:
                found = _tsne(x, check, tell_all)
            finally:
                files.drop(key, "growing")
            files.write(key, packed(found))
    return found


def placed(found: Map, x: Points, drawn: Points) -> list[float]:
    """Where a drawing's point ``drawn`` (1, D) lies in a map of ``x``."""
    if found.components is not None:
        at = found.components.project(drawn) @ found.turn
    else:
        at = place(drawn, x[found.indices[:LANDMARKS]], found.points[:LANDMARKS])
    return [float(each) for each in at[0]]


def neighbours(chosen: Chosen, layer: str, pixels: Any, x: Points, count: int) -> Any:
    """A drawing's point, and the places and distances of the digits nearest to it.

    They are found by products, whose rounding moves small distances; those told are of differences.
    """
    drawn = point_of(chosen.network, pixels, layer)
    places = nearest(drawn, x, count)[0][0]
    distances = np.linalg.norm(x[places] - drawn, axis=1)
    order = np.argsort(distances, kind="stable")
    return drawn, places[order], distances[order]


def _key(chosen: Chosen, layer: str, method: str) -> tuple[Any, ...]:
    return "map", VERSION, None if layer == "input" else chosen.key, layer, method


def _pca(x: Points, check: Check, tell: Tell) -> Map:
    """Principal components, their signs those of the pixels' map."""
    components = principal_components(x)
    y = components.project(x)
    signs = np.sign((y * _reference()).sum(axis=0))
    turn = np.diag(np.where(signs == 0, 1, signs)).astype(y.dtype)
    order = _order()
    found = Map("pca", 0.5, order, (y @ turn)[order], components, turn)
    tell(found)
    check()
    return _judged(found, x, check)


def _tsne(x: Points, check: Check, tell: Tell) -> Map:
    order, reference = _order(), _reference()
    marks = order[:LANDMARKS]
    tell(Map("tsne", 0.0, marks[:0], np.zeros((0, 2), np.float32)))
    with embedding(x[marks], reference[marks], tsne.ITERATIONS, EVERY) as steps:
        for step in steps:
            check()
            y = step.y @ align(step.y, reference[marks])
            share = 0.9 * step.iteration / tsne.ITERATIONS
            tell(Map("tsne", share, marks, y, iteration=step.iteration))
    points = [y]
    for start in range(LANDMARKS, len(order), AT_ONCE):
        check()
        points.append(place(x[order[start : start + AT_ONCE]], x[marks], y))
    whole = Map("tsne", 0.95, order, np.concatenate(points).astype(np.float32))
    whole = replace(whole, iteration=step.iteration, divergence=step.divergence)
    tell(whole)
    return _judged(whole, x, check)


def packed(found: Map) -> bytes:
    """A map of landmarks as bytes; nothing in it is code."""
    told = {
        "progress": found.progress,
        "iteration": found.iteration,
        "divergence": found.divergence,
        "faithfulness": found.faithfulness,
    }
    file = io.BytesIO()
    np.savez(file, points=found.points, told=np.frombuffer(msgspec.json.encode(told), np.uint8))
    return file.getvalue()


def unpacked(content: bytes) -> Map | None:
    """The map that was packed; None for what is none."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            points, told = file["points"], msgspec.json.decode(file["told"].tobytes())
        order = _order()
        if points.shape not in ((0, 2), (LANDMARKS, 2), (*order.shape, 2)):
            return None
        return Map("tsne", indices=order[: len(points)], points=points, **told)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile, msgspec.DecodeError):
        return None


def _judged(found: Map, x: Points, check: Check) -> Map:
    """The same map with what it kept of the layer."""
    order, labels = found.indices, mnist.load().test.labels
    y = np.empty_like(found.points)
    y[order] = found.points
    some, marks = np.arange(0, len(order), JUDGED), order[:LANDMARKS]
    shares = {}
    for name, points in (("map", y), ("layer", x)):
        check()
        shares[name] = map_faithfulness.label_agreement(points, labels, some)
    check()
    trust, continuity = map_faithfulness.kept(x[marks], y[marks])
    shares |= {"trustworthiness": trust, "continuity": continuity}
    return replace(found, progress=1.0, faithfulness=shares)


@cache
def _order() -> NDArray[np.intp]:
    """The test digits, landmarks first: 1,000 at random, always the same."""
    total = len(test_images())
    marks = np.sort(np.random.default_rng(0).choice(total, LANDMARKS, replace=False))
    return np.concatenate([marks, np.setdiff1d(np.arange(total), marks)])


@cache
def _reference() -> Points:
    """Where the pixels' principal components put the test digits, (10,000, 2)."""
    x = test_images().reshape(len(test_images()), -1)
    return principal_components(x).project(x)


def usual(work: LongWork, chosen: Chosen, layer: str, x: Points) -> float:
    """The distance within which 95 of 100 test digits have their nearest one, of every 20th."""
    some = np.arange(0, len(x), SAMPLED)
    found: float = work.result(
        ("usual", chosen.key, layer),
        lambda _: float(np.quantile(nearest(x[some], x, 1, some)[1], USUAL)),
        lambda _: 8,
    )
    return found
