"""Flat maps: what they are made of, against plain loops, and what they keep."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.explore import map_faithfulness, pca, tsne
from nnviz.explore.distances import nearest, smallest, squared_distances
from nnviz.explore.pca import principal_components
from nnviz.explore.placing import align, place
from nnviz.explore.representation import represent, square_side

PART = mnist.load().test
X = ink.to_input(PART.images[:400]).reshape(400, 784)
LABELS = PART.labels[:400]
RNG = np.random.default_rng(0)


def test_components_are_those_of_the_singular_value_decomposition() -> None:
    found = principal_components(X.astype(np.float64), 3)
    centred = X - X.mean(axis=0, dtype=np.float64)
    _, s, vt = np.linalg.svd(centred, full_matrices=False)
    assert np.abs((found.axes * vt[:3]).sum(axis=1)) == pytest.approx([1, 1, 1], abs=1e-9)
    assert found.explained == pytest.approx((s**2 / (s**2).sum())[:3])
    y = found.project(X.astype(np.float64))
    assert np.abs(y.mean(axis=0)).max() < 1e-9
    assert (y**2).sum() == pytest.approx((s[:3] ** 2).sum())
    for axis in found.axes:
        assert axis[np.abs(axis).argmax()] > 0


def test_components_of_little_are_what_there_is() -> None:
    same = principal_components(np.ones((5, 4)))
    assert same.explained.tolist() == [0, 0]
    line = principal_components(np.arange(6.0)[:, None])
    assert line.axes.tolist() == [[1], [0]]
    assert line.explained.tolist() == [1, 0]


def test_distances_and_neighbours_are_those_of_a_loop() -> None:
    x, y = RNG.normal(size=(7, 5)), RNG.normal(size=(30, 5))
    loop = np.array([[((a - b) ** 2).sum() for b in y] for a in x])
    assert squared_distances(x, y) == pytest.approx(loop)
    places, distances = nearest(x, y, 4)
    assert places.tolist() == np.argsort(loop, axis=1)[:, :4].tolist()
    assert distances == pytest.approx(np.sqrt(np.sort(loop, axis=1)[:, :4]))
    own, _ = nearest(y, y, 3, np.arange(30))
    assert not (own == np.arange(30)[:, None]).any()


def test_every_point_has_as_many_neighbours_as_the_perplexity_says() -> None:
    squared = squared_distances(X, X)
    others = squared[~np.eye(400, dtype=bool)].reshape(400, 399)
    beta = tsne.precisions(others, 20.0)
    p = np.exp(-(others - others.min(axis=1, keepdims=True)) * beta[:, None])
    p /= p.sum(axis=1, keepdims=True)
    entropy = -(p * np.log(np.maximum(p, 1e-30))).sum(axis=1)
    assert np.exp(entropy) == pytest.approx(np.full(400, 20.0), rel=1e-2)
    joint = tsne.joint_probabilities(squared, 20.0)
    assert joint == pytest.approx(joint.T)
    assert joint.sum() == pytest.approx(1, abs=1e-4)
    assert not joint.diagonal().any()


def test_neighbours_almost_equally_near_are_told_apart_without_endless_numbers() -> None:
    x = np.array([0.0, 1.0, -1.00005])
    squared = ((x[:, None] - x) ** 2).astype(np.float32)
    joint = tsne.joint_probabilities(squared, 1.01)  # a warning of NumPy would fail the test
    assert joint.sum() == pytest.approx(1, abs=1e-6)
    assert (np.diag(joint) == 0).all()


def test_the_map_moves_down_the_slope_of_its_divergence() -> None:
    x, y = RNG.normal(size=(12, 4)), RNG.normal(size=(12, 2))
    p = tsne.joint_probabilities(squared_distances(x, x), 3.0)
    slope, q = tsne._gradient(p, y)
    loop = np.zeros_like(q)
    for i in range(12):
        for j in range(12):
            loop[i, j] = (i != j) / (1 + ((y[i] - y[j]) ** 2).sum())
    assert q == pytest.approx(loop / loop.sum())
    for i, k in [(0, 0), (5, 1), (11, 0)]:
        step = np.zeros_like(y)
        step[i, k] = 1e-6
        rise = (tsne.divergence(p, y + step) - tsne.divergence(p, y - step)) / 2e-6
        assert slope[i, k] == pytest.approx(rise, rel=1e-4)


def test_a_map_keeps_groups_and_begins_again_the_same() -> None:
    groups = np.repeat(np.arange(4), 40)
    x = RNG.normal(size=(4, 20))[groups] * 3 + RNG.normal(size=(160, 20))
    steps = [(each.iteration, each.divergence) for each in tsne.embed(x, iterations=250, every=100)]
    assert [iteration for iteration, _ in steps] == [100, 200, 250]
    assert np.isnan([divergence for _, divergence in steps[:2]]).all()
    one, again = (list(tsne.embed(x, iterations=250))[-1].y for _ in range(2))
    assert (one == again).all()
    assert map_faithfulness.label_agreement(one, groups) > 0.99
    assert map_faithfulness.trustworthiness(x, one) > 0.85


@pytest.mark.parametrize(("count", "iterations"), [(3, 9), (5, 9), (7, 130), (260, 4)])
def test_every_step_of_a_map_is_what_its_formulas_say(count: int, iterations: int) -> None:
    """Four times the probabilities and a momentum of 0.5 for 100 iterations, then 0.8.

    Each from where the one before ended: the smallest difference grows on the way.
    """
    x = np.random.default_rng(10).normal(size=(count, 5)) * [0.5, 0.3, 0.1, 0.1, 0.1]
    perplexity = min(30, max(1, (count - 1) / 3))
    p = tsne.joint_probabilities(squared_distances(x, x), perplexity)
    y = principal_components(x).project(x)
    y *= 1e-4 / y[:, 0].std()
    moved, gains, least = np.zeros((count, 2)), np.ones((count, 2)), 1.0
    for expected, step in enumerate(tsne.embed(x, 30, iterations, every=1), 1):
        assert step.iteration == expected
        between = y[:, None] - y
        near = 1 / (1 + (between**2).sum(axis=2)) - np.eye(count)
        pull = ((4 if expected <= 100 else 1) * p - near / near.sum()) * near
        slope = 4 * (pull[:, :, None] * between).sum(axis=1)
        gains = np.where((slope > 0) == (moved > 0), 0.8 * gains, gains + 0.2).clip(0.01)
        moved = (0.5 if expected <= 100 else 0.8) * moved - max(50, count / 5) * gains * slope
        y = y + moved - (y + moved).mean(axis=0)
        assert step.y == pytest.approx(y, rel=1e-6, abs=1e-6 * np.abs(y).max())
        y, least = step.y.copy(), min(least, gains.min())
    assert (least == 0.01) == (iterations > 100)
    assert step.divergence == pytest.approx(tsne.divergence(p, y), rel=1e-6)


def test_a_map_begins_where_it_is_told_and_is_handed_out_every_ten_steps() -> None:
    x = np.random.default_rng(8).normal(size=(95, 3))
    steps = [step.iteration for step in tsne.embed(x)]
    assert steps == list(range(10, 501, 10))
    (one,), (other,) = (list(tsne.embed(x, *own, iterations=1)) for own in ((), (30.0,)))
    assert (one.y == other.y).all()
    at_one_height = np.array([[2.0, 1.0], [2.0, 3.0]])
    assert (tsne._start(at_one_height) == at_one_height).all()


def test_how_far_all_neighbours_are_says_nothing_of_how_many_there_are() -> None:
    near = np.random.default_rng(8).uniform(0, 5, (4, 20))
    far = tsne.precisions(near + 1e6, 5.0)
    assert far == pytest.approx(tsne.precisions(near, 5.0), rel=1e-3)


def test_maps_of_next_to_nothing_are_finite() -> None:
    for x in (np.zeros((40, 6)), np.ones((5, 3)), np.repeat(RNG.normal(size=(3, 4)), 10, axis=0)):
        y = list(tsne.embed(x.astype(np.float32), iterations=60))[-1].y
        assert np.isfinite(y).all()


def test_a_landmark_is_placed_near_itself_and_a_copy_of_a_group_inside_it() -> None:
    y = list(tsne.embed(X[:300], iterations=300))[-1].y
    again = place(X[:300], X[:300], y)
    spread = y.std(axis=0).max()
    assert np.median(np.linalg.norm(again - y, axis=1)) < 0.2 * spread
    rest = place(X[300:], X[:300], y)
    near, _ = nearest(rest, y, 5)
    assert (LABELS[:300][near] == LABELS[300:, None]).mean() > 0.6
    alone = place(X[:2], X[:1], y[:1])
    assert alone == pytest.approx(np.repeat(y[:1], 2, axis=0))


@pytest.mark.parametrize(("count", "perplexity"), [(15, 4.0), (3, 1.5)])
def test_a_place_is_the_mean_of_twelve_weighed_as_four_neighbours(
    count: int, perplexity: float
) -> None:
    """Of fewer than eight as half of them."""
    rng = np.random.default_rng(2)
    landmarks, y, x = rng.normal(size=(15, 5)), rng.normal(size=(15, 2)), rng.normal(size=(4, 5))
    for point in x:
        squared = ((landmarks[:count] - point) ** 2).sum(axis=1)
        near = np.argsort(squared)[:12]
        there = np.full((count, 2), 1e9)  # of the others, who have no say
        there[near] = y[near]
        (found,) = place(point[None], landmarks[:count], there)
        low, high = 0.0, 100.0
        for _ in range(60):
            beta = (low + high) / 2
            weights = np.exp(-beta * (squared[near] - squared.min()))
            weights /= weights.sum()
            wide = np.exp(-(weights * np.log(weights + 1e-300)).sum()) > perplexity
            low, high = (beta, high) if wide else (low, beta)
        assert found == pytest.approx(weights @ y[near], abs=1e-3)


def test_turning_undoes_a_turn_and_a_mirror() -> None:
    y = RNG.normal(size=(50, 2))
    y -= y.mean(axis=0)
    c, s = np.cos(2.0), np.sin(2.0)
    for turn in (np.array([[c, -s], [s, c]]), np.array([[c, s], [s, -c]])):
        found = align(y @ turn, y)
        assert found @ found.T == pytest.approx(np.eye(2), abs=1e-9)
        assert y @ turn @ found == pytest.approx(y)
        assert align(y @ turn + [3, 1], y - [1, 5]) == pytest.approx(found)


def test_trust_is_what_the_definition_says() -> None:
    x, y = RNG.normal(size=(60, 5)), RNG.normal(size=(60, 2))
    k, n = 4, 60

    def order(points: np.ndarray, i: int) -> list[int]:
        far = ((points - points[i]) ** 2).sum(axis=1)
        return [j for j in np.argsort(far, kind="stable").tolist() if j != i]

    total = 0
    for i in range(n):
        ranks = {j: r for r, j in enumerate(order(x, i), 1)}
        total += sum(max(0, ranks[j] - k) for j in order(y, i)[:k])
    expected = 1 - 2 / (n * k * (2 * n - 3 * k - 1)) * total
    assert map_faithfulness.trustworthiness(x, y, k) == pytest.approx(expected)
    assert map_faithfulness.continuity(y, x, k) == pytest.approx(expected)
    assert map_faithfulness.trustworthiness(x, x, k) == 1


def test_of_points_that_are_as_near_the_first_ranks_first() -> None:
    x = np.repeat(RNG.normal(size=(8, 3)), 5, axis=0).round(2)
    k, n, y = 4, 40, RNG.normal(size=(40, 2))
    every = np.tile(np.arange(n), (n, 1))
    squared = ((x[:, None] - x) ** 2).sum(axis=2)
    np.fill_diagonal(squared, -1)
    sorted_ = np.argsort(np.argsort(squared, axis=1, kind="stable"), axis=1, kind="stable")
    others = ~np.eye(n, dtype=bool)
    ranks = map_faithfulness._ranks(map_faithfulness._table(x), every)
    assert (ranks == sorted_)[others].all()
    assert 0 <= map_faithfulness.trustworthiness(x, y, k) <= 1


def test_agreement_counts_neighbours_of_the_same_digit() -> None:
    x = np.array([[0.0], [0.1], [0.2], [5.0], [5.1], [5.3]])
    labels = np.array([1, 1, 2, 3, 3, 3])
    assert map_faithfulness.label_agreement(x, labels, neighbours=2) == pytest.approx(8 / 12)
    of = np.array([3, 4])
    assert map_faithfulness.label_agreement(x, labels, of, neighbours=2) == 1


def test_maps_of_features_are_averaged_over_squares() -> None:
    a = RNG.normal(size=(2, 7, 7, 30))
    found = represent(a)
    assert square_side((7, 7, 30)) == 2
    assert found.shape == (2, 4 * 4 * 30)
    first = found.reshape(2, 4, 4, 30)
    assert first[1, 0, 1, 5] == pytest.approx(a[1, 0:2, 2:4, 5].mean())
    assert first[0, 3, 3, 2] == pytest.approx(a[0, 6, 6, 2])
    assert first[0, 3, 0, 2] == pytest.approx(a[0, 6, 0:2, 2].mean())
    sequence = RNG.normal(size=(3, 5, 4))
    assert (represent(sequence) == sequence[:, 4]).all()
    assert (represent(sequence[:, 0]) == sequence[:, 0]).all()
    small = RNG.normal(size=(2, 7, 7, 3))
    assert (represent(small) == small.reshape(2, -1)).all()
    assert [square_side(each) for each in [(1024,), (7, 7, 70), (7, 3, 200)]] == [1, 3, 3]
    for units in (1025, 2000):
        with pytest.raises(InputError, match="at most 1,024"):
            represent(np.zeros((1, units)))
        with pytest.raises(InputError, match="at most 1,024"):
            square_side((3, 2, units))


def test_layers_untangle_the_digits() -> None:
    network = models.load("mlp-wide").network
    _, trace = network.forward(X)
    shares = [
        map_faithfulness.label_agreement(x, LABELS)
        for x in (X, trace.layers[0].a, trace.layers[1].a)
    ]
    assert shares == sorted(shares)
    assert shares[2] > 0.9


def test_a_share_of_variance_has_no_unit() -> None:
    x = np.random.default_rng(0).normal(size=(40, 4)) * [4, 3, 2, 1]
    whole, small = principal_components(x, 4), principal_components(x / 1e4, 4)
    np.testing.assert_allclose(small.explained, whole.explained)
    assert whole.explained.sum() == pytest.approx(1)
    np.testing.assert_allclose(small.axes, whole.axes, atol=1e-9)


@pytest.mark.parametrize("width", [2, 255, 256, 300])
def test_leading_components_are_those_that_all_eigenvectors_say(width: int) -> None:
    """Also where the largest are as good as the same, or there is none."""
    rng = np.random.default_rng(5)
    for scale in (
        1 / np.arange(1, width + 1),
        np.append([3, 3 - 1e-6], np.full(width - 2, 1e-3)),
        np.ones(width),
        np.append([2, 1], np.zeros(width - 2)),
        np.zeros(width),
    ):
        x = rng.normal(size=(400, width)) * scale
        found = principal_components(x)
        covariance = np.cov(x.T, bias=True)
        values = np.linalg.eigvalsh(covariance)[::-1]
        assert found.axes @ found.axes.T == pytest.approx(np.eye(2), abs=1e-8)
        along = np.einsum("cd,de,ce->c", found.axes, covariance, found.axes)
        assert along == pytest.approx(values[:2], rel=1e-7, abs=1e-12)
        share = values[:2] / values.sum() if values.sum() > 0 else np.zeros(2)
        assert found.explained == pytest.approx(share, rel=1e-7, abs=1e-12)


@pytest.mark.parametrize(
    ("width", "count", "searched"),
    [(255, 2, False), (256, 2, True), (300, 1, True), (300, 3, False)],
)
def test_few_components_of_a_large_matrix_are_found_without_all_its_eigenvectors(
    width: int, count: int, searched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []

    def noted(matrix: np.ndarray, whole: Callable = np.linalg.eigh) -> Any:
        sizes.append(len(matrix))
        return whole(matrix)

    monkeypatch.setattr(np.linalg, "eigh", noted)
    x = np.random.default_rng(7).normal(size=(400, width)) / np.arange(1, width + 1)
    principal_components(x, count)
    assert len(sizes) == 1
    assert (sizes[0] < width) is searched


def test_a_large_matrix_that_the_search_cannot_tell_is_told_by_all_its_eigenvectors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    x = np.random.default_rng(6).normal(size=(50, 300))
    exact = principal_components(x)
    monkeypatch.setattr(pca, "DEPTH", 1)
    again = principal_components(x)
    np.testing.assert_allclose(again.explained, exact.explained, rtol=1e-9)
    np.testing.assert_allclose(again.axes, exact.axes, atol=1e-6)


@pytest.mark.parametrize(("rows", "width"), [(7, 4), (3, 43), (5, 320), (2, 1001), (1, 200_001)])
@pytest.mark.parametrize("count", [1, 3, 4])
def test_the_smallest_of_a_row_are_those_that_sorting_says(
    rows: int, width: int, count: int
) -> None:
    rng = np.random.default_rng(count)
    for table in (
        rng.permuted(np.arange(rows * width, dtype=float).reshape(rows, width), axis=1),
        np.sort(rng.random((rows, width)), axis=1),
        np.sort(rng.random((rows, width)), axis=1)[:, ::-1].copy(),
        rng.integers(0, 3, (rows, width)).astype(float),
        np.where(rng.random((rows, width)) < 0.5, np.inf, 1.0),
    ):
        found = smallest(table, count)
        assert (np.sort(found, axis=1)[:, 1:] > np.sort(found, axis=1)[:, :-1]).all()
        values = np.take_along_axis(table, found, axis=1)
        np.testing.assert_array_equal(values, np.sort(table, axis=1)[:, :count])


@pytest.mark.parametrize("count", [1, 2, 7])
def test_the_nearest_are_those_that_all_distances_say(count: int) -> None:
    rng = np.random.default_rng(1)
    x, among = rng.normal(size=(520, 3)), rng.normal(size=(300, 3))
    places, distances = nearest(x, among, count)
    every = np.linalg.norm(x[:, None] - among, axis=2)
    np.testing.assert_array_equal(places, np.argsort(every, axis=1)[:, :count])
    np.testing.assert_allclose(distances, np.sort(every, axis=1)[:, :count], atol=1e-6)
