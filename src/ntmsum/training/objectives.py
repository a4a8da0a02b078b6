"""What a training step computes: batches as tensors and their loss, for decoder-only and encoder-decoder models."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ntmsum.training.batches import Packed

if TYPE_CHECKING:
    import torch

Tensors = dict[str, "torch.Tensor"]


@dataclass(frozen=True)
class Objective:
    """How a kind of model is trained.

    Args:
        collate: packed examples and indices → padded tensors.
        loss: model, tensors and label smoothing → mean loss per target token (nats).
    """

    collate: Callable[[Packed, Sequence[int]], Tensors]
    loss: Callable[[Any, Tensors, float], torch.Tensor]


def objective_of(model: Any) -> Objective:
    """The objective that fits a transformers model."""
    if model.config.is_encoder_decoder:
        return Objective(collate_seq2seq, seq2seq_loss)
    return Objective(collate_causal, causal_loss)


def _padded(longest: int, multiple: int = 8) -> int:
    return math.ceil(longest / multiple) * multiple


def collate_causal(packed: Packed, batch: Sequence[int]) -> Tensors:
    """``ids`` and shifted ``labels``, both ``[examples, tokens]``; labels are −100 off the targets.

    Padding stands at the right end, where causal attention keeps it from every real position: no mask is needed.
    """
    import torch

    width = _padded(max(packed.length(index) for index in batch))
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    labels = torch.full((len(batch), width), -100)
    for row, index in enumerate(batch):
        tokens, prompt = packed.example(index)
        sequence = torch.from_numpy(tokens.astype("int64"))
        ids[row, : len(sequence)] = sequence
        labels[row, prompt - 1 : len(sequence) - 1] = sequence[prompt:]
    return {"ids": ids, "labels": labels}


def causal_loss(model: Any, tensors: Tensors, smoothing: float) -> torch.Tensor:
    """Label-smoothed cross-entropy; logits are computed at target positions only."""
    import torch.nn.functional as functional

    hidden = model.model(input_ids=tensors["ids"], use_cache=False).last_hidden_state
    chosen = tensors["labels"] != -100
    logits = model.lm_head(hidden[chosen]).float()
    return functional.cross_entropy(logits, tensors["labels"][chosen], label_smoothing=smoothing)


def collate_seq2seq(packed: Packed, batch: Sequence[int]) -> Tensors:
    """Encoder ``ids`` with their ``mask`` (the prompts), and ``labels`` (the targets, −100 beyond their end)."""
    import torch

    examples = [packed.example(index) for index in batch]
    ids = torch.zeros(len(batch), _padded(max(prompt for _, prompt in examples)), dtype=torch.long)
    mask = torch.zeros_like(ids)
    labels = torch.full((len(batch), max(len(tokens) - prompt for tokens, prompt in examples)), -100)
    for row, (tokens, prompt) in enumerate(examples):
        sequence = torch.from_numpy(tokens.astype("int64"))
        ids[row, :prompt] = sequence[:prompt]
        mask[row, :prompt] = 1
        labels[row, : len(sequence) - prompt] = sequence[prompt:]
    return {"ids": ids, "mask": mask, "labels": labels}


def seq2seq_loss(model: Any, tensors: Tensors, smoothing: float) -> torch.Tensor:
    """Label-smoothed cross-entropy of the decoder."""
    import torch.nn.functional as functional

    labels = tensors["labels"]
    logits = model(input_ids=tensors["ids"], attention_mask=tensors["mask"], labels=labels).logits.float()
    return functional.cross_entropy(
        logits.flatten(0, 1), labels.flatten(), ignore_index=-100, label_smoothing=smoothing
    )
