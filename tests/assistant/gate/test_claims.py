"""A text is cut into sentences that are parts of it, each with the markers that vouch for it."""

from __future__ import annotations

from assistant.gate.claims import claims


def test_a_marker_after_the_full_stop_belongs_to_the_sentence_before_it() -> None:
    first, second = claims("It opened in 2016. [1] It closed in 2018 [2].", "en")
    assert (first.written, first.markers) == ("It opened in 2016. [1]", (1,))
    assert (second.plain, second.markers) == ("It closed in 2018.", (2,))


def test_a_marker_that_opens_a_line_belongs_to_that_line() -> None:
    first, second = claims("It opened in 2016.\n\n[1] It closed in 2018.", "en")
    assert first.markers == ()
    assert second.markers == (1,)


def test_several_markers_are_read_however_they_are_written() -> None:
    (claim,) = claims("It opened in 2016 [1][2], [4, 5] and [7-9].", "en")
    assert claim.markers == (1, 2, 4, 5, 7, 8, 9)
    assert claim.plain == "It opened in 2016, and."


def test_an_introduction_leans_on_what_it_introduces() -> None:
    opening, first, second, after = claims(
        "Two towns run one:\n\n- Ghent [1]\n- Lyon [2]\n\nThat is all.", "en"
    )
    assert (opening.opens, opening.borrowed, opening.markers) == (True, (1, 2), ())
    assert (first.plain, first.row, first.markers) == ("Ghent", True, (1,))
    assert (second.row, after.row, after.borrowed) == (True, False, ())


def test_every_sentence_stands_in_the_text_letter_for_letter() -> None:
    text = "**Ghent**\n\nCo\u200bmon runs here [1]. Who knows?\n| Lyon | 3 [2] |\n"
    found = claims(text, "en")
    assert all(claim.written in text for claim in found)
    assert found[1].plain == "Comon runs here."


def test_text_without_words_has_no_claims() -> None:
    assert claims("", "en") == ()
    assert claims(" — \n[1]\n", "en") == ()
