"""What stands in the Ask room before the first question, and beside every one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.present.actions import starters
from assistant.present.escape import text
from assistant.present.speech import say


def welcome(language: str, questions: Sequence[str] = ()) -> str:
    """What can be asked here, how answers are made, and questions to start with."""
    return (
        f'<div class="welcome"><h2>{text(say(language, "ask.welcome_title"))}</h2>'
        f"<p>{text(say(language, 'ask.welcome_text'))}</p></div>{starters(questions, language)}"
    )


def notice(language: str) -> str:
    """Whom one is talking to, and what not to type."""
    return (
        f'<p class="privacy"><strong>{text(say(language, "ask.notice_who"))}</strong>'
        f" {text(say(language, 'ask.notice_what'))}</p>"
    )
