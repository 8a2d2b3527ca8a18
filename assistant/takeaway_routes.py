"""The HTTP side of taking things away: ``/api/v1/export`` and ``/api/v1/feedback``.

Requests are parsed and bounded here. Answers that come back are anybody's, so what is made into
a file is looked up first (``assistant.takeaway.saved``). What people said of answers is written
here and read by nobody over HTTP: it holds their questions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Protocol

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant import Answer
from assistant.feedback import MOST_COMMENT, Reason
from assistant.filters import parse_filters
from assistant.takeaway.chosen import When, chosen
from assistant.takeaway.formats import (
    FORMATS,
    KINDS,
    MEDIA_TYPES,
    Published,
    written_answers,
    written_rows,
)
from assistant.takeaway.rows import Kind
from assistant.takeaway.saved import Unvouched, vouched
from corpus import Document

MOST_VALUES = 20  # of one filter
MOST_ANSWERS = 50  # of one conversation

Language = Literal["en", "fr", "de", "es", "it", "nl", "pt", "pl"]
Values = Annotated[list[Annotated[str, Field(max_length=300)]], Query(max_length=MOST_VALUES)]


class Exporting(Protocol):
    """What these routes need of the service."""

    def status(self) -> dict[str, Any]:
        """The published figures, with ``snapshot`` and ``created``. Raises NotReady when empty."""

    def rows(self, kind: Kind) -> list[dict[str, Any]]:
        """Every record of a kind as a flat row, see assistant.takeaway.rows."""

    def document(self, source: str) -> Document | None:
        """The document of that source or id, as stored."""

    def give_feedback(
        self, answer: Answer, useful: bool, reason: str = "", comment: str = ""
    ) -> str:
        """Keeps what a person says of an answer; its id."""


class Conversation(BaseModel):
    """Answers as ``/api/v1/ask`` gives them, to be made into one file."""

    model_config = ConfigDict(extra="forbid")

    answers: tuple[Answer, ...] = Field(min_length=1, max_length=MOST_ANSWERS)
    language: Language = "en"


class Judgement(BaseModel):
    """What a person says of one answer."""

    model_config = ConfigDict(extra="forbid")

    answer: Answer
    useful: bool
    reason: Reason = ""
    comment: str = Field(default="", max_length=MOST_COMMENT)


class _Stored:
    """The published documents, as answers are looked up in them; those that left are not asked."""

    def __init__(self, service: Exporting) -> None:
        self._service = service

    def find_document(self, source_or_id: str, /) -> Document | None:
        return self._service.document(source_or_id)

    def find_former(self, _id: str, /) -> None:
        return None


def add_routes(api: FastAPI, service: Exporting) -> None:
    """Adds the routes over ``service`` to ``api``, which turns TownbookErrors into answers."""

    @api.exception_handler(Unvouched)
    async def not_standing(_request: Request, error: Unvouched) -> Response:
        return JSONResponse({"error": str(error)}, 422)

    for what in KINDS:
        for format in FORMATS[what]:
            api.add_api_route(
                f"/api/v1/export/{what}.{format}",
                (_events if what == "events" else _practices)(service, format),
                methods=["GET"],
                response_class=Response,
                responses=_described(f"The {what} that the filters leave.", format),
                summary=f"{what.capitalize()} as .{format}",
            )
    for format in FORMATS["answer"]:
        api.add_api_route(
            f"/api/v1/export/answer.{format}",
            _answers(service, format),
            methods=["POST"],
            response_class=Response,
            responses={
                **_described("The answers, with numbered references.", format),
                422: {"description": "No answers, or a quote that does not stand as it says."},
            },
            summary=f"Answers as .{format}",
        )

    @api.post("/api/v1/feedback", status_code=201, summary="Say what an answer was worth")
    def feedback(given: Judgement) -> Response:
        kept = service.give_feedback(given.answer, given.useful, given.reason, given.comment)
        return JSONResponse({"id": kept}, 201, headers={"Cache-Control": "no-store"})


def _events(service: Exporting, format: str) -> Callable[..., Response]:
    def events(
        country: Values = [],  # noqa: B006 - pydantic copies it
        city: Values = [],  # noqa: B006
        language: Values = [],  # noqa: B006
        source: Values = [],  # noqa: B006
        since: date | None = None,
        until: date | None = None,
        when: When | None = None,
        today: date | None = None,
    ) -> Response:
        named = {"country": country, "city": city, "language": language, "source": source}
        day = today or datetime.now(UTC).date()
        return _rows(service, "events", format, named, since, until, when, day)

    return events


def _practices(service: Exporting, format: str) -> Callable[..., Response]:
    def practices(
        country: Values = [],  # noqa: B006 - pydantic copies it
        city: Values = [],  # noqa: B006
        language: Values = [],  # noqa: B006
        source: Values = [],  # noqa: B006
        since: date | None = None,
        until: date | None = None,
    ) -> Response:
        named = {"country": country, "city": city, "language": language, "source": source}
        return _rows(service, "practices", format, named, since, until)

    return practices


def _rows(
    service: Exporting,
    what: str,
    format: str,
    named: Mapping[str, list[str]],
    since: date | None,
    until: date | None,
    when: When | None = None,
    today: date | None = None,
) -> Response:
    days = {"from": since and since.isoformat(), "to": until and until.isoformat()}
    filters = parse_filters({**named, **days})
    status = service.status()
    rows = chosen(service.rows(KINDS[what]), filters, when, today)
    of = Published(status["snapshot"], status["created"])
    return _file(f"{what}.{format}", format, written_rows(what, format, rows, of))


def _answers(service: Exporting, format: str) -> Callable[..., Response]:
    def answers(talk: Conversation) -> Response:
        standing = vouched(talk.answers, _Stored(service))
        return _file(f"answer.{format}", format, written_answers(format, standing, talk.language))

    return answers


def _file(name: str, format: str, content: bytes) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(content, media_type=MEDIA_TYPES[format], headers=headers)


def _described(what: str, format: str) -> dict[int | str, dict[str, Any]]:
    media_type = MEDIA_TYPES[format].partition(";")[0]
    return {200: {"description": what, "content": {media_type: {}}}}
