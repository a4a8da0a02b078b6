"""The distil step: a teacher labels plain news, and a fresh, small encoder-decoder is made to learn from it.

Two functions on either side of the corpus and finetune steps: :func:`run_label` writes the teacher's translations or
summaries as a TSV or JSON-lines file that the corpus step reads like any other, :func:`run_student` writes an untrained
T5 v1.1 (deep encoder, shallow decoder) that the finetune step trains like any other model.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ntmsum.errors import DataError
from ntmsum.normalize import sentence_texts
from ntmsum.training.agreement import disagreements, figures_vi
from ntmsum.training.batches import BOS, EOS, LENGTHS, SEPARATOR, SUMMARIZE, TRANSLATE
from ntmsum.training.corpus import read_articles, syllable_count
from ntmsum.training.folders import load_tokenizer

if TYPE_CHECKING:
    from ntmsum.engines import Engine

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LabelConfig:
    """What the teacher labels.

    Args:
        model: the teacher's folder in the shipped format.
        articles: JSON lines with ``body`` (and ``abstract``, which is not used).
        output: file to write; one that exists is continued after its last line.
        task: ``translate`` (body sentences → TSV) or ``summarize`` (bodies → JSON lines).
        limit: how many articles.
        beam: beam size; all its hypotheses are candidates.
        chunk: articles labelled together.
        threads: CPU threads.
    """

    model: str
    articles: str
    output: str
    task: Literal["translate", "summarize"] = "translate"
    limit: int = 1000
    beam: int = 4
    chunk: int = 16
    threads: int = 1


@dataclass(frozen=True)
class StudentConfig:
    """The student's shape.

    Args:
        tokenizer: model folder whose ``tokenizer.json`` the student shares.
        output: folder to write.
        width, feed_forward, heads, encoder_layers, decoder_layers: sizes of the T5 v1.1.
        seed: of the initial weights.
    """

    tokenizer: str
    output: str
    width: int = 384
    feed_forward: int = 1024
    heads: int = 6
    encoder_layers: int = 8
    decoder_layers: int = 2
    seed: int = 0


def best_translation(source: str, candidates: Sequence[str]) -> str | None:
    """The likeliest candidate whose figures agree with the source, or None; candidates come best first."""
    return next((text for text in candidates if text and not disagreements(source, text)), None)


def best_summary(body: str, candidates: Sequence[str]) -> str | None:
    """The likeliest candidate whose figures all stand in the body, or None."""
    known = figures_vi(body)
    return next((text for text in candidates if text and figures_vi(text) <= known), None)


def run_label(config: LabelConfig, engine: Engine | None = None) -> Path:
    """Label articles with the teacher; returns the output path.

    Only examples whose figures survive are written. A run that was interrupted goes on with the article after the
    last complete one: progress is kept beside the output in ``.done``.

    Args:
        config: what to label.
        engine: the teacher, when it is already loaded.

    Raises:
        DataError: the articles are missing or malformed, or the output cannot be written.
    """
    if engine is None:
        from ntmsum.training.decoders import Bare

        engine = Bare(config.model, config.threads).engine
    output = Path(config.output)
    mark = output.with_name(f"{output.name}.done")
    done, size = _position(mark)
    if output.exists():
        os.truncate(output, size)
    label: Callable[[Engine, Sequence[str], int], Iterator[str]]
    label = _translated if config.task == "translate" else _summarized
    bodies = (item.body for item in islice(read_articles(config.articles), done, config.limit))
    try:
        with output.open("a", encoding="utf-8") as stream:
            while chunk := list(islice(bodies, config.chunk)):
                stream.writelines(f"{line}\n" for line in label(engine, chunk, config.beam))
                stream.flush()
                done += len(chunk)
                mark.write_text(
                    json.dumps({"articles": done, "bytes": output.stat().st_size}), encoding="utf-8"
                )
                log.info("labelled %d of %d articles", done, config.limit)
    except OSError as error:
        raise DataError(
            f"{output} cannot be written ({error}); free some space and run again to go on."
        ) from error
    return output


def _position(mark: Path) -> tuple[int, int]:
    if not mark.exists():
        return 0, 0
    state = json.loads(mark.read_text(encoding="utf-8"))
    return int(state["articles"]), int(state["bytes"])


def _candidates(
    engine: Engine, texts: Sequence[str], control: tuple[str, ...], beam: int, most: int
) -> list[list[str]]:
    from ntmsum.engines import Decoding
    from ntmsum.engines.base import Prompt

    prompts = [Prompt(text, (BOS, *control), (SEPARATOR,)) for text in texts]
    options = Decoding(max_tokens=most, beam=beam, n_best=beam)
    return [[hypothesis.text for hypothesis in done.hypotheses] for done in engine.generate(prompts, options)]


def _translated(engine: Engine, bodies: Sequence[str], beam: int) -> Iterator[str]:
    sources = [text for body in bodies for text in sentence_texts(body) if 4 <= syllable_count(text) <= 70]
    for source, candidates in zip(
        sources, _candidates(engine, sources, (TRANSLATE,), beam, 160), strict=True
    ):
        best = best_translation(source, candidates)
        if best is not None:
            yield f"{' '.join(source.split())}\t{' '.join(best.split())}"


def _summarized(engine: Engine, bodies: Sequence[str], beam: int) -> Iterator[str]:
    for token in LENGTHS.values():
        for body, candidates in zip(
            bodies, _candidates(engine, bodies, (SUMMARIZE, token), beam, 200), strict=True
        ):
            best = best_summary(body, candidates)
            if best is not None:
                yield json.dumps({"body": body, "abstract": best}, ensure_ascii=False)


def run_student(config: StudentConfig) -> Path:
    """Write an untrained student folder; returns its path.

    Raises:
        ModelError: the tokenizer is missing.
    """
    import torch
    from transformers import T5Config, T5ForConditionalGeneration

    tokenizer = load_tokenizer(config.tokenizer)
    ids = {name: tokenizer.token_to_id(name) for name in ("<pad>", EOS)}
    torch.manual_seed(config.seed)
    shape: dict[str, Any] = {
        "d_model": config.width,
        "d_kv": config.width // config.heads,
        "d_ff": config.feed_forward,
        "num_heads": config.heads,
        "num_layers": config.encoder_layers,
        "num_decoder_layers": config.decoder_layers,
        "feed_forward_proj": "gated-gelu",
    }
    tokens: dict[str, Any] = {
        "pad_token_id": ids["<pad>"],
        "eos_token_id": ids[EOS],
        "decoder_start_token_id": ids["<pad>"],
    }
    settings = T5Config(vocab_size=tokenizer.get_vocab_size(), **shape, **tokens)
    model = T5ForConditionalGeneration(settings)
    output = Path(config.output)
    model.save_pretrained(output)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        source = Path(config.tokenizer) / name
        if source.exists():
            shutil.copy(source, output)
    log.info("student: %.1fM parameters", sum(p.numel() for p in model.parameters()) / 1e6)
    return output
