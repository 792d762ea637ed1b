"""The WSGI application, and ``python app.py``, which serves it and opens the browser."""

import argparse
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one digit is too small to share out

from nnviz.web import DATA, create_app


def main() -> None:
    """Serve on this machine only, unless asked otherwise."""
    parser = argparse.ArgumentParser(description="Draw a digit and watch a network read it.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (%(default)s)")
    parser.add_argument("--workers", type=_count, default=1, help="processes (%(default)s)")
    parser.add_argument("--data", help="folder for what visitors keep (~/.nnviz)")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser")
    arguments = parser.parse_args()
    if arguments.data:
        os.environ[DATA] = arguments.data  # the worker processes look there

    from nnviz.web.server import serve

    serve("app:app", arguments.host, arguments.port, arguments.workers, not arguments.no_browser)


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
