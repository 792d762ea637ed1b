"""The production server: granian runs the WSGI application, one worker process or several."""

import multiprocessing
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server


def serve(target: str, host: str, port: int, workers: int, open_browser: bool) -> None:
    """Serve until interrupted; print the address once it answers, then open the browser.

    Exits with a sentence when the address cannot be used.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        sys.exit(f"Cannot listen on {host} port {port}: {error.strerror or error}. Try --port.")
    # A forked worker would inherit locks that the announcing thread holds, and could wait for ever.
    multiprocessing.set_start_method("spawn", force=True)
    threading.Thread(target=_announce, args=(host, port, open_browser), daemon=True).start()
    Server(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        backlog=2048,
        log_level=LogLevels.warning,
        workers_kill_timeout=2,
    ).serve()


def _announce(host: str, port: int, open_browser: bool) -> None:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    if not _answers(f"{address}/api/models"):
        return
    sys.stdout.write(f"nnviz is at {address} (stop it with Ctrl+C)\n")
    sys.stdout.flush()
    if open_browser:
        webbrowser.open(address)


def _answers(url: str, patience: float = 60) -> bool:
    """Wait until the address answers, at most so many seconds."""
    limit = time.monotonic() + patience
    while time.monotonic() < limit:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    return False
