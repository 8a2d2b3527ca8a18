"""A scripted model, an answer to phrase, and the gate."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assistant import Answer, Citation, Coverage, Item
from assistant.llm.breaker import Breaker
from assistant.llm.client import ChatClient
from assistant.llm.endpoint import Endpoint

KEY = "sk-canary-7f3a9c51e2"


def _scripted() -> ModuleType:
    """scripted.py, by its path: test folders are no packages."""
    spec = spec_from_file_location("llm_scripted", Path(__file__).with_name("scripted.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def script() -> ModuleType:
    """The module of parts that a scripted model plays."""
    return _scripted()


@pytest.fixture
def model(script: ModuleType) -> Iterator[Any]:
    """A scripted model that listens on loopback."""
    scripted, end = script.serve()
    yield scripted
    end()


@pytest.fixture
def key() -> str:
    """A key that must never be seen again."""
    return KEY


Asking = Callable[..., ChatClient]


@pytest.fixture
def asking(model: Any) -> Iterator[Asking]:
    """Makes clients of the scripted model that wait a fraction of a second only."""
    clients: list[ChatClient] = []

    def client(breaker: Breaker | None = None, **changes: Any) -> ChatClient:
        given: dict[str, Any] = {
            "base_url": model.address,
            "model": "scripted",
            "key": KEY,
            "silence_seconds": 1.0,
            "total_seconds": 4.0,
            "connect_seconds": 0.5,
        }
        made = ChatClient(Endpoint(**(given | changes)), breaker, chance=lambda: 0.0)
        clients.append(made)
        return made

    yield client
    for made in clients:
        made.close()


def citation(n: int, source: str, quote: str, title: str, section: str | None = None) -> Citation:
    digest = sha256(quote.encode()).hexdigest()
    return Citation(
        n, source, digest[:16], title, None, "2026-02-19", section, 0, len(quote), quote, digest
    )


def answer(text: str, citations: Sequence[Citation], **changes: Any) -> Answer:
    given: dict[str, Any] = {
        "id": None,
        "question": "What happens in the workshop?",
        "standalone": "What happens in the workshop?",
        "language": "en",
        "kind": "fact",
        "answered": True,
        "text": text,
        "items": (),
        "coverage": None,
        "citations": tuple(citations),
        "nearest": (),
        "method": "extractive",
        "snapshot": "000001",
        "answer_id": "a" * 16,
        "seconds": {"total": 0.01},
    }
    return Answer(**(given | changes))


QUOTES = (
    citation(1, "gent.txt", "The workshop in Gent mends 40 bicycles a week.", "Gent repairs"),
    citation(2, "gent.txt", "It was opened by the city on 12 March 2019.", "Gent repairs"),
    citation(3, "braga.txt", "Neighbours in Braga borrow drills free of charge.", "Braga lends"),
)


@pytest.fixture
def fact() -> Answer:
    """Three sentences with their markers."""
    return answer(" ".join(f"{c.quote} [{c.n}]" for c in QUOTES), QUOTES)


@pytest.fixture
def rows() -> Answer:
    """A list of two towns."""
    lines = [
        "- **Gent** (BE) — The workshop in Gent mends 40 bicycles a week. [1]",
        "- **Braga** (PT) — Neighbours in Braga borrow drills free of charge. [3]",
    ]
    return answer(
        "2 found:\n" + "\n".join(lines) + "\n\n47 documents were looked at; 2 match.",
        QUOTES,
        question="Which towns have a workshop?",
        standalone="Which towns have a workshop?",
        kind="list",
        items=(Item("Gent", "BE", (1,)), Item("Braga", "PT", (3,))),
        coverage=Coverage(47, 2),
    )


@pytest.fixture
def refusal() -> Answer:
    """An answer that the articles do not hold."""
    return answer("The articles do not say.", (), kind="refusal", answered=False)


def fit_words(texts: Sequence[str], budget: int) -> tuple[tuple[str, ...], int]:
    """The leading texts within a budget of words: tests need no token ranks."""
    kept: list[str] = []
    for text in texts:
        budget -= len(text.split())
        if budget < 0:
            break
        kept.append(text)
    return tuple(kept), len(texts) - len(kept)


@pytest.fixture
def fit() -> Any:
    return fit_words


@dataclass(frozen=True)
class Verdict:
    sentence: str
    markers: tuple[int, ...]
    supported: bool
    reason: str | None
    detail: str = ""


@dataclass(frozen=True)
class Judged:
    sentences: tuple[Verdict, ...]


def verbatim(text: str, answer: Answer, closeness: object = None) -> Judged:
    """A gate of its own for these tests: words must stand in the cited quotes, letter for letter.

    Text that mentions Braga twice is refused as a whole, whatever it cites.
    """
    verdicts = []
    quotes = {c.n: c.quote for c in answer.citations}
    for found in re.finditer(r"[^.]+(?:\.\s*(?:\[\d+\])*)?", text):
        sentence = found[0].strip()
        markers = tuple(int(n) for n in re.findall(r"\[(\d+)\]", sentence))
        words = re.sub(r"\s*\[\d+\]", "", sentence).strip(" .")
        reason = None if markers else "no-marker"
        if not reason and not set(markers) <= set(quotes):
            reason = "unknown-marker"
        if not reason and not any(words in quotes[n] for n in markers):
            reason = "unsupported-content"
        if words:
            verdicts.append(Verdict(sentence, markers, reason is None, reason))
    if text.count("Braga") > 1:
        verdicts = [replace(v, supported=False, reason="rows") for v in verdicts]
    return Judged(tuple(verdicts))


@pytest.fixture
def strict() -> Any:
    """The gate above, where a test is about what becomes of verdicts."""
    return verbatim
