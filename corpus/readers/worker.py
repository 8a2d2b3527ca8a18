"""The child process that parses files: bytes in by stdin, JSON lines out by stdout.

Knows its own limits and the framing shared with corpus.reading. It refuses to open a
connection or start a program, whatever a parser is talked into, and it writes nothing to its
stdout but the frames.

A request is a line ``{"source", "name", "url", "size"}`` followed by ``size`` raw bytes. The
reply is a line ``{"document"}`` or ``{"failure"}`` for each result, then ``{"done": true}``.
A request with ``{"links": true}`` asks what a feed or a sitemap lists; its result is one line
``{"listing"}`` or ``{"failure"}``.
Before the first request the child says ``{"ready": true}``.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

from corpus import Document, languages
from corpus.document_json import document_to_json
from corpus.readers import failure_of, parse

# Exit when a file has left this much behind, so that the next one finds all of its allowance.
_RETIRE_AT_BYTES = 600 * 2**20
_REFUSED_EVENTS = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
)


def main(memory_bytes: int, cpu_seconds: int) -> None:
    """Answer requests until stdin ends. Limits are per process and per file, in that order."""
    requests, replies = _private_pipes()
    limit_memory(memory_bytes)
    sys.addaudithook(_refuse)
    languages.load()  # nearly every file needs it, and its own time is not for loading
    _send(replies, {"ready": True})
    while header := requests.readline():
        request = json.loads(header)
        raw = requests.read(request["size"])
        limit_cpu(cpu_seconds)
        _answer(replies, request, raw)
        del raw
        _send(replies, {"done": True, "retire": _peak_memory_bytes() > _RETIRE_AT_BYTES})


def _answer(replies: BinaryIO, request: dict[str, Any], raw: bytes) -> None:
    if request.get("links"):
        _send(replies, _listing(request["url"], raw))
        return
    try:
        for found in parse(request["source"], request["name"], raw, request["url"]):
            if isinstance(found, Document):
                _send(replies, {"document": document_to_json(found)})
            else:
                _send(replies, {"failure": asdict(found)})
    except MemoryError as error:
        _send(replies, {"failure": asdict(failure_of(request["source"], error))})


def _listing(url: str, raw: bytes) -> dict[str, Any]:
    from corpus.web.links import read_listing  # most children never see a feed

    try:
        return {"listing": read_listing(raw, url).to_json()}
    except Exception as error:  # noqa: BLE001 - parsers raise anything on hostile files
        return {"failure": asdict(failure_of(url, error))}


def _send(replies: BinaryIO, value: dict[str, Any]) -> None:
    # JSON escapes every line end inside strings, so a frame is exactly one line.
    replies.write(json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n")
    replies.flush()


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our ends of the pipes; what parsers print or read goes to the null device."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    return requests, replies


def _refuse(event: str, args: tuple[object, ...]) -> None:
    if event in _REFUSED_EVENTS:
        raise PermissionError(f"a reader may not do {event}")


def limit_memory(memory_bytes: int) -> None:
    """Make every allocation beyond ``memory_bytes`` of address space fail, where possible."""
    # Windows has no such limits; there the parent's clock is the only one.
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_cpu(seconds: int) -> None:
    """Let this process use ``seconds`` more of CPU time before the system ends it.

    The parent's clock comes first; this one is for a child whose parent was killed.
    """
    if sys.platform != "win32":
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        wanted = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (wanted, hard))


def _peak_memory_bytes() -> int:
    if sys.platform == "linux":
        # Not ru_maxrss: a child started by a large process begins with that process's peak.
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:
            return next(
                (int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:")), 0
            )
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main(memory_bytes=int(sys.argv[1]), cpu_seconds=int(sys.argv[2]))
