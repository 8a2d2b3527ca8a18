"""Answers with citations made by hand, for the gate to judge a text against."""

from __future__ import annotations

from assistant import Answer, Citation, Item


def issued(
    *quotes: str,
    language: str = "en",
    title: str = "Note",
    published: str | None = "2017-07-30",
    items: tuple[Item, ...] = (),
    question: str = "",
) -> Answer:
    """An answer that cites each of ``quotes``, from [1] on."""
    citations = tuple(
        Citation(
            n=n,
            source="note.txt",
            document="0" * 16,
            title=title,
            url=None,
            published=published,
            section=None,
            start=0,
            end=len(quote),
            quote=quote,
            sha256="0" * 64,
        )
        for n, quote in enumerate(quotes, start=1)
    )
    return Answer(
        id=None,
        question=question,
        standalone=question,
        language=language,
        kind="list" if items else "fact",
        answered=True,
        text="",
        items=items,
        coverage=None,
        citations=citations,
        nearest=(),
        method="extractive",
        snapshot="000001",
        answer_id="0" * 16,
    )
