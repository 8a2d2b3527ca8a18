"""What a figure was measured on: the processor, the versions, the commit.

Knows what a reader needs to compare two figures. Refuses to know what would say whose machine
it is: no host name, no user, no path.
"""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types; one name is used

ROOT = Path(__file__).parents[1]

# Those that the matrix libraries under the encoders choose their kernels by.
INSTRUCTIONS = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "amx_int8")
PACKAGES = (
    "torch",
    "openvino",
    "sentence-transformers",
    "transformers",
    "tokenizers",
    "numpy",
    "faiss-cpu",
)
# What a run of the benchmarks writes itself does not make the checkout another one.
_WRITTEN = (":(exclude)benchmarks/results", ":(exclude)docs/performance.md")


def machine() -> dict[str, str | int | float]:
    """Processor, memory, Python and the versions of the packages that figures depend on."""
    found: dict[str, str | int | float] = {
        "cpu": _cpuinfo("model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count() or 1,
        "instructions": " ".join(i for i in INSTRUCTIONS if i in _cpuinfo("flags").split()),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue  # measured without it
    return found


def commit() -> str:
    """The checkout's commit, " with changes" if files differ from it; "unknown" without git."""
    try:
        head = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", *_WRITTEN)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{head} with changes" if changed else head


def _git(*arguments: str) -> str:
    ran = subprocess.run(  # noqa: S603 - arguments are the two calls above
        ["git", *arguments],  # noqa: S607 - whichever git made the checkout
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def _cpuinfo(key: str) -> str:
    """The first value of ``key`` in Linux's list of processors; "" elsewhere."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    pairs = (line.partition(":") for line in lines)
    return next((value.strip() for name, _, value in pairs if name.strip() == key), "")
