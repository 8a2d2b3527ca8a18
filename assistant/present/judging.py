"""A person's judgement of an answer: useful or not, why, and a word about it."""

from __future__ import annotations

from assistant import Answer
from assistant.present.escape import text
from assistant.present.speech import say

MOST_COMMENT = 2_000  # code points, as assistant.feedback keeps them
_REASONS = {
    "wrong": "ask.reason_wrong",
    "incomplete": "ask.reason_incomplete",
    "unsupported": "ask.reason_unsupported",
    "outdated": "ask.reason_outdated",
    "unclear": "ask.reason_unclear",
    "refused": "ask.reason_refused",
    "other": "ask.reason_other",
}


def judging(answer: Answer, language: str) -> str:
    """Two buttons; the second one opens a few questions."""

    def said(key: str) -> str:
        return text(say(language, key))

    name = text(answer.answer_id)
    useful = (
        f'<button type="button" data-act="judge" data-useful="yes" data-answer="{name}">'
        f"{said('ask.useful')}</button>"
    )
    choices = "".join(
        f'<option value="{reason}">{said(key)}</option>'
        for reason, key in _REASONS.items()
        if (reason != "refused") == answer.answered or reason in ("unclear", "other")
    )
    return (
        f'{useful}<details class="judge"><summary>{said("ask.not_useful")}</summary>'
        f"<label>{said('ask.reason')}<select>{choices}</select></label>"
        f'<label>{said("ask.comment")}<textarea rows="2" maxlength="{MOST_COMMENT}"></textarea>'
        f"</label><p>{said('ask.judged_kept')}</p>"
        f'<button type="button" data-act="judge" data-useful="no" data-answer="{name}">'
        f"{said('ask.judge')}</button></details>"
    )
