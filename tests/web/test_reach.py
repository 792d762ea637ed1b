"""What a page that was opened on the server's own machine tells others to open."""

import re
from pathlib import Path

import pytest

from nnviz.serving import addresses
from nnviz.serving.addresses import Address
from nnviz.settings import Settings
from nnviz.web import create_app

WIFI = "192.168.0.5"


@pytest.mark.parametrize(
    ("settings", "opened", "network"),
    [
        ({"listens": "127.0.0.1"}, "127.0.0.1:8000", None),
        ({"listens": ""}, "localhost:8000", None),
        ({"listens": "0.0.0.0"}, "127.0.0.1:8000", f"http://{WIFI}:8000"),
        ({"listens": "0.0.0.0", "prefix": "/nn"}, "127.0.0.1:8000", f"http://{WIFI}:8000/nn"),
        ({"listens": "10.0.0.7"}, "localhost:8000", "http://10.0.0.7:8000"),
        ({"listens": "fd00::7"}, "localhost:8000", "http://[fd00::7]:8000"),
        ({"listens": "0.0.0.0"}, f"{WIFI}:8000", None),  # as it was opened, others open it too
        ({"class_address": "https://nn.example"}, "localhost:8000", "https://nn.example"),
    ],
)
def test_the_address_for_others(
    settings: dict[str, str],
    opened: str,
    network: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(addresses, "addresses", lambda: [Address("wlan0", WIFI)])
    app = create_app(Settings(data=tmp_path, **settings))  # type: ignore[arg-type]
    page = app.test_client().get("/", base_url=f"http://{opened}").text
    found = re.search(r'data-network="([^"]*)"', page)
    assert (found[1] if found else None) == network


def test_without_a_network_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "addresses", list)
    app = create_app(Settings(data=tmp_path, listens="0.0.0.0"))
    assert "data-network" not in app.test_client().get("/").text
