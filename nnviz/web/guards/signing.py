"""Signed values: who shows one got it from this server, for nobody else has its secret.

The secret is a setting, or lies in the data folder, where every worker process finds it and where
it outlasts a restart, so that visitors keep what is theirs.
"""

import hmac
import logging
import os
import re
import secrets
import time
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from flask import current_app

from nnviz.settings import Settings

SIGNER = "nnviz-signer"  # among the application's extensions
FILE = "secret"
SECRET = re.compile(r"[0-9a-f]{64}")

logger = logging.getLogger(__name__)


class Signer:
    """Signs with the secret that is set, else with the data folder's."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def sign(self, kind: str, value: str) -> str:
        """The signature, 32 hexadecimal digits, of a value for one kind of use."""
        message = f"{kind}:{value}".encode(errors="replace")
        return hmac.new(self._key, message, sha256).hexdigest()[:32]

    def has_signed(self, kind: str, value: str, signature: str) -> bool:
        """Whether the signature is this server's."""
        given = signature.encode(errors="replace")
        return hmac.compare_digest(self.sign(kind, value).encode(), given)

    @cached_property
    def _key(self) -> bytes:
        return (self._settings.secret or kept_secret(self._settings.data)).encode()


def signer() -> Signer:
    """The application's signer."""
    found: Signer = current_app.extensions[SIGNER]
    return found


def kept_secret(data: Path) -> str:
    """The secret in the data folder, made when there is none; only its owner can read the file.

    Where the folder cannot be written it is another one each time.
    """
    path, made = data / FILE, secrets.token_hex(32)
    try:
        data.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _read(path) or made
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(made)
    except OSError as error:
        logger.warning("Cookies hold until the next start only: %s", error.strerror)
    return made


def _read(path: Path) -> str | None:
    """The secret that is written there, as soon as who makes it has written it."""
    for _ in range(50):
        if SECRET.fullmatch(found := path.read_text("ascii", errors="replace")):
            return found
        time.sleep(0.02)
    logger.warning("Cookies hold until the next start only: the file %s is broken", FILE)
    return None
