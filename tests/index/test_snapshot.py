"""What is damaged is found before it answers; what is sound goes on answering."""

from __future__ import annotations

import gc
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import DamagedSnapshot, EncoderError, NotReady
from index.home import Home
from index.library import Library
from index.manifest import FORMAT, MANIFEST
from index.pointer import Pointer, write_pointer
from index.snapshot import SnapshotReader, current_id, open_current, open_snapshot
from tests.index.workshop import ARTICLES, Workshop

ROOT = Path(__file__).parents[2]
DAMAGES = 200  # of each kind, over all files in turn


@pytest.fixture
def twice(indexed: Workshop) -> Workshop:
    """Two snapshots: five articles, then six."""
    indexed.write("trees.txt", "Trees\n\nPorto planted a thousand trees along its tram lines.\n")
    assert indexed.refresh().snapshot == "000002"
    return indexed


def files_of(home: Home, id: str) -> list[Path]:
    return sorted(path for path in home.snapshot(id).rglob("*") if path.is_file())


def test_a_home_that_was_never_indexed_is_not_ready(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="townbook refresh"):
        open_current(tmp_path / "home")
    with pytest.raises(NotReady):
        current_id(tmp_path)


def test_a_snapshot_says_what_it_holds(twice: Workshop) -> None:
    snapshot = twice.open()
    assert snapshot.id == "000002"
    assert snapshot.document_count == len(snapshot.documents()) == 6
    assert snapshot.passage_count == len(snapshot.passages())
    status = snapshot.status()
    assert status["languages"]["de"] == 2
    assert status["sound"] is True
    assert [d.source for d in snapshot.documents()] == sorted([*ARTICLES, "trees.txt"])


def test_documents_and_passages_are_found_by_name_and_id(twice: Workshop) -> None:
    snapshot = twice.open()
    for document in snapshot.documents():
        assert snapshot.document(document.id) is document
        assert snapshot.find_document(document.source) is document
        assert snapshot.find_document(document.id) is document
        passages = snapshot.passages_of(document.id)
        assert [passage.ordinal for passage in passages] == list(range(len(passages)))
        assert all(snapshot.passage(passage.id) is passage for passage in passages)
    assert snapshot.find_document("nowhere.txt") is None
    assert snapshot.passages_of("0" * 16) == ()
    with pytest.raises(KeyError):
        snapshot.passage("0" * 16 + ":0000")
    order = {document.id: place for place, document in enumerate(snapshot.documents())}
    keys = [(order[p.document], p.ordinal) for p in snapshot.passages()]
    assert keys == sorted(keys)


def truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def zeroed_page(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(0, max(len(content) - 1, 1), 4096) if len(content) > 4096 else 0
    page = content[start : start + 4096]
    return content[:start] + bytes(len(page)) + content[start + len(page) :]


def flipped_bit(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    changed = content[place] ^ (1 << chance.randrange(8))
    return content[:place] + bytes([changed]) + content[place + 1 :]


@pytest.fixture
def thrice(twice: Workshop) -> Workshop:
    """A third snapshot: all files of the second, and a tombstone for one document."""
    (twice.folder / "garten/hof.txt").unlink()
    assert twice.refresh().snapshot == "000003"
    return twice


@pytest.mark.parametrize("damage", [truncated, zeroed_page, flipped_bit])
@pytest.mark.parametrize("snapshots", ["twice", "thrice"])
def test_damage_to_any_file_is_found_before_serving(
    request: pytest.FixtureRequest,
    snapshots: str,
    damage: Callable[[bytes, random.Random], bytes],
) -> None:
    home: Home = request.getfixturevalue(snapshots).home
    newest, before = current_id(home), f"{int(current_id(home)) - 1:06d}"
    chance = random.Random(5)  # noqa: S311 - repeatable damage, not a secret
    files = {path: path.read_bytes() for path in files_of(home, newest)}
    done = 0
    for path in itertools.cycle(files):
        if done == DAMAGES:
            break
        spoilt = damage(files[path], chance)
        if spoilt == files[path]:  # a page that was zero already
            continue
        done += 1
        path.write_bytes(spoilt)
        if path.stat().st_nlink > 1:  # a segment of both: there is nothing to fall back to
            with pytest.raises(DamagedSnapshot, match=path.name):
                open_current(home)
        else:
            snapshot = open_current(home)
            assert snapshot.id == before, path
            assert snapshot.degraded is not None
            assert path.name in snapshot.degraded or "manifest" in path.name
        with pytest.raises(DamagedSnapshot):
            open_snapshot(home, newest)
        path.write_bytes(files[path])
    assert open_current(home).id == newest


def test_a_snapshot_shares_the_files_it_carries_over_and_needs_no_other(thrice: Workshop) -> None:
    home = thrice.home
    shared = {path.name for path in files_of(home, "000003") if path.stat().st_nlink > 1}
    assert shared == {p.name for p in files_of(home, "000002")} - {MANIFEST}
    shutil.rmtree(home.snapshot("000002"))
    assert len(open_current(home).documents()) == 5
    assert thrice.refresh().snapshot == "000003"


def test_a_file_damaged_in_every_snapshot_is_written_anew_from_the_library(
    thrice: Workshop,
) -> None:
    for path in files_of(thrice.home, "000003"):
        if path.stat().st_nlink > 1:
            path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DamagedSnapshot):
        open_current(thrice.home)
    thrice.encoder.encoded.clear()
    assert thrice.refresh().snapshot == "000004"
    assert thrice.encoder.encoded == []
    snapshot = open_current(thrice.home)
    assert len(snapshot.documents()) == 5
    assert snapshot.manifest.segments == ("000004",)
    snapshot.verify()


def test_a_segment_damaged_since_it_was_opened_is_not_carried_over(twice: Workshop) -> None:
    reader = SnapshotReader(twice.home)
    reader.current()  # this process has hashed the files, and will not need to again
    path = twice.home.snapshot("000002") / "000001-vectors.npy"
    content = path.read_bytes()
    path.write_bytes(content[:-4] + b"\0\0\0\0")
    twice.write("more.txt", "More\n\nKaunas built no bridges.\n")
    assert twice.refresh().snapshot == "000003"
    open_current(twice.home).verify()
    assert open_current(twice.home).manifest.segments == ("000003",)


def test_a_snapshot_of_the_format_before_is_refused_and_a_refresh_writes_a_new_one(
    indexed: Workshop,
) -> None:
    path = indexed.home.snapshot("000001") / MANIFEST
    value = json.loads(path.read_bytes())
    value = {k: v for k, v in value.items() if k not in ("segments", "encoding", "sha256")}
    value["format"] = FORMAT - 1
    digest = sha256(canonical(value)).hexdigest()
    path.write_bytes(canonical({**value, "sha256": digest}))
    write_pointer(indexed.home, Pointer("000001", digest))
    with pytest.raises(
        DamagedSnapshot, match=rf"format {FORMAT - 1}; expected {FORMAT}; run `townbook refresh`"
    ):
        open_current(indexed.home)
    indexed.encoder.encoded.clear()
    report = indexed.refresh()
    assert (report.snapshot, report.added) == ("000002", 5)
    assert indexed.encoder.encoded == []
    assert indexed.home.snapshot_ids() == ["000002"]
    assert len(indexed.open().documents()) == 5


def canonical(value: object) -> bytes:
    """JSON as a manifest is written."""
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def test_damage_to_the_pointer_is_found(twice: Workshop) -> None:
    chance = random.Random(7)  # noqa: S311 - repeatable damage, not a secret
    sound = twice.home.current.read_bytes()
    for _ in range(100):
        twice.home.current.write_bytes(flipped_bit(sound, chance))
        snapshot = open_current(twice.home)
        assert snapshot.degraded is not None
    twice.home.current.write_bytes(sound)
    assert open_current(twice.home).degraded is None


@pytest.mark.parametrize("content", [b"", b"nonsense", b"000009 " + b"0" * 64 + b"\n"])
def test_a_bad_pointer_starts_with_a_warning_and_the_next_refresh_mends_it(
    twice: Workshop, content: bytes
) -> None:
    twice.home.current.write_bytes(content)
    snapshot = open_current(twice.home)
    assert snapshot.id == "000002"
    assert snapshot.degraded is not None
    assert snapshot.status()["sound"] is False
    report = twice.refresh()
    assert (report.added, report.unchanged) == (0, 6)
    mended = open_current(twice.home)
    assert mended.degraded is None
    assert mended.id == report.snapshot == "000003"


def test_a_missing_file_falls_back_and_the_next_refresh_mends_it(twice: Workshop) -> None:
    (twice.home.snapshot("000002") / "000002-vectors.npy").unlink()
    snapshot = open_current(twice.home)
    assert snapshot.id == "000001"
    assert "000002-vectors.npy" in (snapshot.degraded or "")
    twice.encoder.encoded.clear()
    assert twice.refresh().snapshot == "000003"
    assert twice.encoder.encoded == []
    assert open_current(twice.home).degraded is None
    assert len(open_current(twice.home).documents()) == 6


def test_no_sound_snapshot_at_all_names_the_damaged_file(indexed: Workshop) -> None:
    (indexed.home.snapshot("000001") / "000001-catalogue.sqlite").write_bytes(b"")
    with pytest.raises(DamagedSnapshot, match=r"catalogue\.sqlite"):
        open_current(indexed.home)
    indexed.refresh()
    assert len(open_current(indexed.home).documents()) == 5


def test_leftovers_of_killed_writers_are_removed_by_the_next(twice: Workshop) -> None:
    home = twice.home
    (home.snapshots / ".building-x" / "half").mkdir(parents=True)
    (home.snapshots / ".removing-000000").mkdir()
    (home.path / "CURRENT.tmp").write_text("half")
    shutil.copytree(home.snapshot("000002"), home.snapshot("000003"))
    assert open_current(home).id == "000002"
    twice.refresh()
    assert sorted(path.name for path in home.snapshots.iterdir()) == ["000001", "000002"]
    assert not (home.path / "CURRENT.tmp").exists()


def test_only_the_published_snapshot_and_its_parent_are_kept(twice: Workshop) -> None:
    for number in range(3):
        twice.write("more.txt", f"More\n\nIn year {number} Kaunas built {number} bridges.\n")
        twice.refresh()
    assert twice.home.snapshot_ids() == ["000004", "000005"]


def test_a_snapshot_in_use_is_not_removed_and_answers_to_the_end(twice: Workshop) -> None:
    held = twice.open()
    before = held.lexical("thousand trees", "en", 5)
    for number in range(3):
        twice.write("more.txt", f"More\n\nIn year {number} Kaunas built {number} bridges.\n")
        twice.refresh()
    assert twice.home.snapshot_ids() == ["000002", "000004", "000005"]
    assert held.lexical("thousand trees", "en", 5) == before
    del held, before
    gc.collect()
    twice.write("more.txt", "More\n\nKaunas built no bridges.\n")
    twice.refresh()
    assert twice.home.snapshot_ids() == ["000005", "000006"]


def test_an_open_snapshot_answers_even_when_its_files_are_gone(twice: Workshop) -> None:
    snapshot = twice.open()
    shutil.rmtree(twice.home.snapshots)
    vector = twice.encoder.encode_queries(["a thousand trees"])[0]
    assert snapshot.hybrid("a thousand trees", "en", vector, 1)[0].document.source == "trees.txt"
    assert len(snapshot.records()) == sum(
        snapshot.status()[kind] for kind in ("practices", "events", "networks")
    )


def test_reading_leaves_no_trace_in_the_snapshot(twice: Workshop) -> None:
    before = {path: path.stat().st_mtime_ns for path in twice.home.path.rglob("*")}
    snapshot = twice.open()
    snapshot.lexical("trees", "en", 3)
    assert {path: path.stat().st_mtime_ns for path in twice.home.path.rglob("*")} == before


def test_another_encoder_is_refused_naming_both(indexed: Workshop) -> None:
    with pytest.raises(EncoderError, match=r"other@1.*hashing@64"):
        open_current(indexed.home, "other@1")
    with pytest.raises(EncoderError, match="expected 64"):
        indexed.open().dense(np.ones(2, np.float32), 3)
    assert open_current(indexed.home, indexed.encoder.id).id == "000001"


def test_a_reader_moves_on_by_itself_when_a_snapshot_is_published(indexed: Workshop) -> None:
    reader = SnapshotReader(indexed.home, indexed.encoder.id)
    first = reader.current()
    assert reader.current() is first
    indexed.write("trees.txt", "Trees\n\nPorto planted a thousand trees.\n")
    indexed.refresh()
    assert reader.current().id == "000002"
    assert first.document_count == 5
    assert reader.degraded is None


def test_a_reader_keeps_what_it_has_when_the_new_one_cannot_be_loaded(indexed: Workshop) -> None:
    reader = SnapshotReader(indexed.home)
    first = reader.current()
    indexed.write("trees.txt", "Trees\n\nPorto planted a thousand trees.\n")
    indexed.refresh()
    vectors = indexed.home.snapshot("000002") / "000002-vectors.npy"
    vectors.write_bytes(vectors.read_bytes()[:-1])
    assert reader.current() is first
    assert "vectors.npy" in (reader.degraded or "")
    indexed.home.current.write_bytes(b"nonsense")
    assert reader.current() is first
    assert "CURRENT" in (reader.degraded or "")
    indexed.refresh()
    assert reader.current().document_count == 6
    assert reader.degraded is None


def test_a_reader_waits_for_the_first_snapshot(workshop: Workshop) -> None:
    reader = SnapshotReader(workshop.home)
    with pytest.raises(NotReady):
        reader.current()
    workshop.refresh()
    assert reader.current().id == "000001"


def test_a_manifest_carries_what_made_the_snapshot(twice: Workshop) -> None:
    manifest = twice.open().manifest
    assert (manifest.snapshot, manifest.parent) == ("000002", "000001")
    assert (manifest.encoder, manifest.dimension) == (twice.encoder.id, 64)
    assert manifest.encoding == twice.encoder.method
    assert manifest.segments == ("000001", "000002")
    listed = {name for name, _size, _sha256 in manifest.files} | {MANIFEST}
    folder = twice.home.snapshot("000002")
    assert listed == {
        path.relative_to(folder).as_posix() for path in files_of(twice.home, "000002")
    }


_AS_NOBODY = """
import os, sys, time
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from corpus.errors import HomeError
from tests.index.fakes import HashingEncoder
from index.library import Library
from index.home import Home
from index.refresh import refresh
from index.snapshot import open_current
# Only now: another user may not be able to read the interpreter's own files.
os.setgroups([]); os.setgid(65534); os.setuid(65534)
home = Home(Path(sys.argv[1]))
hits = open_current(home).lexical("thousand trees", "en", 1)
with Library(home, read_only=True) as library:
    library.sources()
started = time.perf_counter()
try:
    refresh(home, [], HashingEncoder())
except HomeError as error:
    print(hits[0].document.source, time.perf_counter() - started < 1, error)
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_a_read_only_home_answers_and_refuses_to_refresh(twice: Workshop, tmp_path: Path) -> None:
    folder = tmp_path
    while not folder.name.startswith("pytest-of-"):  # as far as pytest made them
        folder.chmod(0o755)
        folder = folder.parent
    folder.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, str(twice.home.path), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("trees.txt True ")
    assert "read-only" in done.stdout


def test_quarantine_and_sources_can_be_asked_of_a_home_without_a_library(tmp_path: Path) -> None:
    with Library(Home(tmp_path / "home"), read_only=True) as library:
        assert (library.sources(), library.quarantined()) == ((), ())
    assert not (tmp_path / "home").exists()
