"""The Flask side: pages, the JSON interface, and what protects them."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, Request
from flask.sessions import NullSession, SessionInterface
from werkzeug.routing import MapAdapter, Rule

from nnviz import models
from nnviz.chapters import library
from nnviz.models.model_file import Model
from nnviz.runs.service import Training
from nnviz.settings import Settings
from nnviz.web import assets, current, errors, prefix, requests, traffic, views
from nnviz.web.bounds.long_work import LongWork
from nnviz.web.bounds.shared_files import SharedFiles
from nnviz.web.class_lesson import LESSON, Lesson
from nnviz.web.guards import drawings, hosts, rate_limit, signing, teacher
from nnviz.web.guards.tries import Tries
from nnviz.web.model_registry import ModelRegistry
from nnviz.web.saved import SavedModels

PACKAGE = Path(__file__).parents[1]
LONG_WORK = 96_000_000  # bytes of edited networks, evaluations, layers' activations
MAPS = 12_000_000  # bytes of maps: some hundred
SHARED = 50_000_000  # bytes of them in the data folder
PICTURES = 100_000  # bytes of pictures that were read
WAITERS = 2  # requests that may wait for either, of a worker's four patient threads


class NoSessions(SessionInterface):
    """Nothing is kept in a session: who asks is told by a cookie of our own (`guards.visitor`)."""

    none = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:
        """The same for all, which nothing can be written to."""
        return self.none

    def is_null_session(self, obj: object) -> bool:
        """It always is."""
        return True


class Adapter(MapAdapter):
    """What finds the view of a request, or has found it before."""

    known: Mapping[tuple[str, str], tuple[Rule, Mapping[str, Any]]]

    def match(self, *arguments: Any, **named: Any) -> Any:
        """The rule and the view's arguments, as Flask asks for them; raises `HTTPException`."""
        known = self.known.get((self.default_method, self.path_info))
        if known is None or arguments or named != {"return_rule": True}:
            return super().match(*arguments, **named)
        rule, values = known
        return rule, dict(values)


class Application(Flask):
    """Flask whose views are plain functions: none is looked at, whether it were asynchronous."""

    session_interface = NoSessions()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._known: dict[tuple[str, str], tuple[Rule, Mapping[str, Any]]] = {}

    def know(self, method: str, endpoint: str, **values: str) -> None:
        """Find a view now that is asked for again and again."""
        adapter = self.url_map.bind("")
        path = adapter.build(endpoint, values, method)
        self._known[method, path] = adapter.match(path, method, return_rule=True)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """What finds the view: by path and method, for it is `guards.hosts` that sees to hosts."""
        if request is None:
            return super().create_url_adapter(None)
        asked = request.environ
        adapter = Adapter(
            self.url_map,
            asked.get("HTTP_HOST") or request.host,
            request.root_path,
            "",
            asked["wsgi.url_scheme"],
            asked.get("PATH_INFO", "").encode("latin-1").decode(errors="replace"),
            asked["REQUEST_METHOD"],
            asked.get("QUERY_STRING", ""),
        )
        adapter.known = self._known
        return adapter


def create_app(settings: Settings | None = None, served: Iterable[Model] | None = None) -> Flask:
    """The WSGI application, set as the environment says unless ``settings`` are given.

    Without ``served`` it serves the models that ship. Raises `InputError` for a wrong setting.
    """
    settings = settings or Settings.from_environment()
    app = Application("nnviz", template_folder=str(shipped("templates")), static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = requests.LARGEST_UPLOAD
    app.config["MAX_FORM_MEMORY_SIZE"] = requests.LARGEST_JSON
    app.url_map.strict_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    chosen = list(served) if served is not None else [models.load(name) for name in models.names()]
    default = models.DEFAULT if served is None else chosen[0].id
    trainings = Training(settings)
    saved = SavedModels(settings.data / "models", settings.limits, trainings.storage)
    app.extensions[current.SETTINGS] = settings
    app.extensions[signing.SIGNER] = signing.Signer(settings)
    app.extensions[teacher.TRIED] = Tries(settings.traffic)
    app.extensions[rate_limit.NEWCOMERS] = rate_limit.RateLimit(
        rate_limit.NEW_A_SECOND, rate_limit.NEW_AT_ONCE
    )
    app.extensions[LESSON] = Lesson(settings.traffic)
    app.extensions[current.TRAINING] = trainings
    app.extensions[current.CHAPTERS] = library.load(settings.chapters)
    app.extensions[current.MODELS] = ModelRegistry(chosen, default, saved, trainings)
    waiters = BoundedSemaphore(WAITERS)
    app.extensions[current.LONG_WORK] = LongWork(LONG_WORK, waiters, is_gone=current.is_gone)
    app.extensions[current.MAPS] = LongWork(MAPS, waiters, is_gone=current.is_gone)
    app.extensions[current.SHARED] = SharedFiles(settings.data / "maps", SHARED)
    app.extensions[current.PICTURES] = LongWork(PICTURES, waiters, is_gone=current.is_gone)
    for blueprint in views.BLUEPRINTS:
        app.register_blueprint(blueprint)
    for model in chosen:
        app.know("POST", drawings.READING, model_id=model.id)
    traffic.register(app, settings)
    drawings.register(app, settings)
    assets.register(app, shipped("static"))
    errors.register(app)
    hosts.register(app, settings)
    prefix.register(app, settings)
    return app


def shipped(name: str) -> Path:
    """A folder that the pages are made of: in an installed package inside it, else beside it."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
