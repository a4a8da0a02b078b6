"""What every text-to-text engine promises, whatever runs underneath. Engines know no Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """One input: free text between fixed token strings.

    Args:
        text: encoded by the engine's tokenizer without special tokens.
        prefix, suffix: token strings put before and after it (``<bos>``, task or language tokens, ``</s>``).
        target_prefix: token strings that the output is forced to start with (NLLB, mBART target language).
        controls: strings inside ``text`` that stand for one control token each (term hints); any other
            special token in the text is read as plain characters.
    """

    text: str
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    target_prefix: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search for the output.

    Args:
        max_tokens, min_tokens: bounds on the output length in tokens.
        beam: beam size; 1 is greedy.
        n_best: hypotheses returned per prompt, at most ``beam``.
        length_penalty: exponent of the length normalization of beam scores.
        repetition_penalty: above 1 discourages tokens already produced.
        no_repeat_ngram: no token n-gram of this size occurs twice in an output; 0 turns it off.
        batch_tokens: upper bound of padded prompt tokens decoded together, counted once for each beam; memory
            follows it.
    """

    max_tokens: int = 256
    min_tokens: int = 0
    beam: int = 1
    n_best: int = 1
    length_penalty: float = 1.0
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0
    batch_tokens: int = 8192

    def __post_init__(self) -> None:
        if not 1 <= self.n_best <= self.beam:
            raise ValueError(f"n_best must lie between 1 and beam ({self.beam}), not {self.n_best}")
        if not 0 <= self.min_tokens <= self.max_tokens:
            raise ValueError("min_tokens must lie between 0 and max_tokens")


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One decoded output: its text, mean log-probability per token (natural log), and length in tokens."""

    text: str
    score: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Completion:
    """What an engine returns for one prompt.

    Args:
        hypotheses: best first.
        prompt_tokens: tokens of the prompt that the model read.
        dropped_tokens: tokens of the prompt's text that did not fit and were left out at its end.
    """

    hypotheses: tuple[Hypothesis, ...]
    prompt_tokens: int
    dropped_tokens: int = 0

    @property
    def best(self) -> Hypothesis:
        """The likeliest hypothesis."""
        return self.hypotheses[0]


class Engine(Protocol):
    """A loaded model that continues prompts."""

    @property
    def signature(self) -> str:
        """Library, version, model and precision: same signature and input, same output."""

    @property
    def max_prompt_tokens(self) -> int:
        """How many prompt tokens the model reads, fixed tokens included."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's tokens, without special tokens."""

    def generate(self, prompts: Sequence[Prompt], options: Decoding) -> list[Completion]:
        """Decode every prompt; one completion per prompt, in order, whatever the batching."""
