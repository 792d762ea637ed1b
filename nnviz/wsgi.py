"""The WSGI application for a server's worker, and which of its requests are quick."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one digit is too small to share out

from nnviz.web import create_app
from nnviz.web.current import SETTINGS
from nnviz.web.prefix import without

PAGES = {"/", "/train", "/learn", "/explore", "/class", "/healthz"} | {
    f"/api/{name}" for name in ("docs", "openapi.json", "models")
}
PLACES = ("/api/class/lesson", "/static/", "/words/", "/learn/", "/api/chapters")
MODEL = "/api/models/"
VENDORS = "/vendor/"  # scripts of others in static: large
OF_A_RUN = "run-"  # a model's id begins so when it is a checkpoint, which lies in the database

app = create_app()
_prefix = app.extensions[SETTINGS].prefix


def is_quick(method: str, path: str) -> bool:
    """Whether a request is answered in milliseconds: no database, no 10,000 digits, no Plotly."""
    path = without(_prefix, path)
    if method == "POST":
        drawing = path.startswith(MODEL) and path.endswith("/activations")
        return path.startswith("/api/class/") or (drawing and not path.startswith(MODEL + OF_A_RUN))
    return path in PAGES or (path.startswith(PLACES) and VENDORS not in path)
