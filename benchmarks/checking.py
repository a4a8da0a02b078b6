"""How long the checks take: one report, one glossary match, and a megabyte of figures.

    python -m benchmarks.checking

Prints the median and the slowest of the evaluation set's articles, each with its reference summary and
translation, in processor time, so that other work on the machine does not count (goals: one report 30 ms, one
glossary match 5 ms, a megabyte of digits 1 s).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

from ntmsum.checks import Checker
from ntmsum.evaluation.articles import read_articles
from ntmsum.facts import extract_facts
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize, sentence_texts


def milliseconds(runs: Sequence[Callable[[], object]]) -> str:
    """Median and maximum of the runs, each the best of three."""
    taken = []
    for run in runs:
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            run()
            best = min(best, time.process_time() - start)
        taken.append(1000 * best)
    return f"median {statistics.median(taken):.1f} ms, slowest {max(taken):.1f} ms of {len(taken)}"


def main() -> None:
    """Measure and print."""
    checker = Checker(Glossary.official())
    reports, matches = [], []
    for article in read_articles():
        source = [s.text for s in normalize(article.article).sentences]
        summary = sentence_texts(article.summary_vi)
        english = sentence_texts(article.summary_en)
        if len(summary) == len(english):
            reports.append(
                lambda a=source, s=summary, e=english: (checker._summary(a, s), checker._translation(s, e))
            )
        matches.append(lambda a=source: [checker.glossary.find(text) for text in a])
    checker.glossary.find("xã")  # builds the index
    print(f"checking a report: {milliseconds(reports)}")
    print(f"glossary match of an article: {milliseconds(matches)}")
    for lang in ("vi", "en"):
        start = time.process_time()
        extract_facts("7" * 1_000_000, lang)
        print(f"facts of 1 MB of digits ({lang}): {time.process_time() - start:.2f} s")


if __name__ == "__main__":
    main()
