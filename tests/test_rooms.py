"""Imports go one way, ui → assistant → index → corpus, and heavy libraries stay in their room."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("corpus", "index", "assistant", "ui")  # each may import itself and those before it
SERVING = "assistant/cli/serving.py"  # opens the page, so it alone looks up to ui

# Where each library may be imported: a file, or a folder with everything in it.
KEPT_IN = {
    "gradio": ("ui.py", "assistant/page"),
    "torch": ("index/encoders",),
    "sentence_transformers": ("index/encoders",),
    "transformers": ("index/encoders",),
    "openvino": ("index/encoders",),
    "faiss": ("index",),
    "tiktoken": ("assistant/tokens.py",),
    "openai": ("assistant/llm/client.py", "assistant/llm/faults.py"),
    "httpx2": ("assistant/llm",),
    "pypdf": ("corpus/readers",),
    "docx": ("corpus/readers", "assistant/takeaway/word.py"),
    "trafilatura": ("corpus/readers",),
    "httpx": ("corpus/web",),
    "protego": ("corpus/web",),
    "idna": ("corpus/web",),
    "icalendar": ("assistant/takeaway/calendar.py",),
    "lxml": ("corpus/web/links.py",),
}


def sources(root: Path) -> Iterator[Path]:
    """Every module of the project, relative to ``root``."""
    for room in ROOMS:
        yield from (path.relative_to(root) for path in sorted((root / room).rglob("*.py")))
        if (root / f"{room}.py").is_file():
            yield Path(f"{room}.py")


def imports(root: Path, file: Path) -> Iterator[tuple[str, bool]]:
    """Each top-level package that ``file`` imports, and whether only when a function runs."""
    tree = ast.parse((root / file).read_text(encoding="utf-8"), str(file))
    within = {
        inner
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(function)
    }
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # A relative import stays in the room as long as it does not climb out of it.
            climbs = node.level > len(file.parent.parts)
            names = [node.module or "" if node.level == 0 else "" if climbs else file.parts[0]]
        elif isinstance(node, ast.Call) and _is_import_call(node):
            [given] = node.args[:1]
            names = [str(given.value)] if isinstance(given, ast.Constant) else []
        for name in names:
            yield name.split(".")[0].removesuffix(".py"), node in within


def _is_import_call(node: ast.Call) -> bool:
    """``importlib.import_module("x")`` or ``__import__("x")``."""
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in ("import_module", "__import__") and bool(node.args)


def violations(root: Path) -> list[str]:
    """What is imported where it must not be, one line each."""
    found = []
    for file in sources(root):
        room = file.parts[0].removesuffix(".py")
        above = ROOMS[ROOMS.index(room) + 1 :]
        for name, is_late in imports(root, file):
            opens_page = file.as_posix() == SERVING and name == "ui" and is_late
            if not name or (name in above and not opens_page):
                found.append(f"{file.as_posix()} imports {name or 'out of its room'}")
            allowed = KEPT_IN.get(name)
            if allowed and not any(file.is_relative_to(place) for place in allowed):
                found.append(f"{file.as_posix()} imports {name}, kept in {', '.join(allowed)}")
    return found


def test_imports_go_one_way_and_heavy_libraries_stay_in_their_room() -> None:
    assert violations(ROOT) == []


def test_every_room_is_looked_at() -> None:
    assert {file.parts[0].removesuffix(".py") for file in sources(ROOT)} == set(ROOMS)


@pytest.mark.parametrize(
    ("file", "line", "told"),
    [
        ("corpus/text.py", "import index", "imports index"),
        ("corpus/readers/pdf.py", "from assistant.cli import main", "imports assistant"),
        ("index/local.py", "from assistant import Answer", "imports assistant"),
        ("index/local.py", "def f():\n    import assistant", "imports assistant"),
        ("index/local.py", "import importlib\nimportlib.import_module('ui')", "imports ui"),
        ("index/local.py", "from ... import anything", "out of its room"),
        ("assistant/service.py", "def f():\n    import ui", "imports ui"),
        ("assistant/cli/serving.py", "import ui", "imports ui"),
        ("assistant/api.py", "import gradio as gr", "imports gradio"),
        ("assistant/service.py", "from torch.nn import Module", "imports torch"),
        ("index/snapshot.py", "import sentence_transformers", "imports sentence_transformers"),
        ("corpus/passages.py", "if True:\n    import faiss", "imports faiss"),
        ("assistant/llm/phrasing.py", "from openai import OpenAI", "imports openai"),
    ],
    ids=lambda value: value.replace("\n", " ") if isinstance(value, str) else None,
)
def test_a_wrong_import_is_found(tmp_path: Path, file: str, line: str, told: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(f"{line}\n")
    assert any(told in violation for violation in violations(tmp_path))


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("index/refresh.py", "from corpus import Document\nfrom index.home import Home"),
        ("index/encoders/loaded.py", "def f():\n    import torch"),
        ("assistant/cli/serving.py", "def f():\n    import ui"),
        ("assistant/cli/__init__.py", "from . import asking\nfrom ..settings import Settings"),
        ("ui.py", "import gradio\nimport corpus, index, assistant"),
    ],
    ids=lambda value: value.replace("\n", " ") if isinstance(value, str) else None,
)
def test_a_right_import_is_left_alone(tmp_path: Path, file: str, line: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(f"{line}\n")
    assert violations(tmp_path) == []


def test_no_room_has_the_name_of_a_standard_library() -> None:
    assert not set(ROOMS) & sys.stdlib_module_names
