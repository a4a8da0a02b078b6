"""Shipped weights: verified against their checksums, joined, and converted once into the user's cache."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from ntmsum.errors import CacheError, ModelError

CACHE_VARIABLE = "NTMSUM_CACHE"
CHECKSUMS = "SHA256SUMS"
_MODEL_SUFFIXES = frozenset({".safetensors", ".bin", ".json", ".model", ".spm", ".txt", ".toml"})


def cache_folder() -> Path:
    """Where converted models go: ``$NTMSUM_CACHE``, else the platform's cache directory."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen) if chosen else user_cache_path("ntmsum")


def read_checksums(folder: Path) -> dict[str, str]:
    """File name → SHA-256 from a folder's ``SHA256SUMS`` (the format of ``sha256sum``).

    Raises:
        ModelError: the folder or the list is missing or malformed.
    """
    remedy = "get the models/ folder again (git checkout -- models)"
    try:
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ModelError(f"The model folder {folder} is missing or has no {CHECKSUMS}; {remedy}.") from error
    sums = {name.lstrip("*"): digest for digest, _, name in (line.partition(" ") for line in lines) if name}
    sums = {name.strip(): digest for name, digest in sums.items()}
    if not sums:
        raise ModelError(f"{folder / CHECKSUMS} lists no files; {remedy}.")
    return sums


def verify(folder: Path) -> str:
    """Check every listed file.

    Returns:
        The model's hash: the SHA-256 of its checksum list.

    Raises:
        ModelError: a file is missing, truncated or altered.
    """
    sums = read_checksums(folder)
    for name, expected in sums.items():
        file = folder / name
        remedy = f"restore it with: git checkout -- {file}"
        if not file.is_file():
            raise ModelError(f"The model file {file} is missing; {remedy}")
        if _digest(file) != expected:
            raise ModelError(f"The model file {file} is truncated or altered (its SHA-256 differs); {remedy}")
    return model_hash(folder)


def model_hash(folder: Path) -> str:
    """The hash that names a shipped model's weights in signatures, without reading the weights."""
    return hashlib.sha256((json.dumps(read_checksums(folder), sort_keys=True)).encode()).hexdigest()


def contents_hash(folder: Path) -> str:
    """The hash that names a local model in signatures: of every file that a model is read from.

    Another model under the same name is another signature, however it came there.
    """
    files = sorted(f for f in folder.iterdir() if f.suffix in _MODEL_SUFFIXES and f.is_file())
    sums = {f.name: _digest(f) for f in files}
    return hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()


def converted(folder: Path, signature: str, convert: Callable[[Path], None]) -> Path:
    """The cached conversion of a shipped model, made on first use.

    Two processes that start at once make it once; one that is killed half-way leaves only a temporary
    folder, which the next one removes.

    Args:
        folder: the shipped model.
        signature: what the conversion depends on beside the weights (library version, precision).
        convert: writes the converted model into the empty folder it is given.

    Raises:
        ModelError: a shipped file is missing or altered.
        CacheError: the cache cannot be written.
    """
    key = hashlib.sha256(f"{model_hash(folder)} {signature}".encode()).hexdigest()[:16]
    home = cache_folder() / "models"
    target = home / f"{folder.name}-{key}"
    if target.is_dir():
        return target
    verify(folder)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / f"{target.name}.lock"):
            if target.is_dir():
                return target
            for stale in home.glob(f"{target.name}.part-*"):
                shutil.rmtree(stale, ignore_errors=True)
            part = Path(tempfile.mkdtemp(prefix=f"{target.name}.part-", dir=home))
            try:
                convert(part)
                os.replace(part, target)
            finally:
                shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise CacheError(_explain(home, error)) from error
    return target


def write_checksums(folder: Path) -> Mapping[str, str]:
    """Write ``SHA256SUMS`` over every other file of a model folder except its card; returns what it wrote."""
    files = sorted(f for f in folder.iterdir() if f.is_file() and f.name != CHECKSUMS and f.suffix != ".md")
    sums = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}
    (folder / CHECKSUMS).write_text("".join(f"{d}  {n}\n" for n, d in sums.items()), encoding="utf-8")
    return sums


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _explain(home: Path, error: OSError) -> str:
    remedy = f"set {CACHE_VARIABLE} to a folder with 200 MB free that you may write to"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"There is no space left for the model cache in {home}; free some, or {remedy}."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"The model cache {home} cannot be written; {remedy}."
    return f"The model cache {home} cannot be used ({error.strerror or error}); {remedy}."
