"""A first visit over HTTP/1.1 and over HTTP/2, behind nginx as `deploy/nginx.conf` sets it up.

    python -m benchmarks.http2

Visits by turns, each with an empty cache; the file as it is, with a certificate and ports of its
own, and once more without ``http2``. Needs nginx (Debian: apt install nginx), openssl, and the
requirements of the tests.
"""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from playwright.sync_api import sync_playwright

from benchmarks.frames import ANSWER, TURNS, VISITS, visit
from scripts.screenshots import ROOT, application
from tests.browser.chromium import find_chromium

SERVER = ROOT / "deploy" / "nginx.conf"
WHERE = "/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {servers}
}}
"""


def main() -> None:
    """Print the table."""
    with (
        application() as address,
        behind_nginx(address) as (plain, second),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=find_chromium(playwright),
            args=["--no-sandbox", "--ignore-certificate-errors"],
        )
        print("| first visit | HTTP/2, times HTTP/1.1 | HTTP/2, ms | HTTP/1.1, ms |")
        print("|---|---:|---:|---:|")
        for condition, (slower, line) in VISITS.items():
            turns = [
                [visit(browser, url, slower, line)[ANSWER] for url in (second, plain)]
                for _ in range(TURNS + 1)
            ]
            new, old = np.array(turns[1:]).T
            print(
                f"| {condition} | {np.median(new / old):.2f} | {np.median(new):.0f} | "
                f"{np.median(old):.0f} |",
                flush=True,
            )
        browser.close()


@contextmanager
def behind_nginx(address: str) -> Iterator[tuple[str, str]]:
    """Addresses of an application behind nginx: over HTTP/1.1 alone, and over HTTP/2 as well."""
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = f"{folder}/key.pem", f"{folder}/certificate.pem"
        made = (
            f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {key}"
        )
        subprocess.run([*made.split(), "-out", certificate], check=True, capture_output=True)
        ports = _free(2)
        text = SERVER.read_text("utf-8").replace("127.0.0.1:8000", urlsplit(address).netloc)
        text = text.replace("/etc/ssl/nnviz/fullchain.pem", certificate)
        text = text.replace("/etc/ssl/nnviz/privkey.pem", key)
        text = text.replace("nnviz.school.example", "localhost").replace("$host", "$http_host")
        servers = [text.replace("listen 443", f"listen 127.0.0.1:{port}") for port in ports]
        servers[0] = servers[0].replace(" http2;", ";")
        path = Path(folder) / "nginx.conf"
        path.write_text(AROUND.format(folder=folder, servers="\n".join(servers)), "utf-8")
        nginx = shutil.which("nginx", path=WHERE) or "nginx"
        process = subprocess.Popen([nginx, "-c", str(path), "-p", folder])
        try:
            for port in ports:
                _wait(port)
            yield f"https://localhost:{ports[0]}", f"https://localhost:{ports[1]}"
        finally:
            process.terminate()
            process.wait(20)


def _free(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("nginx did not start.")


if __name__ == "__main__":
    main()
