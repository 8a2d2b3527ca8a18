"""The outlines of Europe's countries, from a file that ships beside this module.

Knows nothing but the file, which ``benchmarks/outlines.py`` draws: Natural Earth's borders (public
domain), projected as ``exploring.projection`` does. They are for orientation and state no opinion.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("europe.json")


@cache
def outlines() -> Mapping[str, str]:
    """An SVG path for each country by ISO 3166-1 alpha-2 code, in units of projection.EUROPE."""
    countries: Mapping[str, str] = json.loads(DATA.read_text(encoding="utf-8"))["countries"]
    return countries
