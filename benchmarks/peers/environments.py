"""A Python environment for every peer, made once and kept.

Knows how one is made from a peer's requirements. What is in it is the requirements file's to say.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import platformdirs

REQUIREMENTS = Path(__file__).parent / "requirements"
DEFAULT_FOLDER = platformdirs.user_cache_path("townbook") / "benchmarks" / "peers"

_MADE = "requirements.txt"  # in an environment: what it was made from


class NotInstalled(Exception):
    """A peer's packages could not be installed."""


def python_of(peer: str, folder: Path) -> Path:
    """The interpreter of the peer's environment, which is made first if need be.

    Raises NotInstalled with the last line that pip said.
    """
    requirements = REQUIREMENTS / f"{peer}.txt"
    environment = folder / peer
    python = environment / "bin" / "python"
    wanted = requirements.read_text(encoding="utf-8")
    made = environment / _MADE
    if made.is_file() and made.read_text(encoding="utf-8") == wanted:
        return python
    print(f"{peer}: installing", file=sys.stderr)
    venv.create(environment, with_pip=True)
    # Torch by itself first, so that nothing else gets to choose one with a GPU's libraries.
    torch = next(line for line in wanted.splitlines() if line.startswith("torch=="))
    _pip(python, torch)
    _pip(python, "--requirement", str(requirements))
    made.write_text(wanted, encoding="utf-8")
    return python


def _pip(python: Path, *arguments: str) -> None:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    ran = subprocess.run(  # noqa: S603 - an interpreter made above, requirements of our own
        [*command, *arguments], capture_output=True, text=True, check=False
    )
    if ran.returncode != 0:
        raise NotInstalled((ran.stderr.strip().splitlines() or ["pip said nothing"])[-1])
