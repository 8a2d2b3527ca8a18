"""Bringing the index up to date: look, read what changed, embed what is new, publish.

A refresh is all or nothing for those who ask questions, and nothing is done twice for the one
who waits: what was read and embedded before a kill is kept in the library. What was published
is compared by content, so a refresh without changes publishes nothing, and any number of
small refreshes ends in the same snapshot as one clean build.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

from corpus.errors import (
    DamagedSnapshot,
    HomeError,
    NotReady,
    TownbookError,
    Unreadable,
)
from corpus.reading import Read, ReaderPool
from corpus.sources import Item, Survey, survey
from corpus.web.addresses import is_address, spelled
from corpus.web.mirror import Mirror
from corpus.web.mirrors import remove_others
from corpus.web.names import folder_of
from index import IndexingEncoder, history, purging, quarantine
from index.changes import Candidate, Found, Plan, plan
from index.deriving import derive
from index.encoders import conversion, folders
from index.home import Home
from index.library import FileKey, FileRow, Library, Looked, digest_of
from index.pointer import read_pointer
from index.publishing import content_digest, remove_leftovers, remove_old
from index.purging import Purged
from index.quarantine import Quarantined
from index.recipe import recipe as recipe_for
from index.rows import Entry
from index.snapshot import Snapshot, open_current
from index.updating import Versions, update
from index.writing import writer

T = TypeVar("T")

# Work kept by one transaction: a kill loses at most this much of it.
_FILES_A_COMMIT = 32


class Web(Protocol):
    """What stands for the web sources; corpus.web.mirrors.Mirrors in the product."""

    def survey(
        self, address: str, tell: Callable[[int, int], None], barred: Collection[str]
    ) -> Survey:
        """What there is of ``address`` now; ``tell`` hears pages done and pages in all.

        Pages whose source is ``barred`` are not fetched. TownbookError when nothing is known.
        """


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a refresh is: ``done`` of ``total`` in its present stage."""

    stage: str  # "look" | "fetch" | "read" | "embed" | "write"
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did, counted in documents against what was published before."""

    snapshot: str | None  # published now; None when there was never anything to publish
    parent: str | None
    added: int
    changed: int
    removed: int
    unchanged: int
    quarantined: tuple[Quarantined, ...]  # every file that cannot be read, old ones included
    seconds: float
    embedded: int = 0  # texts that needed a new vector
    remarks: tuple[str, ...] = ()  # sources that were left as they are, one line each
    withheld: int = 0  # files that are gone and stay until removals are allowed

    def to_json(self) -> dict[str, Any]:
        """The published form, ready for json.dumps."""
        return {
            "snapshot": self.snapshot,
            "parent": self.parent,
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.unchanged,
            "quarantined": [row.to_json() for row in self.quarantined],
            "withheld": self.withheld,
            "remarks": list(self.remarks),
            "seconds": round(self.seconds, 3),
        }


def refresh(
    home: Home | Path,
    sources: Sequence[str],
    encoder: IndexingEncoder,
    *,
    dry_run: bool = False,
    compact: bool = False,
    most_gone: float = 1.0,
    retention_days: int = 365,
    progress: Callable[[Progress], None] | None = None,
    survey: Callable[[str], Survey] = survey,
    web: Web | None = None,
    pool: ReaderPool | None = None,
) -> RefreshReport:
    """Bring the index of ``home`` up to date with its sources and the ones given.

    A given source is remembered; ``<home>/articles`` is looked at whenever it exists. With
    ``dry_run`` the files are looked at and read, and nothing is written. With ``compact`` all is
    written anew, and nothing of what was changed or removed before stays on the disk; else it
    goes when its segment is merged, and with it the snapshot before. A source that lost more than
    the share ``most_gone`` of its files loses none of them, and a remark says so. Texts that were
    replaced or removed are kept for ``retention_days`` beside the index, but not by ``compact``.
    ``web`` surveys sources that are addresses; without it they stay as they were.

    Raises Busy at once when another process refreshes, UsageError for a new source that cannot be
    looked at, HomeError when the home cannot be written; what was published before then stands.
    """
    home = home if isinstance(home, Home) else Home(home)
    started = time.perf_counter()
    with ExitStack() as stack:
        if not dry_run:
            home.require_writable()
            stack.enter_context(writer(home))
            remove_leftovers(home, _published_number(home))
            folders.remove_leftovers(home)
            conversion.remove_leftovers(home)
        library = stack.enter_context(Library(home, read_only=dry_run))
        work = _Refresh(
            home,
            library,
            encoder,
            pool,
            web,
            progress or _silent,
            dry_run=dry_run,
            compact=compact,
            most_gone=most_gone,
            retention_days=retention_days,
        )
        report = work.run(sources, survey)
    return replace(report, seconds=time.perf_counter() - started)


@dataclass(frozen=True, slots=True)
class _Refresh:
    """One refresh under way."""

    home: Home
    library: Library
    encoder: IndexingEncoder
    pool: ReaderPool | None  # None: one of its own
    web: Web | None
    progress: Callable[[Progress], None]
    dry_run: bool
    compact: bool
    most_gone: float
    retention_days: int

    def run(self, sources: Sequence[str], survey: Callable[[str], Survey]) -> RefreshReport:
        recipe = recipe_for(self.encoder.id)
        known = self.library.files()
        base = _base(self.home)
        if not self.dry_run:
            history.recover(
                self.library, *((base.id, base.manifest.content) if base else (None, None))
            )
        found = self._look(sources, survey, known)
        todo = plan(found, known, recipe, _out_of_reach, self.most_gone)
        versions = self.library.versions()
        for key in todo.gone:
            versions.pop(key, None)
        if not self.dry_run:
            self.library.forget(todo.gone)
        # Readers end before anything is embedded: they hold as much memory as an encoder.
        with nullcontext(self.pool) if self.pool else ReaderPool() as pool:
            quarantined = self._read(pool, todo, recipe, versions)

        now = {source: v for documents in versions.values() for source, v in documents.items()}
        report = _compare(base, now, quarantined, todo)
        if self.dry_run:
            return report
        content = content_digest(_facts(versions), self.encoder.id, recipe)
        if not self._is_published(base, content, now):
            report = self._publish(base, now, content, recipe, report)
        base = None  # its lease: what nobody reads may be removed
        self._tidy(report)
        return report

    def republish(self) -> RefreshReport:
        """Publish what the library holds, looking at no source."""
        recipe = recipe_for(self.encoder.id)
        base = _base(self.home)
        versions = self.library.versions()
        now = {source: v for documents in versions.values() for source, v in documents.items()}
        report = _compare(base, now, self.library.quarantined(), Plan((), (), ()))
        content = content_digest(_facts(versions), self.encoder.id, recipe)
        if not self._is_published(base, content, now):
            report = self._publish(base, now, content, recipe, report)
        base = None  # as in run
        self._tidy(report)
        return report

    def _tidy(self, report: RefreshReport) -> None:
        """Remove what is not kept: old snapshots, and versions that left long ago."""
        purged = purging.is_unfinished(self.library)
        compact = self.compact or purged
        remove_old(self.home, {report.snapshot, None if compact else report.parent})
        if purged and set(self.home.snapshot_ids()) <= {report.snapshot}:
            purging.finish(self.library)
        history.forget(self.library, now=_now(), days=0 if compact else self.retention_days)

    def _is_published(self, base: Snapshot | None, content: str, now: Versions) -> bool:
        """Whether ``base`` is just what a publish of ``now``, of this digest, would write."""
        if base is None:
            return not now
        compact = self.compact or purging.is_unfinished(self.library)
        if base.degraded or (compact and base.holds_more):
            return False
        return base.manifest.content == content

    def _publish(
        self,
        base: Snapshot | None,
        now: Versions,
        content: str,
        recipe: str,
        report: RefreshReport,
    ) -> RefreshReport:
        created = _now()
        after = {source: digest for source, (digest, _recipe) in now.items()}
        history.announce(self.library, _digests(base), after, content=content, now=created)
        manifest, embedded = update(
            self.home,
            self.library,
            self.encoder,
            base,
            now,
            recipe=recipe,
            content=content,
            created=created,
            compact=self.compact or purging.is_unfinished(self.library),
            progress=lambda stage, done, total: self.progress(Progress(stage, done, total)),
        )
        history.settle(self.library, manifest.snapshot)
        self.progress(Progress("write", 1, 1))
        return replace(
            report, snapshot=manifest.snapshot, parent=manifest.parent, embedded=embedded
        )

    def _look(
        self,
        sources: Sequence[str],
        survey: Callable[[str], Survey],
        known: dict[FileKey, FileRow],
    ) -> list[Found]:
        """What every remembered and given source holds now, in the order of their giving."""
        articles = str(self.home.articles.resolve())
        remembered = list(self.library.sources())
        given = [root for root in map(root_name, sources) if root != articles]
        new = [root for root in dict.fromkeys(given) if root not in remembered]
        roots = [*remembered, *new]
        has_articles = self.home.articles.is_dir()
        if has_articles or any(root == articles for root, _name in known):
            roots.insert(0, articles)
        found = []
        barred = purging.barred(self.library)
        for done, root in enumerate(roots):
            self.progress(Progress("look", done, len(roots)))
            try:
                here = self._survey_web(root, barred) if is_address(root) else survey(root)
                found.append(
                    Found(root, here.items, is_certain=here.is_certain, remarks=here.remarks)
                )
            except TownbookError as error:
                if root in new:
                    raise
                found.append(Found(root, None, error.found))
        if barred:
            found = [_without(source, barred) for source in found]
        if not self.dry_run:
            for root in new:
                self.library.add_source(root, now=_now())
            remove_others(self.home.fetched, filter(is_address, roots))
        self.progress(Progress("look", len(roots), len(roots)))
        if not has_articles or found[0].items:
            return found
        # The folder of a new home is empty by right; only a loss is worth a remark.
        lost = any(root == articles for root, _name in known)
        return found if lost else found[1:]

    def _survey_web(self, address: str, barred: frozenset[FileKey]) -> Survey:
        if self.web is None:
            raise TownbookError(
                f"{address} was not asked for, as this refresh fetches nothing",
                "a refresh that is handed a door to the web",
                "run `townbook refresh`",
            )
        return self.web.survey(
            address,
            lambda done, total: self.progress(Progress("fetch", done, total)),
            {name for root, name in barred if root == address},
        )

    def _read(
        self,
        pool: ReaderPool,
        todo: Plan,
        recipe: str,
        versions: dict[FileKey, dict[str, tuple[str, str]]],
    ) -> tuple[Quarantined, ...]:
        """Read the candidates into the library and ``versions``; all files in quarantine."""
        candidates = {candidate.item: candidate for candidate in todo.candidates}

        def same_bytes(item: Item, sha256: str) -> bool:
            known = candidates[item].known
            return known is not None and (known.sha256, known.recipe, known.source) == (
                sha256,
                recipe,
                item.source,
            )

        passing: list[Quarantined] = []
        done = 0
        reads = pool.read([c.item for c in todo.candidates], known=same_bytes)
        for batch in _batches(reads, _FILES_A_COMMIT):
            looked: list[Looked] = []
            touched: list[FileRow] = []
            for read in batch:
                candidate = candidates[read.item]
                done += 1
                self.progress(Progress("read", done, len(candidates)))
                if read.known:
                    touched.append(_file_row(candidate, read, recipe))
                elif not read.raw_sha256 and _was_read(candidate):
                    # Being written, or locked, just now: what it said before still stands.
                    passing += _failures(read)
                else:
                    result = self._derived(candidate, read, recipe)
                    looked.append(result)
                    versions[candidate.key] = {
                        entry.document.source: (digest_of(entry.document), result.file.recipe)
                        for entry in result.entries
                    }
            if not self.dry_run:
                self.library.store(looked, now=_now())
                self.library.touch(touched)
            else:
                passing += [row for result in looked for row in result.quarantined]
        kept = self.library.quarantined()
        if kept and not self.dry_run:
            quarantine.still_there(self.library, now=_now())
        if self.dry_run:
            again = {candidate.item.source for candidate in todo.candidates}
            kept = tuple(row for row in kept if row.source not in again)
        return tuple(sorted({*kept, *passing}, key=lambda row: (row.source, row.reason)))

    def _derived(self, candidate: Candidate, read: Read, recipe: str) -> Looked:
        entries: list[Entry] = []
        failures = _failures(read)
        for document in read.documents:
            try:
                entries.append(derive(document, self.encoder))
            except Unreadable as error:
                failures.append(
                    Quarantined(document.source, read.raw_sha256, error.stage, error.reason)
                )
            except (HomeError, DamagedSnapshot, MemoryError):
                raise
            except Exception as error:  # noqa: BLE001 - one odd document costs one row, not all
                reason = f"could not be cut into passages: {type(error).__name__}: {error}"
                failures.append(Quarantined(document.source, read.raw_sha256, "text", reason))
        return Looked(_file_row(candidate, read, recipe), tuple(entries), tuple(failures))


def purge(
    home: Home | Path,
    source: str,
    encoder: IndexingEncoder,
    *,
    progress: Callable[[Progress], None] | None = None,
    before: Callable[[tuple[str, ...]], object] | None = None,
) -> tuple[Purged, RefreshReport]:
    """Remove ``source``, a remembered one or one article's name, and every byte made of it.

    No file outside the home is touched. An article is barred: refreshes pass it over; one that was
    handed in to the home loses its file instead. ``before``
    is called with the documents' names once nothing but a fault can stop the purge, so that what
    others keep of them goes first: a purge that is killed finishes without them. Raises
    UsageError when nothing is called so, Busy and HomeError as ``refresh`` does; then nothing
    was purged, or the next refresh finishes it.
    """
    home = home if isinstance(home, Home) else Home(home)
    started = time.perf_counter()
    home.require_writable()
    with writer(home), Library(home) as library:
        root, name = purging.find(library, source, root_name(source), str(home.articles.resolve()))
        if before is not None:
            before(purging.documents_of(library, root, name))
        purged = purging.purge(library, root, name, now=_now())
        work = _Refresh(
            home,
            library,
            encoder,
            None,
            None,
            progress or _silent,
            dry_run=False,
            compact=True,
            most_gone=1.0,
            retention_days=0,
        )
        _purge_mirrors(home, library, root, name)
        left = name and purging.drop_handed_in(library, root, name, home.articles)
        report = work.republish()
        if left:
            report = replace(report, remarks=(*report.remarks, left))
        if purging.is_unfinished(library):
            older = [id for id in home.snapshot_ids() if id != report.snapshot]
            told = f"still being read: snapshot {', '.join(older)}; the next refresh removes it"
            report = replace(report, remarks=(*report.remarks, told))
    return purged, replace(report, seconds=time.perf_counter() - started)


def _purge_mirrors(home: Home, library: Library, root: str, name: str | None) -> None:
    """Remove what was fetched of a purged source, or of its article called ``name``."""
    remove_others(home.fetched, filter(is_address, library.sources()))
    if is_address(root) and name is not None:
        Mirror(home.fetched / folder_of(root)).drop(root, {name})


def _without(source: Found, barred: frozenset[FileKey]) -> Found:
    """``source`` less the articles that were purged from it."""
    if not source.items:
        return source
    items = tuple(item for item in source.items if (source.root, item.source) not in barred)
    return replace(source, items=items, trouble="all that it holds was purged")


def _facts(versions: Mapping[FileKey, Versions]) -> Iterator[tuple[str, str, str, str]]:
    """Of each document its source, digest, recipe, and the first source found in its root.

    The last tells which documents belong together, wherever their root lies on the disk.
    """
    first: dict[str, str] = {}
    for (root, _name), documents in versions.items():
        for source in documents:
            first[root] = min(source, first.get(root, source))
    for (root, _name), documents in versions.items():
        for source, (digest, recipe) in documents.items():
            yield source, digest, recipe, first[root]


def root_name(source: str) -> str:
    """What a source is remembered as: an address in its one spelling, a path made absolute.

    UsageError for an address that could not be fetched whatever the network.
    """
    if is_address(source):
        return spelled(source)
    return str(Path(source).expanduser().resolve())


def _base(home: Home) -> Snapshot | None:
    """What is published, or the newest sound one before it; None when there is none."""
    try:
        return open_current(home)
    except (NotReady, DamagedSnapshot):
        return None


def _published_number(home: Home) -> str | None:
    try:
        return read_pointer(home).snapshot
    except DamagedSnapshot:
        return None
    except NotReady:
        return "0"  # nothing was ever published, so every finished folder is a leftover


def _digests(base: Snapshot | None) -> dict[str, str]:
    """The published documents' digests by source."""
    published = (version for segment in (base.versions() if base else ()) for version in segment)
    return {source: digest for _number, source, digest, _recipe in published}


def _compare(
    base: Snapshot | None,
    now: Versions,
    quarantined: tuple[Quarantined, ...],
    todo: Plan,
) -> RefreshReport:
    """Counts of ``now`` against what is published."""
    before = _digests(base)
    common = before.keys() & now.keys()
    unchanged = sum(before[source] == now[source][0] for source in common)
    return RefreshReport(
        snapshot=base.id if base else None,
        parent=base.manifest.parent if base else None,
        added=len(now.keys() - before.keys()),
        changed=len(common) - unchanged,
        removed=len(before.keys() - now.keys()),
        unchanged=unchanged,
        quarantined=quarantined,
        seconds=0.0,
        withheld=len(todo.withheld),
        remarks=(*todo.remarks, *((base.degraded,) if base and base.degraded else ())),
    )


def _was_read(candidate: Candidate) -> bool:
    """Whether the library holds documents of this file under the name it has now."""
    known = candidate.known
    return known is not None and bool(known.sha256) and known.source == candidate.item.source


def _file_row(candidate: Candidate, read: Read, recipe: str) -> FileRow:
    return FileRow(
        root=candidate.root,
        name=candidate.name,
        source=candidate.item.source,
        path=str(candidate.item.path),
        size=candidate.item.size,
        mtime_ns=candidate.item.mtime_ns,
        checked_ns=time.time_ns(),
        sha256=read.raw_sha256,
        # What could not even be opened is tried again at every refresh.
        recipe=recipe if read.raw_sha256 else "",
    )


def _failures(read: Read) -> list[Quarantined]:
    return [
        Quarantined(failure.source, read.raw_sha256, failure.stage, failure.reason)
        for failure in read.failures
    ]


def _out_of_reach(path: str) -> bool:
    """Whether a file cannot be looked at, which is not the same as being gone."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return False


def _batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """``values`` in order, at most ``size`` at a time."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _silent(progress: Progress) -> None:
    """Progress for nobody."""
