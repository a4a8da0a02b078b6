"""Examples as token ids: encoding, one packed file, and length-bucketed batches in a seeded, resumable order."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ntmsum.errors import DataError
from ntmsum.training.hints import HINT_TOKENS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

BOS, EOS, SEPARATOR = "<bos>", "<eos>", "<start_of_turn>"
TRANSLATE, SUMMARIZE = "<unused0>", "<unused1>"
LENGTHS = {"short": "<unused2>", "medium": "<unused3>", "long": "<unused4>"}
LENGTH_LIMITS = (27, 43)
"""Syllables from which a summary counts as medium, and as long."""


@dataclass(frozen=True, slots=True)
class Example:
    """One training example as text: task and length tokens ``control``, ``source`` with hints, ``target``."""

    control: tuple[str, ...]
    source: str
    target: str


def length_class(syllable_count: int) -> str:
    """``short``, ``medium`` or ``long`` by the number of syllables."""
    short, medium = LENGTH_LIMITS
    return "short" if syllable_count < short else "medium" if syllable_count < medium else "long"


def translation_example(source: str, reference: str) -> Example:
    """A translation example; the source may contain hint tokens."""
    return Example((TRANSLATE,), source, reference)


def summary_example(body: str, summary: str, length: str) -> Example:
    """A summary example for one of the lengths ``short``, ``medium``, ``long``."""
    return Example((SUMMARIZE, LENGTHS[length]), body, summary)


class Encoder:
    """Examples → token ids, with control tokens only where the recipe puts them.

    Args:
        tokenizer: a ``tokenizers.Tokenizer`` that knows the control tokens.

    Raises:
        DataError: a control token is missing from the tokenizer.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        tokenizer.encode_special_tokens = True
        names = (BOS, EOS, SEPARATOR, TRANSLATE, SUMMARIZE, *LENGTHS.values(), *HINT_TOKENS)
        found = {name: tokenizer.token_to_id(name) for name in names}
        self.ids = {name: token for name, token in found.items() if token is not None}
        missing = [name for name in names if name not in self.ids]
        if missing:
            raise DataError(
                f"The tokenizer lacks the control tokens {', '.join(missing)}; use the recipe's tokenizer."
            )
        self._split = re.compile("(" + "|".join(map(re.escape, HINT_TOKENS)) + ")")

    def text(self, text: str) -> list[int]:
        """Token ids of a text in which only hint tokens are control tokens."""
        ids: list[int] = []
        for position, piece in enumerate(self._split.split(text)):
            if position % 2:
                ids.append(self.ids[piece])
            elif piece:
                ids.extend(self.tokenizer.encode(piece, add_special_tokens=False).ids)
        return ids

    def __call__(self, example: Example, max_source: int | None = None) -> tuple[list[int], list[int]]:
        """Prompt ids and target ids; the source is cut to ``max_source`` tokens at its end."""
        source = self.text(example.source)[:max_source]
        prompt = [
            self.ids[BOS],
            *(self.ids[token] for token in example.control),
            *source,
            self.ids[SEPARATOR],
        ]
        return prompt, [*self.text(example.target), self.ids[EOS]]


@dataclass(frozen=True)
class Packed:
    """Token ids of many examples in one array.

    Args:
        tokens: uint16 ids, example after example, prompt then target.
        starts: int64, one per example plus the end.
        prompts: int32, prompt length of each example.
    """

    tokens: NDArray[np.uint16]
    starts: NDArray[np.int64]
    prompts: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.prompts)

    def lengths(self) -> NDArray[np.int64]:
        """Tokens of each example, prompt and target together."""
        return np.diff(self.starts)

    def length(self, index: int) -> int:
        """Tokens of one example."""
        return int(self.starts[index + 1] - self.starts[index])

    def example(self, index: int) -> tuple[NDArray[np.uint16], int]:
        """Token ids and prompt length of one example."""
        return self.tokens[self.starts[index] : self.starts[index + 1]], int(self.prompts[index])

    def save(self, path: str | Path) -> None:
        """Write a compressed ``.npz``."""
        np.savez_compressed(path, tokens=self.tokens, starts=self.starts, prompts=self.prompts)

    @staticmethod
    def load(path: str | Path) -> Packed:
        """Read what :meth:`save` wrote.

        Raises:
            DataError: missing or damaged file.
        """
        try:
            with np.load(path) as data:
                return Packed(data["tokens"], data["starts"], data["prompts"])
        except (OSError, KeyError, ValueError) as error:
            raise DataError(
                f"The packed examples {path} cannot be read ({error}); run the corpus step again."
            ) from error


def pack(encoded: Sequence[tuple[list[int], list[int]]]) -> Packed:
    """Pack (prompt ids, target ids) examples.

    Raises:
        DataError: a token id does not fit in 16 bits.
    """
    sizes = [len(prompt) + len(target) for prompt, target in encoded]
    flat = [token for prompt, target in encoded for token in (*prompt, *target)]
    if flat and max(flat) > np.iinfo(np.uint16).max:
        raise DataError("A token id exceeds 65,535; prune the vocabulary first.")
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    prompts = np.array([len(prompt) for prompt, _ in encoded], np.int32)
    return Packed(np.array(flat, np.uint16), starts, prompts)


def batch_order(lengths: NDArray[np.int64], max_tokens: int, seed: int, epoch: int) -> list[list[int]]:
    """The batches of one epoch as example indices: similar lengths together, batches in random order.

    Args:
        lengths: tokens per example.
        max_tokens: bound of batch size × longest example; an example beyond it forms its own batch.
        seed, epoch: the order depends on nothing else.
    """
    rng = random.Random(f"{seed}-{epoch}")
    order = list(range(len(lengths)))
    rng.shuffle(order)
    batches: list[list[int]] = []
    for first in range(0, len(order), 4096):
        batch: list[int] = []
        for index in sorted(order[first : first + 4096], key=lambda at: (int(lengths[at]), at)):
            if batch and int(lengths[index]) * (len(batch) + 1) > max_tokens:
                batches.append(batch)
                batch = []
            batch.append(index)
        batches.append(batch)
    rng.shuffle(batches)
    return [batch for batch in batches if batch]


def batch_stream(
    lengths: NDArray[np.int64], max_tokens: int, seed: int, start: int = 0
) -> Iterator[list[int]]:
    """Endless batches, epoch after epoch, from batch number ``start`` on: how an interrupted run resumes.

    Raises:
        DataError: there are no examples.
    """
    if not len(lengths):
        raise DataError("There are no training examples; every one was filtered out or the files are empty.")
    epoch = 0
    while True:
        batches = batch_order(lengths, max_tokens, seed, epoch)
        yield from batches[start:]
        start = max(0, start - len(batches))
        epoch += 1
