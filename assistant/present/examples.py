"""Questions to start from, shown before the first one is asked.

Each is answered (or honestly refused) by the starter articles; a test asks them all.
"""

from __future__ import annotations

EXAMPLES: tuple[str, ...] = (
    "Which cities run a repair café?",
    "How many people visit the hub in Roeselare each day?",
    "Which events take place in June 2017?",
    "Which network is older, AIVP or LUCI?",
    "Seit wann gibt es das Repair-Café in Hürth?",
    "How much does the Näsby project in Kristianstad cost?",
)
