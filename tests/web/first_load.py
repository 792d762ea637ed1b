"""What a screen loads first, without a browser: the page, its sheets, and every module that its
script imports at once; each as it is sent, compressed, with its headers.
"""

import re
from posixpath import dirname, join, normpath

from flask.testing import FlaskClient

REFERENCE = re.compile(r'<(?:link|script)\b[^>]*?(?:href|src)="(/[^"]+\.(?:css|js|svg)[^"]*)"')
IMPORT = re.compile(r"""\b(?:import|export)\s*(?:[\w*{}\s,$]+?\bfrom\s*)?['"](\.[^'"]+)['"]""")
OF_THE_SERVER = 80  # bytes: the status line, the date, what ends the head


def sizes(client: FlaskClient, screen: str) -> dict[str, int]:
    """Bytes of everything that a screen loads first, by path without the version."""
    page, found = _fetch(client, screen)
    total = {screen: found}
    waiting = sorted(set(REFERENCE.findall(page)))
    while waiting:
        path = waiting.pop()
        name = re.sub(r"^/static/[^/]+/", "", path)
        if name in total:
            continue
        text, total[name] = _fetch(client, path)
        if path.split("?")[0].endswith("js"):
            waiting += [normpath(join(dirname(path), each)) for each in IMPORT.findall(text)]
    return total


def _fetch(client: FlaskClient, path: str) -> tuple[str, int]:
    """The text, and the bytes that bring it."""
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.status_code == 200, path
    head = sum(len(name) + len(value) + 4 for name, value in packed.headers)
    plain = client.get(path)
    return plain.text, len(packed.data) + head + OF_THE_SERVER
