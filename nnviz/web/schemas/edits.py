"""Changes to a network as they come in: a list of edits, made in its order."""

from typing import Annotated

from msgspec import Meta, Struct

from nnviz.edits import Edit

Edits = Annotated[
    list[Edit],
    Meta(
        max_length=500,
        description="Changes to the network, made in this order for this request alone.",
    ),
]


class Edited(Struct, forbid_unknown_fields=True):
    """A network with changes; nothing is kept."""

    edits: Edits = []
