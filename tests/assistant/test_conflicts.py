"""Sources that differ on a number or a day stand side by side; those that do not, do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Answer
from assistant.answering.conflicts import Value, differ
from assistant.service import Townbook
from assistant.settings import Settings
from corpus import Span
from corpus.dates import find_dates
from corpus.numbers import find_numbers

ARTICLES = {
    "ghent.md": (
        "The tool library of Ghent",
        "2019-03-01",
        "The tool library of Ghent lends drills to neighbours. The tool library of Ghent has 320"
        " members. The tool library of Ghent was opened on 4 May 2016.",
    ),
    "sharing.md": (
        "Sharing in Ghent: three years of lending",
        "2022-09-15",
        "Neighbours share more than they did. The tool library of Ghent now has 540 members."
        " The tool library of Ghent was opened on 11 May 2016.",
    ),
    "lyon.md": (
        "The tool library of Lyon",
        "2020-01-10",
        "The tool library of Lyon has 210 members. It was opened on 3 June 2018.",
    ),
    "again.md": (
        "A walk through Lyon",
        "2021-02-02",
        "On the hill stands the tool library of Lyon. The tool library of Lyon has about 205"
        " members and a garden.",
    ),
}
TOLD_FIVE_TIMES = (
    "Rain fell on the old harbour and nobody minded.",
    "A councillor spoke about buses for an hour.",
    "Two bakers argue over the name of a street.",
    "The swimming pool will be closed in winter.",
    "Students measured how loud the trams are.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the articles, five more of them made to mislead."""
    folder = tmp_path_factory.mktemp("differing")
    for name, (title, published, text) in ARTICLES.items():
        header = f'---\ntitle: "{title}"\npublished: {published}\nlanguage: en\n---\n'
        (folder / name).write_text(f"{header}# {title}\n\n{text}\n")
    for n, sentence in enumerate(TOLD_FIVE_TIMES, start=1):
        title = f"Letters to the editor, {n}"
        (folder / f"poison-{n}.md").write_text(
            f"---\ntitle: {title}\npublished: 2026-01-0{n}\nlanguage: en\n---\n# {title}\n\n"
            f"{sentence} The tool library of Antwerp has 9{n},000 members.\n"
        )
    (folder / "antwerp.md").write_text(
        "---\ntitle: The tool library of Antwerp\npublished: 2020-05-05\nlanguage: en\n---\n"
        "# The tool library of Antwerp\n\nThe tool library of Antwerp has 180 members and lends"
        " ladders.\n"
    )
    return folder


@pytest.fixture(scope="module")
def townbook(
    folder: Path, models: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Townbook]:
    """Townbook over those articles, with the real default encoder."""
    home = tmp_path_factory.mktemp("differing-home")
    (home / "models").symlink_to(models)
    townbook = Townbook(Settings(home=home))
    townbook.refresh([str(folder)])
    yield townbook
    townbook.close()


def last_line(answer: Answer) -> str:
    """The last paragraph of an answer."""
    return answer.text.split("\n\n")[-1]


def test_two_numbers_for_the_same_are_shown_with_their_citations_and_days(
    townbook: Townbook,
) -> None:
    answer = townbook.ask("How many members does the tool library of Ghent have?")
    line = last_line(answer)
    assert line.startswith("Sources differ: ")
    for members, published in (("320 members", "2019-03-01"), ("540 members", "2022-09-15")):
        (cited,) = [c for c in answer.citations if members in c.quote]
        assert f"**{members}** [{cited.n}] ({published})" in line
    assert "430" not in answer.text  # never averaged


def test_two_days_for_the_same_are_shown(townbook: Townbook) -> None:
    line = last_line(townbook.ask("When was the tool library of Ghent opened?"))
    assert "**4 May 2016**" in line
    assert "**11 May 2016**" in line


def test_the_line_is_in_the_language_of_the_question(townbook: Townbook) -> None:
    answer = townbook.ask("Quand la tool library de Gand (Ghent) a-t-elle été ouverte ?")
    assert last_line(answer).startswith("Les sources divergent : ")


def test_another_town_and_a_rounder_number_are_no_conflict(townbook: Townbook) -> None:
    answer = townbook.ask("How many members does the tool library of Lyon have?")
    assert answer.answered
    assert "Sources differ" not in answer.text


def test_a_question_that_names_nothing_has_no_conflict(townbook: Townbook) -> None:
    answer = townbook.ask("How many members does the tool library have?")
    assert "Sources differ" not in answer.text


def test_five_misleading_texts_stand_beside_what_the_others_say(townbook: Townbook) -> None:
    answer = townbook.ask("How many members has the tool library in Antwerp?")
    line = last_line(answer)
    assert line.startswith("Sources differ: ")
    assert "**180 members**" in answer.text
    assert re.search(r"\*\*9\d,000 members\*\*", line)
    shown = [int(n) for n in re.findall(r"\[(\d+)\]", line)]
    sources = [c.source for c in answer.citations if c.n in shown]
    assert len(sources) == len(set(sources)) == len(shown) <= 4


@pytest.mark.parametrize(
    "question",
    [
        "How many members does the tool library of Antwerp have?",
        "How many members has the tool library of Lyon?",
        "When was the tool library of Ghent opened?",
    ],
)
def test_what_several_sources_say_outright_is_answered(townbook: Townbook, question: str) -> None:
    assert townbook.ask(question).answered


@pytest.mark.parametrize(
    "question",
    [
        "How many members has the tool library of Antwerp lost?",
        "When was the tool library of Ghent closed?",
        "How many members has the tool library of Bruges?",
    ],
)
def test_what_no_source_says_outright_is_not(townbook: Townbook, question: str) -> None:
    assert not townbook.ask(question).answered


def number(text: str) -> Value:
    """The first number of ``text``."""
    (found, *_) = find_numbers(text, "en")
    return Value(found, Span(0, len(text)))


def day(text: str) -> Value:
    """The first date of ``text``."""
    (found, *_) = find_dates(text, "en")
    return Value(found, Span(0, len(text)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (number("320 members"), number("540 members"), True),
        (number("320 members"), number("320 members"), False),
        (number("about 320 members"), number("325 members"), False),
        (number("about 320 members"), number("500 members"), True),
        (number("320 euros"), number("400 pounds"), False),
        (day("4 May 2016"), day("11 May 2016"), True),
        (day("4 May 2016"), day("May 2016"), False),
        (day("4 May 2016"), day("2016"), False),
        (day("2015"), day("2016"), True),
        (day("2016"), number("320 members"), False),
    ],
)
def test_values_differ_only_where_both_cannot_be_meant(
    one: Value, other: Value, expected: bool
) -> None:
    assert differ(one, other) is differ(other, one) is expected
