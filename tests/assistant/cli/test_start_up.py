"""What a command loads before it answers: nothing that takes seconds, once a model is converted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.service import Townbook

ROOT = Path(__file__).parents[3]

MODEL_LIBRARIES = ("torch", "sentence_transformers", "transformers", "sklearn", "scipy", "nncf")
# What only reads files, refreshes, or serves a page.
OF_NO_USE_TO_A_QUESTION = (
    *("gradio", "fastapi", "pandas", "uvicorn"),
    *("corpus.reading", "corpus.readers", "trafilatura", "pypdf", "docx", "py3langid.langid"),
    *("index.refresh", "index.publishing", "filelock", "huggingface_hub", "assistant.evaluation"),
    *("httpx", "protego", "lxml", "idna", "corpus.web"),
)


def loaded_by(code: str, home: Path) -> set[str]:
    """The names in sys.modules after ``code``, run in a new process with ``home`` at hand."""
    program = (
        f"import sys\nhome = {str(home)!r}\n{code}\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(ran.stderr.split())


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "How many visitors does the hub in Roeselare count a day?"],
        ["ask", "Which cities run repair cafés?", "--json"],
        ["search", "time bank", "--json"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_a_question_loads_no_model_library_and_nothing_it_does_not_use(
    starter: Townbook, command: list[str]
) -> None:
    code = f"from assistant.cli import main\nassert main([*{command!r}, '--home', home]) == 0"
    loaded = loaded_by(code, starter.settings.home)
    assert "openvino" in loaded
    assert loaded & set(MODEL_LIBRARIES) == set()
    assert loaded & set(OF_NO_USE_TO_A_QUESTION) == set()


def test_serving_loads_no_model_library(starter: Townbook) -> None:
    code = (
        "import ui\nfrom pathlib import Path\n"
        "from assistant.service import Townbook\nfrom assistant.settings import Settings\n"
        "service = Townbook(Settings(home=Path(home)))\nservice.warm()\nui.app(service)\n"
        "assert service.ask('How many visitors does the hub in Roeselare count a day?').citations"
    )
    loaded = loaded_by(code, starter.settings.home)
    assert "gradio" in loaded
    assert loaded & {"torch", "sentence_transformers"} == set()


def test_looking_at_what_is_indexed_loads_no_encoder(starter: Townbook) -> None:
    code = "from assistant.cli import main\nassert main(['status', '--home', home]) == 0"
    assert loaded_by(code, starter.settings.home) & {*MODEL_LIBRARIES, "openvino"} == set()
