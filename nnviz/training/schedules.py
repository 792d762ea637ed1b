"""Learning-rate schedules: which share of the peak rate a step takes.

A schedule is a function of ``t``, the part of the training that is done (0 at the first step, 1 at
the last), and returns a factor between 0 and 1 for the learning rate.
"""

import math
from collections.abc import Callable

from nnviz.errors import look_up

Schedule = Callable[[float], float]

WARM_UP = 0.3  # part of the training in which one_cycle rises
START = 1 / 25  # one_cycle's first factor
END = 1e-4  # its last


def constant(t: float) -> float:
    """``1``."""
    return 1.0


def cosine(t: float) -> float:
    """``(1 + cos πt) / 2``: from 1 to 0 (Loshchilov and Hutter, ICLR 2017)."""
    return (1 + math.cos(math.pi * t)) / 2


def one_cycle(t: float) -> float:
    """Up from 1/25 to 1 in the first 30%, then down to almost 0, by cosines (Smith, 2018)."""
    if t < WARM_UP:
        return START + (1 - START) * (1 - cosine(t / WARM_UP))
    return END + (1 - END) * cosine((t - WARM_UP) / (1 - WARM_UP))


SCHEDULES: dict[str, Schedule] = {
    "constant": constant,
    "cosine": cosine,
    "one_cycle": one_cycle,
}


def get(name: str) -> Schedule:
    """The schedule of that name; raises `InputError` for a name there is none for."""
    return look_up(SCHEDULES, name, "a schedule", "unknown_schedule")
