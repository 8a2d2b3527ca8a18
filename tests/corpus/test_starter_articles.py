"""The starter articles, checked as data: a new home is filled with them before anything else.

These tests parse the front matter with a YAML library, not with the product's reader, so that
a mistake in either shows up. They know nothing of where the facts come from.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
PATHS = sorted(ARTICLES.glob("*.md"))

REQUIRED = frozenset({"title", "language", "country", "kind", "source_title", "publisher"})
OPTIONAL = frozenset({"published", "source_published", "city", "url", "origin"})
DATES = frozenset({"published", "source_published"})

WORDS_IN_BODY = range(120, 301)  # long enough to be asked about, short enough to be read whole
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
EVENT_LINE = re.compile(r"^(date|end-date|location): (.+)$", re.MULTILINE)
NETWORK_LINE = re.compile(r"^Secretariat country: ([A-Z]{2})  Founded: (\d{4})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Article:
    """One starter article as its file has it: every front-matter value still a string."""

    path: Path
    front: dict[str, str]
    body: str

    @property
    def kind(self) -> str:
        return self.front["kind"]


def read(path: Path) -> Article:
    """The article in ``path``; dates stay as written, so that their spelling can be checked."""
    opening, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert opening == "", f"{path.name} does not open with front matter"
    pairs = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506 - makes strings only
    assert isinstance(pairs, dict)
    return Article(path, pairs, body)


every_article = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def test_there_are_enough_articles_of_every_kind() -> None:
    kinds = Counter(read(path).kind for path in PATHS)

    assert len(PATHS) >= 24
    assert kinds["practice"] >= 14
    assert kinds["event"] >= 5
    assert kinds["network"] >= 4
    assert set(kinds) == {"practice", "event", "network"}


def test_some_articles_are_not_in_english() -> None:
    languages = Counter(read(path).front["language"] for path in PATHS)

    assert languages["en"] > 0
    assert len(set(languages) - {"en"}) >= 2


def test_no_two_articles_share_a_title() -> None:
    titles = Counter(read(path).front["title"].casefold() for path in PATHS)

    assert [title for title, times in titles.items() if times > 1] == []


def test_several_places_are_said_to_run_a_repair_cafe() -> None:
    naming = {
        article.front["city"]
        for article in map(read, PATHS)
        if article.kind == "practice" and re.search(r"repair.caf[eé]", article.front["title"], re.I)
    }

    assert {"Roeselare", "Hürth", "Magdeburg"} <= naming


@every_article
def test_front_matter_has_known_keys_and_no_empty_value(path: Path) -> None:
    front = read(path).front

    assert set(front) >= REQUIRED
    assert set(front) <= REQUIRED | OPTIONAL
    for key, value in front.items():
        assert isinstance(value, str), f"{key} is not a plain value"
        assert value.strip(), f"{key} is empty"
        assert value.strip().casefold() not in {"null", "~", "none", "n/a"}, f"{key} says nothing"


@every_article
def test_codes_and_dates_are_well_formed(path: Path) -> None:
    front = read(path).front

    assert re.fullmatch(r"[a-z]{2}", front["language"])
    assert re.fullmatch(r"[A-Z]{2}", front["country"])
    for key in DATES & set(front):
        assert ISO_DATE.fullmatch(front[key]), f"{key} is not an ISO date"
        date.fromisoformat(front[key])


@every_article
def test_an_address_is_absolute_where_one_is_given(path: Path) -> None:
    address = read(path).front.get("url")

    if address is not None:
        parts = urlsplit(address)
        assert parts.scheme in {"http", "https"}
        assert parts.netloc


@every_article
def test_the_body_opens_with_the_title_and_keeps_its_length(path: Path) -> None:
    article = read(path)

    assert article.body.startswith(f"# {article.front['title']}\n")
    assert len(article.body.split()) in WORDS_IN_BODY


@every_article
def test_practices_and_events_name_their_city_and_networks_their_seat(path: Path) -> None:
    article = read(path)

    if article.kind == "network":
        block = NETWORK_LINE.search(article.body)
        assert block is not None
        assert block[1] == article.front["country"]
    else:
        assert article.front["city"] in article.body


@every_article
def test_events_state_their_days_in_order_and_their_place(path: Path) -> None:
    article = read(path)
    fields = dict(EVENT_LINE.findall(article.body))

    if article.kind != "event":
        assert fields == {}
        return
    assert set(fields) == {"date", "end-date", "location"}
    assert date.fromisoformat(fields["date"]) <= date.fromisoformat(fields["end-date"])
    assert fields["location"].startswith(f"{article.front['city']}, ")
