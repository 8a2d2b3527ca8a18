"""What one text says that another does not hold."""

from __future__ import annotations

import pytest

from assistant.llm.agreeing import Text, added, differs

HELD = Text("The workshop in Vienna opened on 12 March 2019 with 40 bicycles from Nextbike.", "en")


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ("It opened on 13 March 2019.", "en", "13 March 2019"),
        ("It opened in 2020.", "en", "2020"),
        ("It has 41 bicycles.", "en", "41"),
        ("It is in Graz.", "en", "Graz"),
        ("It is run by Caritas.", "en", "Caritas"),
        ("Es hat 41 Räder.", "de", "41"),
        ("Es steht in Graz.", "de", "Graz"),
    ],
)
def test_a_number_day_place_or_name_that_was_not_there_is_found(
    words: str, language: str, found: str
) -> None:
    assert added(Text(words, language), [HELD]) == found


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("The workshop has 40 bicycles.", "en"),
        ("L'atelier de Vienne a ouvert le 12 mars 2019.", "fr"),
        ("Die Werkstatt in Wien öffnete am 12. März 2019 mit 40 Rädern.", "de"),
        ("Nextbike gave them.", "en"),
        ("What opened there?", "en"),
    ],
)
def test_the_same_things_in_other_words_or_another_language_are_held(
    words: str, language: str
) -> None:
    assert added(Text(words, language), [HELD]) is None


def test_texts_agree_only_when_neither_has_what_the_other_lacks() -> None:
    german = "Die Werkstatt in Wien öffnete am 12. März 2019 mit 40 Rädern von Nextbike."
    assert differs(HELD, Text(german, "de")) is None
    assert differs(HELD, Text(german.replace(" mit 40 Rädern", ""), "de")) == "40"
    assert differs(HELD, Text(german.replace(" in Wien", ""), "de")) == "Vienna"
    assert differs(HELD, Text(german.replace(" von Nextbike", ""), "de")) == "Nextbike"
