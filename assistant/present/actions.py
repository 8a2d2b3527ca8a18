"""What a person can do with an answer: ask again, edit, remove, copy, or ask on."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import Answer
from assistant.present.escape import text
from assistant.present.judging import judging
from assistant.present.links import share_path
from assistant.present.speech import say
from assistant.takeaway.markdown import conversation
from corpus.errors import UsageError
from index import EVERYTHING, Filters

FORMS = {"md": "Markdown", "docx": "Word"}


def actions(answer: Answer, language: str, filters: Filters = EVERYTHING, *, is_last: bool) -> str:
    """What can be done with ``answer``; only the last exchange can be done over.

    ``filters`` are what it was restricted to: a link to the question carries them.
    """
    buttons = [copy_button("ask.copy_answer", conversation((answer,), answer.language), language)]
    buttons += [_take(form, answer.answer_id, language) for form in FORMS]
    buttons.append(_share(answer, filters, language))
    if is_last:
        buttons += [_button(act, answer, language) for act in _NAMES]
    return (
        f'<div class="doing">{"".join(buttons)}<span class="copied" role="status"></span>'
        f"{judging(answer, language)}</div>"
    )


def take_all(language: str) -> str:
    """The whole conversation as a file."""
    name = text(say(language, "ask.take_all"))
    buttons = "".join(_take(form, "", language) for form in FORMS)
    return f'<p class="doing whole"><span>{name}</span>{buttons}</p>'


def _take(form: str, answer_id: str, language: str) -> str:
    name = text(say(language, "ask.take", form=FORMS[form]))
    return (
        f'<button type="button" data-act="take" data-form="{form}" title="{name}"'
        f' data-answer="{text(answer_id)}" aria-label="{name}">{FORMS[form]}</button>'
    )


def _share(answer: Answer, filters: Filters, language: str) -> str:
    try:
        path = share_path(answer.standalone, filters)
    except UsageError:
        return ""  # a question that no address can hold
    button = copy_button("ask.share", path, language)
    return button.replace('class="copy"', 'class="copy share"', 1)


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


# In the order they are shown.
_NAMES = {"retry": "ask.retry", "edit": "ask.edit", "undo": "ask.undo"}


def lost(asked: str, language: str) -> str:
    """In place of an answer that cannot be shown as it was: why, and a way to ask again."""
    return (
        f'<div class="answer pending"><p>{text(say(language, "ask.changed_since"))}</p>'
        f'<p class="doing"><button type="button" data-act="suggested"'
        f' data-question="{text(asked)}">{text(say(language, "ask.retry"))}</button></p></div>'
    )
