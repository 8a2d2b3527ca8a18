"""The HTTP side of taking things away: ``/api/v1/export`` and ``/api/v1/feedback``.

Requests are parsed and bounded here. Rows are chosen by what each says of itself
(``assistant.takeaway.chosen``) and as in the Explore room (``assistant.exploring``): what is saved
there is what was seen. Answers that come back are anybody's, so what is made into a file is looked
up first (``assistant.takeaway.saved``). What people said of answers is written here and read by
nobody over HTTP: it holds their questions.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal, Protocol

from fastapi import FastAPI, Header, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant import Answer
from assistant.exploring.choice import COLUMNS, LONGEST_SEARCH, Choice, Grain
from assistant.exploring.rows import told_of
from assistant.exploring.shelves import Holding, Shelves
from assistant.exploring.view import view
from assistant.feedback import MOST_COMMENT, Reason
from assistant.filters import parse_filters
from assistant.present.speech.reader import reader_language
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
from corpus.errors import UsageError
from corpus.words import fold

MOST_VALUES = 20  # of one filter
MOST_ANSWERS = 50  # of one conversation

Language = Literal["en", "fr", "de", "es", "it", "nl", "pt", "pl"]
Values = Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=MOST_VALUES)]
Words = Annotated[str, Field(max_length=LONGEST_SEARCH)]
Accepted = Annotated[str | None, Header(alias="Accept-Language")]


class Exporting(Holding, Protocol):
    """What these routes need of the service; ``status`` has ``created``, too."""

    def today(self) -> date:
        """The day that counts as today."""

    def rows(self, kind: Kind) -> list[dict[str, Any]]:
        """Every record of a kind as a flat row, see assistant.takeaway.rows."""

    def document(self, source: str) -> Document | None:
        """The document of that source or id, as stored."""

    def give_feedback(
        self, answer: Answer, useful: bool, reason: str = "", comment: str = ""
    ) -> str:
        """Keeps what a person says of an answer; its id."""


class Wanted(BaseModel):
    """Which rows, and in what order. What a row does not say, no filter finds."""

    model_config = ConfigDict(extra="forbid")

    country: Values = []
    city: Values = []
    language: Values = Field(default=[], description="of the article")
    source: Values = []
    since: date | None = Field(default=None, description="what ends on this day or later")
    until: date | None = Field(default=None, description="what begins on this day or before")
    # As in the Explore room:
    search: Words = Field(default="", description="words that must all be there")
    point: Words = Field(default="", description="of the map")
    grain: Grain = Field(default="fine", description="of the map the point is on")
    sort: Words = Field(default="", description="a column of the room's table")
    descending: bool = False
    page_language: Language | None = Field(
        default=None,
        description="of countries' names and a calendar's own words; else as Accept-Language says",
    )


class PracticesWanted(Wanted):
    """Which practices."""

    theme: Words = ""


class EventsWanted(Wanted):
    """Which events."""

    when: When | None = None
    today: date | None = Field(default=None, description="the day that is upcoming or past")


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


def add_routes(api: FastAPI, service: Exporting, shelves: Shelves) -> None:
    """Adds the routes over ``service`` to ``api``, which turns TownbookErrors into answers.

    ``shelves`` hold the same service's rows as the Explore room shows them.
    """

    @api.exception_handler(Unvouched)
    async def not_standing(_request: Request, error: Unvouched) -> Response:
        return JSONResponse({"error": str(error)}, 422)

    for what in KINDS:
        for format in FORMATS[what]:
            api.add_api_route(
                f"/api/v1/export/{what}.{format}",
                (_events if what == "events" else _practices)(service, shelves, format),
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


def _events(service: Exporting, shelves: Shelves, format: str) -> Callable[..., Response]:
    def events(
        wanted: Annotated[EventsWanted, Query()], accept_language: Accepted = None
    ) -> Response:
        return _rows(service, shelves, "events", format, wanted, accept_language)

    return events


def _practices(service: Exporting, shelves: Shelves, format: str) -> Callable[..., Response]:
    def practices(
        wanted: Annotated[PracticesWanted, Query()], accept_language: Accepted = None
    ) -> Response:
        return _rows(service, shelves, "practices", format, wanted, accept_language)

    return practices


def _rows(
    service: Exporting,
    shelves: Shelves,
    what: Literal["events", "practices"],
    format: str,
    wanted: EventsWanted | PracticesWanted,
    accepted: str | None,
) -> Response:
    given = wanted.model_dump(mode="json")
    if wanted.sort not in ("", *COLUMNS[what]):
        raise UsageError(
            f"got sort={wanted.sort!r}", f"one of {', '.join(COLUMNS[what])}", "choose"
        )
    words = ("country", "city", "language", "source", "since", "until")
    filters = parse_filters({word: given[word] for word in words})
    language = reader_language(wanted.page_language, accepted)
    status, today = service.status(), getattr(wanted, "today", None) or service.today()
    rows = chosen(service.rows(KINDS[what]), filters, given.get("when"), today)
    if any(given.get(name) for name in ("search", "theme", "point", "sort", "descending")):
        # The room's points are those of the rows that its own country and days leave.
        country = filters.countries[0] if len(filters.countries) == 1 else ""
        asked = given | {"kind": what, "country": country, "theme": fold(given.get("theme", ""))}
        seen = view(shelves.read()[1], Choice.parse(asked, today), language)
        rows = told_of(rows, [row.id for row in seen.rows])
    of = Published(status["snapshot"], status["created"])
    return _file(f"{what}.{format}", format, written_rows(what, format, rows, of, language))


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
