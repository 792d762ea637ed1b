"""The addresses under which others in the network find this machine, the likeliest first."""

import ipaddress
import re
import socket
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import psutil

from nnviz.settings import Settings

# Networks that exist on this machine only, or lead somewhere else than to the people in the room.
VIRTUAL = re.compile(
    r"docker|^br-|^veth|virbr|vmnet|vboxnet|vmware|virtualbox|vethernet|hyper-v|wsl|loopback|podman"
    r"|^cni|flannel|lxc|lxd|^tun|^tap|^utun|^wg|^ppp|^ipsec|tailscale|zerotier|^zt|vpn|wireguard|nordlynx"
    r"|cisco|^awdl|^llw|^anpi|bluetooth",
    re.IGNORECASE,
)
EVERYWHERE = ("0.0.0.0", "::")  # listens on every address of this machine
Numbers = ipaddress.IPv4Address | ipaddress.IPv6Address
SHARED = ipaddress.ip_network("100.64.0.0/10")  # RFC 6598: providers, and VPNs such as Tailscale


class Address(NamedTuple):
    """An address and the interface that has it."""

    interface: str
    address: str

    def url(self, port: int) -> str:
        """What a browser is to open."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{host}:{port}"


def for_class(settings: Settings, port: int) -> list[str]:
    """What a class may open, the likeliest first; the address that is set counts alone.

    Only what the server listens on: none where that is this machine alone.
    """
    if settings.class_address:
        return [settings.class_address]
    host = settings.listens
    if is_loopback(host):
        return []
    listened = [Address("", host)] if host not in ("", *EVERYWHERE) else addresses()
    return [f"{each.url(port)}{settings.prefix}" for each in listened]


def for_others(settings: Settings, port: int) -> str | None:
    """What others in the network open; None where the server listens on this machine alone."""
    if not settings.listens and not settings.class_address:
        return None
    return next(iter(for_class(settings, port)), None)


def is_loopback(host: str) -> bool:
    """Whether only this machine is meant by a host's name or address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def addresses() -> list[Address]:
    """All addresses that others could reach: those of the local network first, never loopback.

    Empty for a machine without any network.
    """
    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    found = {
        name: [each.address for each in held if each.family in (socket.AF_INET, socket.AF_INET6)]
        for name, held in psutil.net_if_addrs().items()
        if name in up
    }
    return ranked(found, routed())


def ranked(interfaces: Mapping[str, Iterable[str]], default: str | None) -> list[Address]:
    """The usable ones of the interfaces' addresses, the likeliest first.

    A private address of a real interface comes before a public one, that before VPNs and networks
    of containers, and that before what a machine gives itself without a network; the ``default``
    route's address comes first among its like. IPv6 is for networks that have nothing else.
    """
    every = [
        (Address(name, text), ipaddress.ip_address(text.split("%")[0]))
        for name, texts in interfaces.items()
        for text in texts
    ]
    usable = [(a, ip) for a, ip in every if not (ip.is_loopback or ip.is_unspecified)]
    usable = [(a, ip) for a, ip in usable if ip.version == 4 or not ip.is_link_local]
    if any(ip.version == 4 for _, ip in usable):
        usable = [(a, ip) for a, ip in usable if ip.version == 4]

    def rank(
        pair: tuple[Address, ipaddress.IPv4Address | ipaddress.IPv6Address],
    ) -> tuple[int, ...]:
        address, ip = pair
        elsewhere = bool(VIRTUAL.search(address.interface)) or (ip.version == 4 and ip in SHARED)
        return (
            ip.is_link_local,
            elsewhere,
            not ip.is_private,
            address.address != default,
        )

    return [address for address, _ in sorted(usable, key=rank)]


def routed() -> str | None:
    """The address that packets to elsewhere leave from; None without such a route.

    Nothing is sent to find it.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            found: str = probe.getsockname()[0]
        except OSError:
            return None
    return found
