"""What one client may take of a worker's time and memory, whatever it sends or does not read."""

import sys
from typing import NamedTuple

MOST_OPEN = 400 if sys.platform == "win32" else 1000  # Windows's select knows 512 sockets


class Limits(NamedTuple):
    """Seconds, bytes and counts; each holds for one worker process."""

    connections: int = MOST_OPEN  # open at once; over it the one that waited longest has to go
    idle_seconds: float = 75.0  # a connection may wait for its next request
    head_seconds: float = 10.0  # from a request's first byte to the end of its headers
    head_bytes: int = 32_768  # request line and headers
    grace_seconds: float = 10.0  # before a body, or who reads a reply, must keep to the pace
    bytes_a_second: float = 8_192.0  # that pace, counted from the end of the grace
    body_bytes: int = 10_500_000  # of one request: the largest upload with its form around it
    small_body: int = 65_536  # bytes: a body up to here needs no room among the large ones
    bodies_bytes: int = 64_000_000  # of all bodies that are coming in or being worked on
    unsent_bytes: int = 128_000_000  # of all replies that nobody has read yet
    pipelined: int = 32  # requests of one client that wait behind the one at work
    linger_seconds: float = 2.0  # a refused client may take to notice
    stop_seconds: float = 15.0  # what is being worked on may take when the server stops


USUAL = Limits()
