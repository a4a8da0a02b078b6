"""From a registry entry to a running engine."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Literal

from ntmsum.engines.base import Engine
from ntmsum.engines.codec import load_codec
from ntmsum.engines.registry import ModelEntry
from ntmsum.engines.store import contents_hash, converted, model_hash
from ntmsum.errors import ModelError

Backend = Literal["auto", "ctranslate2", "transformers"]


def load_engine(
    entry: ModelEntry, *, backend: Backend = "auto", device: str = "cpu", threads: int = 1
) -> Engine:
    """Load a model.

    Args:
        entry: from ``find_model``.
        backend: "auto" takes CTranslate2 for shipped and converted folders, transformers for the rest.
        device: "cpu", "cuda" or "auto".
        threads: threads per decoding on the CPU.

    Raises:
        ModelError: the weights are missing, altered or of an unknown kind.
        CacheError: a shipped model cannot be converted because the cache is not writable.
    """
    folder = entry.folder
    if backend == "auto":
        backend = "ctranslate2" if entry.shipped or _is_converted(folder) else "transformers"
    if backend == "ctranslate2":
        return _ctranslate2(entry, device, threads)
    from ntmsum.engines.transformer import TransformersEngine

    return TransformersEngine(entry, device=device, threads=threads)


def _is_converted(folder: Path | None) -> bool:
    return folder is not None and (folder / "model.bin").is_file()


def _ctranslate2(entry: ModelEntry, device: str, threads: int) -> Engine:
    from ntmsum.engines.ctranslate import CTranslate2Engine

    folder = entry.folder
    name = entry.name
    if entry.shipped and folder is not None:
        from ntmsum.engines.conversion import convert_shipped

        shipped = folder
        name = f"{entry.name} {model_hash(shipped)[:12]}"
        folder = converted(
            shipped,
            f"ctranslate2 {version('ctranslate2')} int8 compact",
            lambda target: convert_shipped(shipped, target),
        )
        codec = load_codec(shipped)
    elif folder is not None and _is_converted(folder):
        codec = load_codec(folder)
        name = f"{entry.name} {contents_hash(folder)[:12]}"
    else:
        raise ModelError(
            f"{entry.name} is not in CTranslate2's format; use the transformers backend, or convert it first: "
            f"ntmsum models convert {entry.name} FOLDER"
        )
    codec.require(entry.fixed_tokens)
    return CTranslate2Engine(
        folder,
        codec,
        causal=entry.architecture == "causal",
        max_prompt_tokens=entry.max_prompt_tokens,
        name=name,
        end_token=entry.end_token,
        device=device,
        threads=threads,
    )
