"""Pages served for real, on a loopback port, from a thread of the tests' own process."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from assistant.serving import Server, listen


@dataclass
class PageServer:
    """Serves each service by an application of its own, on a port that is free."""

    _running: list[tuple[Server, threading.Thread]] = field(default_factory=list)

    def start(self, service: Any) -> str:
        """The address at which ``service`` has its page from now on."""
        import ui

        listener = listen("127.0.0.1", 0)
        port: int = listener.getsockname()[1]
        server = Server(ui.app(service))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        self._running.append((server, thread))
        return f"http://127.0.0.1:{port}/"

    def stop(self) -> None:
        """Nothing is served any more."""
        for server, _ in self._running:
            server.should_exit = True
        for _, thread in self._running:
            thread.join(10)
        self._running.clear()
