"""An answer as Markdown for someone's briefing: what was said, and the words it rests on."""

from __future__ import annotations

from assistant import Answer
from assistant.present.escape import markdown, visible, web_address


def briefing(answer: Answer) -> str:
    """Question, answer, quotes with their sources, and where it came from, as Markdown."""
    lines = [f"## {markdown(answer.question)}", "", visible(answer.text).strip(), ""]
    lines.append("### Sources")
    for citation in answer.citations:
        place = [markdown(citation.title), citation.published or "date unknown"]
        if citation.section:
            place.append(markdown(citation.section))
        address = web_address(citation.url)
        place.append(f"<{address}>" if address else f"file {markdown(citation.source)}")
        lines += [
            "",
            f"\\[{citation.n}\\] {', '.join(place)}",
            f"> {markdown(citation.quote)}",
        ]
    lines += [
        "",
        f"Answered by Townbook, an automated system, from library snapshot {answer.snapshot}."
        " The quotes are verbatim; please check them in their articles before relying on them.",
    ]
    return "\n".join(lines) + "\n"
