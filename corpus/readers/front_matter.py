"""The block of ``key: value`` lines between ``---`` lines that may open a text file.

Knows YAML as flat pairs of strings. It refuses to know what the keys mean, and to build
anything but strings: no dates, no objects, no aliases.
"""

from __future__ import annotations

import json
import re

import yaml

Pairs = tuple[tuple[str, str], ...]

_BLOCK = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_PAIR = re.compile(r"([A-Za-z_][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(.*)|)")
_LONGEST_BLOCK = 65_536  # characters; a longer "block" is two thematic breaks
_LONGEST_VALUE = 2_000  # characters
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def split_front_matter(text: str) -> tuple[Pairs, str]:
    """The pairs in file order, and the text after them; no pairs if there is no block."""
    match = _BLOCK.match(text)
    if match is None or match.end(1) > _LONGEST_BLOCK:
        return (), text
    block = match[1]
    pairs = _yaml_pairs(block)
    if pairs is None:
        pairs = _line_pairs(block)
    if not pairs and block.strip():
        return (), text  # a thematic break, not front matter
    return pairs, text[match.end() :]


def _yaml_pairs(block: str) -> Pairs | None:
    """The pairs of a YAML mapping, or None where the block is not one."""
    try:
        # An alias repeated a billion times costs nothing to load and everything to print.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(block, _Loader)):
            return None
        value = yaml.load(block, _Loader)  # noqa: S506 - BaseLoader builds strings only
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(value, dict):
        return None
    return tuple((str(key), _flat(item)) for key, item in value.items() if _flat(item))


def _line_pairs(block: str) -> Pairs:
    """What can be saved of a block that is not YAML, as titles with a colon make it."""
    matches = (_PAIR.fullmatch(line.strip()) for line in block.split("\n"))
    pairs = ((match[1], (match[2] or "").strip().strip("\"'")) for match in matches if match)
    return tuple((key, value[:_LONGEST_VALUE]) for key, value in pairs if value)


def _flat(value: object) -> str:
    if isinstance(value, str):
        text = value.strip()
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        text = "; ".join(value)
    else:
        text = json.dumps(value, ensure_ascii=False, default=str)
    return text[:_LONGEST_VALUE]
