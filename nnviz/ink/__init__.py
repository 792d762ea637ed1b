"""Ink: strokes, pixels or an image file become 28x28 pixels as MNIST was made.

MNIST digits fit a 20x20 box, keep their aspect ratio and have their centre of mass in the middle of
28x28. A network has only ever seen digits in that form, so every drawing is put into it, here and
nowhere else: the browser shows the very numbers that come out.
"""

from nnviz.ink.finding import MOST_DIGITS
from nnviz.ink.image import Digit, Found, choose, find, from_image
from nnviz.ink.pixels import PIXELS, SIZE, Image, from_pixels, to_input
from nnviz.ink.strokes import MOST_POINTS, Strokes, from_strokes

__all__ = [
    "MOST_DIGITS",
    "MOST_POINTS",
    "PIXELS",
    "SIZE",
    "Digit",
    "Found",
    "Image",
    "Strokes",
    "choose",
    "find",
    "from_image",
    "from_pixels",
    "from_strokes",
    "to_input",
]
