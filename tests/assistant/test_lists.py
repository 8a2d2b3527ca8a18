"""Lists in the shapes articles give them: bullets, brackets, sentences."""

from __future__ import annotations

from collections.abc import Callable

from assistant import Answer
from assistant.answering.bulleted import items_after
from assistant.answering.enumerations import members
from corpus import Span
from tests.assistant.readings import reading_of

Ask = Callable[[dict[str, str], str], Answer]


def test_items_under_a_colon_are_names_without_marks_and_remarks() -> None:
    reading = reading_of(
        [
            "Our partners are:",
            "* **The rowing club**",
            "- Bakery Oak: bread",
            "2) Mill e.V.",
            "Bye.",
        ]
    )
    found = items_after(reading, 0)
    text = reading.document.text
    assert [name.of(text) for name, _line in found] == ["The rowing club", "Bakery Oak", "Mill e.V"]
    assert all(line.holds(name) for name, line in found)


def test_without_a_colon_or_without_marks_there_are_no_items() -> None:
    assert items_after(reading_of(["Our partners came.", "* The rowing club"]), 0) == []
    assert items_after(reading_of(["Our partners are:", "The rowing club"]), 0) == []
    assert items_after(reading_of(["Our partners are:"]), 0) == []


def test_members_may_say_where_they_lie() -> None:
    text = "Founded by five towns: Ash in Wales, Birch in Kent, Cedar in Fife and Dale."
    found = [span.of(text) for span in members(text, Span(0, len(text)))]
    assert found == ["Ash", "Birch", "Cedar", "Dale"]


def test_the_last_member_may_be_led_in_by_small_words() -> None:
    text = "It joined Ash, Birch, Cedar and the Welsh town of Dale in 1997."
    assert [m.of(text) for m in members(text, Span(0, 55))][-1] == "Dale"


def test_a_bulleted_list_answers_with_a_row_and_a_quote_for_each_item(ask: Ask) -> None:
    answer = ask(
        {
            "donors.txt": "Thanks to our donors\n\nThe library bridge thanks its donors of 2018."
            " The donors of the library bridge are:\n\n* The rowing club\n* Bakery Oak\n"
            "* The singing school\n\nThey gave books.\n"
        },
        "Which companies and clubs were donors of the library bridge?",
    )
    assert [item.name for item in answer.items] == [
        "The rowing club",
        "Bakery Oak",
        "The singing school",
    ]
    quotes = {citation.n: citation.quote for citation in answer.citations}
    for item in answer.items:
        assert any(item.name in quotes[n] for n in item.citations)


def test_members_in_brackets_after_a_name_are_put_together_over_articles(ask: Ask) -> None:
    answer = ask(
        {
            "one.txt": "At the fair\n\nNext to them stood LumiCity (Ghent, Porto and Graz).\n",
            "two.txt": "In the south\n\nThe towns of LumiCity (Varna) met as well.\n",
        },
        "Which cities are members of LumiCity?",
    )
    assert {item.name for item in answer.items} == {"Ghent", "Porto", "Graz", "Varna"}


def test_cases_are_listed_by_title_not_by_town(ask: Ask) -> None:
    answer = ask(
        {
            "a.txt": "The Night Jury\n\nA citizens' jury sat in Ghent for a week.\n",
            "b.txt": "Harbour Talks\n\nIn Porto a citizens' jury was drawn by lot.\n",
        },
        "Which cases used a citizens' jury?",
    )
    assert {item.name for item in answer.items} == {"The Night Jury", "Harbour Talks"}


def test_a_row_is_not_quoted_from_a_sentence_that_denies_where_another_says_it(ask: Ask) -> None:
    town = "# Tool library in {name}\n\n{name}, {country}\n\n{first}\n\nIt is open on Fridays.\n"
    denying = "No city has a tool library like it.\n\nDrills come from the tool library."
    answer = ask(
        {
            "ghent.md": town.format(
                name="Ghent", country="Belgium", first="A tool library lends out ladders."
            ),
            "turin.md": town.format(name="Turin", country="Italy", first=denying),
        },
        "Which cities have a tool library?",
    )
    quoted = {item.name: answer.citations[item.citations[0] - 1].quote for item in answer.items}
    assert set(quoted) == {"Ghent", "Turin"}
    assert "No city" not in quoted["Turin"]
