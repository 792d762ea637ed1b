"""The options of ``python app.py`` and ``nnviz serve``."""

import argparse
import os
import secrets
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from nnviz.chapters import library
from nnviz.environment import share
from nnviz.errors import InputError
from nnviz.serving.counting import counting_folder
from nnviz.serving.supervisor import serve
from nnviz.settings import Settings

APPLICATION = "nnviz.wsgi:app"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve on this machine only, unless asked otherwise; returns the exit status."""
    parser = argparse.ArgumentParser(description="Draw a digit and watch a network read it.")
    if arguments is not None:
        parser.prog = "nnviz serve"
    parser.add_argument(
        "--class", dest="classroom", action="store_true", help="serve the local network's students"
    )
    parser.add_argument("--host", help="address to listen on (127.0.0.1; with --class all)")
    parser.add_argument("--port", type=_port, default=8000, help="port, 0 for any (%(default)s)")
    parser.add_argument("--workers", type=_count, help="processes (1; with --class 2)")
    parser.add_argument("--data", help="folder for what visitors keep (~/.nnviz)")
    parser.add_argument("--chapters", help="folder of chapters of your own (docs/chapters.md)")
    parser.add_argument("--access-log", action="store_true", help="a line of JSON a request")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser")
    options = parser.parse_args(arguments)
    try:
        settings = _with_chapters(Settings.from_environment(), options.chapters)
    except InputError as error:
        sys.exit(f"nnviz: {error}")
    if options.data:
        settings = replace(settings, data=Path(options.data))
    if options.classroom:
        code = settings.class_code or f"{secrets.randbelow(10**6):06}"
        settings = replace(settings, class_code=code)
    host = options.host or ("0.0.0.0" if options.classroom else "127.0.0.1")
    settings = replace(settings, listens=host)
    with counting_folder(os.getpid()) if options.classroom else nullcontext() as folder:
        settings = replace(settings, traffic=folder or settings.traffic)
        # The workers read them there; one digit is too small to share out among threads.
        share({"OPENBLAS_NUM_THREADS": "1", **settings.to_environment()})
        return serve(
            APPLICATION,
            host,
            options.port,
            options.workers or (2 if options.classroom else 1),
            not options.no_browser,
            options.access_log,
        )


def _with_chapters(settings: Settings, folder: str | None) -> Settings:
    """With a folder of chapters; raises `InputError` for what is wrong in one, with its line."""
    if folder is not None:
        if not Path(folder).is_dir():
            raise InputError("bad_setting", f"Expected a folder after --chapters; got {folder!r}.")
        settings = replace(settings, chapters=Path(folder).resolve())
    if settings.chapters is not None:  # those that ship are as they were when they were tested
        library.load(settings.chapters)
    return settings


def _port(text: str) -> int:
    if not text.isdigit() or not int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"expected a port from 0 to 65535, got {text}")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to 64, got {text}")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
