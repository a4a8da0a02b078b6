"""The robust suite: what is left of an article after it was pasted dirty, and what the user is told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ntmsum.article import Article
from ntmsum.errors import NtmsumError
from ntmsum.evaluation.articles import EvalArticle
from ntmsum.evaluation.dirty import DirtyItem, dirty_items
from ntmsum.evaluation.judging import judge_end_to_end
from ntmsum.evaluation.metrics.faithfulness import is_kept
from ntmsum.evaluation.outcome import Outcome, Result
from ntmsum.evaluation.outputs import Outputs, Row
from ntmsum.evaluation.regional import choose_articles, corpus_of
from ntmsum.evaluation.running import LENGTH, run_timings, with_pipeline
from ntmsum.normalize import normalize
from ntmsum.pipeline import Pipeline
from ntmsum.words import strip_marks, syllables

# What the user must be told about each kind of dirt, as a kind of note.
_NOTES = {"nfd": "nfd", "tcvn3": "encoding", "mojibake": "mojibake", "html": "html", "unmarked": "diacritics"}


@dataclass(frozen=True, slots=True)
class Recovery:
    """What normalization made of one dirty text.

    Args:
        item: the text.
        kept: share of the clean articles' sentences that came through, 0 to 1.
        extra: words that belong to no article, as a share of the clean words.
        numbers: share of the key numbers still there; None without any.
        noted: whether the note that the dirt deserves was given; None when it deserves none.
        error: the message, when the text was refused.
    """

    item: DirtyItem
    kept: float
    extra: float
    numbers: float | None
    noted: bool | None
    error: str = ""


def recover(item: DirtyItem) -> Recovery:
    """Normalize a dirty text and compare it with its clean articles."""
    note = _NOTES.get(item.kind)
    try:
        found = normalize(item.text)
    except NtmsumError as error:
        return Recovery(item, 0.0, 0.0, 0.0, False if note else None, str(error))
    plain = item.kind == "unmarked"
    clean = [_words(s.text, plain) for a in item.articles for s in normalize(a.article).sentences]
    words = _words(" ".join(s.text for s in found.sentences), plain)
    text = f" {' '.join(words)} "
    kept = sum(f" {' '.join(sentence)} " in text for sentence in clean) / len(clean)
    size = sum(map(len, clean))
    return Recovery(
        item,
        kept,
        max(0.0, (len(words) - size) / size),
        None if plain else _numbers(item, found),
        any(n.kind == note for n in found.notes) if note else None,
    )


def run_robust(pipeline: Pipeline | None = None, outputs: Outputs | None = None) -> Result:
    """Normalize the dirty variants; with a pipeline also summarize and translate them.

    Args:
        pipeline: None leaves the models out.
        outputs: where they are kept; None takes the user's cache.

    Raises:
        DataError: the evaluation set is missing or malformed.
        CacheError: the outputs cannot be kept.
    """
    articles = choose_articles(quick=False)
    start = time.perf_counter()
    items = dirty_items(articles)
    recoveries = [recover(item) for item in items]
    timings: dict[str, float | None] = {"normalize_all": time.perf_counter() - start}
    outcomes: tuple[Outcome, ...] = ()
    if pipeline:
        texts = [item.text for item in items]
        rows, reused = (outputs or Outputs()).complete(
            pipeline.signature, f"articles {LENGTH}", texts, with_pipeline(pipeline, LENGTH)
        )
        outcomes = (_judge(pipeline.signature, items, rows),)
        timings |= run_timings(rows, reused)
    return Result(
        suite="robust",
        corpus={**corpus_of(articles, quick=False), "variants": len(items)},
        system=pipeline.signature if pipeline else "normalization alone",
        outcomes=outcomes,
        extra={"robust": robust_json(recoveries)},
        timings=timings,
    )


def robust_json(recoveries: Sequence[Recovery]) -> dict[str, Any]:
    """Percentages by kind, and every item that lost something."""
    kinds: dict[str, list[Recovery]] = {}
    for one in recoveries:
        kinds.setdefault(one.item.kind, []).append(one)
    return {
        "kinds": {
            kind: {
                "n": len(found),
                "kept": _mean([r.kept for r in found]),
                "extra": _mean([r.extra for r in found]),
                "numbers": _mean([r.numbers for r in found if r.numbers is not None]),
                "noted": _mean([float(r.noted) for r in found if r.noted is not None]),
                "refused": sum(bool(r.error) for r in found),
            }
            for kind, found in kinds.items()
        },
        "kept": _mean([r.kept for r in recoveries]),
        "faults": [
            {
                "id": r.item.id,
                "kept": round(r.kept, 4),
                "extra": round(r.extra, 4),
                "noted": r.noted,
                "error": r.error,
            }
            for r in recoveries
            if r.kept < 1 or r.extra > 0 or r.noted is False or r.error
        ],
    }


def _judge(system: str, items: Sequence[DirtyItem], rows: Sequence[Row]) -> Outcome:
    done = [(_named(i), r) for i, r in zip(items, rows, strict=True) if "error" not in r]
    articles, texts = [a for a, _ in done], [r["english"] for _, r in done]
    return judge_end_to_end(system, articles, texts, [r["alerts"] for _, r in done])


def _named(item: DirtyItem) -> EvalArticle:
    """The item's first article under the item's id and with its kind as theme, to group by."""
    text = "\n\n".join(a.article for a in item.articles)
    return replace(item.articles[0], id=item.id, theme=item.kind, article=text)


def _numbers(item: DirtyItem, found: Article) -> float | None:
    facts = [f for a in item.articles for f in a.key_facts if f.kind == "numbers"]
    return sum(is_kept(f, found.text, "vi") for f in facts) / len(facts) if facts else None


def _words(text: str, plain: bool) -> list[str]:
    return syllables(strip_marks(text) if plain else text)


def _mean(values: Sequence[float]) -> float | None:
    return round(100 * sum(values) / len(values), 4) if values else None
