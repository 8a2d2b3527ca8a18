"""The bar above the rooms: the name, what it is, what the library holds, and the languages."""

from __future__ import annotations

from assistant.present.days import moment
from assistant.present.escape import text
from assistant.present.library import Status
from assistant.present.speech import LANGUAGES, say


def top_bar(status: Status | None, problem: str = "", language: str = "en") -> str:
    """The bar in ``language``; ``problem`` says why the library holds nothing yet."""
    return (
        f'<a class="skip" href="#question">{text(say(language, "common.skip"))}</a>'
        '<header class="top"><div class="name">'
        '<svg aria-hidden="true" viewBox="0 0 32 32" width="30" height="30"><rect width="32"'
        ' height="32" rx="7" class="tile"/><path class="ink" d="M8 24V13l5-4 5 4v11M18 24V16h6v8'
        'M6 24h20M12 16h2M12 20h2"/></svg>'
        f'<div><h1>Townbook</h1><p class="tagline">{text(say(language, "common.tagline"))}</p>'
        f"</div></div>{_figures(status, problem, language)}{_languages(language)}</header>"
    )


def _figures(status: Status | None, problem: str, language: str) -> str:
    if status is None:
        return f'<p class="figures problem" role="status">{text(problem)}</p>'
    counts = (
        ("common.articles", status.documents),
        ("common.passages", status.passages),
        ("common.languages", len(status.languages)),
    )
    counted = "".join(f"<span>{_counted(language, key, count)}</span>" for key, count in counts)
    before, _, after = say(language, "common.refreshed", when="\0").partition("\0")
    fresh = f"{text(before)}{moment(status.created, language)}{text(after)}"
    return f'<p class="figures">{counted}<span class="wide">{fresh}</span></p>'


def _counted(language: str, key: str, count: int) -> str:
    """The sentence with its number set in bold."""
    words = text(say(language, key, count=count))
    number, _, rest = words.partition(" ")
    return f"<b>{number}</b> {rest}"


def _languages(chosen: str) -> str:
    """Plain links, so that they work before any script has run."""
    name = text(say(chosen, "common.language"))
    links = "".join(
        f'<a href="?lang={code}" lang="{code}" hreflang="{code}" title="{own}"'
        f"{_current(code, chosen)}>"
        f'<span aria-hidden="true">{code.upper()}</span><span class="sr-only">{own}</span></a>'
        for code, own in LANGUAGES.items()
    )
    return f'<nav class="languages" aria-label="{name}">{links}</nav>'


def _current(code: str, chosen: str) -> str:
    return ' aria-current="true"' if code == chosen else ""
