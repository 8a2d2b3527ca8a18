"""A real language model of 135 million parameters, from question to checked wording.

It invents facts and forgets citations, which is what it is here for: structure is asserted, never
its words. Run with -rP to see how many of its sentences the gate let through.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.llm.checking import check
from assistant.service import Townbook
from assistant.settings import Settings

pytestmark = pytest.mark.long

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
INSTALLED = Path(sys.prefix) / "small-model"  # by `make small-model`
MODEL = "smollm2-135m"
OLDEST_NODE = 20
QUESTIONS = (
    "Which places run a repair café?",
    "When was the annual conference of Energy Cities in Stuttgart?",
    "How many visitors does the hub in Roeselare count a day?",
    "What is the Kavalir in Ljubljana?",
    "What does the network Cittaslow do?",
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the small model answers; it ends with this test."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed, so no small model can run")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        pytest.skip(f"node is {version.strip()}, expected {OLDEST_NODE} or newer")
    weights = sorted(INSTALLED.rglob("*.gguf"))
    if not weights or not (INSTALLED / ".installed").exists():
        pytest.skip(f"no small model in {INSTALLED}; run: make small-model")
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        pytest.skip("the small model's runtime is for Linux on x86-64")
    server = subprocess.Popen(
        [
            node,
            Path(__file__).with_name("small_model.mjs"),
            INSTALLED / "node_modules",
            weights[0],
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        port = server.stdout.readline().strip()
        assert port.isdigit(), "the small model did not start"
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.stdin.close()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="module")
def townbook(
    address: str, models: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Townbook]:
    """Townbook over the starter articles with the real encoder and the small model."""
    home = tmp_path_factory.mktemp("small-model-home")
    (home / "models").symlink_to(models)
    settings = Settings(
        home,
        llm_base_url=address,
        llm_model=MODEL,
        llm_timeout=300,  # a busy machine reads ten tokens a second
        llm_unsupported="strike",
    )
    service = Townbook(settings)
    service.refresh([str(ARTICLES)])
    yield service
    service.close()


def test_doctor_finds_the_small_model_well(townbook: Townbook) -> None:
    assert {state for state, _, _ in check(townbook.settings)} == {"ok"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_real_models_words_are_checked_and_what_is_left_is_an_answer(
    townbook: Townbook, question: str
) -> None:
    answer = townbook.ask(question)
    assert answer.answered
    *_, last = townbook.phrasing(answer)
    supported = [said for said in last.said if said.supported]
    print(f"{question}: {len(supported)} of {len(last.said)} sentences, {last.reason}")
    for said in last.said:
        print(f"  {'kept' if said.supported else said.reason}: {said.text}")
    assert last.final
    assert last.reason in (None, "unsupported", "empty")
    assert (last.answer.method == "llm") == bool(supported) == (last.reason is None)
    assert last.answer.citations == answer.citations
    assert last.answer.items == answer.items
    issued = {f"[{citation.n}]" for citation in answer.citations}
    assert set(re.findall(r"\[\d+\]", last.answer.text)) <= issued
    for said in last.said:
        assert said.supported == (said.reason is None)
        if said.supported:
            assert set(re.findall(r"\[\d+\]", said.text)) & issued
    if not supported:
        assert last.answer == answer
