"""Rubbish of every kind: never a failure of the server, never a hang, no growth.

The default run tries some thousands; ``python -m pytest -m slow tests/web/test_fuzz.py`` tries more
than 200,000 and prints how many of each kind.
"""

import copy
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import psutil
import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from nnviz import models
from nnviz.datasets import mnist
from nnviz.errors import InputError
from nnviz.models import model_file
from nnviz.recipe.lessons import LESSONS
from nnviz.recipe.shipped import RECIPES
from nnviz.settings import Settings
from nnviz.web import create_app
from tests.web.grammar import METHODS, Grammar
from tests.web.test_api import READ, SEVEN, png
from tests.web.test_lab import EDITS
from tests.web.test_problems_api import HOUSE

MODELS = ("mlp-sigmoid", "cnn", "lstm")
LONGEST = 30.0  # seconds for one input on a busy machine
EACH = 15_500  # inputs of a kind in the long run
GROWTH = 60_000_000  # bytes that caches may take
ODD: list[Any] = [
    None, True, False, 0, -1, 1, 28, 784, 1e308, -1e308, 1e-320, 10**18, 10**30, 0.5, "", "x", "0",
    "NaN", "\x00", "한", "../../etc/passwd", "a" * 3000, [], {}, [[]], [[[]]], [[[0.5]]],
    [[[0.1, 0.2, 0.3]]], {"kind": "off"}, [None], [{}], [[[1e9, 0.5]]], [0.5] * 784, [2] * 785,
]  # fmt: skip
PIXELS = mnist.load().test.images[0].ravel().tolist()
LEARN = {"kind": "learn", "pixels": PIXELS, "label": 3, "learning_rate": 0.1, "times": 2}
ASKED = ["/api/datasets/mnist/test", "/api/models/mlp-sigmoid/mistakes"]
WHY = {"strokes": SEVEN, "method": "gradient_input", "output": 7, "edits": EDITS[:1]}
PLACE = {"strokes": SEVEN, "layer": "hidden1", "method": "pca", "count": 3}
PUSH = {"strokes": SEVEN, "method": "fgsm", "target": 3, "epsilon": 0.1, "edits": EDITS[:1]}
Reply = tuple[int, bytes]


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        items: Any = value.items()
    elif isinstance(value, list):
        items = enumerate(value[:20])
    else:
        return
    for key, each in items:
        yield from paths_of(each, (*path, key))


def mutated(value: Any, rng: random.Random) -> Any:
    """The value with one to three places replaced, taken away, doubled or renamed."""
    value = copy.deepcopy(value)
    for _ in range(rng.randint(1, 3)):
        path = rng.choice(list(paths_of(value)))
        if not path:
            if rng.random() < 0.1:
                return rng.choice(ODD)
            continue
        *way, last = path
        at = value
        for key in way:
            at = at[key]
        change = rng.randrange(4)
        if change == 0:
            del at[last]
        elif change == 1 and isinstance(at, dict):
            at[str(last) + rng.choice(["", "_", "\x7f", "ﬁ"])] = at.pop(last)
        elif change == 1:
            at.insert(last, copy.deepcopy(at[last]))
        else:
            at[last] = copy.deepcopy(rng.choice(ODD))
    return value


def torn(content: bytes, rng: random.Random) -> bytes:
    """Bytes with some flipped, some cut off, some added."""
    changed = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    if rng.random() < 0.3:
        del changed[rng.randrange(len(changed) + 1) :]
    if rng.random() < 0.1:
        changed += rng.randbytes(rng.randint(1, 100))
    return bytes(changed)


class Fuzzer:
    """Every kind of input, and the way it takes."""

    def __init__(self, client: FlaskClient, seed: int) -> None:
        self._client, self.rng = client, random.Random(seed)
        self._picture = png(mnist.load().test.images[0])
        self._model = model_file.to_bytes(models.load("mlp-sigmoid"))
        self._recipes = [recipe.to_json() for each in LESSONS for recipe in each.recipes]
        self._recipes += [RECIPES[name].to_json() for name in ("mlp-two-heads", "houses-mlp")]
        self.kinds: dict[str, Callable[[], Reply]] = {
            "strokes": self._strokes,
            "pixels": self._pixels,
            "edits": self._edits,
            "steps": self._steps,
            "leads": self._leads,
            "houses": self._house,
            "movements": self._movement,
            "recipes": self._recipe,
            "pictures": self._image,
            "model files": self._file,
            "bytes": self._bytes,
            "queries": self._query,
            "documents": self._document,
            "headers": self._headers,
            "paths": self._path,
        }
        self._grammar = Grammar(self.rng)
        self._documents: list[tuple[str, str, Any]] = [
            ("POST", READ, {"strokes": SEVEN[:1], "center": True, "edits": EDITS}),
            ("POST", READ, {"pixels": [0] * 784, "edits": EDITS[:2]}),
            ("POST", "/api/models/mlp-sigmoid/step", {"strokes": SEVEN, "label": 7, "edits": []}),
            ("POST", "/api/models/houses-mlp/activations", {"features": HOUSE, "edits": EDITS[:1]}),
            ("POST", "/api/models/cnn/lead", {"strokes": SEVEN, "first": 7, "second": 1}),
            ("POST", "/api/models/mlp-sigmoid/attributions", WHY),
            ("POST", "/api/models/mlp-sigmoid/maps/hidden1", {"edits": EDITS[:1]}),
            ("POST", "/api/models/mlp-sigmoid/places", PLACE),
            ("POST", "/api/models/mlp-sigmoid/attacks", PUSH),
            ("POST", "/api/models/mlp-sigmoid/distortions", {"strokes": SEVEN, "kind": "turn"}),
            ("POST", "/api/models/mlp-sigmoid/units/hidden1/2/ascent", {"regularisation": 0.4}),
            (
                "POST",
                "/api/models/mlp-sigmoid/units/hidden1/2/digits",
                {"drawings": [{"strokes": SEVEN[:1], "center": True}], "edits": EDITS[:1]},
            ),
            ("POST", "/api/models/mlp-sigmoid/confusion", {"edits": EDITS[:2]}),
            ("POST", "/api/models", {"base": "none", "title": "A title", "edits": EDITS}),
            ("POST", "/api/class/teacher", {"code": "123456"}),
            ("POST", "/api/runs", {"recipe": self._recipes[0], "key": "x" * 9}),
            ("PATCH", "/api/runs/run-0123456789ab", {"title": "A title"}),
            ("POST", "/api/runs/run-0123456789ab/commands", {"command": "rate", "value": 0.1}),
            ("POST", "/api/runs/run-0123456789ab/models", {"title": "A title", "batch": 7}),
            *(("POST", "/api/recipes", {"recipe": each}) for each in self._recipes),
        ]

    def _post(self, path: str, value: Any) -> Reply:
        text = json.dumps(value).encode()
        reply = self._client.post(path, data=text, content_type="application/json")
        return reply.status_code, reply.data

    def _read(self, value: Any) -> Reply:
        return self._post(f"/api/models/{self.rng.choice(MODELS)}/activations", value)

    def _strokes(self) -> Reply:
        return self._read(mutated({"strokes": SEVEN, "center": True}, self.rng))

    def _pixels(self) -> Reply:
        return self._read(mutated({"pixels": [each / 255 for each in PIXELS]}, self.rng))

    def _edits(self) -> Reply:
        edits = [*self.rng.sample(EDITS, 2), LEARN] if self.rng.random() < 0.3 else EDITS[:]
        self.rng.shuffle(edits)
        return self._read(mutated({"strokes": SEVEN, "edits": edits}, self.rng))

    def _steps(self) -> Reply:
        body = {"strokes": SEVEN, "label": 7, "edits": []}
        return self._post("/api/models/mlp-sigmoid/step", mutated(body, self.rng))

    def _leads(self) -> Reply:
        body = {"strokes": SEVEN, "first": 7, "second": 1, "edits": []}
        return self._post("/api/models/mlp-sigmoid/lead", mutated(body, self.rng))

    def _house(self) -> Reply:
        body = {"features": HOUSE, "edits": [{"kind": "noise", "amount": 0.1}]}
        name = self.rng.choice(["houses-mlp", "houses-linear"])
        return self._post(f"/api/models/{name}/activations", mutated(body, self.rng))

    def _movement(self) -> Reply:
        body = {"strokes": SEVEN, "edits": self.rng.sample(EDITS, 2)}
        return self._post("/api/models/pen-lstm/activations", mutated(body, self.rng))

    def _recipe(self) -> Reply:
        return self._post(
            "/api/recipes", mutated({"recipe": self.rng.choice(self._recipes)}, self.rng)
        )

    def _image(self) -> Reply:
        reply = self._client.post(
            "/api/models/mlp-sigmoid/activations",
            data=torn(self._picture, self.rng),
            content_type=self.rng.choice(["image/png", "image/jpeg", "image/webp"]),
        )
        return reply.status_code, reply.data

    def _file(self) -> Reply:
        try:
            model_file.from_bytes(torn(self._model, self.rng), "fuzzed")
        except InputError as error:
            return 422, str(error).encode()
        return 200, b""

    def _bytes(self) -> Reply:
        text = json.dumps({"strokes": SEVEN}).encode()
        reply = self._client.post(
            self.rng.choice(["/api/models/mlp-sigmoid/activations", "/api/recipes", "/api/models"]),
            data=torn(text, self.rng),
            content_type=self.rng.choice(["application/json", "multipart/form-data", "x/y", ""]),
        )
        return reply.status_code, reply.data

    def _query(self) -> Reply:
        words = ["label", "prediction", "offset", "limit", "mistakes_of", "after", "x"]
        query = {self.rng.choice(words): str(self.rng.choice(ODD))[:50] for _ in range(2)}
        place = self.rng.choice([*ASKED, "/api/datasets/mnist/odd", "/train"])
        reply = self._client.get(place, query_string=query)
        return reply.status_code, reply.data

    def _document(self) -> Reply:
        method, path, value = self.rng.choice(self._documents)
        text = self._grammar.written(value).encode()
        reply = self._client.open(path, method=method, data=text, content_type="application/json")
        return reply.status_code, reply.data

    def _headers(self) -> Reply:
        path = self.rng.choice(["/", "/class", "/api/class", "/api/models/cnn/weights", READ])
        body = json.dumps({"pixels": [0] * 784}).encode() if path == READ else None
        method, headers = "POST" if path == READ else "GET", self._grammar.headers()
        environ = EnvironBuilder(path, method=method, data=body, headers=headers).get_environ()
        content, status, _ = run_wsgi_app(self._client.application, environ)  # no client is so odd
        return int(status[:3]), b"".join(content)

    def _path(self) -> Reply:
        method, (path, _, query) = self.rng.choice(METHODS), self._grammar.path().partition("?")
        text = self._grammar.text().encode()
        asked = EnvironBuilder(method=method, data=text, content_type="application/json")
        environ = {**asked.get_environ(), "QUERY_STRING": query.encode().decode("latin-1")}
        environ["PATH_INFO"] = unquote_to_bytes(path).decode("latin-1")
        content, status, _ = run_wsgi_app(self._client.application, environ)
        return int(status[:3]), b"".join(content) or b"-"

    def try_all(self, count: int) -> Counter[str]:
        """So many inputs of each kind; what came of them."""
        outcomes: Counter[str] = Counter()
        for kind, attempt in self.kinds.items():
            for _ in range(count):
                state, start = self.rng.getstate(), time.monotonic()
                status, content = attempt()
                took = time.monotonic() - start
                assert status < 500 or status in (503, 507), (kind, state[1][-1], content[:300])
                assert took < LONGEST, (kind, took)
                if status >= 400:
                    assert content, kind
                outcomes[f"{kind}: {'read' if status < 400 else 'refused'}"] += 1
        return outcomes


@pytest.fixture
def fuzzer(tmp_path: Path) -> Fuzzer:
    seed = int(os.environ.get("NNVIZ_SEED", time.time()))
    settings = Settings(
        data=tmp_path,
        run_worker_elsewhere=True,
        class_code="123456",
        drawings_a_second=1e6,
        hosts=frozenset({"*"}),
    )
    return Fuzzer(create_app(settings).test_client(use_cookies=False), seed)


def test_rubbish_is_refused_in_words(fuzzer: Fuzzer) -> None:
    outcomes = fuzzer.try_all(250)
    assert outcomes["strokes: refused"] > 50
    assert outcomes["strokes: read"] > 5
    assert outcomes["edits: refused"] > 50


@pytest.mark.slow
def test_two_hundred_thousand_inputs(fuzzer: Fuzzer, capsys: pytest.CaptureFixture[str]) -> None:
    fuzzer.try_all(300)
    process = psutil.Process()
    before = process.memory_info().rss
    outcomes = fuzzer.try_all(EACH)
    grown = process.memory_info().rss - before
    with capsys.disabled():
        lines = [f"{outcome} {count:,}" for outcome, count in sorted(outcomes.items())]
        lines += [f"{sum(outcomes.values()):,} inputs, {grown / 1e6:.1f} MB more"]
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert sum(outcomes.values()) >= 200_000
    assert grown < GROWTH
