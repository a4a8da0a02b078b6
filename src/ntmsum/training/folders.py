"""What the recipe reads from disk: model folders (shipped int8 or Hugging Face format) and checkpoints."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntmsum.engines.weights import SHARDS, load_shipped
from ntmsum.errors import DataError, ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def load_model(folder: str | Path) -> Any:
    """A float32 language model, decoder-only or encoder-decoder.

    Raises:
        ModelError: the folder is missing, incomplete or damaged.
    """
    folder = Path(folder)
    if not (folder / "config.json").is_file():
        raise ModelError(f"{folder} has no config.json; give a shipped or a Hugging Face model folder.")
    if any(folder.glob(SHARDS)):
        return load_shipped(folder)
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM

    try:
        both = AutoConfig.from_pretrained(str(folder)).is_encoder_decoder
        kind = AutoModelForSeq2SeqLM if both else AutoModelForCausalLM
        return kind.from_pretrained(str(folder), dtype=torch.float32)
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder} cannot be loaded ({error}).") from error


def load_tokenizer(folder: str | Path) -> Tokenizer:
    """The folder's ``tokenizer.json``.

    Raises:
        ModelError: it is missing or damaged.
    """
    from tokenizers import Tokenizer

    path = Path(folder) / "tokenizer.json"
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare Exception
        raise ModelError(f"{path} cannot be read ({error}); fetch the model folder again.") from error


def load_checkpoint(path: str | Path) -> dict[str, Any]:
    """The contents of a training checkpoint, on the CPU: master weights, progress, configuration, optimizer.

    Raises:
        DataError: it is missing or damaged.
    """
    import torch

    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except (
        OSError,
        RuntimeError,
        KeyError,
        EOFError,
        ValueError,
        IndexError,
        pickle.UnpicklingError,
    ) as error:
        raise DataError(
            f"The checkpoint {path} is damaged or missing ({error}); remove it to start anew."
        ) from error
    if "master" not in state:
        raise DataError(f"{path} is no checkpoint of the finetune step; give a run's checkpoint.pt.")
    return state
