"""How a network is fooled, and where it breaks, as JSON."""

from typing import Annotated, Literal, Self

from msgspec import UNSET, Meta, Struct, UnsetType

from nnviz.errors import InputError
from nnviz.web.schemas.digits import Ink, Label, Pixels, PixelValues, Probabilities, Probability
from nnviz.web.schemas.edits import Edits
from nnviz.web.schemas.explore.confusions import Interval
from nnviz.web.schemas.reading.given import Drawing
from nnviz.web.schemas.reading.readings import InputPixels

AttackMethod = Literal["fgsm", "pgd"]
DialName = Literal["shift_x", "shift_y", "turn", "scale", "thickness", "noise"]


class Attack(Drawing, forbid_unknown_fields=True, kw_only=True):
    """A drawing, or ``noise`` by its seed, and how far each pixel may be pushed towards what."""

    noise: Annotated[
        Annotated[int, Meta(ge=0, le=2**31 - 1)] | UnsetType,
        Meta(description="Begin with noise of this seed instead of a drawing."),
    ] = UNSET
    method: AttackMethod = "fgsm"
    target: Annotated[Label | None, Meta(description="null: any other answer.")] = None
    epsilon: Annotated[
        Annotated[float, Meta(ge=0, le=1)] | None,
        Meta(description="null: the smallest that does it; where none does, 0.2."),
    ] = 0.1

    def checked(self) -> Self:
        """Itself; raises `InputError` where there is noise and a drawing."""
        if self.noise is not UNSET and not (self.strokes is UNSET and self.pixels is UNSET):
            raise InputError("ambiguous_drawing", "Expected either a drawing or noise; got both.")
        return self


class AttackScore(Struct):
    """The sum that is pushed: above 0 the answer is the wanted one."""

    before: float
    expected: Annotated[float, Meta(description="before + Σ slope · change")]
    after: float


class AttackTry(Struct):
    """What is said at an ε: ``probability`` is the target's, without one that of the old answer."""

    epsilon: Probability
    prediction: Label
    probability: Probability


class AttackObject(Struct):
    """An input that was pushed, and how little is enough."""

    model: str
    method: AttackMethod
    target: Label | None
    epsilon: float
    input: InputPixels
    label: Annotated[Label, Meta(description="What was said before.")]
    before: Probabilities
    after: Probabilities
    prediction: Label
    pixels: Ink
    change: PixelValues
    largest: float
    length: float
    score: AttackScore
    smallest_epsilon: float | None
    curve: list[AttackTry]


class Distortion(Drawing, forbid_unknown_fields=True, kw_only=True):
    """A drawing, and the dial that is turned."""

    kind: DialName


class DistortionObject(Struct):
    """What is said of a drawing at each amount of a dial."""

    model: str
    kind: DialName
    unit: str
    neutral: float
    amounts: list[float]
    probabilities: list[Probabilities]
    predictions: list[Label]
    pictures: list[Pixels]
    breaks_at: Annotated[
        list[float | None],
        Meta(min_length=2, max_length=2, description="Nearest to neutral, below and above."),
    ]


class Robustness(Struct):
    """The accuracy over test digits at each amount of a dial."""

    model: str
    kind: Literal["shift_x", "shift_y", "turn", "scale", "thickness", "noise", "fgsm"]
    unit: str
    neutral: float
    total: int
    amounts: list[float]
    accuracies: list[Probability]
    intervals: list[Interval]


class Climb(Struct, forbid_unknown_fields=True):
    """How much holds a picture back that is to excite a unit."""

    regularisation: Annotated[float, Meta(ge=0, le=1)] = 0.5
    edits: Edits = []


class BestDigit(Struct):
    """The test digit that excites a unit most."""

    index: int
    activation: float


class AscentObject(Struct):
    """The picture that excites a unit most, found by gradient ascent."""

    model: str
    layer: str
    unit: int
    regularisation: float
    pixels: Ink
    activation: float
    start_activation: float
    best_digit: BestDigit
    from_digit: Annotated[
        bool,
        Meta(description="It began with the best digit: no climb out of noise came as high."),
    ]
    steps: Annotated[
        list[float],
        Meta(
            description="What is climbed, at each step: a unit's sum z, a feature map's mean "
            "activation, an LSTM's state h, the logarithm of a softmax output's probability."
        ),
    ]
