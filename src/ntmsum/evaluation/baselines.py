"""Simple systems to stand beside: lead, centrality and oracle summaries, word-for-word translation."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ntmsum.article import Article
from ntmsum.evaluation.articles import EvalArticle
from ntmsum.evaluation.metrics import E5_MARGIN, Sample, Score, metrics_for, score
from ntmsum.evaluation.metrics.rouge import rouge
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize
from ntmsum.words import strip_marks, syllables

Extractor = Callable[[Sequence[str]], list[int]]

SENTENCES = 3
_DAMPING = 0.85
_LEXRANK_THRESHOLD = 0.1
_ORACLE_POOL = 8
# TER searches long for shifts between texts as different as a baseline's and the reference.
_SLOW = ("TER", E5_MARGIN)


def body(article: Article) -> list[str]:
    """The article's sentences without its headline."""
    sentences = [s.text for s in article.sentences]
    return sentences[1:] if article.title and len(sentences) > 1 else sentences


def lead(count: int) -> Extractor:
    """The first ``count`` sentences."""
    return lambda sentences: list(range(min(count, len(sentences))))


def textrank(sentences: Sequence[str]) -> list[int]:
    """The three most central sentences by TextRank (Mihalcea and Tarau 2004): shared words, weighted graph."""
    bags = [set(syllables(s)) for s in sentences]
    sizes = [math.log(len(bag) + 1) + 1e-9 for bag in bags]
    links = np.array(
        [
            [0.0 if i == j else len(a & b) / (sizes[i] + sizes[j]) for j, b in enumerate(bags)]
            for i, a in enumerate(bags)
        ]
    )
    return _top(links)


def lexrank(sentences: Sequence[str]) -> list[int]:
    """The three most central sentences by LexRank (Erkan and Radev 2004): TF-IDF cosine over 0.1."""
    bags = [Counter(syllables(s)) for s in sentences]
    frequency = Counter(word for bag in bags for word in bag)
    idf = {word: math.log(len(bags) / n) + 1e-9 for word, n in frequency.items()}
    vectors = [{w: n * idf[w] for w, n in bag.items()} for bag in bags]
    norms = [math.sqrt(sum(x * x for x in v.values())) or 1.0 for v in vectors]
    cosines = np.array(
        [
            [
                sum(x * b.get(w, 0.0) for w, x in a.items()) / (norms[i] * norms[j])
                for j, b in enumerate(vectors)
            ]
            for i, a in enumerate(vectors)
        ]
    )
    return _top((cosines > _LEXRANK_THRESHOLD).astype(float))


def oracle(sentences: Sequence[str], reference: str) -> list[int]:
    """The up to three sentences that together have the best ROUGE-1 + ROUGE-2 against the reference.

    A bound for every extractive system: it looks at the reference. Searched exhaustively among the eight
    sentences that score best alone.
    """

    def gain(chosen: Sequence[int]) -> float:
        one, two, _ = rouge(" ".join(sentences[i] for i in chosen), reference)
        return one + two

    pool = sorted(range(len(sentences)), key=lambda i: (-gain([i]), i))[:_ORACLE_POOL]
    candidates: list[tuple[int, ...]] = []
    for size in range(1, SENTENCES + 1):
        candidates += (tuple(sorted(c)) for c in itertools.combinations(pool, size))
    best: tuple[int, ...] = max(candidates, key=lambda c: (gain(c), -len(c)), default=())
    return list(best)


#: The extractive baselines that need no reference.
EXTRACTORS: Mapping[str, Extractor] = {
    "LEAD-1": lead(1),
    "LEAD-2": lead(2),
    "LEAD-3": lead(3),
    "TextRank-3": textrank,
    "LexRank-3": lexrank,
}


def extract(article: Article, extractor: Extractor) -> str:
    """The extractive summary of an article."""
    sentences = body(article)
    return " ".join(sentences[i] for i in extractor(sentences))


def word_for_word(text: str, glossary: Glossary) -> str:
    """A translation that knows the glossary's terms and leaves every other word as it is, without marks."""
    parts, done = [], 0
    for match in glossary.find(text):
        parts += [strip_marks(text[done : match.span.start]), match.term.en]
        done = match.span.end
    return "".join([*parts, strip_marks(text[done:])])


def run_baselines(articles: Sequence[EvalArticle]) -> Mapping[str, Mapping[str, tuple[Score, ...]]]:
    """The simple systems on the same articles."""
    normalized = [normalize(a.article) for a in articles]
    summaries = {name: [extract(n, e) for n in normalized] for name, e in EXTRACTORS.items()}
    summaries["oracle-3 (sees the reference)"] = [
        extract(n, lambda sentences, r=a.summary_vi: oracle(sentences, r))  # type: ignore[misc]
        for n, a in zip(normalized, articles, strict=True)
    ]
    glossary = Glossary.official()
    words = [word_for_word(a.summary_vi, glossary) for a in articles]

    def scores(outputs: Sequence[str], task: Literal["summary", "translation"]) -> tuple[Score, ...]:
        samples = [
            Sample(
                id=a.id,
                source=a.article if task == "summary" else a.summary_vi,
                hypothesis=output,
                references=(a.summary_vi,) if task == "summary" else a.references_en,
                wanted=a.summary_vi,
                key_facts=a.key_facts,
            )
            for a, output in zip(articles, outputs, strict=True)
        ]
        return tuple(score(samples, [m for m in metrics_for(task) if m.name not in _SLOW]))

    return {
        "summary": {name: scores(outputs, "summary") for name, outputs in summaries.items()},
        "translation": {"glossary word for word": scores(words, "translation")},
    }


def _top(links: NDArray[np.float64]) -> list[int]:
    """The three sentences with the highest PageRank, in reading order."""
    n = len(links)
    sums = links.sum(axis=1, keepdims=True)
    steps = np.where(sums > 0, links / np.where(sums > 0, sums, 1.0), 1.0 / n)
    rank = np.full(n, 1.0 / n)
    for _ in range(100):
        rank = (1 - _DAMPING) / n + _DAMPING * rank @ steps
    # Rounded, so that ties fall to the earlier sentence whatever the summation order.
    best = sorted(range(n), key=lambda i: (-round(float(rank[i]), 9), i))[:SENTENCES]
    return sorted(best)
