"""Files and judgements that a press in the conversation asks for.

The browser saves a file from what an event hands it, so no file is ever written or served here.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

from assistant import Answer
from assistant.page.conversation import Conversation
from assistant.page.room import Service
from assistant.present.actions import FORMS
from assistant.present.escape import text
from assistant.takeaway.formats import MEDIA_TYPES, written_answers

_NOTHING = ""


def taken(told: dict[str, Any], past: Conversation, spoken: str) -> str:
    """The file asked for as HTML that holds it; empty when there is nothing to take."""
    form = told.get("form")
    exchange = past.of(told["answer"]) if told.get("answer") else None
    answers: list[Answer] = [
        e.answer for e in ([exchange] if exchange else past.exchanges) if e.answer is not None
    ]
    if not isinstance(form, str) or form not in FORMS or not answers:
        return _NOTHING
    language = answers[0].language if exchange else spoken
    content = written_answers(form, answers, language)
    file = {
        "name": f"townbook-{'answer' if exchange else 'conversation'}.{form}",
        "type": MEDIA_TYPES[form],
        "base64": base64.b64encode(content).decode("ascii"),
        # Two presses for one file are two downloads: equal HTML would be no change to the page.
        "at": datetime.now(UTC).isoformat(),
    }
    return f"<span hidden>{text(json.dumps(file))}</span>"


def judged(told: dict[str, Any], past: Conversation, service: Service) -> bool:
    """Keeps what was said of an answer; whether there was one. Raises TownbookError."""
    exchange = past.of(told.get("answer"))
    if exchange is None or exchange.answer is None:
        return False
    useful = told.get("useful") == "yes"
    reason, comment = (told.get(name) if not useful else "" for name in ("reason", "comment"))
    service.give_feedback(exchange.answer, useful, str(reason or ""), str(comment or "").strip())
    return True
