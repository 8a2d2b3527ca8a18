"""What is wrong here, if anything: installation, home, encoder, index, sources, language model.

Each check looks at one thing and says what it found and, where that needs attention, what to
do. Nothing is changed, restored, fetched or repaired, and no address is asked but that of a
language model an administrator has named.
"""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, Literal

from packaging.requirements import Requirement

from assistant.ranking import Network
from assistant.settings import Settings, unread
from corpus.errors import DamagedSnapshot, EncoderError, NotReady, TownbookError
from index.encoders import LoadedEncoder, profile_of
from index.encoders.conversion import Conversion, NotConverted, apart_too_far, find_conversion
from index.encoders.converted import can_compute
from index.encoders.folders import present_model
from index.home import Home
from index.library import Library
from index.snapshot import open_current

State = Literal["ok", "note", "fault"]

# A model takes about 500 MB restored and as much converted.
_ROOM_BYTES = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    state: State  # "note": works, but worth knowing
    found: str
    remedy: str = ""

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        return {name: getattr(self, name) for name in self.__slots__}


def examine(settings: Settings, environ: Mapping[str, str]) -> tuple[Finding, ...]:
    """Every finding, in the order in which one depends on another. Raises nothing."""
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _system,
        _packages,
        _ranking,
        lambda: _settings(environ),
        lambda: _home(settings),
        lambda: _model(settings),
        lambda: _index(settings),
        lambda: _library(settings),
        lambda: _sources(settings),
        lambda: _language_model(settings),
    )
    return tuple(finding for check in checks for finding in check())


def _system() -> Iterator[Finding]:
    running = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    cores = os.cpu_count() or 1
    bf16 = "with" if can_compute("bf16") else "without"
    yield Finding("system", "ok", f"{running}, {cores} cores, {bf16} bf16 instructions")


def _packages() -> Iterator[Finding]:
    try:
        wanted = [Requirement(line) for line in requires("townbook") or []]
    except PackageNotFoundError:
        yield Finding("packages", "note", "townbook runs from a source folder, not installed")
        return
    here = [r for r in wanted if r.marker is None or r.marker.evaluate({"extra": ""})]
    wrong = []
    for requirement in here:
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            wrong.append(f"{requirement.name} is missing")
            continue
        if not requirement.specifier.contains(found.partition("+")[0], prereleases=True):
            wrong.append(f"{requirement.name} is {found}, expected {requirement.specifier}")
    if wrong:
        remedy = "install townbook again into an environment of its own"
        yield Finding("packages", "fault", "; ".join(wrong), remedy)
    else:
        own = version("townbook")
        yield Finding("packages", "ok", f"townbook {own}, {len(here)} packages as pinned")


def _ranking() -> Iterator[Finding]:
    """What is installed with the packages and opened by the first question; silent when sound."""
    try:
        Network()
    except TownbookError as error:
        yield Finding("packages", "fault", error.found, error.remedy)


def _settings(environ: Mapping[str, str]) -> Iterator[Finding]:
    if ignored := unread(environ):
        names = ", ".join(ignored)
        yield Finding("settings", "note", f"set, but without meaning here: {names}", "check them")
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        if environ.get(name):
            yield Finding("settings", "note", f"{name} is set; it is used to fetch a model by name")
            break


def _home(settings: Settings) -> Iterator[Finding]:
    path = settings.home
    if not path.exists():
        yield Finding("home", "note", f"{path} is not there yet; the first refresh makes it")
        path = next((p for p in path.absolute().parents if p.exists()), Path("/"))
    elif not path.is_dir():
        yield Finding("home", "fault", f"{path} is not a folder", "correct --home or TOWNBOOK_HOME")
        return
    elif not os.access(path, os.W_OK | os.X_OK):
        yield Finding(
            "home",
            "note",
            f"{path} cannot be written: questions work, refresh does not",
            "mend its permissions if this user is to refresh it",
        )
    free = shutil.disk_usage(path).free
    if free < _ROOM_BYTES:
        remedy = f"make room: a model and an index want {_ROOM_BYTES / 1e9:.1f} GB"
        yield Finding("home", "fault", f"{free / 1e9:.1f} GB free", remedy)
    else:
        yield Finding("home", "ok", f"{settings.home}, {free / 1e9:,.0f} GB free")


def _model(settings: Settings) -> Iterator[Finding]:
    home = Home(settings.home)
    name = settings.model
    try:
        folder = present_model(name, home)
    except EncoderError as error:
        yield Finding("encoder", "fault", error.found, error.remedy)
        return
    if folder is None:
        yield Finding("encoder", "note", f"{name} is not prepared yet; its first use does it")
        return
    if settings.precision == "reference":
        yield Finding("encoder", "ok", f"{name} runs on sentence-transformers, as asked")
        return
    try:
        found = find_conversion(folder, home, settings.precision)
        if found is None:
            yield Finding("encoder", "note", f"{name} is not converted yet; its first use does it")
            return
        found.verify()
        precision = found.precision(settings.precision)
    except NotConverted as error:
        yield Finding(
            "encoder",
            "note",
            f"{name} runs on sentence-transformers, slower: {error.found}",
            error.remedy,
        )
    except EncoderError as error:
        yield Finding("encoder", "fault", error.found, error.remedy)
    else:
        check = found.checks[precision]
        said = f"{name} runs in {precision} on {found.engine}, every file as it was written"
        yield Finding("encoder", "ok", f"{said}; lowest cosine to the reference {check.cosine:.5f}")
        yield from _selector(found, settings)


def _selector(found: Conversion, settings: Settings) -> Iterator[Finding]:
    if not found.apart:
        said = f"none was trained on {settings.model}; sentences are chosen by rules alone"
        yield Finding("selector", "note", said)
        return
    precision = found.selector_precision(settings.precision)
    if precision is None:
        yield Finding(
            "selector",
            "fault",
            f"{apart_too_far(found)}; sentences are chosen by rules alone",
            f"remove {found.folder}; the next command converts the model again",
        )
        return
    said = (
        f"runs in {precision}; its chances differ from torch's by {found.apart[precision]} at most"
    )
    yield Finding("selector", "ok", said)


def _index(settings: Settings) -> Iterator[Finding]:
    home = Home(settings.home)
    try:
        snapshot = open_current(home)
    except NotReady as error:
        yield Finding("index", "note", error.found, error.remedy)
        return
    except TownbookError as error:
        yield Finding("index", "fault", error.found, error.remedy)
        return
    with_what = f"snapshot {snapshot.id}: {snapshot.document_count:,} documents"
    if snapshot.degraded:
        yield Finding("index", "fault", snapshot.degraded, "run `townbook refresh`")
    else:
        try:
            snapshot.verify()
        except DamagedSnapshot as error:
            yield Finding("index", "fault", error.found, error.remedy)
        else:
            yield Finding("index", "ok", f"{with_what}, every file as it was published")
    try:
        folder = present_model(settings.model, home)
        if folder is not None:
            encoder = LoadedEncoder(folder, profile_of(folder.name), home, settings.precision)
            snapshot.require_encoder(encoder.id)
    except EncoderError as error:
        found = f"{error.found}, expected {error.expected}"
        yield Finding("index", "fault", found, error.remedy)
    snapshot.close()


def _library(settings: Settings) -> Iterator[Finding]:
    home = Home(settings.home)
    if not home.library.exists():
        return
    try:
        connection = sqlite3.connect(f"{home.library.absolute().as_uri()}?mode=ro", uri=True)
        try:
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
        if said != "ok":
            raise sqlite3.DatabaseError(said)
        with Library(home, read_only=True) as library:
            quarantined = library.quarantined()
    except (sqlite3.Error, TownbookError) as error:
        remedy = f"move {home.library} away and run `townbook refresh` with your sources"
        yield Finding("library", "fault", f"{home.library}: {error}", remedy)
        return
    if quarantined:
        first = quarantined[0]
        yield Finding(
            "library",
            "note",
            f"{len(quarantined)} in quarantine, {first.source} first: {first.reason}",
            "mend or remove them; `townbook refresh` tries a changed file again",
        )
    else:
        yield Finding("library", "ok", f"{home.library.stat().st_size / 1e6:,.0f} MB, sound")


def _sources(settings: Settings) -> Iterator[Finding]:
    home = Home(settings.home)
    if not home.library.exists():
        return
    try:
        with Library(home, read_only=True) as library:
            roots = library.sources()
    except TownbookError:
        return  # said by the check before
    missing = [root for root in roots if "://" not in root and not Path(root).exists()]
    if missing:
        yield Finding(
            "sources",
            "note",
            f"{len(missing)} of {len(roots)} not there: {', '.join(missing[:3])};"
            " what was read from them stays",
            "mount them again, or forget them with `townbook sources remove`",
        )
    else:
        yield Finding("sources", "ok", f"{len(roots)} remembered, all there")


def _language_model(settings: Settings) -> Iterator[Finding]:
    if settings.llm_base_url is None:
        yield Finding("llm", "ok", "none; answers are extractive and no text leaves this machine")
        return
    # Imported here: few name one, and its client takes half a second to load.
    from assistant.llm.checking import check

    yield from (Finding("llm", *found) for found in check(settings))
