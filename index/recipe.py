"""What a stored document was made with: the reading code and the encoder, as one hash.

Passages depend on the bytes of a file, on the code that reads and cuts it, and on the encoder
that counts its tokens. When the code changes, files are read again -- vectors are not made
again, because they are kept by the text itself -- so an index that grew over years is the
same as one built today.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable

_READING_SUFFIXES = (".py", ".gz", ".tsv", ".json")


def recipe(encoder_id: str) -> str:
    """16 hex digits: equal for equal reading code and encoder."""
    return sha256(f"{_reading_code()}\0{encoder_id}".encode()).hexdigest()[:16]


@cache
def _reading_code() -> str:
    """sha256 over the code and data that read and cut a file: without starter articles, and
    without the fetching of files, which reads none."""
    digest = sha256()
    terms = resources.files("index").joinpath("terms.py")
    files = [*_files(resources.files("corpus"), "corpus/"), ("index/terms.py", terms.read_bytes())]
    for name, content in sorted(files):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            if name not in ("articles", "web"):
                found += _files(entry, f"{name}/")
        elif entry.name.endswith(_READING_SUFFIXES):
            found.append((name, entry.read_bytes()))
    return found
