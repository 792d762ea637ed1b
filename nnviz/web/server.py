"""The production server: granian runs the WSGI application, one worker process or several."""

import os
import signal
import socket
import sys
import threading
import time

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from nnviz import announce
from nnviz.environment import Variable, share

PARENT = Variable(
    "NNVIZ_PARENT", "tells a worker who started it", lambda: 0, "set by the server", int
)
LOOK_EVERY = 0.5  # seconds between two looks whether that one is still there
ACCESS = (
    '{"time": "%(time)s", "method": "%(method)s", "path": "%(path)s", "status": %(status)d, '
    '"ms": %(dt_ms).3f}'
)
THREADS = 4  # a worker: who reads 10,000 digits holds one, drawings go through the others


def serve(
    target: str,
    host: str,
    port: int,
    workers: int,
    open_browser: bool,
    access_log: bool = False,
) -> None:
    """Serve until interrupted; the address is announced once it answers.

    ``target`` names the application as ``module:attribute``. ``access_log`` writes a line of JSON
    for every request, without addresses of visitors. Exits with a sentence when the address cannot
    be used.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        sys.exit(f"Cannot listen on {host} port {port}: {error.strerror or error}. Try --port.")
    share({PARENT.name: str(os.getpid())})
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    announce.start(f"http://{f'[{shown}]' if ':' in shown else shown}:{port}", open_browser)
    Server(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=2048,
        log_level=LogLevels.info if access_log else LogLevels.warning,
        log_access=access_log,
        log_access_format=ACCESS,
        workers_kill_timeout=2,
    ).serve()


def local_address() -> str:
    """This machine's address in the local network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            address: str = probe.getsockname()[0]
        except OSError:  # no network: only this machine can come
            address = "127.0.0.1"
    return address


def end_with_parent() -> None:
    """Let this worker end when who started it is gone, even by ``kill -9``.

    It would hold the address otherwise. Does nothing in a process that `serve` did not start.
    """
    parent = PARENT.read()
    if not parent or os.getppid() != parent:
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()
