"""How a network is fooled by small pushes, and where it breaks as a dial is turned."""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from nnviz import ink
from nnviz.activations import Softmax
from nnviz.datasets import mnist
from nnviz.datasets.dataset import Part
from nnviz.errors import unknown
from nnviz.explore import adversarial
from nnviz.explore.adversarial import Goal, attack, search
from nnviz.explore.distortions import DIALS, Dial, dial, distort
from nnviz.explore.slopes import output_place
from nnviz.network import Network
from nnviz.web.bounds.long_work import Check, LongWork
from nnviz.web.schemas.explore.attacks import Attack, Distortion, Robustness
from nnviz.web.studies.chosen import Chosen
from nnviz.web.studies.confusions import interval

JUDGED = 2000  # test digits of a robustness curve
AT_ONCE = 100  # of them that are attacked together
ENOUGH = 0.2  # ε where no push changes the answer
CURVE = 4_000  # bytes that a curve counts as
PUSHES = Dial(tuple(round(0.025 * i, 3) for i in range(17)), 0, "ε: how far each pixel is pushed")
Array = NDArray[Any]


def attack_price(network: Network) -> int:
    """The operations of `fool` at most."""
    return (adversarial.PASSES + adversarial.STEPS + 4) * network.workload.training_operations


def begun(wanted: Attack) -> ink.Image | None:
    """The noise that an attack begins with; None where it begins with a drawing."""
    if wanted.noise is msgspec.UNSET:
        return None
    return np.random.default_rng(wanted.noise).integers(0, 256, (ink.SIZE, ink.SIZE), np.uint8)


def fool(chosen: Chosen, pixels: ink.Image, wanted: Attack) -> dict[str, Any]:
    """The reply for a drawing that is pushed."""
    network, x = chosen.network, ink.to_input(pixels).reshape(1, -1)
    before = network(x)[0]
    label = int(before.argmax())
    aimed = label if wanted.target is None else wanted.target
    goal = Goal(np.array([aimed]), wanted.target is not None)
    found = search(network, x[0], goal, wanted.method)
    least = ENOUGH if found.smallest is None else found.smallest
    epsilon = least if wanted.epsilon is None else wanted.epsilon
    pushed = attack(network, x, goal, np.array([epsilon]), wanted.method)
    z, slope = adversarial.sums_and_slopes(network, x, goal)
    start, change = goal.score(z)[0], pushed[0] - x[0]
    after = network(pushed)[0]
    shares = _shares(network, found.z)
    return {
        "model": chosen.model,
        "method": wanted.method,
        "target": wanted.target,
        "epsilon": epsilon,
        "input": {"shape": pixels.shape, "pixels": pixels.ravel()},
        "label": label,
        "before": before,
        "after": after,
        "prediction": int(after.argmax()),
        "pixels": pushed[0],
        "change": change,
        "largest": float(np.abs(change).max()),
        "length": float(np.linalg.norm(change)),
        "score": {
            "before": float(start),
            "expected": float(start + slope[0] @ change),
            "after": float(goal.score(adversarial.sums(network, pushed))[0]),
        },
        "smallest_epsilon": found.smallest,
        "curve": [
            {"epsilon": epsilon, "prediction": int(a.argmax()), "probability": float(a[aimed])}
            for epsilon, a in zip(found.epsilons.tolist(), shares, strict=True)
        ],
    }


def turned(chosen: Chosen, pixels: ink.Image, wanted: Distortion) -> dict[str, Any]:
    """The reply for a drawing at each amount of a dial."""
    turns = dial(wanted.kind)
    pictures = np.concatenate(
        [_distorted(pixels[None], wanted.kind, amount) for amount in turns.amounts]
    )
    a = chosen.network.predict(ink.to_input(pictures))
    said = a.argmax(axis=1)
    middle = turns.amounts.index(turns.neutral)
    others = said != said[middle]
    below, above = np.flatnonzero(others[:middle]), np.flatnonzero(others[middle:])
    return {
        "model": chosen.model,
        "kind": wanted.kind,
        "unit": turns.unit,
        "neutral": turns.neutral,
        "amounts": turns.amounts,
        "probabilities": a,
        "predictions": said,
        "pictures": pictures.reshape(len(pictures), -1),
        "breaks_at": [
            turns.amounts[below[-1]] if len(below) else None,
            turns.amounts[middle + above[0]] if len(above) else None,
        ],
    }


def robustness(work: LongWork, chosen: Chosen, kind: str) -> Robustness:
    """The accuracy at each amount of a dial; raises `InputError`."""
    if kind != "fgsm" and kind not in DIALS:
        raise unknown([*DIALS, "fgsm"], kind, "the kind", "bad_query")
    return work.result(
        ("robustness", chosen.key, kind), lambda check: _curve(chosen, kind, check), lambda _: CURVE
    )


def _curve(chosen: Chosen, kind: str, check: Check) -> Robustness:
    part, turns = mnist.load().test[:JUDGED], PUSHES if kind == "fgsm" else DIALS[kind]
    right = np.zeros(len(turns.amounts), int)
    for start in range(0, JUDGED, AT_ONCE):
        some = part[start : start + AT_ONCE]
        for at, x in enumerate(_turned(chosen.network, some, kind, turns)):
            check()
            said = adversarial.sums(chosen.network, x).argmax(axis=1)
            right[at] += int((said == some.labels).sum())
    return Robustness(
        chosen.model,
        kind,  # type: ignore[arg-type]
        turns.unit,
        turns.neutral,
        JUDGED,
        list(turns.amounts),
        [int(count) / JUDGED for count in right],
        [interval(int(count), JUDGED) for count in right],
    )


def _turned(network: Network, part: Part, kind: str, turns: Dial) -> Iterator[Array]:
    """Digits (N, 784) at each amount; those of ``fgsm`` are pushed away from their labels."""
    if kind != "fgsm":
        for amount in turns.amounts:
            yield ink.to_input(_distorted(part.images, kind, amount)).reshape(len(part), -1)
        return
    x, goal = ink.to_input(part.images).reshape(len(part), -1), Goal(part.labels.astype(int), False)
    way = np.sign(adversarial.sums_and_slopes(network, x, goal)[1])
    for amount in turns.amounts:
        yield np.clip(x + np.float32(amount) * way, 0, 1)


def _distorted(images: ink.Image, kind: str, amount: float) -> ink.Image:
    return distort(images, kind, amount, np.random.default_rng(0))


def _shares(network: Network, z: Array) -> Array:
    """Probabilities of sums z: what the output's activation makes of them."""
    activation = network.layers[output_place(network)].activation
    a: Array = activation.forward(z)
    return a if isinstance(activation, Softmax) else np.clip(a, 0, 1)
