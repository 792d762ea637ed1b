"""Which pixels a unit can see.

Layer by layer (Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks,
Distill, 2019): a window of ``k`` inputs, ``s`` apart from place to place and beginning ``p`` before
the image, makes of a field of ``size`` pixels every ``stride``

``start ← start − p · stride``, ``size ← size + (k − 1) · stride``, ``stride ← stride · s``.
"""

from dataclasses import dataclass

from nnviz.layers import Dropout
from nnviz.layers.base import Window
from nnviz.layers.recurrent import Recurrent
from nnviz.network import Network


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """The pixels that a layer's units see, in (height, width).

    The unit at (y, x) sees from ``start + (y, x) · stride`` on, ``size`` far, as far as there is an
    image. With ``from_first`` a unit's y is its step, and it sees all rows from the first to this.
    """

    size: tuple[int, int]
    stride: tuple[int, int]
    start: tuple[int, int]
    from_first: bool = False

    def rows(self, y: int, height: int) -> range:
        """The rows that a unit at y sees of an image of this height."""
        first = self.start[0] + y * self.stride[0]
        end = first + self.size[0]
        return range(0 if self.from_first else max(0, first), min(height, end))

    def columns(self, x: int, width: int) -> range:
        """The columns that a unit at x sees of an image of this width."""
        first = self.start[1] + x * self.stride[1]
        return range(max(0, first), min(width, first + self.size[1]))


def receptive_fields(network: Network) -> list[ReceptiveField | None]:
    """For each layer what its units see.

    None where a unit has no place of its own: a dense unit sees all that the layer before sees.
    """
    fields: list[ReceptiveField | None] = []
    field: ReceptiveField | None = ReceptiveField((1, 1), (1, 1), (0, 0))
    for place, layer in enumerate(network.layers):
        if field is None:
            pass
        elif layer.window and not field.from_first:
            field = _through(field, layer.window)
        elif isinstance(layer, Recurrent) and (place == 0 or field.from_first):
            field = ReceptiveField((1, network.input_shape[1]), (1, 0), (0, 0), from_first=True)
        elif not isinstance(layer, Dropout):
            field = None
        if isinstance(layer, Recurrent) and not layer.return_sequences:
            fields.append(field)
            field = None
        else:
            fields.append(field)
    return fields


def _through(field: ReceptiveField, window: Window) -> ReceptiveField:
    axes = zip(
        field.size,
        field.stride,
        field.start,
        window.size,
        window.strides,
        window.before,
        strict=True,
    )
    size, stride, start = zip(
        *((f + (k - 1) * d, d * s, o - p * d) for f, d, o, k, s, p in axes), strict=True
    )
    return ReceptiveField(size, stride, start)
