"""Questions to start from, shown before the first one is asked: one of each kind."""

from __future__ import annotations

# The starter articles answer each but the last, which they are honestly silent about.
EXAMPLES: tuple[str, ...] = (
    "Which cities run a repair café?",
    "How many hours have members of La Colaboradora in Zaragoza shared?",
    "When was the first motion market in Enschede?",
    "Which network is older, AIVP or LUCI?",
    "¿Cuántos aparatos eléctricos reunieron los alumnos en las campañas de Tropa Verde?",
    "How much does the Näsby project in Kristianstad cost?",
)
