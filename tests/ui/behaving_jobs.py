"""Refreshes that run until a test tells them to end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from assistant.jobs import JobState
from corpus.errors import Busy

# What a refresh did that met a file with a hostile name.
OUTCOME: dict[str, Any] = {
    "snapshot": "000004",
    "parent": "000003",
    "added": 2,
    "changed": 1,
    "removed": 0,
    "unchanged": 4,
    "quarantined": [
        {
            "source": "<script>window.pwned=10</script>.pdf",
            "sha256": "00",
            "stage": "parse",
            "reason": "${window.pwned=11}",
        }
    ],
    "seconds": 0.4,
}


@dataclass
class BehavingJobs:
    """Jobs that run until they are told to end."""

    state: JobState = field(default_factory=JobState)
    started: int = 0
    removals_allowed: int = 0
    fetched: list[bool] = field(default_factory=list)

    def start(self, *, fetch: bool = True, allow_removals: bool = False) -> JobState:
        if self.state.is_running:
            raise Busy("a refresh is running", "one refresh at a time", "wait for it to end")
        self.started += 1
        self.fetched.append(fetch)
        self.removals_allowed += allow_removals
        self.state = JobState("running", started="2026-05-04T09:30:00+00:00")
        return self.state

    def wait(self, timeout: float | None = None) -> JobState:
        return self.state

    def advance(self, stage: str, done: int, total: int) -> None:
        self.state = replace(self.state, stage=stage, done=done, total=total)

    def end(self, state: Any, **outcome: Any) -> None:
        """The job that runs ends as it is told; one that is done has a report."""
        if state == "done":
            outcome = {"report": OUTCOME} | outcome
        self.state = JobState(state, self.state.started, "2026-05-04T09:31:00+00:00", **outcome)

    def cancel(self) -> JobState:
        if self.state.is_running:
            self.end("cancelled")
        return self.state
