"""The cache of converted models: find one, have one made, decide which precision it may run in.

A conversion belongs to one set of weights and stands in the home's model folder under their
hash. It is made by a child process, whole or not at all, and keeps what its check against the
reference found. A model that cannot be converted leaves a note with the reason, so that the
attempt is not repeated by every question.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, get_args

from corpus.errors import EncoderError, HomeError
from index import durable
from index.encoders.converted import (
    WORDS,
    ConvertedModel,
    Precision,
    can_compute,
    engine_version,
)
from index.encoders.folders import ModelFolder, sha256_of
from index.encoders.sample import Agreement
from index.encoders.selector import weights
from index.encoders.selector.model import Selector
from index.encoders.tokens import TextTokens
from index.encoders.word_rows import WordRows
from index.home import Home

_log = logging.getLogger(__name__)

Wish = Literal["auto", "f32", "bf16", "int8", "reference"]
WISHES: tuple[str, ...] = get_args(Wish)

NOTE = "conversion.json"
CONVERTING = ".converting-"

# Raised when converted files would differ for the same weights.
_FORMAT = 2
# Raised when these would be the same, and what their check finds would not.
_CHECKS = 2
# Least agreement with the reference on the sample. A measured f32 graph differs in the seventh
# digit; bf16 has 8 bits of mantissa, and over 5,000 passages kept .99 of the ten nearest at a
# lowest cosine of .99999. int8 is asked for by name, and only nonsense is refused.
_LEAST: Mapping[Precision, Agreement] = {
    "f32": Agreement(cosine=0.9999, neighbours=0.995),
    "bf16": Agreement(cosine=0.9995, neighbours=0.97),
    "int8": Agreement(cosine=0.95, neighbours=0.7),
}
# The converted selector may differ from torch by this much in a probability of its sample. It
# rounds to 8 bits, so the last bits of a sum decide what is rounded up: torch differs from itself
# by .04 if its inputs differ by a millionth, as f32 does here; bf16 rounds coarser still.
_MOST_APART = 0.15
_LONGEST_CONVERSION = 1_800  # seconds; a small model takes about twenty
# How the last line of a child begins that failed for want of room.
_PASSING = ("OSError", "MemoryError", "PermissionError")
_LEFT_BEHIND = 3_600  # seconds after which an unfinished conversion is nobody's


class NotConverted(EncoderError):
    """This model has no converted form that may be used; the reference will do."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """A finished conversion: its folder, and what was found when it was checked."""

    folder: Path
    dimension: int
    checks: Mapping[str, Agreement]  # by precision
    engine: str
    speeds: Mapping[str, int] = field(default_factory=dict)  # tokens a CPU second, by precision
    apart: Mapping[str, float] = field(default_factory=dict)  # the selector's, by precision

    def precision(self, wish: Wish) -> Precision:
        """The precision to run in. Raises NotConverted when none will do."""
        candidates: tuple[Precision, ...] = ("bf16", "f32")
        if wish in ("f32", "bf16", "int8"):
            candidates = (wish,)
        for candidate in candidates:
            check = self.checks.get(candidate)
            if check is None or not can_compute(candidate):
                continue
            least = _LEAST[candidate]
            if check.cosine >= least.cosine and check.neighbours >= least.neighbours:
                return candidate
        found = ", ".join(f"{name} {check}" for name, check in self.checks.items())
        raise NotConverted(
            f"got a converted model that may not run in {' or '.join(candidates)} here ({found})",
            "agreement with the reference, and a processor that has the precision",
            "choose another --precision, or leave it to sentence-transformers",
        )

    def selector_precision(self, wish: Wish) -> Precision | None:
        """What the selector may run in: the encoder's precision where its own check allows that.

        None when these weights have no selector, or none that agrees with torch. Raises
        NotConverted where the encoder itself may run in no precision.
        """
        candidates: tuple[Precision, ...] = (self.precision(wish), "f32")
        for candidate in candidates:
            if self.apart.get(candidate, 1.0) <= _MOST_APART:
                return candidate
        return None

    def verify(self) -> None:
        """Hash every file; raise EncoderError naming the first that is not as written."""
        for name, _size, sha256 in json.loads((self.folder / NOTE).read_bytes())["files"]:
            if sha256_of(self.folder / name) != sha256:
                raise EncoderError(
                    f"got an altered {self.folder / name}",
                    f"sha256 {sha256[:12]}…, as converted",
                    f"remove {self.folder}; the next command converts the model again",
                )

    def method(self, precision: Precision) -> Mapping[str, str | float]:
        """How vectors are made, for the record."""
        check = self.checks[precision]
        return {
            "engine": self.engine,
            "precision": precision,
            "cosine": check.cosine,
            "neighbours": check.neighbours,
        }


def folder_of(source: ModelFolder, home: Home, wish: Wish) -> Path:
    """Where the conversion of these weights stands, whether or not it exists."""
    kind = "int8" if wish == "int8" else "float"
    name = source.name.replace("/", "--")
    return home.models / f"converted-{name}-{source.digest[:12]}-{kind}-{_FORMAT}"


def find_conversion(source: ModelFolder, home: Home, wish: Wish) -> Conversion | None:
    """The finished conversion of these weights; None when there is none yet.

    Raises NotConverted when it was tried with this release and could not be done.
    """
    folder = folder_of(source, home, wish)
    try:
        note = json.loads((folder / NOTE).read_bytes())
        if note["digest"] != source.digest or note["engine"] != engine_version():
            return None
        if reason := note.get("failed"):
            raise NotConverted(
                f"could not convert the model {source.name} ({reason})",
                "a model OpenVINO can run",
                f"to have it tried again remove {folder}",
            )
        if note["checked_as"] != _CHECKS:
            return None
        # Sizes only: hashing half a gigabyte would cost more than the answer. What was written
        # was brought to the disk before the note was, and `townbook doctor` hashes it.
        whole = all((folder / n).stat().st_size == size for n, size, _hash in note["files"])
        checks = {name: Agreement(**check) for name, check in note["checks"].items()}
        speeds = {name: int(speed) for name, speed in note["tokens_a_cpu_second"].items()}
        apart: dict[str, float] = {}
        if weights.fits(source):
            selector = note["selector"]
            whole = whole and selector["sha256"] == weights.digest()
            apart = {name: float(check["apart"]) for name, check in selector["checks"].items()}
        found = Conversion(folder, int(note["dimension"]), checks, note["engine"], speeds, apart)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if whole else None


def make_conversion(
    source: ModelFolder, home: Home, wish: Wish, limit: int, prompt: str
) -> Conversion:
    """Convert these weights now, in a child process; some twenty seconds for a small model.

    Raises NotConverted when it cannot be done, HomeError when the home cannot be written.
    """
    if wish == "int8" and find_spec("nncf") is None:
        raise NotConverted(
            "nncf is not installed",
            "it for 8-bit encoders",
            "run pip install 'townbook[int8]', or choose another --precision",
        )
    home.require_writable()
    folder = folder_of(source, home, wish)
    try:
        home.models.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=CONVERTING, dir=home.models))
    except OSError as error:
        raise _no_room(home, error) from error
    try:
        result = _converted(source, fresh, wish, limit, prompt)
        files = sorted(file for file in fresh.rglob("*") if file.is_file())
        for file in files:
            durable.sync_file(file)
        note = {
            "digest": source.digest,
            "engine": engine_version(),
            "checked_as": _CHECKS,
            **result,
            "files": [[file.name, file.stat().st_size, sha256_of(file)] for file in files],
        }
        durable.write_file(fresh / NOTE, json.dumps(note, indent=1).encode())
        # mkdtemp makes it private; a home may be shared by several readers.
        fresh.chmod(stat.S_IMODE(home.models.stat().st_mode))
        durable.sync_folder(fresh)
        _replace(fresh, folder)
    except OSError as error:
        raise _no_room(home, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    found = find_conversion(source, home, wish)
    if found is None:
        raise NotConverted(
            f"could not read back {folder}", "the conversion just written", "try again"
        )
    return found


def open_conversion(
    source: ModelFolder, home: Home, wish: Wish, limit: int, prompt: str, tokens: TextTokens
) -> tuple[ConvertedModel, Mapping[str, str | float]]:
    """The converted model, made first where there is none yet, and how it makes vectors.

    Raises NotConverted when there can be none, HomeError when it would have to be written
    into a home that cannot be.
    """
    found = find_conversion(source, home, wish) or make_conversion(
        source, home, wish, limit, prompt
    )
    precision = found.precision(wish)
    try:
        model = ConvertedModel(source, found.folder, limit, found.dimension, precision, tokens)
    except (OSError, ValueError, RuntimeError) as error:
        raise NotConverted(
            f"could not open {found.folder} ({str(error).splitlines()[0]})",
            "a converted model",
            f"remove {found.folder} to have it made again",
        ) from error
    return model, found.method(precision)


def open_selector(
    source: ModelFolder, home: Home, wish: Wish, tokens: TextTokens
) -> Selector | None:
    """The selector that was converted with these weights.

    None when they have none, and with a line in the log when it may not or cannot be run.
    """
    found = find_conversion(source, home, wish)
    if found is None or not found.apart:
        return None
    precision = found.selector_precision(wish)
    if precision is None:
        _log.warning("%s; sentences are chosen by rules alone", apart_too_far(found))
        return None
    try:
        words = WordRows(found.folder / WORDS)
        return Selector(found.folder, precision, words, tokens.ids)
    except (OSError, ValueError, RuntimeError) as error:
        _log.warning(
            "could not open the selector in %s (%s); sentences are chosen by rules alone",
            found.folder,
            str(error).splitlines()[0],
        )
        return None


def apart_too_far(found: Conversion) -> str:
    """Why a conversion's selector may not run, in words."""
    checks = ", ".join(f"{name} {apart}" for name, apart in found.apart.items())
    return f"the converted selector's chances differ from torch's too much ({checks})"


def remove_leftovers(home: Home) -> None:
    """Remove what killed conversions left."""
    for leftover in home.models.glob(f"{CONVERTING}*"):
        try:
            age = time.time() - leftover.stat().st_mtime
        except OSError:
            continue
        # A question may convert while another process refreshes.
        if age > _LEFT_BEHIND:
            shutil.rmtree(leftover, ignore_errors=True)


def _converted(
    source: ModelFolder, folder: Path, wish: Wish, limit: int, prompt: str
) -> dict[str, Any]:
    """What the child found, or why it failed, as fields of the note."""
    order = {
        "name": source.name,
        "digest": source.digest,
        "limit": limit,
        "prompt": prompt,
        "int8": wish == "int8",
    }
    try:
        child = subprocess.run(  # noqa: S603 - our own module, by this interpreter
            # -P: a folder called index where the user happens to stand is not ours.
            [sys.executable, "-P", "-m", "index.encoders.converting", source.path, folder],
            input=json.dumps(order).encode(),
            capture_output=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            timeout=_LONGEST_CONVERSION,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"not done after {_LONGEST_CONVERSION} seconds"}
    if child.returncode < 0:
        # Killed from outside, by a person or for want of memory: no word on the model.
        raise NotConverted(
            f"the conversion of {source.name} was ended by signal {-child.returncode}",
            "about 3 GB of free memory once",
            "it is tried again at the next start",
        )
    if child.returncode == 0:
        result: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
        return result
    lines = child.stderr.decode(errors="replace").strip().splitlines()
    if lines and lines[-1].startswith(_PASSING):
        # A full disk or too little memory says nothing of the model either.
        raise NotConverted(
            f"the conversion of {source.name} failed ({lines[-1]})",
            "about 500 MB of free space and 3 GB of free memory once",
            "it is tried again at the next start",
        )
    for written in folder.iterdir():
        written.unlink()
    return {"failed": lines[-1] if lines else f"exit code {child.returncode}"}


def _replace(fresh: Path, folder: Path) -> None:
    """Give the finished folder its name; an older or damaged one of that name makes way."""
    try:
        durable.rename_folder(fresh, folder)
    except OSError:
        # Mapped files stay readable for those who have them open.
        shutil.rmtree(folder, ignore_errors=True)
        durable.rename_folder(fresh, folder)


def _no_room(home: Home, error: OSError) -> HomeError:
    return HomeError(
        f"could not write a converted model to {home.models} ({error.strerror})",
        "about 500 MB of free space",
        "make room or give another --home",
    )
