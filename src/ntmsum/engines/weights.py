"""The format of shipped weights: safetensors shards of int8 rows, small enough for a git repository."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntmsum.errors import ModelError

if TYPE_CHECKING:
    import torch

SHARD_BYTES = 44_000_000
SHARDS = "weights-*.safetensors"


def read_shards(folder: Path) -> dict[str, torch.Tensor]:
    """Float32 tensors of a folder's ``weights-*.safetensors``.

    Each matrix is stored as int8 rows ``NAME`` with one float32 scale per row in ``NAME.scale``
    (value = integer × scale); vectors are float32.

    Raises:
        ModelError: there are no shards, or one is damaged.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    raw: dict[str, torch.Tensor] = {}
    for shard in sorted(folder.glob(SHARDS)):
        try:
            raw.update(load_file(shard))
        except SafetensorError as error:
            raise ModelError(
                f"{shard} is damaged ({error}); restore it with: git checkout -- {shard}"
            ) from error
    if not raw:
        raise ModelError(f"{folder} holds no {SHARDS}; restore it with: git checkout -- {folder}")
    state = {}
    for name, value in raw.items():
        if not name.endswith(".scale"):
            scale = raw.get(f"{name}.scale")
            state[name] = value.float() if scale is None else value.float() * scale[:, None]
    return state


def write_shards(
    state: Mapping[str, torch.Tensor], folder: Path, shard_bytes: int = SHARD_BYTES
) -> list[Path]:
    """Write tensors in the shipped format.

    Rows are scaled by their largest absolute value, as CTranslate2's int8 does, so that its conversion of
    the shipped weights changes nothing.

    Args:
        state: tensors by name; matrices become int8, the rest stays float32.
        folder: an existing folder.
        shard_bytes: a shard is closed before it would grow beyond this.

    Returns:
        The shards written.
    """
    from safetensors.torch import save_file

    shards: list[dict[str, torch.Tensor]] = [{}]
    size = 0
    for name in sorted(state):
        pieces = _quantized(name, state[name].float())
        added = sum(p.numel() * p.element_size() for p in pieces.values())
        if shards[-1] and size + added > shard_bytes:
            shards.append({})
            size = 0
        shards[-1].update(pieces)
        size += added
    paths = [folder / f"weights-{i}.safetensors" for i in range(len(shards))]
    for path, shard in zip(paths, shards, strict=True):
        save_file(shard, path)
    return paths


def load_shipped(folder: Path) -> Any:
    """The transformers model of a shipped folder, in float32, ready to run.

    Raises:
        ModelError: the weights do not fit the folder's config.json.
    """
    from transformers import AutoConfig, AutoModelForCausalLM

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    model = AutoModelForCausalLM.from_config(
        AutoConfig.for_model(**{"model_type": "gemma3_text", **config})
    ).float()
    missing, unexpected = model.load_state_dict(read_shards(folder), strict=False)
    missing = [name for name in missing if name != "lm_head.weight"]
    if missing or unexpected:
        raise ModelError(f"The weights in {folder} do not fit its config.json: {(missing + unexpected)[:3]}.")
    model.tie_weights()
    return model.eval()


def _quantized(name: str, value: torch.Tensor) -> dict[str, torch.Tensor]:
    import torch

    if value.dim() != 2:
        return {name: value.contiguous()}
    largest = value.abs().amax(dim=1)
    scale = torch.where(largest > 0, largest / 127, torch.ones_like(largest))
    return {name: (value / scale[:, None]).round().to(torch.int8), f"{name}.scale": scale}
