"""What is printed at the start: addresses that a class can reach, on any console."""

import io
import socket
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
import zxingcpp
from flask import Flask

from nnviz.serving import addresses, announce
from nnviz.serving.addresses import Address, is_loopback, ranked
from nnviz.serving.announce import NO_NETWORK, qr_code, tell_class
from nnviz.settings import Settings
from nnviz.web import create_app

WIFI, VPN, DOCKER, HOTSPOT = "192.168.1.20", "10.8.0.6", "172.17.0.1", "10.42.0.1"


def order(interfaces: dict[str, list[str]], default: str | None = None) -> list[str]:
    return [each.address for each in ranked(interfaces, default)]


@pytest.mark.parametrize(
    ("interfaces", "default", "expected"),
    [
        ({"lo": ["127.0.0.1", "::1"]}, None, []),
        ({"lo": ["127.0.0.1"], "wlan0": [WIFI]}, None, [WIFI]),  # no default route
        ({"tun0": [VPN], "docker0": [DOCKER], "wlan0": [WIFI]}, VPN, [WIFI, VPN, DOCKER]),
        ({"tailscale0": ["100.101.2.3"], "Wi-Fi": [WIFI]}, "100.101.2.3", [WIFI, "100.101.2.3"]),
        ({"vEthernet (WSL)": ["172.20.0.1"], "Ethernet": [WIFI]}, None, [WIFI, "172.20.0.1"]),
        ({"eth0": ["8.8.8.8"], "wlan0": [HOTSPOT]}, "8.8.8.8", [HOTSPOT, "8.8.8.8"]),
        ({"eth0": [WIFI], "wlan0": [HOTSPOT]}, HOTSPOT, [HOTSPOT, WIFI]),
        ({"eth0": ["169.254.3.4"], "tun0": [VPN]}, None, [VPN, "169.254.3.4"]),
        ({"eth0": ["fe80::1%eth0", "2001:db8::1"]}, None, ["2001:db8::1"]),
        ({"eth0": ["2001:db8::1", WIFI]}, None, [WIFI]),
    ],
)
def test_the_room_comes_before_vpns_and_containers_and_loopback_never(
    interfaces: dict[str, list[str]], default: str | None, expected: list[str]
) -> None:
    assert order(interfaces, default) == expected


def test_an_address_is_what_a_browser_opens() -> None:
    assert Address("eth0", WIFI).url(8000) == "http://192.168.1.20:8000"
    assert Address("eth0", "2001:db8::1").url(80) == "http://[2001:db8::1]:80"
    assert is_loopback("127.3.2.1")
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert not is_loopback(WIFI)


def test_this_machines_own_interfaces_are_read() -> None:
    found = addresses.addresses()
    own = {each.address for held in psutil.net_if_addrs().values() for each in held}
    assert {each.address for each in found} <= own
    assert not [each for each in found if is_loopback(each.address.split("%")[0])]


@pytest.mark.parametrize("encoding", ["utf-8", "cp437", "cp949", "cp1252", "ascii", "euc-kr", None])
def test_a_qr_code_is_made_of_what_the_encoding_has_and_can_be_read(encoding: str | None) -> None:
    address = "http://192.168.1.20:8000"
    text = qr_code(address, encoding)
    text.encode(encoding or "utf-8")
    rows: list[list[bool]] = []
    for line in text.splitlines():
        if "▀" in text or "▄" in text:
            rows += [[c in "█▀" for c in line], [c in "█▄" for c in line]]
        else:
            rows.append([c in "█#" for c in line[::2]])
    picture = np.kron(np.array(rows, np.uint8) * 255, np.ones((6, 6), np.uint8))
    (found,) = zxingcpp.read_barcodes(np.pad(picture, 24, constant_values=255))
    assert found.text == address


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "cp1252", "ascii"])
@pytest.mark.parametrize("found", [[], ["http://192.168.1.20:8000", "http://10.8.0.6:8000"]])
def test_the_teachers_code_is_seen_on_any_console(encoding: str, found: list[str]) -> None:
    raw = io.BytesIO()
    output = io.TextIOWrapper(raw, encoding=encoding)
    tell_class(output, found, "http://127.0.0.1:8000", "가나123")
    output.flush()
    text = raw.getvalue().decode(encoding)
    assert "Teacher's code: " in text
    assert "123\n" in text
    assert ("For the class: " in text) == bool(found)
    assert (NO_NETWORK in text) != bool(found)


def test_what_is_printed_says_when_the_server_listens_on_this_machine_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(announce, "_answers", lambda _: True)
    for name, value in {"NNVIZ_CLASS_CODE": "123456", "NNVIZ_LISTENS": "127.0.0.1"}.items():
        monkeypatch.setenv(name, value)
    announce.announce("http://127.0.0.1:8000", False, threading.Event())
    text = capsys.readouterr().out
    assert "start it again with --class and without --host" in text
    assert "For the class" not in text
    assert "Other addresses" not in text
    assert "Teacher's code: 123456" in text


def class_page(app: Flask, path: str = "/class", **headers: str) -> str:
    client = app.test_client()
    return client.get(path, headers=headers, environ_overrides={"SERVER_PORT": "8123"}).text


def test_the_teacher_may_choose_another_address(
    class_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Address("wlan0", WIFI), Address("tun0", VPN)]
    monkeypatch.setattr(addresses, "addresses", lambda: found)
    here = {"Host": "127.0.0.1:8123"}
    first = class_page(class_app, **here)
    assert f">http://{WIFI}:8123</p>" in first
    assert f'href="?address=http%3A//{VPN}%3A8123"' in first
    second = class_page(class_app, f"/class?address=http://{VPN}:8123", **here)
    assert f">http://{VPN}:8123</p>" in second
    assert f">http://{WIFI}:8123</a>" in second
    made_up = class_page(class_app, "/class?address=http://evil.example", **here)
    assert "evil.example" not in made_up
    own = class_page(class_app, Host="10.1.1.1:8123")  # it works: the page came from there
    assert ">http://10.1.1.1:8123</p>" in own


def test_without_a_network_the_class_page_says_so(
    class_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "addresses", list)
    page = class_page(class_app, Host="localhost:8123")
    assert 'data-testid="class-none"' in page
    assert "127.0.0.1" not in page
    assert "localhost" not in page


def test_a_server_for_this_machine_alone_offers_no_address_to_a_class(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path, run_worker_elsewhere=True))
    page = class_page(app, Host="127.0.0.1:8123")
    assert "python app.py --class" in page
    assert 'data-testid="class-alone"' in page
    for useless in ('"class-address"', '"class-qr"', 'testid="class-none"'):
        assert useless not in page
    others = class_page(app, Host="10.1.1.1:8123")  # behind a proxy: it is reached by that
    assert ">http://10.1.1.1:8123</p>" in others


@pytest.mark.parametrize(
    ("listens", "offered"),
    [
        ("127.0.0.1", []),
        ("::1", []),
        ("localhost", []),
        ("10.0.0.7", ["http://10.0.0.7:8123"]),
        ("0.0.0.0", [f"http://{WIFI}:8123", f"http://{VPN}:8123"]),
        ("", [f"http://{WIFI}:8123", f"http://{VPN}:8123"]),  # another server listens
    ],
)
def test_a_class_is_offered_only_what_the_server_listens_on(
    listens: str, offered: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Address("wlan0", WIFI), Address("tun0", VPN)]
    monkeypatch.setattr(addresses, "addresses", lambda: found)
    settings = Settings(data=tmp_path, class_code="1", listens=listens, run_worker_elsewhere=True)
    assert addresses.for_class(settings, 8123) == offered
    page = class_page(create_app(settings), Host="127.0.0.1:8123")
    assert [each in page for each in (WIFI, VPN)] == [
        any(each in url for url in offered) for each in (WIFI, VPN)
    ]
    assert (">This server listens on this machine only" in page) == (
        listens in ("127.0.0.1", "::1", "localhost")
    )
    proxied = replace(settings, class_address="https://school.example/nn")
    assert addresses.for_class(proxied, 8123) == ["https://school.example/nn"]


@pytest.fixture
def class_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    data = tmp_path_factory.mktemp("data")
    return create_app(Settings(data=data, class_code="123456", run_worker_elsewhere=True))


def test_the_route_that_is_asked_for_sends_nothing_and_may_be_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class NoRoute(socket.socket):
        def connect(self, address: object) -> None:
            raise OSError("Network is unreachable")

    monkeypatch.setattr(addresses.socket, "socket", NoRoute)
    assert addresses.routed() is None
