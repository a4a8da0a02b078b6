"""What int8 costs in scores: the same weights in int8 and float32, the same beams, likeliest hypotheses.

    python -m benchmarks.precision [MINUTES]

Summarizes articles of the evaluation set (ROUGE-L against the reference summaries) and translates their reference
summaries (chrF2 against the reference translations), as many as fit into the time.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from ntmsum.engines import Engine, find_model, load_engine
from ntmsum.engines.codec import load_codec
from ntmsum.evaluation.articles import EvalArticle, read_articles
from ntmsum.evaluation.metrics import Metric, Rouge, Sample, compare
from ntmsum.evaluation.metrics.strings import SacreBleu
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize, sentence_texts
from ntmsum.pipeline import DEFAULT_MODEL
from ntmsum.summarize import DECODING as SUMMARIZING
from ntmsum.translate import DECODING as TRANSLATING
from ntmsum.translate import Translator

ARTICLES = 75
METRICS: dict[str, Metric] = {"ROUGE-L of summaries": Rouge("L"), "chrF2 of translations": SacreBleu("chrF2")}


def _float32(folder: Path, threads: int) -> Engine:
    from ntmsum.engines.conversion import convert_shipped
    from ntmsum.engines.ctranslate import CTranslate2Engine

    entry = find_model(DEFAULT_MODEL, "summarize")
    assert entry.folder is not None
    convert_shipped(entry.folder, folder / "float32", "float32")
    return CTranslate2Engine(
        folder / "float32", load_codec(entry.folder), causal=True, max_prompt_tokens=entry.max_prompt_tokens,
        name="float32", end_token=entry.end_token, threads=threads,
    )  # fmt: skip


def _outputs(engine: Engine, article: EvalArticle) -> tuple[str, str]:
    """The likeliest summary of the article's opening, and the likeliest translation of its reference summary."""
    entry = find_model(DEFAULT_MODEL, "summarize")
    sentences = [s.text for s in normalize(article.article).sentences]
    read, room = [], entry.read_tokens
    for sentence, cost in zip(sentences, engine.count_tokens(sentences), strict=True):
        room -= cost + 1
        if room < 0:
            break
        read.append(sentence)
    prompt = entry.format("summarize").prompt(" ".join(read), "medium")
    summary = engine.generate([prompt], replace(SUMMARIZING, n_best=1))[0].best.text
    translator = Translator(engine, find_model(DEFAULT_MODEL, "translate"), Glossary.official())
    vi = article.summary_vi
    prompts = [translator.prompt(sentence) for sentence in sentence_texts(vi)]
    done = engine.generate(prompts, replace(TRANSLATING, n_best=1))
    return summary, " ".join(c.best.text for c in done)


def precision(seconds: float, threads: int = 1) -> dict[str, Any]:
    """Scores of both precisions and their differences.

    Args:
        seconds: no article is begun after this; at least two are done.
        threads: of each engine.
    """
    end = time.monotonic() + seconds
    samples: dict[str, dict[str, list[Sample]]] = {m: {"int8": [], "float32": []} for m in METRICS}
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        engines = {
            "int8": load_engine(find_model(DEFAULT_MODEL, "summarize"), threads=threads),
            "float32": _float32(Path(folder), threads),
        }
        for article in read_articles()[:ARTICLES]:
            if count >= 2 and time.monotonic() > end:
                break
            count += 1
            for name, engine in engines.items():
                references = ((article.summary_vi,), (article.summary_en,))
                for metric, output, reference in zip(
                    METRICS, _outputs(engine, article), references, strict=True
                ):
                    samples[metric][name].append(
                        Sample(article.id, article.article, output, reference, article.summary_vi)
                    )
    scores = {}
    for name, metric in METRICS.items():
        c = compare(metric, samples[name]["float32"], samples[name]["int8"])
        scores[name] = {
            "float32": round(c.first, 2),
            "int8": round(c.second, 2),
            "difference": round(c.second - c.first, 2),
            "interval": [round(c.low, 2), round(c.high, 2)],
        }
    return {"articles": count, "scores": scores}


if __name__ == "__main__":
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    found = precision(60 * minutes)
    print(f"{found['articles']} articles")
    for name, c in found["scores"].items():
        print(
            f"{name}: int8 {c['int8']}, float32 {c['float32']}, difference {c['difference']} (95%: {c['interval']})"
        )
