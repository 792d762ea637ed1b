"""What a screen's scripts ask for first, told with its page: each is a question less on the way.

A script element by each address holds what a GET of it would reply now (`js/server/api.js` takes
it from there, once). Who stands on the page asks the server for anything else, and from then on.
"""

from functools import cache
from urllib.parse import quote

from markupsafe import Markup

from nnviz.errors import InputError
from nnviz.web.current import model_registry
from nnviz.web.guards.maker import may_change
from nnviz.web.prefix import rooted
from nnviz.web.replies import array_reply
from nnviz.web.studies.digits import digits_told

MODELS = "/api/models"
FIRST_DIGIT = "/api/datasets/mnist/test?limit=1&offset=0"  # it greets the visitor


def models_ahead() -> dict[str, Markup]:
    """The list of the models, by its address."""
    return {MODELS: _told(model_registry().listing(may_change))}


def reading_ahead() -> dict[str, Markup]:
    """What a first reading takes: the list, the model that reads unless another is named, a digit.

    The digit is left out when there is none: its own request tells why.
    """
    registry = model_registry()
    default = f"{MODELS}/{quote(registry.default, safe='')}"
    told = models_ahead() | {default: _told(registry[registry.default].description)}
    digit = _first_digit()
    return told | {FIRST_DIGIT: _told(digit)} if digit else told


@cache
def _first_digit() -> bytes | None:
    """The first test digit, which never changes."""
    try:
        return array_reply(digits_told("test", None, 0, 1)).get_data()
    except InputError:
        return None


def _told(reply: bytes) -> Markup:
    """JSON within a script element, which no name of a model may end; it says the same."""
    return Markup(rooted(reply).replace(b"<", rb"\u003c").decode())
