"""How a question was understood, part by part, each with a way to change or drop it."""

from __future__ import annotations

from assistant import Answer, Part
from assistant.present.days import country, day, language_name
from assistant.present.escape import text
from assistant.present.speech import say

_KINDS = {"practice": "kind_practice", "network": "kind_network", "event": "kind_events"}


def reading(answer: Answer, language: str) -> str:
    """The parts of ``answer``'s question; what a person may do with them is in ``language``."""
    shown = "".join(_part(answer, part, language) for part in answer.reading)
    if not shown:
        return ""
    title = text(say(answer.language, "ask.understood"))
    return f'<p class="reading"><span class="lead">{title}</span>{shown}</p>'


def filter_name(word: str, value: str, language: str) -> str:
    """One value of a filter as a reader knows it, as HTML: ``PT`` as Portugal."""
    if word == "country":
        return country(value, language)
    if word == "language":
        return language_name(value, language)
    if word == "kind":
        key = _KINDS.get(value, "kind_article")
        return text(say(language, f"ask.{key}"))
    if word in ("from", "to"):
        name = say(language, "ask.from" if word == "from" else "ask.to")
        return f"{text(name)} {day(value, language)}"
    return f"<bdi>{text(value)}</bdi>"


def _part(answer: Answer, part: Part, language: str) -> str:
    words = _words(answer, part)
    if not words:
        return ""
    if part.kind == "filter":
        word, _, value = part.value.partition("=")
        words = f"<span>{filter_name(word, value, language)}</span>"
        drop = _drop(part.words, language, f'data-act="unfilter" data-value="{text(part.value)}"')
    elif part.words:
        change = text(say(language, "ask.change", words=part.words))
        words = (
            f'<button type="button" class="change" data-act="edit" title="{change}"'
            f' data-words="{text(part.words)}" data-answer="{text(answer.answer_id)}">'
            f"{words}</button>"
        )
        drop = ""
        if part.without:
            asked = f'data-act="drop" data-question="{text(part.without)}"'
            drop = _drop(part.words, language, asked)
    else:
        drop = ""
    drop = drop.replace("<button", f'<button data-answer="{text(answer.answer_id)}"', 1)
    return f'<span class="part is-{text(part.kind)}">{words}{drop}</span>'


def _words(answer: Answer, part: Part) -> str:
    if part.kind == "kind":
        known = part.value in ("list", "number", "event", "compare")
        return text(say(answer.language, f"ask.kind_{part.value}")) if known else ""
    if part.kind == "collection":
        key = _KINDS.get(part.value)
        return text(say(answer.language, f"ask.{key}")) if key else ""
    if part.kind == "country" and not part.words:
        return country(part.value, answer.language)
    return f"<bdi>{text(part.words or part.value)}</bdi>"


def _drop(words: str, language: str, doing: str) -> str:
    name = text(say(language, "ask.drop", words=words))
    return (
        f'<button type="button" class="drop" {doing} aria-label="{name}" title="{name}">'
        '<span aria-hidden="true">×</span></button>'
    )
