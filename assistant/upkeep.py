"""What there is to know of a library's upkeep: its sources, its publishes, whether it is sound.

Reads the home's library and its published files, and changes neither. Values come as they are
published: ready for json.dumps.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.errors import DamagedSnapshot, UsageError
from corpus.web.addresses import is_address
from index import history
from index.home import Home
from index.library import Library
from index.origins import Origin, origins
from index.pointer import read_pointer
from index.snapshot import open_snapshot

_LONGEST_SOURCE = 4_000  # characters; no system has longer paths
_A_SOURCE = "the whole path of a folder or a file, or an address that begins with https://"
_PUBLISHES = 50  # the newest; older ones are in the library still


def named_source(given: str) -> str:
    """A source as somebody typed it, who does not see where this program stands.

    Raises UsageError for a path that is not whole, and for an address without its scheme.
    """
    text = given.strip().strip("\"'")
    if not text:
        raise UsageError("got nothing", _A_SOURCE, "type one")
    if "\0" in text or len(text) > _LONGEST_SOURCE:
        raise UsageError("got what is neither a path nor an address", _A_SOURCE, "check it")
    if is_address(text):
        return text
    if text.lower().startswith("www."):
        raise UsageError(f"got {text!r}", _A_SOURCE, f"write https://{text}")
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise UsageError(f"got {text!r}, which says not where it begins", _A_SOURCE, "write it all")
    return str(path)


def source_states(home: Home) -> list[dict[str, Any]]:
    """Every source with what was read of it; first ``<home>/articles`` where there is one.

    ``kind`` is "articles", "folder", "file" or "address"; ``there`` is False for a folder or a
    file that is not to be seen now, and True for an address, which is not asked.
    """
    with Library(home, read_only=True) as library:
        found = list(origins(library))
    articles = str(home.articles.resolve())
    if all(origin.root != articles for origin in found) and home.articles.is_dir():
        found.append(Origin(articles, None, 0, 0, 0, None))
    # One that was removed just now may still have files: it is no source any more.
    kept = [origin for origin in found if origin.added is not None or origin.root == articles]
    kept.sort(key=lambda origin: origin.root != articles)
    return [_state(origin, articles) for origin in kept]


def _state(origin: Origin, articles: str) -> dict[str, Any]:
    path = Path(origin.root)
    kind = "folder"
    if is_address(origin.root):
        kind = "address"
    elif origin.root == articles:
        kind = "articles"
    elif path.is_file():
        kind = "file"
    return {
        "source": origin.root,
        "kind": kind,
        "there": kind == "address" or path.exists(),
        "added": origin.added,
        "files": origin.files,
        "documents": origin.documents,
        "quarantined": origin.quarantined,
        "read": origin.read,
    }


def publishes(home: Home) -> list[dict[str, Any]]:
    """What each publish changed, newest first, and whether its snapshot is still kept."""
    kept = set(home.snapshot_ids())
    rows: dict[str, dict[str, Any]] = {}
    with Library(home, read_only=True) as library:
        library.require_current()
        for change in history.changes(library):
            row = rows.setdefault(
                change.snapshot,
                {"snapshot": change.snapshot, "at": change.at}
                | dict.fromkeys(("added", "changed", "removed"), 0),
            )
            which = "added" if change.before is None else "changed"
            row["removed" if change.after is None else which] += 1
    newest = sorted(rows.values(), key=lambda row: int(row["snapshot"]), reverse=True)
    return [row | {"kept": row["snapshot"] in kept} for row in newest[:_PUBLISHES]]


def check(home: Home) -> dict[str, Any]:
    """Hashes every file of the published snapshot anew; when, and what that found, in one line.

    Raises NotReady before the first publish, HomeError when the home cannot be read.
    """
    started = time.perf_counter()
    at = datetime.now(UTC).isoformat()
    value: dict[str, Any] = {"sound": False, "at": at, "snapshot": None, "files": 0, "bytes": 0}
    try:
        pointer = read_pointer(home)
        value["snapshot"] = pointer.snapshot
        snapshot = open_snapshot(home, pointer.snapshot, pointer.digest)
        # Opening hashes only what this process has not hashed, or what has a new time: a byte
        # that a disk lost by itself has none.
        snapshot.verify()
    except DamagedSnapshot as error:
        return value | {"found": error.found, "seconds": _since(started)}
    except FileNotFoundError:
        return value | {
            "found": f"snapshot {value['snapshot']} is not there",
            "seconds": _since(started),
        }
    files = snapshot.manifest.files
    snapshot.close()
    value |= {"sound": True, "files": len(files), "bytes": sum(size for _, size, _ in files)}
    return value | {"found": None, "seconds": _since(started)}


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)
