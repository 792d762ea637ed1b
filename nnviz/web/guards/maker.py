"""Who made what is kept: told by a short name that says nothing about the visitor.

The name is a hash of the visitor's mark, so a file or a list may hold it and nobody becomes anybody
else by reading it.
"""

import hashlib
import re

from flask import request

from nnviz.web.guards.teacher import is_teacher
from nnviz.web.guards.visitor import visitor_of

MAKER = re.compile(r"[0-9a-f]{16}", re.ASCII)


def maker_of(visitor: str) -> str:
    """A visitor's name as a maker."""
    return hashlib.sha256(f"maker {visitor}".encode()).hexdigest()[:16]


def may_change(maker: str | None) -> bool:
    """Whether who asks made it, or is the teacher: on one's own machine, anybody."""
    visitor = visitor_of(request)
    return is_teacher() or (visitor is not None and maker == maker_of(visitor))
