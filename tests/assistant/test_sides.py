"""What a comparing question sets side by side: names, or the words that describe two things."""

from __future__ import annotations

import pytest

from assistant.question import understand


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Which is older, the Harbour League or Rivertown?", ["Harbour League", "Rivertown"]),
        (
            "Which is older: the network of mountain towns or the league of lighthouse keepers?",
            ["the network of mountain towns", "the league of lighthouse keepers"],
        ),
        (
            "Was the network of mountain towns founded before or after the league of bakers?",
            ["the network of mountain towns", "the league of bakers"],
        ),
        (
            "Wurde das Netz der Bergorte vor oder nach dem Bund der Bäcker gegründet?",
            ["das Netz der Bergorte", "dem Bund der Bäcker"],
        ),
        (
            "Le réseau des ports a-t-il été fondé avant ou après la ligue des boulangers ?",
            ["Le réseau des ports", "la ligue des boulangers"],
        ),
        (
            "How are members chosen in the forum of Elmhurst as against the panel in Oakridge?",
            ["Elmhurst", "Oakridge"],
        ),
        (
            "Of the two Westmark quarters, Elmhurst and Oakridge, which one is further ahead?",
            ["Elmhurst", "Oakridge"],
        ),
        ("How does Elmhurst differ from Oakridge?", ["Elmhurst", "Oakridge"]),
        (
            "Which cost more, the feast in Elmhurst or the one in Porto dei Fiori?",
            ["Elmhurst", "Porto dei Fiori"],
        ),
        (
            "In May the club went to the FARO meeting and to the Oakridge Assembly. In which town"
            " was each of them?",
            ["FARO", "Oakridge Assembly"],
        ),
    ],
)
def test_two_things_are_set_side_by_side(text: str, sides: list[str]) -> None:
    assert [side.of(text) for side in understand(text).sides] == sides


@pytest.mark.parametrize(
    "text",
    [
        "How many languages does Elmhurst speak according to the Oakridge comparison of tools?",
        "Who made the tool of Elmhurst to compare budgets?",
        "How many people came before or after lunch?",
        "Which towns have a repair shop?",
    ],
)
def test_a_word_for_comparing_alone_sets_nothing_side_by_side(text: str) -> None:
    assert understand(text).sides == ()
