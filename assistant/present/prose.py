"""The prose of an answer, from its Markdown to HTML.

Knows the little Markdown the answering code writes: paragraphs, lists, emphasis, backslash
escapes and ``[n]``. Links, images, raw HTML and all else are words. A mark becomes a link only
if its number was issued, and never inside words quoted from a document: those may imitate it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from assistant import Citation
from assistant.present.figures import figured
from assistant.present.marks import chip

_MARK = re.compile(r"\[(\d{1,4})\]")


def _mark(state: StateInline, silent: bool) -> bool:
    """markdown-it's inline rule for ``[n]`` with an issued n; anything else stays words."""
    found = _MARK.match(state.src, state.pos)
    if found is None or int(found[1]) not in state.env["issued"]:
        return False
    if not silent:
        state.push("mark", "", 0).meta = {"n": int(found[1])}
    state.pos = found.end()
    return True


def _render_words(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, env: Any
) -> str:
    return figured(tokens[at].content, env["figures"], env["language"])


def _render_mark(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: Any, env: Any
) -> str:
    return chip(env["answer_id"], env["issued"][tokens[at].meta["n"]], env["language"])


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": False, "linkify": False})
    parser.enable(["emphasis", "escape", "list", "newline"])
    parser.inline.ruler.before("escape", "mark", _mark)
    parser.add_render_rule("text", _render_words)
    parser.add_render_rule("mark", _render_mark)
    return parser


_PARSER = _parser()
_STRIKING = _parser()
_STRIKING.enable("strikethrough")


def _disarm_quotes(source: str, quotes: Iterable[str]) -> str:
    """``source`` where a bracket inside a document's own words can no longer open a mark."""
    for quote in sorted({q for q in quotes if _MARK.search(q)}, key=len, reverse=True):
        source = source.replace(quote, _MARK.sub(r"\\[\1\\]", quote))
    return source


def tokens(source: str, issued: Collection[int], quotes: Iterable[str]) -> list[Token]:
    """``source`` as markdown-it's tokens, for forms other than HTML; a ``mark`` holds its n."""
    return _PARSER.parse(_disarm_quotes(source, quotes), {"issued": issued})


def prose(
    source: str,
    answer_id: str,
    issued: Mapping[int, Citation],
    language: str = "en",
    figures: str = "",
    *,
    may_strike: bool = False,
) -> str:
    """``source`` as one line of HTML, its marks named in ``language``.

    ``figures`` says which values stand out: "number", "event" (days and years) or none. Where it
    ``may_strike``, what stands between double tildes is struck through.
    """
    source = _disarm_quotes(source, (citation.quote for citation in issued.values()))
    told = {"answer_id": answer_id, "issued": issued, "language": language, "figures": figures}
    html: str = (_STRIKING if may_strike else _PARSER).render(source, told)
    return html.replace("\n", " ")
