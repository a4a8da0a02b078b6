"""What the scores step measures: a model's own greedy output, or what the product makes of the model."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ntmsum.normalize import expand_abbreviations, normalize, sentence_texts
from ntmsum.training.batches import BOS, LENGTHS, SEPARATOR, SUMMARIZE, TRANSLATE
from ntmsum.training.hints import HINT_TOKENS

if TYPE_CHECKING:
    from ntmsum.engines import Engine
    from ntmsum.summarize import Length

MAX_PROMPT_TOKENS = 1800
READ_WORDS = 430
"""Words of an article that a summary reads, as in the training examples."""


class Decoder(Protocol):
    """Both tasks, many texts at a time.

    ``gives_hints`` says whether it puts official terms' renderings beside them itself.
    """

    gives_hints: bool

    @property
    def signature(self) -> str:
        """Everything that the output depends on beside the input."""

    def translate(self, sources: Sequence[str]) -> list[str]:
        """English of Vietnamese texts of a sentence or a few."""

    def summarize(self, bodies: Sequence[str], length: Length) -> list[str]:
        """Vietnamese summaries of articles."""


class Bare:
    """A shipped folder decoded greedily by CTranslate2 int8; sources may contain term hints.

    Args:
        folder: the model folder.
        threads: CPU threads.
    """

    gives_hints = False

    def __init__(self, folder: str | Path, threads: int = 2) -> None:
        from ntmsum.engines.codec import load_codec
        from ntmsum.engines.conversion import convert_shipped
        from ntmsum.engines.ctranslate import CTranslate2Engine

        folder = Path(folder)
        self._scratch = tempfile.TemporaryDirectory(prefix="ntmsum-scores-")
        converted = Path(self._scratch.name) / "ct2"
        convert_shipped(folder, converted)
        self.engine: Engine = CTranslate2Engine(
            converted, load_codec(folder), causal=True, max_prompt_tokens=MAX_PROMPT_TOKENS, name=folder.name,
            end_token="<eos>", threads=threads,
        )  # fmt: skip

    @property
    def signature(self) -> str:
        """The engine's."""
        return self.engine.signature

    def _greedy(self, texts: Sequence[str], control: tuple[str, ...], most: int) -> list[str]:
        from ntmsum.engines import Decoding
        from ntmsum.engines.base import Prompt

        prompts = [Prompt(text, (BOS, *control), (SEPARATOR,), controls=HINT_TOKENS) for text in texts]
        return [done.best.text for done in self.engine.generate(prompts, Decoding(max_tokens=most))]

    def translate(self, sources: Sequence[str]) -> list[str]:
        """The model is asked for each source as it is."""
        return self._greedy(sources, (TRANSLATE,), 160)

    def summarize(self, bodies: Sequence[str], length: Length) -> list[str]:
        """The model reads each body's first ``READ_WORDS`` words."""
        texts = [" ".join(expand_abbreviations(body).split()[:READ_WORDS]) for body in bodies]
        return self._greedy(texts, (SUMMARIZE, LENGTHS[length]), 200)


class Product:
    """The product's own summarizer and translator with the model of a folder.

    Args:
        folder: the model folder, with its ``model.toml``.
        threads: CPU threads.
    """

    gives_hints = True

    def __init__(self, folder: str | Path, threads: int = 2) -> None:
        from ntmsum.pipeline import load_pipeline

        self._pipeline = load_pipeline(str(folder), str(folder), threads=threads)

    @property
    def signature(self) -> str:
        """The pipeline's."""
        return self._pipeline.signature

    def translate(self, sources: Sequence[str]) -> list[str]:
        """Each source sentence by sentence, as a summary is translated."""
        split = [sentence_texts(source) for source in sources]
        done = iter(self._pipeline.translator.translate([text for texts in split for text in texts]))
        return [" ".join(sentence.text for sentence in islice(done, len(texts))) for texts in split]

    def summarize(self, bodies: Sequence[str], length: Length) -> list[str]:
        """Each body as a pasted text of one paragraph without a title."""
        articles = [normalize(" ".join(body.split())) for body in bodies]
        return [summary.text for summary in self._pipeline.summarizer.summarize(articles, length)]
