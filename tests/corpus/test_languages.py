"""The language of a text is named when the text is long enough to tell."""

from __future__ import annotations

import pytest

from corpus.languages import detect, language_code


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council will open a new cycle path along the river next spring.", "en"),
        ("Der Stadtrat eröffnet im nächsten Frühjahr einen neuen Radweg am Fluss.", "de"),
        ("Le conseil ouvrira au printemps une nouvelle piste cyclable le long du fleuve.", "fr"),
        ("Il comune aprirà in primavera una nuova pista ciclabile lungo il fiume.", "it"),
        ("El ayuntamiento abrirá en primavera un nuevo carril bici junto al río.", "es"),
        ("A câmara municipal vai abrir na primavera uma nova ciclovia junto ao rio.", "pt"),
        ("De gemeente opent volgend voorjaar een nieuw fietspad langs de rivier.", "nl"),
        ("Kommunen öppnar en ny cykelbana längs floden nästa vår.", "sv"),
        ("Miasto otworzy wiosną nową ścieżkę rowerową wzdłuż rzeki.", "pl"),
    ],
)
def test_a_sentence_is_recognised(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text", ["", "12 : 30", "Gent", "https://example.org/a/long/address/in/it"]
)
def test_too_few_words_are_undecided(text: str) -> None:
    assert detect(text) == "und"


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-GB", "en"), ("PT_pt", "pt"), (" de ", "de"), ("English", None), ("", None)],
)
def test_a_declared_tag_is_reduced_to_its_language(tag: str, code: str | None) -> None:
    assert language_code(tag) == code
