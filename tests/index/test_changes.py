"""The plan of a refresh, from lists of files alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.sources import Item
from index.changes import Found, Plan, plan
from index.library import FileRow

RECIPE = "r1"
OLD = 10**15  # nanoseconds: long before any check


def item(root: str, name: str, size: int = 5, mtime_ns: int = OLD) -> Item:
    return Item(name, root, Path(root) / name, size, mtime_ns)


def row(root: str, name: str, source: str | None = None) -> FileRow:
    path = str(Path(root) / name)
    return FileRow(root, name, source or name, path, 5, OLD, OLD + 10**10, "f" * 64, RECIPE)


def planned(found: list[Found], known: list[FileRow], reachable: bool = True) -> Plan:
    return plan(found, {r.key: r for r in known}, RECIPE, lambda _path: not reachable)


def test_an_untouched_file_is_left_alone() -> None:
    done = planned([Found("/a", (item("/a", "x.txt"),))], [row("/a", "x.txt")])
    assert done == Plan((), (), ())


def test_each_sign_of_change_makes_a_candidate() -> None:
    same, known = item("/a", "x.txt"), row("/a", "x.txt")
    for changed in (replace(same, size=6), replace(same, mtime_ns=OLD + 1)):
        assert len(planned([Found("/a", (changed,))], [known]).candidates) == 1
    for stale in (
        replace(known, recipe="r0"),
        replace(known, source="b/x.txt"),
        replace(known, checked_ns=OLD + 1),
    ):
        assert len(planned([Found("/a", (same,))], [stale]).candidates) == 1


def test_a_file_that_is_gone_is_told_from_one_out_of_reach() -> None:
    found = [Found("/a", (item("/a", "x.txt"),))]
    known = [row("/a", "x.txt"), row("/a", "y.txt")]
    assert planned(found, known).gone == (("/a", "y.txt"),)
    kept = planned(found, known, reachable=False)
    assert kept.gone == ()
    assert "/a/y.txt" in kept.remarks[0]


def test_files_of_a_source_that_was_forgotten_are_gone() -> None:
    assert planned([], [row("/a", "x.txt")]).gone == (("/a", "x.txt"),)


def test_a_lost_source_keeps_its_files_and_their_names() -> None:
    found = [Found("/a", (item("/a", "x.txt"),)), Found("/b", None, "it is not there")]
    done = planned(found, [row("/b", "x.txt")])
    assert done.gone == ()
    assert done.remarks == ("/b: it is not there; its 1 files stay as they were",)
    assert [candidate.item.source for candidate in done.candidates] == ["a/x.txt"]


def lossy(staying: int, gone: int, most_gone: float) -> Plan:
    known = [row("/a", f"{n}.txt") for n in range(staying + gone)]
    items = tuple(item("/a", f"{n}.txt") for n in range(staying))
    return plan(
        [Found("/a", items)], {r.key: r for r in known}, RECIPE, lambda _path: False, most_gone
    )


def test_a_source_that_lost_more_than_its_share_keeps_all_and_says_how_to_remove_them() -> None:
    done = lossy(staying=6, gone=4, most_gone=0.3)
    assert done.gone == ()
    assert len(done.withheld) == 4
    assert "4 of its 10 files are gone, more than 30%" in done.remarks[0]
    assert "--allow-removals" in done.remarks[0]


def test_up_to_its_share_and_a_single_file_of_a_small_source_go_unasked() -> None:
    assert len(lossy(staying=7, gone=3, most_gone=0.3).gone) == 3
    assert len(lossy(staying=1, gone=1, most_gone=0.3).gone) == 1
    assert len(lossy(staying=6, gone=4, most_gone=1.0).gone) == 4


def test_files_that_were_moved_within_their_source_are_not_lost() -> None:
    known = [replace(row("/a", f"{n}.txt"), size=100 + n) for n in range(4)]
    moved = tuple(item("/a", f"new/{n}.txt", size=100 + n) for n in range(4))
    done = plan([Found("/a", moved)], {r.key: r for r in known}, RECIPE, lambda _path: False, 0.3)
    assert (len(done.gone), len(done.candidates), done.withheld) == (4, 4, ())


names = st.sampled_from(["x.txt", "y.md", "sub/x.txt", "a/x.txt"])
roots = st.lists(
    st.tuples(st.sampled_from(["/a", "/b", "/a/sub", "/c/a"]), st.sets(names, min_size=1)),
    unique_by=lambda pair: pair[0],
    min_size=1,
)


@given(roots=roots)
def test_every_file_is_read_once_under_a_name_of_its_own(
    roots: list[tuple[str, set[str]]],
) -> None:
    found = [
        Found(root, tuple(item(root, name) for name in sorted(files))) for root, files in roots
    ]
    candidates = planned(found, []).candidates
    paths = [candidate.item.path for candidate in candidates]
    assert len(set(paths)) == len(paths)
    assert set(paths) == {Path(root) / name for root, files in roots for name in files}
    sources = [candidate.item.source for candidate in candidates]
    assert len(set(sources)) == len(sources)
    known = [replace(row(c.root, c.name, c.item.source), path=str(c.item.path)) for c in candidates]
    assert planned(found, known) == Plan((), (), ())
