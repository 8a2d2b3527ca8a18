"""What is said of an address of the HTTP interface that is none, or of a method it lacks.

Knows the routes there are; refuses to know what they do. The page stands behind every other
address, so its framework would answer here, in words of its own.
"""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.routing import Match, Route

from corpus.errors import UsageError

_PREFIX = "/api/v1"
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def add_unrouted(api: FastAPI) -> None:
    """Answer what no route of ``api`` takes; to be called when it has all of them."""
    known = [route for route in api.routes if isinstance(route, Route)]

    @api.api_route(_PREFIX + "/{rest:path}", methods=_METHODS, include_in_schema=False)
    def unrouted(request: Request) -> Response:
        path, method = request.url.path, request.method
        there = {
            name
            for route in known
            if route.matches(request.scope)[0] is Match.PARTIAL
            for name in route.methods or ()
        }
        if not there:
            expected = f"one of those in {_PREFIX}/openapi.json"
            error = UsageError(f"got {path}, which is no address here", expected, "correct it")
            return JSONResponse({"error": str(error)}, 404)
        allowed = ", ".join(sorted(there))
        error = UsageError(f"got {method} {path}", allowed, "ask with one of these")
        return JSONResponse({"error": str(error)}, 405, headers={"Allow": allowed})
