"""``models`` and ``doctor``: what a person is told about an installation."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.doctor import Finding, examine
from assistant.ranking import PATH, Network
from assistant.service import Townbook
from assistant.settings import Settings
from index.encoders.conversion import Conversion, find_conversion
from index.home import Home
from index.library import Library

Run = Callable[..., Any]


def examined(home: Path, **settings: Any) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in examine(Settings(home=home, **settings), {}):
        found.setdefault(finding.subject, []).append(finding)
    return found


def worst(findings: list[Finding]) -> str:
    return max((f.state for f in findings), key=["ok", "note", "fault"].index)


# -- models ------------------------------------------------------------------------------


def test_models_lists_the_packaged_encoders_and_marks_the_one_chosen(
    run: Run, tmp_path: Path
) -> None:
    home = ("--home", str(tmp_path / "home"))
    rows = run("models", *home, "--json", environ={"TOWNBOOK_MODEL": "all-MiniLM-L6-v2"}).json
    assert [(row["name"], row["chosen"]) for row in rows] == [
        ("multilingual-e5-small", False),
        ("all-MiniLM-L6-v2", True),
    ]
    assert [row["licence"] for row in rows] == ["MIT", "Apache-2.0"]
    said = run("models", *home).out
    assert "* multilingual-e5-small" in said
    assert "is restored at its first use" in said
    assert not (tmp_path / "home").exists()


def test_models_tells_size_agreement_and_measured_speed_of_a_prepared_one(
    run: Run, home: Path
) -> None:
    row = run("models", "--home", str(home), "--json").json[0]
    assert row["state"] == "ready"
    assert row["dimension"] == 384
    assert row["size_bytes"] > 400_000_000
    assert row["tokens_a_second"] > 0
    assert row["ratio"] > 0
    assert row["precision"] in ("f32", "bf16")
    assert "times the reference's" in run("models", "--home", str(home)).out


def test_models_says_what_is_wrong_with_a_chosen_one(run: Run, tmp_path: Path) -> None:
    rows = run("models", "--home", str(tmp_path), "--json", "--model", "./nowhere").json
    assert (rows[2]["name"], rows[2]["state"]) == ("./nowhere", "missing")
    assert "no folder" in rows[2]["said"]


# -- doctor ------------------------------------------------------------------------------


def test_an_empty_home_has_no_fault_and_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    ran = run("doctor", "--home", str(home))
    assert ran.code == 0
    assert "FAULT" not in ran.out
    assert "the first refresh makes it" in ran.out
    assert not home.exists()


def test_a_sound_home_is_said_to_be_sound(starter: Townbook) -> None:
    found = examined(starter.settings.home)
    assert {subject: worst(findings) for subject, findings in found.items()} == {
        "system": "ok",
        "packages": "ok",
        "home": "ok",
        "encoder": "ok",
        "selector": "ok",
        "index": "ok",
        "library": "ok",
        "sources": "ok",
        "llm": "ok",
    }
    assert "every file as it was published" in found["index"][0].found


def test_json_says_whether_all_is_sound(run: Run, tmp_path: Path) -> None:
    value = run("doctor", "--home", str(tmp_path), "--json").json
    assert value["sound"] is True
    assert {"subject", "state", "found", "remedy"} == set(value["findings"][0])


@pytest.fixture
def copied(starter: Townbook, tmp_path: Path) -> Path:
    """A copy of the starter home that a test may damage."""
    home = tmp_path / "copied"
    shutil.copytree(starter.settings.home, home, symlinks=True)
    return home


def test_a_damaged_snapshot_is_a_fault_with_a_remedy(run: Run, copied: Path) -> None:
    (snapshot,) = (copied / "snapshots").iterdir()
    catalogue = next(file for file in snapshot.rglob("*") if file.suffix == ".sqlite")
    content = bytearray(catalogue.read_bytes())
    content[-1] ^= 1
    catalogue.chmod(0o600)
    catalogue.write_bytes(content)
    ran = run("doctor", "--home", str(copied))
    assert ran.code == 1
    assert "FAULT  index" in ran.out
    assert "townbook refresh" in ran.out


def test_a_damaged_library_is_a_fault(copied: Path) -> None:
    library = copied / "library.sqlite"
    library.write_bytes(b"SQLite format 3\0" + os.urandom(4096))
    assert worst(examined(copied)["library"]) == "fault"


def test_a_selector_that_may_not_run_is_a_fault_with_a_remedy(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = find_conversion

    def apart(*arguments: Any) -> Conversion | None:
        found = real(*arguments)
        return found and replace(found, apart=dict.fromkeys(found.apart, 0.4))

    monkeypatch.setattr("assistant.doctor.find_conversion", apart)
    (finding,) = examined(copied)["selector"]
    assert finding.state == "fault"
    assert "by rules alone" in finding.found
    assert "converts the model again" in finding.remedy


def test_damaged_weights_of_the_ranking_are_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "ranking.safetensors"
    damaged.write_bytes(PATH.read_bytes()[:-100])
    assert "fault" not in {f.state for f in examine(Settings(home=tmp_path / "home"), {})}
    monkeypatch.setattr("assistant.doctor.Network", lambda: Network(damaged))
    (fault,) = [f for f in examine(Settings(home=tmp_path / "home"), {}) if f.state == "fault"]
    assert str(damaged) in fault.found
    assert fault.remedy == "install townbook again"


def test_another_encoder_than_the_indexs_is_a_fault(copied: Path) -> None:
    found = examined(copied, model="all-MiniLM-L6-v2")["index"]
    assert worst(found) == "fault"
    assert "got encoder all-MiniLM-L6-v2" in found[-1].found
    assert "expected multilingual-e5-small" in found[-1].found


def test_a_source_that_went_away_is_a_note(copied: Path) -> None:
    with Library(Home(copied)) as library:
        library.add_source(str(copied / "gone"), now="2026-01-01T00:00:00+00:00")
    (finding,) = examined(copied)["sources"]
    assert finding.state == "note"
    assert "what was read from them stays" in finding.found


def test_a_converted_model_with_an_altered_byte_is_a_fault(models: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(models, home / "models", copy_function=os.link)
    graph = next((home / "models").glob("converted-multilingual*")) / "model.xml"
    content = graph.read_bytes()
    graph.unlink()
    graph.write_bytes(content.replace(b"a", b"b", 1))
    (finding,) = examined(home)["encoder"]
    assert finding.state == "fault"
    assert "model.xml" in finding.found
