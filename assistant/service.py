"""Townbook as one object: ask, search, refresh and look, over one home.

The only place where settings, encoder, snapshots and answering meet. It holds the snapshot it
opened and picks up a newly published one by itself; a question keeps the one it started with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from threading import RLock, Thread
from typing import TYPE_CHECKING, Any

from assistant import Answer, Turn
from assistant.settings import Settings
from corpus import Document, Record
from corpus.errors import TownbookError, UsageError
from index import EVERYTHING, Filters, Hit, IndexingEncoder
from index.encoders import load_encoder
from index.home import Home
from index.one_thread import multiply_on_one_thread
from index.snapshot import Snapshot, SnapshotReader

if TYPE_CHECKING:
    from assistant.explaining import Explanation
    from assistant.facets import Facets
    from assistant.incoming import Incoming, Outcome
    from assistant.jobs import JobState, RefreshJobs
    from assistant.llm.endpoint import EndpointShown
    from assistant.llm.phrasing import Phrasing
    from assistant.llm.voice import Voice
    from assistant.shelf import Shelf
    from assistant.takeaway.rows import Kind
    from corpus.web.door import Door
    from corpus.web.reach import Allowed
    from index.refresh import Progress, RefreshReport

# After a purge, to remove the snapshot that this service was reading. One that finds news publishes
# them and is in the way of itself; the next finds none.
_FINISHING_JOBS = 3


class Townbook:
    """Everything a caller needs. Safe to share between threads; errors are TownbookErrors."""

    def __init__(self, settings: Settings, encoder: IndexingEncoder | None = None) -> None:
        """Opens nothing yet. ``encoder`` is loaded as the settings say unless one is handed in.

        From now on this process multiplies matrices on one thread; see index.one_thread.
        """
        multiply_on_one_thread()
        self.settings = settings
        self._home = Home(settings.home)
        self._reader = SnapshotReader(self._home)
        self._encoder = encoder
        self._shelf: Shelf | None = None
        self._jobs: RefreshJobs | None = None
        self._spoken: Voice | None = None
        self._incoming: Incoming | None = None
        self._checked: dict[str, Any] | None = None  # what the last check found
        self._lock = RLock()

    def ask(
        self,
        question: str,
        *,
        id: str | None = None,
        history: Sequence[Turn] = (),
        filters: Filters = EVERYTHING,
        today: date | None = None,
        llm: bool = True,
    ) -> Answer:
        """A cited answer, or a refusal that shows what comes nearest.

        Equal questions over one snapshot give equal answers, ``seconds`` aside. A language model,
        where one is configured, is asked here only to restate a follow-up that the rules are unsure
        of, and not at all unless ``llm``; its wording is ``phrasing``'s. Raises NotReady
        before the first refresh, EncoderError when the snapshot was built with another model.
        """
        self._load_encoder_for(self._reader.current())
        # Imported while the encoder opens beside it.
        from assistant.asking import ask

        day = today or self.today()
        voice = self._voice() if llm else None
        return ask(
            question,
            self.shelf(),
            id=id,
            history=history,
            filters=filters,
            today=day,
            restate=voice.restate if voice else None,
        )

    @property
    def llm(self) -> EndpointShown | None:
        """The language model that may rephrase answers, as people may see it; None: there is none.

        ``leaves_machine`` says whether questions and quotes leave this machine for it.
        """
        if self.settings.llm_base_url is None:
            return None
        voice = self._voice()
        return voice.shown if voice else None

    def phrasing(self, answer: Answer) -> Iterator[Phrasing]:
        """``answer`` in the language model's words, as they pass the gate; nothing without one.

        Show ``answer`` first: it is whole without this. Each Phrasing then replaces what was shown
        before: ``shown`` is Markdown for people, untrusted as any answer's text, and ``answer`` the
        value it belongs to. The last one is ``final``: its answer, of method "llm" or the
        extractive one with a ``reason`` and a line ``told``, is what may be kept, exported and
        carried on as history; its ``translations`` are the model's and to be marked as such.

        Takes seconds; leaving the iteration early ends the request. Raises nothing: an endpoint
        that fails is told by the last one.
        """
        voice = self._voice()
        if voice is not None:
            yield from voice.phrase(answer, self._closeness, self._quoted_languages)

    def today(self) -> date:
        """The day that counts as today: the one that is set, else the present one (UTC)."""
        return self.settings.today or datetime.now(UTC).date()

    def explain(
        self, question: str, *, history: Sequence[Turn] = (), today: date | None = None
    ) -> Explanation:
        """How ``ask`` reads and answers the same question; raises what it raises."""
        self._load_encoder_for(self._reader.current())
        from assistant.explaining import explain

        day = today or self.today()
        return explain(question, self.shelf(), history=history, filters=EVERYTHING, today=day)

    def search(self, query: str, k: int = 10, filters: Filters = EVERYTHING) -> list[Hit]:
        """At most ``k`` passages by words and meaning together, best first."""
        if k < 1:
            raise UsageError(f"got k={k}", "a number of passages from 1", "correct -k")
        self._load_encoder_for(self._reader.current())
        from assistant.asking import search

        return search(query, self.shelf(), k, filters)

    def refresh(
        self,
        sources: Sequence[str] = (),
        dry_run: bool = False,
        progress: Callable[[Progress], None] | None = None,
        compact: bool = False,
        allow_removals: bool = False,
        fetch: bool = True,
    ) -> RefreshReport:
        """Brings the index up to date with ``sources`` (then remembered) and all earlier ones.

        ``compact`` writes all of it anew: no byte of what was removed stays in the index. A source
        that lost more than the set share of its files keeps them unless ``allow_removals``. Without
        ``fetch`` no web address is asked: its pages are as they were fetched before.
        """
        # Imported here: a question reads no files.
        from corpus.web.mirrors import Mirrors
        from index.refresh import refresh

        self._refuse_local(sources)
        door = self._door() if fetch and not dry_run else None
        return refresh(
            self.settings.home,
            sources,
            self._load_encoder(),
            dry_run=dry_run,
            compact=compact,
            most_gone=1.0 if allow_removals else self.settings.removals,
            retention_days=self.settings.retention,
            progress=progress,
            web=Mirrors(self._home.fetched, door),
        )

    @property
    def jobs(self) -> RefreshJobs:
        """Refreshes in processes of their own, at low priority; they end with this service."""
        from assistant.jobs import RefreshJobs, command_for, environment_for, purge_command_for

        with self._lock:
            if self._jobs is None:
                self._jobs = RefreshJobs(
                    command_for(self.settings),
                    purging=purge_command_for(self.settings),
                    environment=environment_for(),
                )
            return self._jobs

    def sources(self) -> list[str]:
        """What refresh looks at: folders, files and addresses, in the order of their giving."""
        from index.library import Library

        with Library(self._home, read_only=True) as library:
            return list(library.sources())

    def add_source(self, source: str) -> bool:
        """Remembers a folder, a file or an address; False when it was known already.

        The next refresh reads it. Raises UsageError when nothing readable is there, or an
        address may not be asked; whether one answers is not tried.
        """
        from corpus.sources import survey
        from corpus.web.addresses import is_address
        from index.library import Library
        from index.refresh import root_name

        self._refuse_local([source])
        if not is_address(source):
            survey(source)
        with Library(self._home) as library:
            return library.add_source(root_name(source), now=datetime.now(UTC).isoformat())

    def remove_source(self, source: str) -> bool:
        """Forgets a source, named as given or as listed; False when it was not known.

        Its documents leave the answers with the next refresh.
        """
        from index.library import Library
        from index.refresh import root_name

        with Library(self._home) as library:
            return library.remove_source(source) or library.remove_source(root_name(source))

    def status(self) -> dict[str, Any]:
        """What is indexed and whether it is sound; raises NotReady before the first refresh.

        ``checked`` says when published files were last hashed, at opening or by ``check``, those
        of which snapshot, and what was found wrong (null: nothing). ``refresh`` is the state of
        this service's own jobs, not of another program's refresh.
        """
        from index.library import Library

        counted = self._reader.current().status()
        with Library(self._home, read_only=True) as library:
            quarantined, sources = library.quarantined(), library.sources()
        degraded = self._reader.degraded
        last = self._checked
        # What a check found wrong holds until something sound is published.
        if last is not None and (degraded or last["snapshot"] == counted["snapshot"]):
            told = {key: last[key] for key in ("at", "snapshot", "found")}
            counted["checked"] = max(counted["checked"], told, key=lambda check: check["at"])
        return {
            **counted,
            "quarantined": len(quarantined),
            "sources": list(sources),
            "sound": degraded is None,
            "degraded": degraded,
            "refresh": self.jobs.state.to_json(),
            "llm": shown.to_json() if (shown := self.llm) else None,
        }

    def source_states(self) -> list[dict[str, Any]]:
        """Every source with what was read of it, see ``assistant.upkeep.source_states``."""
        from assistant.upkeep import source_states

        return source_states(self._home)

    def publishes(self) -> list[dict[str, Any]]:
        """What each publish changed, newest first, see ``assistant.upkeep.publishes``."""
        from assistant.upkeep import publishes

        return publishes(self._home)

    def check(self) -> dict[str, Any]:
        """Hashes what is published anew, see ``assistant.upkeep.check``.

        Where that finds damage, the sound snapshot before answers from now on, and status says so.
        """
        from assistant.upkeep import check

        found = check(self._home)
        if not found["sound"] or self._reader.degraded:
            self._reader.reopen()
        self._checked = found
        return found

    def put_article(self, name: str, content: bytes, *, replace: bool = False) -> Outcome:
        """Keeps an article in ``<home>/articles``, see ``assistant.incoming``.

        The next refresh reads it.
        """
        from assistant.incoming import Incoming  # a question reads no files

        with self._lock:
            if self._incoming is None:
                self._incoming = Incoming(self._home.articles)
        return self._incoming.put(name, content, replace=replace)

    def digest(self, since: str) -> dict[str, Any]:
        """What is new since a day, a moment or a snapshot's number, as ``digest --json`` prints.

        Raises UsageError when ``since`` is none of these, NotReady before the first refresh.
        """
        from assistant.digest import digest, parse_since
        from index import history
        from index.library import Library

        parse_since(since)
        snapshot = self._reader.current()

        def current(source: str) -> tuple[Document, list[Record]] | None:
            document = snapshot.find_document(source)
            if document is None:
                return None
            return document, [r for r in snapshot.records() if r.document == document.id]

        with Library(self._home, read_only=True) as library:
            library.require_current()
            return digest(
                since,
                history.changes(library),
                snapshot.id,
                current,
                lambda version: history.find_former(library, version),
            ).to_json()

    def quarantine(self) -> list[dict[str, str]]:
        """Every file that could not be read, by source, as ``quarantine --json`` prints."""
        from index.library import Library
        from index.quarantine import in_quarantine

        with Library(self._home, read_only=True) as library:
            return [row.to_json() for row in in_quarantine(library)]

    def retry(
        self,
        sources: Sequence[str] = (),
        progress: Callable[[Progress], None] | None = None,
    ) -> RefreshReport:
        """Reads quarantined files again, all or those named, and refreshes.

        Raises UsageError when one of ``sources`` is not in quarantine.
        """
        self._mark_unread(sources)
        return self.refresh(progress=progress)

    def read_again(self, sources: Sequence[str] = ()) -> JobState:
        """As ``retry``, but as a job beside the answers; its state.

        Raises Busy while one runs; then the next refresh reads them again.
        """
        self._mark_unread(sources)
        return self.jobs.start(fetch=False)

    def _mark_unread(self, sources: Sequence[str]) -> None:
        from index.library import Library
        from index.quarantine import in_quarantine, read_again

        with Library(self._home) as library:
            known = {row.row.source for row in in_quarantine(library)}
            if unknown := [source for source in sources if source not in known]:
                raise UsageError(
                    f"got {unknown[0]!r}, which is not in quarantine",
                    "a name that 'townbook quarantine' lists",
                    "leave it out or correct it",
                )
            read_again(library, sources or None)

    def purge(
        self, source: str, progress: Callable[[Progress], None] | None = None
    ) -> dict[str, Any]:
        """Removes a source, or one article, with every byte made of it, feedback included.

        Raises UsageError when nothing is called so. Keys as printed by ``purge --json``.
        """
        from assistant import purges

        return purges.purge(self._home, source, self._load_encoder(), progress)

    def purge_beside(self, article: str) -> JobState:
        """As ``purge`` of one article, but as a job beside the answers; its state.

        Once it is done this service moves on from the snapshot that still held the article, and
        one more job removes that. Raises UsageError when no article is called so, Busy while a
        job runs.
        """
        document = self.document(article)
        if document is None or document.source != article:
            raise UsageError(f"got {article!r}", "the name of an article", "look it up again")
        state = self.jobs.start_purge(article)
        Thread(target=self._leave_purged, name="purge-end", daemon=True).start()
        return state

    def _leave_purged(self) -> None:
        from assistant import purges

        with suppress(TownbookError):  # whoever asks next is told; a job that runs finishes it, too
            for _job in range(_FINISHING_JOBS):
                if self.jobs.wait().state != "done":
                    return
                self._reader.current()
                with self._lock:
                    self._shelf = None
                if not purges.is_unfinished(self._home):
                    return
                self.jobs.start(fetch=False)

    def readmit(self, article: str) -> None:
        """Lets the next refresh read an article again that was purged; UsageError for others."""
        from assistant import purges

        purges.readmit(self._home, article)

    def facets(self, filters: Filters = EVERYTHING) -> Facets:
        """What ``filters`` leave, by number, with the values that would restrict it further."""
        from assistant.facets import facets

        return facets(self.shelf(), filters)

    def follow_ups(
        self, answer: Answer, asked: Sequence[str] = (), filters: Filters = EVERYTHING
    ) -> list[str]:
        """At most three questions near ``answer`` that the corpus answers, in its language."""
        from assistant.followups import follow_ups

        return follow_ups(answer, asked, self.shelf(), filters)

    def first_questions(self, language: str) -> list[str]:
        """At most six questions to start with that the corpus answers."""
        from assistant.followups import first_questions

        return first_questions(language, self.shelf())

    def give_feedback(
        self, answer: Answer, useful: bool, reason: str = "", comment: str = ""
    ) -> str:
        """Keeps what a person says of an answer, with question and answer; returns its id.

        ``reason`` is one of assistant.feedback.REASONS. Raises UsageError for another, and for a
        comment that is too long; HomeError when it cannot be written.
        """
        from assistant.feedback import Feedback, stands
        from index.texts import open_texts

        with closing(open_texts(self._home)) as texts:
            known = stands(answer, texts)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return Feedback(self._home).give(answer, useful, reason, comment, stands=known, now=now)

    def feedback(self) -> list[dict[str, Any]]:
        """Everything people said of answers, oldest first, as ``feedback --json`` prints it."""
        from assistant.feedback import Feedback

        return Feedback(self._home).listed()

    def remove_feedback(self, ids: Collection[str] | None = None) -> int:
        """Removes what has these ids, or everything, with every byte of it; how many it was."""
        from assistant.feedback import Feedback

        return Feedback(self._home).remove(ids)

    def document(self, source: str) -> Document | None:
        """The document of that source name or id, as stored; None when there is none."""
        return self._reader.current().find_document(source)

    def records_by_source(self) -> dict[str, tuple[Record, ...]]:
        """The source of every document, with the records read out of it."""
        shelf = self.shelf()
        return {
            document.source: shelf.records_of.get(document.id, ())
            for document in shelf.snapshot.documents()
        }

    def documents(self) -> list[dict[str, Any]]:
        """Every document without its text, by source."""
        from assistant import stored

        return stored.documents(self._reader.current())

    def records(self, kind: str) -> list[dict[str, Any]]:
        """Every "practice", "event" or "network", by source, with the source it was read from."""
        from assistant import stored

        return stored.records(self._reader.current(), kind)

    def rows(self, kind: Kind) -> list[dict[str, Any]]:
        """Every "event" or "practice" as a flat row with a quote, see assistant.takeaway.rows."""
        from assistant.takeaway.rows import rows

        snapshot = self._reader.current()
        return rows(kind, snapshot.records(), snapshot.document, snapshot.passages_of)

    def show(self, source: str) -> dict[str, Any]:
        """One document with its passages and records; raises UsageError when it is not stored."""
        from assistant import stored

        return stored.document(self._reader.current(), source)

    def warm(self) -> None:
        """Loads now what the first question would wait for. Raises as ``ask`` does."""
        shelf = self.shelf()
        shelf.snapshot.documents()
        shelf.snapshot.records()
        shelf.query_vector("warm")
        if voice := self._voice():
            voice.open()

    def close(self) -> None:
        """Lets go of the snapshot, and ends a refresh job that runs."""
        if self._jobs is not None:
            self._jobs.close()
        if self._spoken is not None:
            self._spoken.close()
        self._reader.close()

    def shelf(self) -> Shelf:
        """The snapshot that answers now, ready for matching; newly published ones are picked up."""
        from assistant.shelf import Shelf

        snapshot = self._reader.current()
        encoder = self._load_encoder_for(snapshot)
        with self._lock:
            if self._shelf is None or self._shelf.snapshot is not snapshot:
                self._shelf = Shelf(snapshot, encoder)
            return self._shelf

    def _refuse_local(self, sources: Sequence[str]) -> None:
        """UsageError for an address that may not be asked, told before any work is begun."""
        from corpus.web.addresses import is_address, parse_address, refuse_local

        for address in filter(is_address, sources):
            refuse_local(parse_address(address), self._allowed())

    def _allowed(self) -> Allowed:
        from corpus.web.reach import Allowed

        return Allowed.of(self.settings.allow_hosts)

    def _door(self) -> Door:
        from corpus.web.door import Door

        return Door(allowed=self._allowed())

    def _voice(self) -> Voice | None:
        if self.settings.llm_base_url is None:
            return None
        from assistant.llm.endpoint import Endpoint
        from assistant.llm.voice import Voice

        endpoint = Endpoint.of(self.settings)
        with self._lock:
            if self._spoken is None and endpoint is not None:
                ranks = self._home.token_ranks
                self._spoken = Voice(endpoint, ranks, self.settings.llm_unsupported)
            return self._spoken

    def _quoted_languages(self, answer: Answer) -> dict[int, str]:
        """The language of each quote: of its own words where they tell, else of its document."""
        from corpus.languages import UNDECIDED, detect

        snapshot = self._reader.current()
        found = {}
        for citation in answer.citations:
            document = snapshot.find_document(citation.document)
            if document is not None:
                own = detect(citation.quote)
                found[citation.n] = document.language if own == UNDECIDED else own
        return found

    def _closeness(self, sentence: str, quotes: Sequence[str]) -> float:
        """The cosine of ``sentence`` to the nearest of ``quotes``, read as passages both."""
        vectors = self._load_encoder().encode_passages([sentence, *quotes])
        return float((vectors[1:] @ vectors[0]).max()) if quotes else 0.0

    def _load_encoder_for(self, snapshot: Snapshot) -> IndexingEncoder:
        """The encoder; raises EncoderError when the snapshot was built with another."""
        encoder = self._load_encoder()
        snapshot.require_encoder(encoder.id)
        # A snapshot that is published with another model is for the next start: until then
        # this one goes on answering, and status says so.
        self._reader.keep_to(encoder.id)
        return encoder

    def _load_encoder(self) -> IndexingEncoder:
        with self._lock:
            if self._encoder is None:
                encoder = load_encoder(
                    self.settings.model, self.settings.home, self.settings.precision
                )
                # Opened beside the reading of question and snapshot. Whoever needs a vector
                # first waits for it, and is told what went wrong. No daemon: a process that
                # ends while the runtime compiles a graph would be aborted by it.
                Thread(target=encoder.open_quietly).start()
                self._encoder = encoder
            return self._encoder
