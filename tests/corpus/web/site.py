"""A web site on this machine's loopback: honest pages with etags, and ways to misbehave."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from corpus.web.door import Door, Limits
from corpus.web.reach import Allowed
from tests.corpus.web.fakes import no_proxy

LOOPBACK = Allowed.of(["127.0.0.1"])


@dataclass
class Site:
    """What is served; paths that are neither here nor a trick are 404."""

    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # path → type, content
    statuses: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)  # path and status, in order
    url: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def put(self, path: str, content: str, kind: str = "text/html; charset=utf-8") -> str:
        """Serve ``content``; its address."""
        self.pages[path] = (kind, content.encode())
        return self.url + path

    def statuses_of(self, path: str) -> list[int]:
        return [status for asked, status in self.asked if asked == path]


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site on a free port, shut down at the end."""
    site = Site()

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Quiet: those who hang up early are meant to."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            try:
                trick = getattr(self, f"do_{self.path.strip('/').replace('-', '_')}", None)
                trick() if trick else self.do_page()
            except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
                pass  # cut off, as the tests want it

        def do_page(self) -> None:
            kind, content = site.pages.get(self.path, ("text/html", b""))
            tag = f'"{sha256(content).hexdigest()[:12]}"'
            status = site.statuses.get(self.path) or (200 if self.path in site.pages else 404)
            if status == 200 and self.headers["If-None-Match"] == tag:
                status = 304
            site.asked.append((self.path, status))
            body = content if status == 200 else b""
            self._head(status, {"Content-Type": kind, "ETag": tag, "Content-Length": len(body)})
            self.wfile.write(body)

        def do_slow_head(self) -> None:
            while not site.closing.wait(0.05):
                self.wfile.write(b"H")

        def do_slow_body(self) -> None:
            self._head(200, {"Content-Type": "text/html", "Content-Length": 10_000})
            while not site.closing.wait(0.05):
                self.wfile.write(b"x")

        def do_silent(self) -> None:
            site.closing.wait(10)

        def do_endless(self) -> None:
            self._head(200, {"Content-Type": "text/html", "Connection": "close"})
            while not site.closing.is_set():
                self.wfile.write(b"x" * 65_536)

        def do_bomb(self) -> None:
            bomb = gzip.compress(bytes(200 * 2**20), 1)
            self._head(
                200,
                {
                    "Content-Type": "text/html",
                    "Content-Encoding": "gzip",
                    "Content-Length": len(bomb),
                },
            )
            self.wfile.write(bomb)

        def do_film(self) -> None:
            self._head(200, {"Content-Type": "video/mp4", "Content-Length": 10**12})
            while not site.closing.is_set():
                self.wfile.write(b"x" * 65_536)

        def do_loop(self) -> None:
            site.asked.append(("/loop", 302))
            self._head(302, {"Location": "/loop", "Content-Length": 0})

        def do_broken(self) -> None:
            self._head(200, {"Content-Type": "text/html", "Content-Length": 100})
            self.wfile.write(b"only this")
            self.close_connection = True

        def do_nonsense(self) -> None:
            self.wfile.write(b"\x00\x01 this is not HTTP\r\n\r\n")
            self.close_connection = True

        def _head(self, status: int, headers: dict[str, object]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, str(value))
            self.end_headers()

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        # Shaken hands with in the thread of the request: a refused one is its own affair.
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def local_door(seconds: float = 20.0) -> Door:
    """A door that finds every name on this machine, and pauses for nobody."""
    return Door(
        allowed=LOOPBACK,
        resolver=lambda host, port: ["127.0.0.1"],
        limits=Limits(seconds=seconds, pause_seconds=0.0),
        proxy_for=no_proxy,
        clock=time.monotonic,
        sleep=lambda seconds: None,
    )
