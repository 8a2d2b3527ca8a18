"""The one dialog in which the Library asks back before it changes anything for good."""

from __future__ import annotations

from assistant.present.words import words


def dialog(language: str = "en") -> str:
    """The dialog, empty: its script fills in the question, and the button that says yes."""
    return (
        '<dialog class="confirm" aria-labelledby="confirm-ask"><form method="dialog">'
        '<p id="confirm-ask"></p><p class="quiet" id="confirm-means"></p><div class="line">'
        '<button value="yes" class="sure"></button>'
        f'<button value="no">{words(language, "library.keep")}</button>'
        "</div></form></dialog>"
    )
