"""What a person can do with an answer: ask again, edit, remove, copy, or ask on."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import Answer
from assistant.present.escape import text
from assistant.present.speech import say
from assistant.takeaway.markdown import conversation


def actions(answer: Answer, language: str, *, is_last: bool) -> str:
    """The row of buttons under ``answer``; only the last exchange can be done over."""
    buttons = [copy_button("ask.copy_answer", conversation((answer,), answer.language), language)]
    if is_last:
        buttons += [_button(act, answer, language) for act in ("retry", "edit", "undo")]
    return f'<p class="doing">{"".join(buttons)}<span class="copied" role="status"></span></p>'


def copy_button(name: str, words: str, language: str) -> str:
    """A button that copies ``words``; the element ``.copied`` beside it says how that went."""
    done, failed = (text(say(language, key)) for key in ("ask.copied", "ask.not_copied"))
    return (
        f'<button type="button" class="copy" data-copy="{text(words)}" data-done="{done}"'
        f' data-failed="{failed}">{text(say(language, name))}</button>'
    )


def suggested(questions: Sequence[str], language: str) -> str:
    """Questions to ask next, one press each."""
    return _questions("ask.suggested", "next", questions, language)


def starters(questions: Sequence[str], language: str) -> str:
    """Questions to start with, one press each."""
    return _questions("ask.examples", "starters", questions, language)


def _questions(title: str, name: str, questions: Sequence[str], language: str) -> str:
    if not questions:
        return ""
    rows = "".join(
        f'<li><button type="button" data-act="suggested" data-question="{text(question)}"'
        f' dir="auto">{text(question)}</button></li>'
        for question in questions
    )
    return f'<div id="{name}"><h3>{text(say(language, title))}</h3><ul>{rows}</ul></div>'


def _button(act: str, answer: Answer, language: str) -> str:
    name = text(say(language, _NAMES[act]))
    return (
        f'<button type="button" data-act="{act}" data-answer="{text(answer.answer_id)}">'
        f"{name}</button>"
    )


_NAMES = {"retry": "ask.retry", "edit": "ask.edit", "undo": "ask.undo"}


def lost(asked: str, language: str) -> str:
    """In place of an answer that cannot be shown as it was: why, and a way to ask again."""
    return (
        f'<div class="answer pending"><p>{text(say(language, "ask.changed_since"))}</p>'
        f'<p class="doing"><button type="button" data-act="suggested"'
        f' data-question="{text(asked)}">{text(say(language, "ask.retry"))}</button></p></div>'
    )
