"""How often things happened since the start, for a monitoring system to read.

Counts only: no question, source, address or time of any single request is kept.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping

from assistant import Answer


class Counters:
    """Counts by series name, safe to add to from many threads."""

    MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def add(self, series: str) -> None:
        """One more of ``series``, a Prometheus name with labels if any."""
        with self._lock:
            self._counts[series] += 1

    def count_answer(self, answer: Answer) -> None:
        """One more answer of its kind and outcome."""
        answered = str(answer.answered).lower()
        self.add(f'townbook_answers_total{{kind="{answer.kind}",answered="{answered}"}}')

    def exposition(self, gauges: Mapping[str, int]) -> str:
        """All counts and ``gauges`` in the Prometheus text format, sorted by name."""
        with self._lock:
            counts = dict(self._counts)
        lines: list[str] = []
        named = [(series, value, "counter") for series, value in counts.items()]
        named += [(series, value, "gauge") for series, value in gauges.items()]
        seen: set[str] = set()
        for series, value, kind in sorted(named):
            name = series.partition("{")[0]
            if name not in seen:
                seen.add(name)
                lines.append(f"# TYPE {name} {kind}")
            lines.append(f"{series} {value}")
        return "\n".join(lines) + "\n"
