"""Plotly's script, from the installed package: it is large, so only who looks at curves gets it."""

import gzip
import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from flask import Flask, Response

from nnviz.web.replies import FOR_EVER, LEVEL, prepared

MAPS_SHEET = re.compile(rb'getElementById\("([0-9a-f]{64})"\)')


def register(app: Flask) -> None:
    """Serve the script; templates get its address, ``plotly``, and ``plotly_maps_sheet()``."""
    address = f"/plotly/{version('plotly')}/plotly.min.js"
    app.add_url_rule(address, "plotly", send)
    app.jinja_env.globals.update(plotly=address, plotly_maps_sheet=maps_sheet)


def send() -> Response:
    """The script, compressed when the client takes that."""
    response = prepared(_plain, _packed, "text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = FOR_EVER
    return response


@cache
def maps_sheet() -> str:
    """The id of the style element that Plotly makes for maps, unless there is one already.

    The page's policy allows no such element, and no chart here has a map.
    """
    found = MAPS_SHEET.search(_plain())
    return found[1].decode() if found else ""


def _plain() -> bytes:
    return files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()


@cache
def _packed() -> bytes:
    return gzip.compress(_plain(), LEVEL, mtime=0)
