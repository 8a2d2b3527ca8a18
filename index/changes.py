"""What a refresh has to do: what is on disk compared with what the library knows.

Pure: it sees lists of files and returns a plan. Four rules live here. A source that is
missing, unreachable or empty removes nothing by itself, unless it is a mirror of the web, which
has its servers' word for what was deleted. One that lost more of its files than a set share
removes none until somebody says so. Every file has one name, and no name depends on the order
in which things happened. A file is looked into only when its size, its time or the code that
reads it is not what it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.sources import Item
from index.library import FileKey, FileRow

# A file written again within its time stamp's resolution looks untouched. Two seconds is the
# coarsest clock of a file system in use (FAT); within it the bytes are hashed to be sure.
_RACY_NS = 2_000_000_000
# One file can be deleted out of a folder of three, which is no accident to ask about.
_FEWEST_TO_ASK_ABOUT = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What one source holds now; ``items`` is None when it could not be looked at."""

    root: str
    items: tuple[Item, ...] | None
    trouble: str = ""
    is_certain: bool = False  # without items, all of it was removed on purpose: see Survey
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to look into; ``known`` is what the library has of it."""

    root: str
    name: str
    item: Item  # its ``source`` is the name the documents will have
    known: FileRow | None

    @property
    def key(self) -> FileKey:
        return self.root, self.name


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, and remarks for people about sources that were left as they are."""

    candidates: tuple[Candidate, ...]
    gone: tuple[FileKey, ...]
    remarks: tuple[str, ...]
    withheld: tuple[FileKey, ...] = ()  # gone, and kept because so many of a source are


def plan(
    found: Sequence[Found],
    known: Mapping[FileKey, FileRow],
    recipe: str,
    out_of_reach: Callable[[str], bool],
    most_gone: float = 1.0,
) -> Plan:
    """The work to bring ``known`` up to ``found``, whose order decides who keeps a name.

    ``out_of_reach(path)`` tells a file that cannot be looked at now from one that is gone. A
    source of which more than ``most_gone`` (a share of its known files) is gone keeps them all;
    a file that was moved within its source is not gone.
    """
    remarks: list[str] = [remark for source in found for remark in source.remarks]
    kept: set[FileKey] = set()
    for source in found:
        here = [row for row in known.values() if row.root == source.root]
        if source.items or source.is_certain:
            continue
        trouble = source.trouble or "it holds nothing to read"
        what_stays = f"; its {len(here)} files stay as they were" if here else ""
        remarks.append(f"{source.root}: {trouble}{what_stays}")
        kept |= {row.key for row in here}
    withheld: list[FileKey] = []
    for source in found:
        lost = _too_many_gone(source, known, most_gone) if source.items or source.is_certain else []
        if lost:
            files = sum(row.root == source.root for row in known.values())
            remarks.append(
                f"{source.root}: {len(lost)} of its {files} files are gone, more than"
                f" {most_gone:.0%}, so all of them stay; if they are meant to go, run:"
                " townbook refresh --allow-removals"
            )
            withheld += [row.key for row in lost if not out_of_reach(row.path)]
            kept |= {row.key for row in lost}
    paths = {known[key].path for key in kept}
    names = {known[key].source for key in kept}

    candidates: list[Candidate] = []
    for source in found:
        for item in source.items or ():
            path = str(item.path)
            if path in paths:
                continue  # two sources overlap, or a link names it twice: it is read once
            paths.add(path)
            name = _free_name(item.source, source.root, names)
            names.add(name)
            row = known.get((source.root, item.source))
            kept.add((source.root, item.source))
            if row is None or not _looks_the_same(row, item, name, recipe):
                fresh = replace(item, source=name)
                candidates.append(Candidate(source.root, item.source, fresh, row))

    gone = []
    for key, row in known.items():
        if key not in kept:
            if row.path not in paths and out_of_reach(row.path):
                remarks.append(f"{row.path}: cannot be looked at; it stays as it was")
            else:
                gone.append(key)
    return Plan(tuple(candidates), tuple(gone), tuple(remarks), tuple(withheld))


def _too_many_gone(
    source: Found, known: Mapping[FileKey, FileRow], most_gone: float
) -> list[FileRow]:
    """The files of ``source`` that are gone, if they are more than it may lose unasked."""
    items = source.items or ()
    here = [row for row in known.values() if row.root == source.root]
    names = {item.source for item in items}
    old_names = {row.name for row in here}
    # A move keeps size and time. One new file stands for one that is gone.
    moved = Counter((i.size, i.mtime_ns) for i in items if i.source not in old_names)
    lost = []
    for row in here:
        if row.name in names:
            continue
        if moved[row.size, row.mtime_ns]:
            moved[row.size, row.mtime_ns] -= 1
        else:
            lost.append(row)
    return lost if len(lost) >= _FEWEST_TO_ASK_ABOUT and len(lost) > most_gone * len(here) else []


def _free_name(name: str, root: str, taken: set[str]) -> str:
    """``name``, or when another source has it, one that begins with the root's own."""
    if name not in taken:
        return name
    path = Path(root)
    parent = path.parent.name if path.name == name else path.name
    base = f"{parent or 'root'}/{name}"
    free, count = base, 1
    while free in taken:
        count += 1
        free = f"{parent or 'root'}-{count}/{name}"
    return free


def _looks_the_same(row: FileRow, item: Item, name: str, recipe: str) -> bool:
    return (
        row.source == name
        and row.recipe == recipe
        and row.path == str(item.path)
        and (row.size, row.mtime_ns) == (item.size, item.mtime_ns)
        and row.checked_ns - row.mtime_ns >= _RACY_NS
    )
