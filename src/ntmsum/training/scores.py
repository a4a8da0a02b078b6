"""The scores step: one model folder → dev scores, of the bare model or of the product with that model."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from ntmsum.errors import DataError
from ntmsum.training.batches import LENGTHS
from ntmsum.training.corpus import Pair, read_articles, read_pairs, syllable_count
from ntmsum.training.decoders import Bare, Decoder, Product
from ntmsum.training.domain import held_out
from ntmsum.training.hints import Hint, glossary_hints, mark, obeyed
from ntmsum.training.measures import digit_recall, mean_rouge, names_found, numbers_found, rank_correlation

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ScoresConfig:
    """What to measure.

    Args:
        model: folder in the shipped format.
        output: JSON file of the scores.
        translation: dev TSV files.
        translation_limit: first rows of each.
        articles: JSON lines with abstracts, for ROUGE and numbers.
        articles_limit: first rows.
        length_limit: articles summarized at all three lengths.
        own_pairs: our own pairs; only the held-out tenth is used, for chrF and hint obedience.
        threads: CPU threads.
        product: measure the product with this model (beam search, retries, terms, the article's own sentences)
            instead of the bare model's greedy output.
    """

    model: str
    output: str
    translation: tuple[str, ...] = ()
    translation_limit: int = 200
    articles: str = ""
    articles_limit: int = 100
    length_limit: int = 30
    own_pairs: str = ""
    threads: int = 2
    product: bool = False


def score_translation(
    sources: Sequence[str], hypotheses: Sequence[str], references: Sequence[str]
) -> dict[str, float]:
    """BLEU, chrF2 (sacreBLEU) and digit recall."""
    import sacrebleu

    return {
        "BLEU": sacrebleu.corpus_bleu(list(hypotheses), [list(references)]).score,
        "chrF2": sacrebleu.corpus_chrf(list(hypotheses), [list(references)]).score,
        "digit recall": digit_recall(sources, hypotheses),
        "digit recall of the reference": digit_recall(sources, references),
    }


def score_lengths(by_length: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Rank correlation of the length asked (short < medium < long) with syllables, and mean syllables."""
    order = [name for name in LENGTHS if name in by_length]
    asked = [float(order.index(name)) for name in order for _ in by_length[name]]
    sizes = [float(syllable_count(text)) for name in order for text in by_length[name]]
    means = {
        f"syllables {name}": sum(map(syllable_count, by_length[name])) / max(1, len(by_length[name]))
        for name in order
    }
    return {"length correlation": rank_correlation(asked, sizes), **means}


def score_hints(hints: Sequence[Sequence[Hint]], hypotheses: Sequence[str]) -> float:
    """Share of the hints that the hypotheses obey; nan without hints."""
    outcomes = [
        obeyed(hint.rendering, text) for row, text in zip(hints, hypotheses, strict=True) for hint in row
    ]
    return sum(outcomes) / len(outcomes) if outcomes else float("nan")


def _own_text(model: Decoder, path: str) -> dict[str, float]:
    from ntmsum.glossary import Glossary

    glossary = Glossary.official()
    pairs = [pair for pair in read_pairs(path) if held_out(pair.source)]
    if not pairs:
        raise DataError(
            f"{path} has no held-out pairs: one in ten is kept by its checksum, so give more lines."
        )
    sources, references = [pair.source for pair in pairs], [pair.reference for pair in pairs]
    hints = [glossary_hints(pair.source, pair.reference, glossary) for pair in pairs]
    plain = model.translate(sources)
    scores = {
        "pairs": float(len(pairs)),
        **score_translation(sources, plain, references),
        "hints": float(sum(map(len, hints))),
    }
    if model.gives_hints:
        return {**scores, "hints obeyed": score_hints(hints, plain)}
    hinted = model.translate([mark(source, row) for source, row in zip(sources, hints, strict=True)])
    return {
        **scores,
        "chrF2 with hints": score_translation(sources, hinted, references)["chrF2"],
        "hints obeyed": score_hints(hints, hinted),
        "terms right without hints": score_hints(hints, plain),
    }


def run_scores(config: ScoresConfig) -> dict[str, dict[str, float]]:
    """Measure a model and write the scores with a few outputs.

    Raises:
        DataError: a dev file is missing or malformed.
        ModelError: the model folder is incomplete.
    """
    model: Decoder = (Product if config.product else Bare)(config.model, config.threads)
    scores: dict[str, dict[str, float]] = {}
    samples: dict[str, list[str]] = {}

    def note(name: str, values: dict[str, float], texts: Sequence[str], began: float) -> None:
        scores[name] = {key: round(value, 4) for key, value in values.items()}
        scores[name]["seconds"] = round(time.time() - began, 1)
        samples[name] = list(texts[:12])
        log.info("%s %s: %s", config.model, name, scores[name])

    for path in config.translation:
        began = time.time()
        pairs: list[Pair] = list(islice(read_pairs(path), config.translation_limit))
        hypotheses = model.translate([pair.source for pair in pairs])
        values = score_translation([p.source for p in pairs], hypotheses, [p.reference for p in pairs])
        note(Path(path).name.split(".")[0], values, hypotheses, began)
    if config.own_pairs:
        began = time.time()
        note("own text", _own_text(model, config.own_pairs), [], began)
    if config.articles:
        began = time.time()
        items = list(islice(read_articles(config.articles), config.articles_limit))
        bodies = [item.body for item in items]
        summaries = model.summarize(bodies, "medium")
        names = ("ROUGE-1", "ROUGE-2", "ROUGE-L")
        values = dict(zip(names, mean_rouge(summaries, [item.summary for item in items]), strict=True))
        values["numbers found in article"] = numbers_found(summaries, bodies)
        values["names found in article"] = names_found(summaries, bodies)
        note("summaries", values, summaries, began)
        began = time.time()
        some = bodies[: config.length_limit]
        by_length = {"medium": summaries[: config.length_limit]}
        by_length |= {name: model.summarize(some, name) for name in ("short", "long")}
        values = score_lengths(by_length)
        values["numbers found in article"] = numbers_found(
            [text for texts in by_length.values() for text in texts],
            [body for _ in by_length for body in some],
        )
        note(
            "lengths", values, [text for row in zip(*by_length.values(), strict=True) for text in row], began
        )
    report = {
        "config": asdict(config),
        "signature": model.signature,
        "scores": scores,
        "samples": samples,
    }
    Path(config.output).write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    return scores
