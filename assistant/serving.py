"""An application on an address: which addresses are only ours, taking one, and stopping well.

Knows sockets and signals, and nothing of what is served.
"""

from __future__ import annotations

import asyncio
import ipaddress
import signal
import socket
import sys

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.set_aside import set_aside_now_and_then
from corpus.errors import TownbookError

STREAM_SECONDS = 1  # an answer being shown is whole in less
# Longer than clients keep a connection they do not use: one that both ends give up at the same
# moment loses the question that was being sent on it.
KEPT_OPEN_SECONDS = 75
SHUTDOWN_SECONDS = 5  # whatever is still running then is cut off


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises TownbookError when it is taken or not ours."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM
        )[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            # A port in its closing wait may be taken again; one being listened on may not.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
        except OSError:
            listener.close()
            raise
    except (OSError, OverflowError) as error:
        raise TownbookError(
            f"cannot listen on {host} port {port}: {getattr(error, 'strerror', '') or error}",
            "a free port on an address of this machine",
            "stop the other program or choose another --port",
        ) from None
    return listener


def run(app: ASGIApp, listener: socket.socket, ready_line: str) -> None:
    """Serve ``app`` on ``listener`` until SIGTERM or Ctrl-C, then return.

    Prints ``ready_line`` on stderr once requests are answered. Must run in the main thread.
    """
    # uvicorn raises the signal again once it has stopped; these take it, so a stop exits 0.
    usual = {
        number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        Server(app, ready_line, has_process=True).run(sockets=[listener])
    finally:
        for number, action in usual.items():
            signal.signal(number, action)
        listener.close()


class Server(uvicorn.Server):
    """uvicorn that says when it answers, and ends open streams when it is told to stop.

    Each open page keeps one stream for as long as it is open, so waiting for them to end would
    take for ever, and cutting them fills the terminal with traces. One that has its process to
    itself sets what it keeps aside from the garbage collector.
    """

    def __init__(self, app: ASGIApp, ready_line: str = "", *, has_process: bool = False) -> None:
        self._stopping = asyncio.Event()
        self._has_process = has_process
        self._setting_aside: asyncio.Task[None] | None = None
        super().__init__(
            uvicorn.Config(
                _until(self._stopping, app),
                log_level="warning",
                access_log=False,  # addresses can carry questions
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=KEPT_OPEN_SECONDS,
                timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            )
        )
        self._ready_line = ready_line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._has_process:
            self._setting_aside = asyncio.create_task(set_aside_now_and_then())
        if self.started and self._ready_line:
            print(self._ready_line, file=sys.stderr, flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._setting_aside:
            self._setting_aside.cancel()
        asyncio.get_running_loop().call_later(STREAM_SECONDS, self._stopping.set)
        await super().shutdown(sockets)


def _until(stopping: asyncio.Event, app: ASGIApp) -> ASGIApp:
    """``app``, to which every caller seems to have hung up once ``stopping`` is set."""

    async def hearing(scope: Scope, receive: Receive, send: Send) -> None:
        async def receive_or_stop() -> Message:
            message = asyncio.ensure_future(receive())
            stop = asyncio.ensure_future(stopping.wait())
            try:
                await asyncio.wait({message, stop}, return_when=asyncio.FIRST_COMPLETED)
                return message.result() if message.done() else {"type": "http.disconnect"}
            finally:
                message.cancel()
                stop.cancel()

        await app(scope, receive_or_stop if scope["type"] == "http" else receive, send)

    return hearing
