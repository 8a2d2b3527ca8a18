"""Dates and ranges of dates in eight languages, with exact spans."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span
from corpus.dates import find_dates

PUBLISHED = date(2021, 5, 20)


def read(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    return [
        (mention.span.of(text), mention.start.isoformat(), mention.end.isoformat())
        for mention in find_dates(text, language, reference=PUBLISHED)
    ]


@pytest.mark.parametrize(
    ("language", "text", "words", "start", "end"),
    [
        ("en", "date: 2021-06-07T09:00:00+02:00", "2021-06-07", "2021-06-07", "2021-06-07"),
        ("en", "Published: 02/06/2021", "02/06/2021", "2021-06-02", "2021-06-02"),
        ("en", "On 06/25/2021 it rained", "06/25/2021", "2021-06-25", "2021-06-25"),
        ("en", "start date: 01-06-2021", "01-06-2021", "2021-06-01", "2021-06-01"),
        ("de", "am 12.11.2019, 17-21 Uhr", "12.11.2019", "2019-11-12", "2019-11-12"),
        ("de", "am 23.-24.03.2021, online", "23.-24.03.2021", "2021-03-23", "2021-03-24"),
        ("de", "vom 30.09. bis 02.10.2020", "30.09. bis 02.10.2020", "2020-09-30", "2020-10-02"),
        ("en", "on 12 May 2021.", "12 May 2021", "2021-05-12", "2021-05-12"),
        ("en", "on May 12, 2021.", "May 12, 2021", "2021-05-12", "2021-05-12"),
        ("en", "on Nov. 3rd, 2021", "Nov. 3rd, 2021", "2021-11-03", "2021-11-03"),
        ("en", "on 3-4 of April 2021", "3-4 of April 2021", "2021-04-03", "2021-04-04"),
        ("en", "28 May - 2 June 2021", "28 May - 2 June 2021", "2021-05-28", "2021-06-02"),
        ("en", "16, 17 and 18 May 2021", "16, 17 and 18 May 2021", "2021-05-16", "2021-05-18"),
        ("en", "October 9th and 12th 2021",
         "October 9th and 12th 2021", "2021-10-09", "2021-10-12"),
        ("en", "December 28 – January 3, 2021",
         "December 28 – January 3, 2021", "2020-12-28", "2021-01-03"),
        ("fr", "du 3 au 5 avril 2021", "3 au 5 avril 2021", "2021-04-03", "2021-04-05"),
        ("fr", "le 1er juin 2021", "1er juin 2021", "2021-06-01", "2021-06-01"),
        ("fr", "entre mars et juillet 2021", "mars et juillet 2021", "2021-03-01", "2021-07-31"),
        ("de", "vom 3. bis 5. April 2021", "3. bis 5. April 2021", "2021-04-03", "2021-04-05"),
        ("de", "3./4. Mai 2021", "3./4. Mai 2021", "2021-05-03", "2021-05-04"),
        ("es", "del 18-20 octubre de 2021", "18-20 octubre de 2021", "2021-10-18", "2021-10-20"),
        ("es", "30 de mayo y 1 de junio de 2021",
         "30 de mayo y 1 de junio de 2021", "2021-05-30", "2021-06-01"),
        ("it", "dal 3 al 5 aprile 2021", "3 al 5 aprile 2021", "2021-04-03", "2021-04-05"),
        ("nl", "van 3 tot en met 5 april 2021",
         "3 tot en met 5 april 2021", "2021-04-03", "2021-04-05"),
        ("pt", "de 3 a 5 de abril de 2021", "3 a 5 de abril de 2021", "2021-04-03", "2021-04-05"),
        ("pl", "od 3 do 5 września 2021 r.", "3 do 5 września 2021", "2021-09-03", "2021-09-05"),
        ("en", "in May 2021", "May 2021", "2021-05-01", "2021-05-31"),
        ("en", "since 2014.", "2014", "2014-01-01", "2014-12-31"),
        ("en", "the 2014-2020 period", "2014-2020", "2014-01-01", "2020-12-31"),
    ],
)  # fmt: skip
def test_a_date_with_its_year_is_read(
    language: str, text: str, words: str, start: str, end: str
) -> None:
    assert read(text, language) == [(words, start, end)]


@pytest.mark.parametrize(
    ("language", "text", "words", "start", "end"),
    [
        ("en", "from June 19th to the 25th.", "June 19th to the 25th", "2021-06-19", "2021-06-25"),
        ("en", "On 23-24 February, we met", "23-24 February", "2021-02-23", "2021-02-24"),
        ("en", "from Tuesday 1st to Wednesday 2nd June", "Tuesday 1st to Wednesday 2nd June",
         "2021-06-01", "2021-06-02"),
        ("fr", "les 29 et 30 septembre", "29 et 30 septembre", "2021-09-29", "2021-09-30"),
        ("de", "Am 27. Oktober bieten wir", "27. Oktober", "2021-10-27", "2021-10-27"),
        ("nl", "op 5 juli is", "5 juli", "2021-07-05", "2021-07-05"),
        ("pl", "w dniach 1-2 czerwca", "1-2 czerwca", "2021-06-01", "2021-06-02"),
        ("it", "15 e 16 luglio", "15 e 16 luglio", "2021-07-15", "2021-07-16"),
        ("pt", "segunda-feira, 7 de junho",
         "segunda-feira, 7 de junho", "2021-06-07", "2021-06-07"),
        ("es", "el martes 25 de enero", "martes 25 de enero", "2022-01-25", "2022-01-25"),
    ],
)  # fmt: skip
def test_a_missing_year_is_the_one_nearest_to_the_reference(
    language: str, text: str, words: str, start: str, end: str
) -> None:
    assert read(text, language) == [(words, start, end)]
    assert all(m.inferred_year for m in find_dates(text, language, reference=PUBLISHED))


def test_a_day_without_year_and_reference_is_left_alone() -> None:
    assert find_dates("On 23 February we met.", "en") == ()


def test_two_days_joined_by_and_are_two_dates_unless_they_are_one_range() -> None:
    assert [words for words, *_ in read("21 and 28 March 2021")] == ["21", "28 March 2021"]
    assert read("between 21 and 28 March 2021")[0][1:] == ("2021-03-21", "2021-03-28")


@pytest.mark.parametrize(
    "text",
    [
        "They may 5 times", "5 may be enough", "from 1 to 2 pm", "2000 people came",
        "version 1.2.2021.4", "31 February 2021 is no day", "call 020 2014 5555x", "0.2014",
        "chapter 12.3", "page 2021-22-33",
    ],
)  # fmt: skip
def test_other_numbers_are_no_days(text: str) -> None:
    assert all(
        m.precision in {"month", "year"} for m in find_dates(text, "en", reference=PUBLISHED)
    )


def test_only_the_part_asked_for_is_read() -> None:
    text = "1 May 2020, 2 May 2020, 3 May 2020"
    found = find_dates(text, "en", Span(12, 22))
    assert [mention.span.of(text) for mention in found] == ["2 May 2020"]


@given(
    st.text(alphabet=st.sampled_from("0123456789 -/.,–MayJune octobrde12thuntil\n"), max_size=120)
)
def test_every_date_has_words_inside_the_text_and_ends_after_it_starts(text: str) -> None:
    found = find_dates(text, "en", reference=PUBLISHED)
    for mention in found:
        assert mention.span.of(text).strip()
        assert mention.start <= mention.end
    for left, right in pairwise(found):
        assert left.span.end <= right.span.start


@pytest.mark.parametrize("piece", ["1 ", "1, 2 ", "May ", "12. ", "2017-", "1-", "1\n", " "])
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    find_dates("warm", "en")
    started = time.process_time()
    find_dates(text, "en", reference=PUBLISHED)
    assert time.process_time() - started < 5
