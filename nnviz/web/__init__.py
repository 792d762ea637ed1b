"""The Flask side: pages, the JSON interface, and what protects them."""

import os
from collections.abc import Iterable
from pathlib import Path

from flask import Flask

from nnviz import models
from nnviz.model_file import Model
from nnviz.runs.service import Training
from nnviz.web import assets, current, errors, plotly_script, requests, traffic, views
from nnviz.web.guards import hosts, rate_limit
from nnviz.web.saved import SavedModels
from nnviz.web.served import ServedModels

ROOT = Path(__file__).parents[2]
DATA = "NNVIZ_DATA"  # the environment variable that names the folder for what visitors keep


def create_app(served: Iterable[Model] | None = None, data: Path | None = None) -> Flask:
    """The WSGI application; without ``served`` it serves the models that ship.

    What visitors keep lies in ``data``, else where ``NNVIZ_DATA`` says, else in ``~/.nnviz``.
    """
    app = Flask("nnviz", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = requests.LARGEST_UPLOAD
    app.config["MAX_FORM_MEMORY_SIZE"] = requests.LARGEST_JSON
    app.url_map.strict_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    chosen = list(served) if served is not None else [models.load(name) for name in models.names()]
    default = models.DEFAULT if served is None else chosen[0].id
    data = data or Path(os.environ.get(DATA) or Path.home() / ".nnviz")
    saved = SavedModels(data / "models")
    trainings = Training(data)
    app.extensions[current.TRAINING] = trainings
    app.extensions[current.MODELS] = ServedModels(chosen, default, saved, trainings.model)
    for blueprint in views.BLUEPRINTS:
        app.register_blueprint(blueprint)
    traffic.register(app)
    rate_limit.register(app)
    assets.register(app, ROOT / "static")
    plotly_script.register(app)
    errors.register(app)
    hosts.register(app)
    return app
