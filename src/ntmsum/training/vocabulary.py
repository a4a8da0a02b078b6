"""The vocabulary step: prune a BPE tokenizer and the embedding to the pieces our two languages use.

Two thirds of a small multilingual model is its embedding. Merges are pruned with the pieces and kept closed: every
kept piece can still be built from kept pieces, so a rare name falls apart into smaller pieces, never into ``<unk>``.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntmsum.errors import DataError, ModelError
from ntmsum.training.batches import BOS, EOS, SEPARATOR
from ntmsum.training.corpus import read_articles, read_pairs

if TYPE_CHECKING:
    from tokenizers import Tokenizer

log = logging.getLogger(__name__)

SPECIAL = ("<pad>", EOS, BOS, "<unk>", SEPARATOR, "<end_of_turn>", *(f"<unused{i}>" for i in range(20)))
# Latin with Vietnamese letters, general punctuation, the BPE space and the đồng sign.
_ALPHABET = ((0, 0x250), (0x1EA0, 0x1F00), (0x2010, 0x2070), (0x2581, 0x2582), (0x20AB, 0x20AC))


@dataclass(frozen=True)
class VocabularyConfig:
    """What to prune.

    Args:
        model: Hugging Face folder with ``tokenizer.json`` (BPE) and tied embeddings.
        output: folder of the pruned model.
        pairs, articles: text whose pieces are counted (TSV and JSON-lines files).
        pieces: how many of the most frequent pieces to keep, before closing.
        texts: most texts counted per file.
    """

    model: str
    output: str
    pairs: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    pieces: int = 30_000
    texts: int = 200_000


def count_pieces(tokenizer: Tokenizer, texts: Iterable[str], chunk: int = 2000) -> Counter[int]:
    """How often each token id occurs in the texts."""
    counts: Counter[int] = Counter()
    stream = iter(texts)
    while batch := list(islice(stream, chunk)):
        for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
            counts.update(encoding.ids)
    return counts


def closed_pieces(
    vocabulary: Mapping[str, int], merges: Sequence[Sequence[str]], wanted: Iterable[str]
) -> set[str]:
    """``wanted`` and every piece needed to build them by merges.

    Args:
        vocabulary: piece → id.
        merges: pairs of pieces in order of priority.
        wanted: pieces to keep.
    """
    parts = {left + right: (left, right) for left, right in merges}
    kept: set[str] = set()
    open_pieces = [piece for piece in wanted if piece in vocabulary]
    while open_pieces:
        piece = open_pieces.pop()
        if piece not in kept:
            kept.add(piece)
            open_pieces += [part for part in parts.get(piece, ()) if part not in kept]
    return kept


def always_kept(vocabulary: Mapping[str, int]) -> Iterator[str]:
    """Special tokens, byte pieces and single characters of our alphabets."""
    for piece in vocabulary:
        single = len(piece) == 1 and any(low <= ord(piece) < high for low, high in _ALPHABET)
        if single or piece in SPECIAL or (piece.startswith("<0x") and piece.endswith(">")):
            yield piece


def prune_tokenizer(settings: Mapping[str, Any], kept: set[str]) -> tuple[dict[str, Any], list[int]]:
    """The pruned ``tokenizer.json`` and the old id of each new id.

    Args:
        settings: contents of a BPE ``tokenizer.json``.
        kept: pieces to keep, closed under merges.

    Raises:
        ModelError: the tokenizer is not BPE.
    """
    model = settings.get("model", {})
    if model.get("type") != "BPE":
        raise ModelError(f"Only BPE tokenizers can be pruned, not {model.get('type')!r}.")
    old = sorted(model["vocab"][piece] for piece in kept)
    piece_of = {index: piece for piece, index in model["vocab"].items()}
    vocabulary = {piece_of[index]: new for new, index in enumerate(old)}
    merges = [[a, b] for a, b in map(_pair, model["merges"]) if {a, b, a + b} <= vocabulary.keys()]
    added = [
        {**token, "id": vocabulary[token["content"]]}
        for token in settings.get("added_tokens", ())
        if token["content"] in vocabulary
    ]
    pruned = {**settings, "model": {**model, "vocab": vocabulary, "merges": merges}, "added_tokens": added}
    return {**pruned, "post_processor": None}, old


def _pair(merge: str | Sequence[str]) -> tuple[str, str]:
    left, right = merge.split(" ") if isinstance(merge, str) else merge
    return left, right


def prune_embedding(model: Any, old_ids: Sequence[int]) -> None:
    """Keep the embedding rows ``old_ids`` of a model with tied embeddings, in place."""
    import torch

    rows = model.get_input_embeddings().weight.detach()[torch.tensor(list(old_ids))].clone()
    smaller = torch.nn.Embedding(len(old_ids), rows.shape[1])
    smaller.weight.data = rows
    embedding = model.get_input_embeddings()
    embedding.weight = smaller.weight
    embedding.num_embeddings = len(old_ids)
    model.config.vocab_size = len(old_ids)
    model.lm_head.out_features = len(old_ids)
    model.tie_weights()


def _texts(config: VocabularyConfig) -> Iterator[str]:
    for path in config.pairs:
        for pair in islice(read_pairs(path), config.texts):
            yield from (pair.source, pair.reference)
    for path in config.articles:
        for item in islice(read_articles(path), config.texts):
            yield item.body


def run_vocabulary(config: VocabularyConfig) -> Path:
    """Write the pruned model folder; returns its path.

    Raises:
        DataError: there is no text to count, or a file is malformed.
        ModelError: the model folder is incomplete or not BPE.
    """
    from tokenizers import Tokenizer

    from ntmsum.training.folders import load_model

    source, output = Path(config.model), Path(config.output)
    try:
        settings = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{source / 'tokenizer.json'} cannot be read ({error}).") from error
    counts = count_pieces(Tokenizer.from_str(json.dumps(settings)), _texts(config))
    if not counts:
        raise DataError("There is no text to count pieces in; name pairs or articles.")
    vocabulary = settings["model"]["vocab"]
    piece_of = {index: piece for piece, index in vocabulary.items()}
    frequent = [piece_of[index] for index, _ in counts.most_common(config.pieces) if index in piece_of]
    merges = [_pair(merge) for merge in settings["model"]["merges"]]
    kept = closed_pieces(vocabulary, merges, [*always_kept(vocabulary), *frequent])
    pruned, old_ids = prune_tokenizer(settings, kept)
    covered = sum(counts[index] for index in old_ids) / counts.total()
    log.info("vocabulary: %d → %d pieces, %.3f%% of tokens", len(vocabulary), len(old_ids), 100 * covered)
    model = load_model(source)
    prune_embedding(model, old_ids)
    new = pruned["model"]["vocab"]
    model.config.bos_token_id, model.config.eos_token_id = new.get(BOS), new.get(EOS)
    model.config.pad_token_id = new.get("<pad>", 0)
    model.save_pretrained(output)
    (output / "tokenizer.json").write_text(json.dumps(pruned, ensure_ascii=False), encoding="utf-8")
    tokens = {"bos_token": BOS, "eos_token": EOS, "pad_token": "<pad>", "unk_token": "<unk>"}
    described = {"tokenizer_class": "PreTrainedTokenizerFast", **tokens}
    (output / "tokenizer_config.json").write_text(json.dumps(described, indent=1), encoding="utf-8")
    return output
