"""False alarms, sentence by sentence: clean pairs and references that deserve no alert."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntmsum.alerts import Alert
from ntmsum.checks import Checker
from ntmsum.errors import DataError
from ntmsum.evaluation.articles import EvalArticle
from ntmsum.evaluation.files import eval_folder, read_lines
from ntmsum.normalize import sentence_texts

PAIRS = "clean-pairs-v1.tsv"
_FIELDS = ("id", "batch", "theme", "vi", "en")


@dataclass(frozen=True, slots=True)
class CleanPair:
    """A Vietnamese sentence and a right translation.

    Args:
        id: unique.
        group: which sentences are counted together, such as "pairs, batch 3".
        vi, en: the sentence and its translation.
    """

    id: str
    group: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class CleanGroup:
    """How many clean sentences of a group were alarmed about.

    Args:
        name: of the group.
        n: sentences.
        errors, alarms: those with an error, and with an error or a warning.
        kinds: alerts by kind.
        examples: the pairs and what was said of them; empty for held-out ones.
    """

    name: str
    n: int
    errors: int
    alarms: int
    kinds: dict[str, int]
    examples: tuple[tuple[CleanPair, tuple[str, ...]], ...]

    def to_json(self) -> dict[str, Any]:
        """Counts, shares in percent, and the examples."""
        return {
            "n": self.n,
            "errors": self.errors,
            "alarms": self.alarms,
            "false_errors": round(100 * self.errors / self.n, 4),
            "false_alarms": round(100 * self.alarms / self.n, 4),
            "kinds": self.kinds,
            "examples": [
                {"id": pair.id, "vi": pair.vi, "en": pair.en, "alerts": list(said)}
                for pair, said in self.examples
            ],
        }


def read_clean_pairs(path: Path | None = None) -> tuple[CleanPair, ...]:
    """The sentence pairs of ``clean-pairs-v1.tsv``.

    Raises:
        DataError: the file is missing or malformed, or an id occurs twice.
    """
    path = path or eval_folder() / PAIRS
    rows = list(csv.DictReader(read_lines(path), delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, 2):
        if tuple(row) != _FIELDS or not all(row.values()):
            raise DataError(f"{path}:{number} needs {', '.join(_FIELDS)}, parted by tabs.")
    if len({row["id"] for row in rows}) < len(rows):
        raise DataError(f"{path} has an id twice.")
    return tuple(CleanPair(r["id"], f"pairs, batch {r['batch']}", r["vi"], r["en"]) for r in rows)


def reference_pairs(articles: Iterable[EvalArticle]) -> Iterator[CleanPair]:
    """The summaries of the evaluation set with their references, paired by sentence where both have as many."""
    for article in articles:
        half = "held-out" if article.held_out else "tuned"
        for reference in article.references_en:
            vi, en = sentence_texts(article.summary_vi), sentence_texts(reference)
            paired = zip(vi, en, strict=True) if len(vi) == len(en) else [(article.summary_vi, reference)]
            yield from (CleanPair(article.id, f"references, {half}", v, e) for v, e in paired)


def clean_groups(pairs: Iterable[CleanPair], checker: Checker) -> tuple[CleanGroup, ...]:
    """The false alarms on each group of pairs, in order of first appearance."""
    groups: dict[str, list[tuple[CleanPair, list[Alert]]]] = {}
    for pair in pairs:
        alerts = [a for a in checker.check_translation(pair.vi, pair.en) if a.severity != "info"]
        groups.setdefault(pair.group, []).append((pair, alerts))
    return tuple(_group(name, found) for name, found in groups.items())


def _group(name: str, found: Sequence[tuple[CleanPair, Sequence[Alert]]]) -> CleanGroup:
    alarmed = [(pair, alerts) for pair, alerts in found if alerts]
    return CleanGroup(
        name,
        len(found),
        sum(any(a.severity == "error" for a in alerts) for _, alerts in alarmed),
        len(alarmed),
        dict(sorted(Counter(a.kind for _, alerts in alarmed for a in alerts).items())),
        tuple(
            (pair, tuple(f"{a.severity} {a.kind}: {a.message}" for a in alerts))
            for pair, alerts in alarmed
            # Nobody tunes on them, so nobody is shown their alarms.
            if not name.endswith("held-out")
        ),
    )
