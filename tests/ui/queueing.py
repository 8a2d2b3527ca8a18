"""The page's own way of asking, without a browser: hand an event in, read what comes back."""

from __future__ import annotations

from typing import Any

ASKED = "When did it begin?"


def asking_event(config: dict[str, Any], question: str = ASKED) -> dict[str, Any]:
    """The event of Enter in the question box, as ``config`` (the page's) numbers it."""
    box = next(
        part["id"] for part in config["components"] if part["props"].get("elem_id") == "question"
    )
    event = next(e for e in config["dependencies"] if [box, "submit"] in e["targets"])
    data: list[Any] = [None] * len(event["inputs"])
    data[event["inputs"].index(box)] = question
    return {"fn_index": event["id"], "data": data, "trigger_id": box, "event_data": None}
