"""Links that save what the room shows: plain addresses of this server, with all that is chosen."""

from __future__ import annotations

from urllib.parse import urlencode

from assistant.exploring.choice import Choice, Kind
from assistant.present.escape import text
from assistant.present.speech import say

_FORMATS: dict[Kind, dict[str, str]] = {
    "practices": {"csv": "explore.save_csv"},
    "events": {"csv": "explore.save_csv", "ics": "explore.save_ics"},
}


def saving(choice: Choice, language: str) -> str:
    """One line of links, one for each kind of file."""
    links = " ".join(
        f'<a href="{text(address(choice, format, language))}" download="{choice.kind}.{format}">'
        f"{text(say(language, key))}</a>"
        for format, key in _FORMATS[choice.kind].items()
    )
    return f'<p class="saving"><span>{text(say(language, "explore.save_as"))}</span> {links}</p>'


def address(choice: Choice, format: str, language: str) -> str:
    """Where the file of a choice is; see assistant.takeaway_routes."""
    values = {
        "search": choice.search,
        "country": choice.country,
        "point": choice.point,
        "grain": choice.grain if choice.point else "",
        "sort": choice.sort,
        "descending": "true" if choice.descending else "",
        "page_language": language,
    }
    if choice.kind == "practices":
        values["theme"] = choice.theme
    else:
        values["when"] = choice.when if choice.when != "all" else ""
        values["today"] = choice.today.isoformat()
    asked = urlencode({name: value for name, value in values.items() if value})
    return f"/api/v1/export/{choice.kind}.{format}?{asked}"
