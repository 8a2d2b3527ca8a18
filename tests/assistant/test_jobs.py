"""Refresh jobs: one at a time, followed, ended for sure, and never an orphan."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # ships no types; names and numbers are asked for
import pytest

from assistant.jobs import RefreshJobs, command_for, environment_for, purge_command_for
from assistant.service import Townbook
from assistant.settings import Settings
from corpus.errors import Busy, TownbookError, UsageError

ROOT = Path(__file__).parents[2]
LONGEST = 20.0  # seconds; every wait here ends as soon as it can
REPORT = {"snapshot": "000002", "parent": "000001", "added": 1, "quarantined": [], "seconds": 0.1}

SAYS = "import json, sys, time\ndef say(**t): print(json.dumps(t), file=sys.stderr, flush=True)\n"
WAITS = SAYS + "say(progress={'stage': 'read', 'done': 3, 'total': 9})\nsys.stdin.read()\n"
REPORTS = f"{SAYS}print(json.dumps({REPORT!r}))\n"


@pytest.fixture
def jobs_of() -> Iterator[Callable[[str], RefreshJobs]]:
    """Jobs that run a few lines of Python in place of a refresh; ended with the test."""
    made: list[RefreshJobs] = []

    def make(code: str, grace_seconds: float = LONGEST) -> RefreshJobs:
        def command(sources: Sequence[str], fetch: bool) -> list[str]:
            return [sys.executable, "-c", code, *sources, *([] if fetch else ["--no-fetch"])]

        made.append(RefreshJobs(command, grace_seconds=grace_seconds))
        return made[-1]

    yield make
    for jobs in made:
        jobs.close()


def until(is_so: Callable[[], object]) -> None:
    """Returns when ``is_so`` says so; fails after LONGEST."""
    deadline = time.monotonic() + LONGEST
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_nothing_ran_yet(jobs_of: Any) -> None:
    jobs = jobs_of("")
    assert jobs.state.to_json() == {
        "state": "idle",
        "started": None,
        "finished": None,
        "stage": "",
        "done": 0,
        "total": 0,
        "report": None,
        "remarks": [],
        "error": None,
    }
    assert jobs.wait(0) == jobs.state
    assert jobs.cancel() == jobs.state


def test_a_job_that_ends_well_leaves_its_report_and_remarks(jobs_of: Any) -> None:
    code = REPORTS + "print('townbook: /mnt/share: cannot be reached', file=sys.stderr)\n"
    jobs = jobs_of(code + "print('a library grumbles', file=sys.stderr)")
    assert jobs.start().is_running
    ended = jobs.wait(LONGEST)
    assert (ended.state, ended.report, ended.error) == ("done", REPORT, None)
    assert ended.remarks == ("/mnt/share: cannot be reached",)
    assert ended.started <= ended.finished


def test_sources_reach_the_command(jobs_of: Any) -> None:
    jobs = jobs_of("import json, sys; print(json.dumps({'given': sys.argv[1:]}))")
    jobs.start(["/a b", "/c;d"])
    assert jobs.wait(LONGEST).report == {"given": ["/a b", "/c;d"]}
    jobs.start(fetch=False)
    assert jobs.wait(LONGEST).report == {"given": ["--no-fetch"]}
    jobs.start(allow_removals=True)
    assert jobs.wait(LONGEST).report == {"given": ["--allow-removals"]}


def test_a_job_that_needs_attention_is_done_all_the_same(jobs_of: Any) -> None:
    jobs = jobs_of(REPORTS + "sys.exit(1)")
    jobs.start()
    assert (jobs.wait(LONGEST).state, jobs.state.report) == ("done", REPORT)


def test_progress_is_told_while_it_runs_and_a_second_job_is_refused(jobs_of: Any) -> None:
    jobs = jobs_of(WAITS)
    jobs.start()
    until(lambda: jobs.state.stage)
    assert (jobs.state.stage, jobs.state.done, jobs.state.total) == ("read", 3, 9)
    with pytest.raises(Busy, match="one refresh at a time"):
        jobs.start()
    assert jobs.wait(0.01).is_running


@pytest.mark.parametrize(
    "line",
    ['{"progress": 3}', '{"progress": {"stage": "read"}}', "{", "[1]", '{"other": 1}', ""],
)
def test_a_line_that_is_no_progress_is_passed_over(jobs_of: Any, line: str) -> None:
    jobs = jobs_of(f"{REPORTS}print({line!r}, file=sys.stderr)")
    jobs.start()
    assert jobs.wait(LONGEST).state == "done"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import sys; print('townbook: no room; make some', file=sys.stderr); exit(3)", "no room"),
        ("import sys; sys.exit(3)", "exit status 3 and no report"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "signal 9"),
        ("print('no JSON')", "exit status 0 and no report"),
        ("print('[1]')", "exit status 0 and no report"),
    ],
    ids=["an error", "silence", "killed", "no JSON", "no object"],
)
def test_a_job_that_fails_says_why_and_the_next_may_start(
    jobs_of: Any, code: str, told: str
) -> None:
    jobs = jobs_of(code)
    for _again in range(2):
        jobs.start()
        ended = jobs.wait(LONGEST)
        assert (ended.state, ended.report) == ("failed", None)
        assert told in ended.error


def test_a_command_that_cannot_be_started_is_an_error_and_no_job() -> None:
    jobs = RefreshJobs(lambda _sources, _fetch: ["/nowhere/townbook"])
    with pytest.raises(TownbookError, match="no refresh could be started"):
        jobs.start()
    assert jobs.state.state == "idle"


def test_a_cancelled_job_is_gone_with_its_children(jobs_of: Any) -> None:
    child = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'input()'])\n"
    jobs = jobs_of(child + WAITS)
    there = set(psutil.Process().children(recursive=True))  # other tests may have begun some
    jobs.start()
    until(lambda: jobs.state.stage)
    children = set(psutil.Process().children(recursive=True)) - there
    assert len(children) == 2
    assert jobs.cancel().state == "cancelled"
    until(lambda: not any(map(psutil.Process.is_running, children)))


def test_a_job_that_will_not_end_is_killed(jobs_of: Any) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    jobs = jobs_of(deaf + WAITS + "time.sleep(60)", grace_seconds=0.2)
    jobs.start()
    until(lambda: jobs.state.stage)
    assert jobs.cancel().state == "cancelled"


def test_a_report_that_came_before_the_cancelling_counts(jobs_of: Any) -> None:
    """It was published, so it is told: "cancelled" would be a lie."""
    ends_well = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n"
    jobs = jobs_of(ends_well + REPORTS + "sys.stdout.flush()\n" + WAITS)
    jobs.start()
    until(lambda: jobs.state.stage)
    assert jobs.cancel().state == "done"


def test_closing_ends_the_job_and_starts_no_other(jobs_of: Any) -> None:
    jobs = jobs_of(WAITS)
    jobs.start()
    jobs.close()
    assert jobs.state.state == "cancelled"
    with pytest.raises(Busy, match="ending"):
        jobs.start()


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="this system has no niceness")
def test_a_job_and_what_it_starts_run_at_low_priority_in_our_own_session(jobs_of: Any) -> None:
    asks = (
        "import json, os, subprocess, sys\nsys.stdin.read(1)\n"
        "ask = 'import os; print(os.getpriority(os.PRIO_PROCESS, 0))'\n"
        "child = subprocess.run([sys.executable, '-c', ask], capture_output=True, check=True)\n"
        "print(json.dumps({'own': os.getpriority(os.PRIO_PROCESS, 0),"
        " 'child': int(child.stdout), 'session': os.getsid(0), 'group': os.getpgrp()}))"
    )
    jobs = jobs_of(asks)
    jobs.start()
    jobs._process.stdin.close()
    report = jobs.wait(LONGEST).report
    assert report["own"] == report["child"] > os.getpriority(os.PRIO_PROCESS, 0)
    # In a session of its own, Linux would weigh it against ours as a whole, whatever its priority.
    assert report["session"] == os.getsid(0)
    assert report["group"] != os.getpgrp()


def test_the_real_command_has_the_settings_and_no_source_is_taken_for_an_option(
    tmp_path: Path,
) -> None:
    command = command_for(Settings(home=tmp_path, model="small", precision="f32"))
    assert "--no-fetch" in command([], False)
    line = list(command(["/articles"], True))
    assert line[:5] == [sys.executable, "-P", "-m", "assistant", "refresh"]
    assert line[line.index("--home") + 1] == str(tmp_path)
    assert line[line.index("--model") + 1] == "small"
    assert line[line.index("--precision") + 1] == "f32"
    assert line[-1] == "/articles"
    with pytest.raises(UsageError, match="no option"):
        command(["--compact"], True)


def test_a_purge_runs_as_a_refresh_does_and_one_at_a_time(tmp_path: Path) -> None:
    says = "import json, sys; sys.stdin.read(1); print(json.dumps({'gone': sys.argv[1]}))"
    jobs = RefreshJobs(
        lambda _sources, _fetch: [sys.executable, "-c", "0"],
        purging=lambda article: [sys.executable, "-c", says, article],
    )
    jobs.start_purge("/a b;c.txt")
    with pytest.raises(Busy):
        jobs.start()
    process = jobs._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert jobs.wait(LONGEST).report == {"gone": "/a b;c.txt"}
    jobs.close()


def test_an_article_whose_name_looks_like_an_option_is_purged_as_an_article(tmp_path: Path) -> None:
    line = purge_command_for(Settings(home=tmp_path))("--readmit")
    assert list(line[4:6]) == ["purge", "--json"]
    assert list(line[-2:]) == ["--", "--readmit"]


@pytest.fixture
def townbook(home: Path, tmp_path: Path) -> Iterator[Townbook]:
    """A home that has the default model and one folder of articles, not indexed yet."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "bread.md").write_text("# Bread in Osterby\n\nOsterby lends out baking tins.\n")
    service = Townbook(Settings(home=home))
    yield service
    service.close()


def test_a_real_refresh_publishes_for_the_service_that_started_it(
    townbook: Townbook, tmp_path: Path
) -> None:
    townbook.jobs.start([str(tmp_path / "articles")])
    ended = townbook.jobs.wait(120)
    assert ended.state == "done", ended.error
    assert ended.report is not None
    assert ended.report["added"] == 1
    assert townbook.status()["documents"] == 1
    assert townbook.status()["refresh"]["report"] == ended.report


def test_a_source_that_is_not_there_fails_in_the_words_of_the_command_line(
    townbook: Townbook, tmp_path: Path
) -> None:
    townbook.jobs.start([str(tmp_path / "absent")])
    ended = townbook.jobs.wait(120)
    assert ended.state == "failed"
    assert ended.error is not None
    assert "absent does not exist" in ended.error


ABANDONS = """
import sys, time
from pathlib import Path
from assistant.service import Townbook
from assistant.settings import Settings
townbook = Townbook(Settings(home=Path(sys.argv[1])))
townbook.jobs.start([sys.argv[2]])
while not townbook.jobs.state.stage:
    time.sleep(0.01)
print("running", flush=True)
time.sleep(60)
"""


def test_no_refresh_outlives_a_program_that_was_killed(home: Path, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(400):
        (articles / f"{number}.md").write_text(
            f"# Town {number}\n\n" + f"It has {number} bells. " * 99
        )
    parent = subprocess.Popen(
        [sys.executable, "-c", ABANDONS, str(home), str(articles)],
        cwd=ROOT,
        env=environment_for(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "running\n"
    children = psutil.Process(parent.pid).children(recursive=True)
    assert children
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until(lambda: not any(map(psutil.Process.is_running, children)))
