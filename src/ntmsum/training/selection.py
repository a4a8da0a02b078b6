"""Which checkpoint is best: dev examples measured by their loss, or decoded and scored as a reader would see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ntmsum.training.batches import EOS, SUMMARIZE, Packed, batch_order
from ntmsum.training.measures import mean_rouge

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from ntmsum.training.objectives import Objective


def dev_loss(model: Any, objective: Objective, packed: Packed, batch_tokens: int) -> float:
    """Mean loss per batch on dev examples, without label smoothing (nats per target token)."""
    import torch

    losses = []
    with torch.no_grad():
        for batch in batch_order(packed.lengths(), batch_tokens, seed=0, epoch=0):
            tensors = objective.collate(packed, batch)
            placed = {name: tensor.to(model.device) for name, tensor in tensors.items()}
            losses.append(float(objective.loss(model, placed, 0.0)))
    return sum(losses) / len(losses)


def dev_scores(model: Any, packed: Packed, tokenizer: Tokenizer, limit: int) -> dict[str, float]:
    """Greedy outputs against the dev targets: ``chrF2`` of the translations, ``ROUGE-L`` of the summaries.

    Args:
        model: a transformers language model, decoder-only or encoder-decoder.
        packed: dev examples.
        tokenizer: the model's.
        limit: first examples taken of each task; a task without examples has no score.
    """
    import sacrebleu

    summarize = tokenizer.token_to_id(SUMMARIZE)
    tasks: dict[bool, list[int]] = {False: [], True: []}
    for index in range(len(packed)):
        chosen = tasks[int(packed.example(index)[0][1]) == summarize]
        if len(chosen) < limit:
            chosen.append(index)
    scores = {}
    if tasks[False]:
        hypotheses, references = _decode(model, packed, tasks[False], tokenizer)
        scores["chrF2"] = sacrebleu.corpus_chrf(hypotheses, [references]).score
    if tasks[True]:
        scores["ROUGE-L"] = mean_rouge(*_decode(model, packed, tasks[True], tokenizer))[2]
    return scores


def _decode(
    model: Any, packed: Packed, chosen: Sequence[int], tokenizer: Tokenizer, rows: int = 16
) -> tuple[list[str], list[str]]:
    """Greedy hypotheses and the targets as text, both in the order of ``chosen``."""
    import torch

    end = tokenizer.token_to_id(EOS)
    hypotheses: dict[int, str] = {}
    order = sorted(chosen, key=packed.length)
    for first in range(0, len(order), rows):
        batch = order[first : first + rows]
        prompts = [
            torch.from_numpy(tokens[:size].astype("int64")) for tokens, size in map(packed.example, batch)
        ]
        width = max(map(len, prompts))
        ids = torch.zeros(len(batch), width, dtype=torch.long)
        mask = torch.zeros_like(ids)
        # A decoder-only model goes on where the prompt ends, so the padding stands before it.
        for row, prompt in enumerate(prompts):
            place = (
                slice(0, len(prompt))
                if model.config.is_encoder_decoder
                else slice(width - len(prompt), width)
            )
            ids[row, place], mask[row, place] = prompt, 1
        longest = max(
            packed.length(index) - len(prompt) for index, prompt in zip(batch, prompts, strict=True)
        )
        with torch.no_grad():
            made = model.generate(
                ids.to(model.device), attention_mask=mask.to(model.device), do_sample=False, num_beams=1,
                max_new_tokens=longest + 20, eos_token_id=end, pad_token_id=0,
            )  # fmt: skip
        start = 0 if model.config.is_encoder_decoder else width
        for index, row in zip(batch, made[:, start:].tolist(), strict=True):
            hypotheses[index] = tokenizer.decode(row, skip_special_tokens=True)
    targets = [packed.example(index) for index in chosen]
    references = [
        tokenizer.decode(tokens[size:].tolist(), skip_special_tokens=True) for tokens, size in targets
    ]
    return [hypotheses[index] for index in chosen], references
