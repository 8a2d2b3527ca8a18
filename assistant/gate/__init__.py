"""The claim gate: whether each sentence of a model's text is borne out by what it cites.

Code after the model, the only control that counts: the model's text is data, and nothing it says
is shown as supported unless the quotes it cites say so too. Knows numbers, days, places, names,
negation and words; refuses to know models, networks and prompts. What it cannot promise stands in
docs/gate.md.
"""

from __future__ import annotations

from assistant.gate.content import Closeness
from assistant.gate.judging import judge
from assistant.gate.verdict import Judged, Verdict

__all__ = ["Closeness", "Judged", "Verdict", "judge"]
