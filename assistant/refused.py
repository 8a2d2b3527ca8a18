"""What is said of a request whose parts could not be read: found, expected, what to do.

Knows how pydantic tells of such parts. Refuses to show more of what was sent than the caller needs
to find it.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

_REMEDY = "see /api/v1/openapi.json"
_SHOULD = re.compile(r"^(Input|String|List|Tuple|Value) should (be|have|match) ")


class Refused(BaseModel):
    """Why nothing was done."""

    error: str = Field(description="One line: what was found, what was expected, what to do.")


def told(error: Mapping[str, Any]) -> str:
    """One of a validation error's ``errors()`` as one line."""
    name = ".".join(map(str, error["loc"][1:]))
    field = name or "the body"
    match error["type"]:
        case "missing":
            return f"got no {field}; expected one; {_REMEDY}"
        case "extra_forbidden":
            return f"got {field!r}, which nothing here is called; expected another; {_REMEDY}"
        case "json_invalid":
            return f"got a body that is no JSON; expected an object; {_REMEDY}"
    expected = _SHOULD.sub("", error["msg"])
    found = f"{field}={reprlib.repr(error['input'])}" if name else field
    return f"got {found}; expected {expected}; {_REMEDY}"
