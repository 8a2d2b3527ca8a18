"""Watching: when it looks, when it refreshes, and what makes it wait. No time passes but told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from assistant.events import SystemWatcher, is_elsewhere, may_matter
from assistant.jobs import JobState
from assistant.settling import Pace, Stamp
from assistant.watching import Sources, Watch, watching
from corpus.errors import Busy, HomeError, TownbookError
from index.home import Home
from index.library import Library
from index.refresh import refresh

LONGEST = 20.0  # seconds; every wait here ends as soon as it can
A, B = (10, 1), (20, 2)


@dataclass
class World:
    """A clock, files, events and jobs that do as they are told."""

    folder: str
    now: float = 0.0
    files: dict[str, Stamp] = field(default_factory=dict)
    roots: list[str] = field(default_factory=list)
    refreshed: list[float] = field(default_factory=list)
    fetched: list[float] = field(default_factory=list)
    looked: list[float] = field(default_factory=list)
    listened: list[list[str]] = field(default_factory=list)
    outcome: Any = "done"
    trouble: TownbookError | None = None
    is_reliable: bool = True
    ring: Callable[[], None] = lambda: None
    on_wait: Callable[[], None] = lambda: None

    # what Watch takes as its jobs
    def start(self, *, fetch: bool) -> JobState:
        if self.trouble:
            raise self.trouble
        self.refreshed.append(self.now)
        self.fetched += [self.now] if fetch else []
        return JobState("running")

    def wait(self, timeout: float | None = None) -> JobState:
        self.on_wait()
        return JobState(self.outcome)

    # what it takes as its events
    def listen(self, roots: Sequence[str], tell: Callable[[], None]) -> World:
        self.listened.append(list(roots))
        self.ring = tell
        return self

    def close(self) -> None:
        self.ring = lambda: None

    def look(self, roots: Sequence[str]) -> dict[str, Stamp]:
        self.looked.append(self.now)
        return dict(self.files)

    def run(self, watch: Watch, until: float) -> None:
        """Steps as ``Watch.run`` does, with each pause skipped, up to the time ``until``."""
        for _step in range(10_000):
            pause = watch.step()
            if self.now + pause > until:
                self.now = until
                return
            self.now += pause
        raise AssertionError("it never rests")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(str(tmp_path), roots=[str(tmp_path)])


@pytest.fixture
def watch(world: World) -> Watch:
    return Watch(
        world,
        lambda: world.roots,
        world.look,
        {"old": A},
        events=world.listen,
        clock=lambda: world.now,
    )


def test_nothing_changed_is_looked_at_every_ten_minutes_and_never_refreshed(
    world: World, watch: Watch
) -> None:
    world.files = {"old": A}
    world.run(watch, 3000)
    assert world.looked == [0, 600, 1200, 1800, 2400, 3000]
    assert world.refreshed == []
    assert world.listened == [[world.folder]]


def test_an_event_is_looked_at_at_once_and_refreshed_when_it_has_settled(
    world: World, watch: Watch
) -> None:
    world.files = {"old": A}
    world.run(watch, 100)
    world.files["new"] = B
    world.ring()
    world.run(watch, 200)
    assert world.refreshed == [102]
    assert world.looked[1:3] == [100, 102]


def test_a_change_without_an_event_is_found_by_the_sweep(world: World, watch: Watch) -> None:
    world.files = {"old": A}
    world.run(watch, 100)
    world.files["new"] = B
    world.run(watch, 1000)
    assert world.refreshed == [602]


@pytest.mark.parametrize("why", ["unreliable", "absent"])
def test_where_no_events_are_to_be_expected_it_looks_every_minute(
    world: World, watch: Watch, why: str
) -> None:
    world.files = {"old": A}
    if why == "unreliable":
        world.is_reliable = False
    else:
        world.roots.append(f"{world.folder}/unplugged")
    world.run(watch, 180)
    assert world.looked == [0, 60, 120, 180]


def test_what_changed_before_the_start_is_refreshed(world: World, watch: Watch) -> None:
    world.files = {"old": B}
    world.run(watch, 100)
    assert world.refreshed == [2]


def test_a_stream_of_events_is_looked_at_once_a_second(world: World, watch: Watch) -> None:
    world.files = {"old": A}
    for tenth in range(1, 101):
        world.ring()
        world.run(watch, tenth / 10)
    assert len(world.looked) <= 11


def test_looking_takes_at_most_a_tenth_of_the_time(world: World, watch: Watch) -> None:
    world.files = {"old": A}
    usual = world.look

    def slow(roots: Sequence[str]) -> dict[str, Stamp]:
        found = usual(roots)
        world.now += 3
        return found

    watch._look_at = slow
    for second in range(1, 100):
        world.ring()
        world.run(watch, max(second, world.now))
    assert len(world.looked) <= 5


def test_an_editor_that_replaces_a_file_costs_one_refresh(world: World, watch: Watch) -> None:
    world.files = {"old": A}
    world.run(watch, 10)
    for moment, files in ((10.0, {}), (10.5, {"old": B}), (11.0, {"old": (21, 3)})):
        world.run(watch, moment)
        world.files = dict(files)
        world.ring()
    world.run(watch, 100)
    assert len(world.refreshed) == 1


def test_a_change_during_a_refresh_leads_to_another(world: World, watch: Watch) -> None:
    def change() -> None:
        world.now += 30
        world.files["old"] = (30, 3)
        world.ring()
        world.on_wait = lambda: None

    world.files = {"old": B}
    world.on_wait = change
    world.run(watch, 100)
    assert world.refreshed == [2, 34]


@pytest.mark.parametrize(("outcome", "held"), [("failed", 60), ("cancelled", 600)])
def test_what_came_to_nothing_is_tried_again_but_not_at_once(
    world: World, watch: Watch, outcome: str, held: float
) -> None:
    world.files = {"old": B}
    world.outcome = outcome
    world.run(watch, 10)
    world.outcome = "done"
    world.run(watch, 10 + 2 * held)
    assert world.refreshed[0] == 2
    assert world.refreshed[1:] == [2 + held]


def test_a_refresh_of_somebody_else_is_waited_for(world: World, watch: Watch) -> None:
    def end() -> None:
        world.now += 50
        world.trouble = None

    world.files = {"old": B}
    world.trouble = Busy("a refresh is running", "one at a time", "wait")
    world.on_wait = end
    world.run(watch, 54)
    world.on_wait = lambda: None
    world.run(watch, 100)
    assert world.refreshed == [54]


def test_a_job_that_cannot_be_started_is_tried_again_in_a_minute(
    world: World, watch: Watch
) -> None:
    world.files = {"old": B}
    world.trouble = TownbookError("no process", "one more", "make room")
    world.run(watch, 50)
    world.trouble = None
    world.run(watch, 100)
    assert world.refreshed == [62]


def test_a_library_out_of_reach_ends_nothing(world: World, watch: Watch) -> None:
    def out_of_reach() -> list[str]:
        raise HomeError("locked", "a library", "wait")

    usual, watch._roots = watch._roots, out_of_reach
    world.files = {"old": B}
    world.run(watch, 30)
    watch._roots = usual
    world.run(watch, 100)
    assert world.refreshed == [62]


def test_addresses_are_refreshed_once_an_hour_and_files_besides(world: World, watch: Watch) -> None:
    world.files = {"old": A}
    world.roots.append("https://city.example/feed.xml")
    world.run(watch, 8000)
    assert world.refreshed == [3600, 7200]
    assert world.listened == [[world.folder]]
    world.files["new"] = A
    world.ring()
    world.run(watch, 12000)
    assert world.refreshed[2:] == [8002, 10800]
    assert world.fetched == [3600, 7200, 10800]  # a file is not made to wait for the web


def test_a_source_added_meanwhile_is_listened_to(world: World, watch: Watch) -> None:
    world.files = {"old": A}
    world.run(watch, 10)
    added = Path(world.folder, "more")
    added.mkdir()
    world.roots.append(str(added))
    world.ring()
    world.run(watch, 20)
    assert world.listened[-1] == [world.folder, str(added)]


def test_stopping_ends_the_wait_for_a_job_and_tells_nothing(world: World) -> None:
    told: list[JobState] = []
    watch = Watch(
        world,
        lambda: world.roots,
        world.look,
        {},
        events=world.listen,
        pace=Pace(settle=0),
        told=told.append,
    )
    world.files = {"new": A}
    world.outcome = "running"
    world.on_wait = watch.stop
    thread = threading.Thread(target=watch.run)
    thread.start()
    thread.join(LONGEST)
    assert not thread.is_alive()
    assert len(world.refreshed) == 1
    assert told == []


@pytest.mark.parametrize(
    "name",
    [".hidden.md", ".~lock.a.docx#", "~$a.docx", "a.md~", "a.md.swp", "#a.md#", "4913", "a.part"],
)
def test_temporary_and_hidden_files_do_not_matter(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    assert not may_matter(str(tmp_path / name))


@pytest.mark.parametrize("name", ["a.md", "b.PDF", "folder", "v1.2"])
def test_articles_and_folders_matter(tmp_path: Path, name: str) -> None:
    if not Path(name).suffix or name == "v1.2":
        (tmp_path / name).mkdir()
    assert may_matter(str(tmp_path / name))


def test_a_drive_of_another_machine_is_known_by_its_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n//nas/a /mnt/town\\040hall cifs rw 0 0\n"
        "tmpfs /mnt/town\\040hall/scratch tmpfs rw 0 0\n"
    )
    assert is_elsewhere("/mnt/town hall/articles", mounts)
    assert not is_elsewhere("/mnt/town hall/scratch/a", mounts)
    assert not is_elsewhere("/mnt/town", mounts)
    assert not is_elsewhere("/mnt/town hall", tmp_path / "no such list")


def begins(bell: threading.Semaphore, threads: int = 1) -> bool:
    """Whether each of a new watcher's threads rings for having begun; the bell is still then."""
    return all(bell.acquire(timeout=LONGEST) for _ in range(threads))


def heard(bell: threading.Semaphore, write: Path) -> bool:
    """Whether the bell rings when a file is written."""
    write.write_text("news")
    return bell.acquire(timeout=LONGEST)


def test_the_system_tells_of_new_files_in_folders_and_of_single_files(tmp_path: Path) -> None:
    folder, beside = tmp_path / "folder", tmp_path / "beside"
    (folder / "deep").mkdir(parents=True)
    beside.mkdir()
    (beside / "one.md").write_text("one")
    for target in (folder / "deep" / "new.md", beside / "one.md"):
        bell = threading.Semaphore(0)
        watcher = SystemWatcher([str(folder), str(beside / "one.md")], bell.release)
        try:
            assert watcher.is_reliable
            assert begins(bell, threads=2)
            assert heard(bell, target)
        finally:
            watcher.close()


def test_whoever_looked_before_the_system_was_listening_is_told_to_look_again(
    tmp_path: Path,
) -> None:
    bell = threading.Semaphore(0)
    watcher = SystemWatcher([str(tmp_path)], bell.release)
    try:
        assert begins(bell)
        assert not bell.acquire(timeout=1.2)  # once, though it wakes up twice a second
    finally:
        watcher.close()


def test_the_system_is_not_heard_on_temporary_files(tmp_path: Path) -> None:
    bell = threading.Semaphore(0)
    watcher = SystemWatcher([str(tmp_path)], bell.release)
    try:
        assert begins(bell)
        assert heard(bell, tmp_path / "ready.md")
        while bell.acquire(timeout=0.5):
            pass  # later events of the same writing
        (tmp_path / ".ready.md.swp").write_text("x")
        (tmp_path / "ready.md~").write_text("x")
        assert not bell.acquire(timeout=1)
    finally:
        watcher.close()


def test_a_folder_that_cannot_be_watched_is_said_to_be_unreliable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: str, **_options: object) -> object:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("watchfiles.watch", refuse)
    bell = threading.Event()
    watcher = SystemWatcher([str(tmp_path)], bell.set)
    assert bell.wait(LONGEST)
    watcher.close()
    assert not watcher.is_reliable


def test_sources_look_like_what_was_read_until_a_file_changes(tmp_path: Path, hashing: Any) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "bread.md").write_text("# Bread\n\nOsterby lends out baking tins.\n")
    home = Home(tmp_path / "home")
    refresh(home, [str(articles)], hashing())
    sources = Sources(home)
    assert sources.roots() == [str(articles)]
    assert sources.look(sources.roots()) == sources.read
    (articles / ".bread.md.swp").write_text("x")
    (articles / "bread.md~").write_text("x")
    assert sources.look(sources.roots()) == sources.read
    (articles / "swimming.md").write_text("# Swimming\n\nThe pool is open at night.\n")
    assert sources.look(sources.roots()).keys() - sources.read.keys() == {
        str(articles / "swimming.md")
    }


def test_a_source_out_of_reach_looks_as_it_did(tmp_path: Path, hashing: Any) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "bread.md").write_text("# Bread\n\nOsterby lends out baking tins.\n")
    home = Home(tmp_path / "home")
    refresh(home, [str(articles)], hashing())
    articles.rename(tmp_path / "unplugged")
    sources = Sources(home)
    assert sources.look(sources.roots()) == sources.read != {}


def test_the_folder_of_a_home_is_looked_at_like_any_other(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with Library(home):
        pass
    assert Sources(home).roots() == []
    home.articles.mkdir()
    assert Sources(home).roots() == [str(home.articles)]


def test_a_real_folder_is_refreshed_once_for_a_burst_and_not_for_temporary_files(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "home")
    home.articles.mkdir(parents=True)
    told = threading.Event()
    world = World(str(home.articles), now=1.0)
    pace = Pace(settle=0.3, apart=0.05, sweep=5, poll=5)
    with Library(home):
        pass
    with watching(world, home, pace, told=lambda _state: told.set()):
        for number in range(20):
            (home.articles / f"{number}.md").write_text("An article.")
            (home.articles / f".{number}.md.swp").write_text("x")
            time.sleep(0.02)
        assert told.wait(LONGEST)
        (home.articles / "draft.md~").write_text("x")
        time.sleep(1)
    assert len(world.refreshed) == 1
