"""Requests built from a grammar, not from good ones: what no well-meaning client would write.

JSON text with names that stand there twice, numbers of any size, nesting of any depth, broken
escapes; headers, cookies, hosts and paths of pieces that mean something to somebody.
"""

import json
import random
from typing import Any

NAMES = [
    "title",
    "edits",
    "strokes",
    "pixels",
    "base",
    "label",
    "recipe",
    "code",
    "center",
    "x",
    "",
]
NUMBERS = [
    "0", "-0", "1", "-1", "7", "0.5", "1e400", "-1e400", "1e-400", "1e308", "9" * 30, "9" * 400,
    "9" * 5000, "0.1" * 2, "01", "1.", ".5", "+1", "NaN", "Infinity", "-Infinity", "1e", "0x10",
    "--1",
]  # fmt: skip
STRINGS = [
    '""', '"a"', '"prune"', '"off"', '"dense"', '"\\u0000"', '"\\ud800"', '"\\udc00\\ud800"',
    '"\\x"', '"\\"', '"', "'a'", '"' + "a" * 3000 + '"', '"\n"', '"\u202e"', '"=1+1"', '"../.."',
]  # fmt: skip
HOSTS = [
    "localhost", "127.0.0.1", "[::1]", "[", "]", "[::", "[v1.a]", "a@[b", "evil.example", "*", "",
    ".", "localhost.", "localhost:", "localhost:99999999999", "localhost:x", "%00", "\xff", "a b",
    "1.2.3", "0x7f.1", "[::ffff:127.0.0.1]", "localhost/x", "localhost#", "user:pass@localhost",
    "xn--a",
]  # fmt: skip
WORDS = [
    "gzip", "*", "en", "ko", "q=0", "q=nan", "q=1e999", "q=-1", ";", ",", "=", '"', "\\351",
    "\xff", "bytes=0-", "bytes=5-1", "bytes=99999999999999999999-", "W/", "0" * 64, "f" * 32,
    "a" * 2000, ".", "application/json", "multipart/form-data", "boundary=", "charset=\xfe",
    "chunked", "-1", "1e9", "same-origin", "cross-site", "null", "http://[", "http://localhost",
    "teacher=", "visitor=", "lang=",
]  # fmt: skip
HEADERS = [
    "Host", "Origin", "Cookie", "Accept-Encoding", "Accept-Language", "Accept", "Content-Type",
    "Range", "If-None-Match", "If-Modified-Since", "If-Range", "Sec-Fetch-Site", "Referer",
    "X-Forwarded-For", "X-Forwarded-Prefix", "X-Forwarded-Host", "Forwarded", "Authorization",
    "User-Agent", "Expect",
]  # fmt: skip
PIECES = [
    "api", "models", "runs", "datasets", "mnist", "test", "train", "recipes", "class", "teacher",
    "here", "weights", "activations", "evaluation", "step", "lead", "commands", "docs",
    "attributions", "labels", "images", "predictions", "confusion", "mistakes", "0", "7", "units",
    "hidden1", "maps", "input", "places", "attacks", "distortions", "robustness", "ascent",
    "digits", "openapi.json", "static", "plotly", "words", "learn", "healthz", "mlp-sigmoid", "cnn",
    "run-0123456789ab", "run-0123456789ab-7", "..", ".", "", "%00", "%ff", "%0a", "%22", "%2f",
    "%25", "%c3%28", "a" * 300, "한", "'", '"',
]  # fmt: skip
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "X"]


class Grammar:
    """Writes requests; the same ``rng`` writes the same ones."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def text(self, depth: int = 0) -> str:
        """Some JSON, or nearly."""
        kind = self.rng.randrange(8 if depth < 4 else 4)
        if kind < 2:
            return self.rng.choice(NUMBERS)
        if kind == 2:
            return self.rng.choice(STRINGS)
        if kind == 3:
            return self.rng.choice(["true", "false", "null", "nul", "", "undefined"])
        parts = [self.text(depth + 1) for _ in range(self.rng.randrange(4))]
        if kind < 6:
            return "[" + ",".join(parts) + "]"
        names = [json.dumps(self.rng.choice(NAMES)) for _ in parts]  # a name may come twice
        return "{" + ",".join(map(":".join, zip(names, parts, strict=True))) + "}"

    def deep(self) -> str:
        """Lists or objects within one another, closed or not."""
        depth = self.rng.choice([10, 300, 900, 990, 1100, 50_000])
        opening, closing = self.rng.choice([("[", "]"), ('{"a":', "}"), ("[[],", "]")])
        return opening * depth + self.rng.choice(["1", "", "[]"]) + closing * depth

    def odd(self) -> str:
        """Something where something else is meant to stand."""
        return self.deep() if self.rng.random() < 0.1 else self.text()

    def written(self, value: Any) -> str:
        """A good value as JSON text with faults in it."""
        if self.rng.random() < 0.03:
            return self.odd()
        if isinstance(value, dict):
            pairs = [(json.dumps(name), self.written(each)) for name, each in value.items()]
            if pairs and self.rng.random() < 0.3:  # a name again, rarely with a good value
                name, text = self.rng.choice(pairs)
                pairs.append((name, text if self.rng.random() < 0.3 else self.odd()))
            if self.rng.random() < 0.1:
                pairs.append((json.dumps(self.rng.choice(NAMES)), self.odd()))
            if self.rng.random() < 0.3:
                self.rng.shuffle(pairs)
            return "{" + ",".join(map(":".join, pairs)) + "}"
        if isinstance(value, list) and len(value) < 30:
            parts = [self.written(each) for each in value]
            if parts and self.rng.random() < 0.03:
                parts = [self.rng.choice(parts)] * 501
            return "[" + ",".join(parts) + "]"
        return json.dumps(value)

    def header(self) -> tuple[str, str]:
        """A header of pieces."""
        name = self.rng.choice(HEADERS)
        if name == "Host" or (name == "Origin" and self.rng.random() < 0.5):
            return name, ("http://" if name == "Origin" else "") + self.rng.choice(HOSTS)
        parts = [self.rng.choice(WORDS) for _ in range(self.rng.randint(1, 4))]
        return name, self.rng.choice(["", "; ", ", ", "="]).join(parts)

    def headers(self) -> dict[str, str]:
        """A few headers."""
        return dict(self.header() for _ in range(self.rng.randint(1, 4)))

    def path(self) -> str:
        """A path of pieces, perhaps with a query."""
        parts = [self.rng.choice(PIECES) for _ in range(self.rng.randint(1, 5))]
        query = ""
        if self.rng.random() < 0.4:
            pairs = [(self.rng.choice(NAMES), self.rng.choice(PIECES)) for _ in range(2)]
            query = "?" + "&".join(map("=".join, pairs))
        return "/" + "/".join(parts) + query
