"""The WSGI application, and ``python app.py``, which serves it and opens the browser."""

import argparse
import gc
import os
import secrets
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one digit is too small to share out

from nnviz.environment import share
from nnviz.errors import InputError
from nnviz.settings import Settings
from nnviz.web import create_app


def main() -> None:
    """Serve on this machine only, unless asked otherwise."""
    parser = argparse.ArgumentParser(description="Draw a digit and watch a network read it.")
    parser.add_argument(
        "--class", dest="classroom", action="store_true", help="serve the local network's students"
    )
    parser.add_argument("--host", help="address to listen on (127.0.0.1; with --class all)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument("--workers", type=_count, help="processes (1; with --class 2)")
    parser.add_argument("--data", help="folder for what visitors keep (~/.nnviz)")
    parser.add_argument("--access-log", action="store_true", help="a line of JSON a request")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser")
    arguments = parser.parse_args()
    try:
        settings = Settings.from_environment()
    except InputError as error:
        sys.exit(f"nnviz: {error}")
    if arguments.data:
        settings = replace(settings, data=Path(arguments.data))

    from nnviz.web.server import serve

    if arguments.classroom:
        settings = _class_settings(settings, arguments.port)
    share(settings.to_environment())  # the worker processes read them there
    host = arguments.host or ("0.0.0.0" if arguments.classroom else "127.0.0.1")
    workers = arguments.workers or (2 if arguments.classroom else 1)
    serve("app:app", host, arguments.port, workers, not arguments.no_browser, arguments.access_log)


def _class_settings(settings: Settings, port: int) -> Settings:
    """A class's settings: its address, the teacher's code, where the workers count."""
    from nnviz.web.server import local_address

    return replace(
        settings,
        class_address=settings.class_address or f"http://{local_address()}:{port}",
        class_code=settings.class_code or f"{secrets.randbelow(10**6):06}",
        traffic=Path(tempfile.mkdtemp(prefix="nnviz-")),
    )


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"expected a port from 1 to 65535, got {text}")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to 64, got {text}")
    return int(text)


if __name__ == "__main__":
    main()
elif __name__ != "__mp_main__":  # a worker process imports the application by its name, once
    from nnviz.web.server import end_with_parent

    end_with_parent()
    app = create_app()
    gc.collect()
    gc.freeze()  # what is there now stays: it is not looked through again while requests wait
