"""Questions to start from, shown before the first one is asked."""

from __future__ import annotations

EXAMPLES: tuple[str, ...] = (
    "Which cities run a repair café?",
    "Which events take place in 2026?",
    "How are cities reducing food waste in schools?",
    "Welche Städte fördern Gründächer?",
    "Compare how two cities involve residents in budgets",
    "What do cities do for older residents living alone?",
)
