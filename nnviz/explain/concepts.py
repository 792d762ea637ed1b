"""What a unit tells: how well its activation alone tells digits with a simple feature from others.

A feature is worked out from the image, never from the label (`FEATURES`). How well a number tells
one group from another is its AUC: the chance that it is larger for a member of the group than for
somebody else, 0.5 for one that says nothing (Hanley and McNeil, 1982). What *all* units of a layer
tell together is the AUC of the best straight line through them, fitted on one half of the digits
and measured on the other (a linear probe: Alain and Bengio, 2016).
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from nnviz.ink import loops

Images = NDArray[np.uint8]  # (N, 28, 28), 0 paper to 255 ink
Members = NDArray[np.bool_]  # (N,)
Values = NDArray[np.floating]  # (N, units)

TALL = 1.4  # how many times farther ink spreads down than across
STRAIGHT = 0.9  # share of the spread that lies along one line
RIDGE = 1e-3  # of the probe, times N: keeps units that say the same from blowing up


def has_loop(images: Images) -> Members:
    """Whether lines close at least one loop."""
    return loops.count(images) > 0


def is_tall(images: Images) -> Members:
    """Whether ink spreads at least `TALL` times as far down as across (standard deviations)."""
    across, _, down = _spread(images)
    return np.asarray(down >= TALL**2 * across)


def is_straight(images: Images) -> Members:
    """Whether `STRAIGHT` of the ink's variance lies along one line (eigenvalues)."""
    across, both, down = _spread(images)
    half, root = (across + down) / 2, np.sqrt(((across - down) / 2) ** 2 + both**2)
    return np.asarray(half + root >= STRAIGHT * (across + down))


def is_upper(images: Images) -> Members:
    """Whether more ink lies in the upper half of the box around it than in the lower."""
    ink = images.sum(axis=2, dtype=np.int64)  # (N, 28)
    rows = np.arange(ink.shape[1])
    inked = ink > 0
    top = inked.argmax(axis=1)
    bottom = ink.shape[1] - 1 - inked[:, ::-1].argmax(axis=1)
    middle = ((top + bottom) / 2)[:, None]
    upper, lower = (ink * (rows < middle)).sum(axis=1), (ink * (rows > middle)).sum(axis=1)
    return np.asarray(upper > lower)


FEATURES: Mapping[str, Callable[[Images], Members]] = {
    "loop": has_loop,
    "straight": is_straight,
    "tall": is_tall,
    "upper": is_upper,
}


def auc(values: Values, members: Members) -> NDArray[np.float64]:
    """Each column's AUC: P(value of a member > value of another), ties counted half.

    ``values`` (N, units), ``members`` (N,). NaN where nobody or everybody is a member.
    """
    inside, outside = int(members.sum()), int((~members).sum())
    if not inside or not outside:
        return np.full(values.shape[1], np.nan)
    places = np.stack([ranks(column) for column in np.asarray(values).T], axis=1)
    found: NDArray[np.float64] = (places[members].sum(axis=0) - inside * (inside + 1) / 2) / (
        inside * outside
    )
    return found


def probe_auc(values: Values, members: Members) -> float:
    """The AUC of the best straight line through all units, on the half it was not fitted on.

    Ridge regression of membership on the standardised values of every second digit:
    ``w = (XᵀX + λN I)⁻¹ Xᵀy``. NaN where a half has no members, or nobody else.
    """
    x = np.asarray(values, np.float64)
    fitted, held = slice(0, None, 2), slice(1, None, 2)
    mean, sd = x[fitted].mean(axis=0), x[fitted].std(axis=0)
    x = (x - mean) / np.where(sd > 0, sd, 1)
    y = members.astype(np.float64) - members[fitted].mean()
    of = x[fitted]
    penalty = RIDGE * len(of) * np.eye(of.shape[1])
    w = np.linalg.solve(of.T @ of + penalty, of.T @ y[fitted])
    return float(auc((x[held] @ w)[:, None], members[held])[0])


def ranks(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Ranks from 1; equal values share the mean of theirs."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sizes = np.diff(np.r_[first, len(values)])
    found = np.empty(len(values))
    found[order] = np.repeat(first + (sizes + 1) / 2, sizes)
    return found


def _spread(images: Images) -> tuple[NDArray[np.float64], ...]:
    """The ink's variance across, covariance and variance down, in pixels squared, each (N,)."""
    ink = images.astype(np.float64)
    total = np.maximum(ink.sum(axis=(1, 2)), 1e-9)
    y, x = np.arange(images.shape[1]), np.arange(images.shape[2])
    across, down = ink.sum(axis=1), ink.sum(axis=2)  # (N, width), (N, height)
    mx, my = across @ x / total, down @ y / total
    both = np.einsum("nyx,y,x->n", ink, y, x) / total - mx * my
    return across @ x**2 / total - mx**2, both, down @ y**2 / total - my**2
