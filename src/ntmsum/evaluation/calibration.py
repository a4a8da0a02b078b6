"""Do the checks see what they should? Injected errors caught, and false alarms on clean references."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ntmsum.alerts import Alert
from ntmsum.checks import Checker
from ntmsum.evaluation.articles import EvalArticle
from ntmsum.evaluation.clean import clean_groups, read_clean_pairs, reference_pairs
from ntmsum.evaluation.corruptions import KINDS, Cast, Corruption, Lang, corrupt, expected_alerts
from ntmsum.evaluation.outcome import Result
from ntmsum.evaluation.regional import choose_articles, corpus_of
from ntmsum.glossary import Glossary

EXAMPLES = 8


@dataclass(frozen=True, slots=True)
class Catch:
    """What the checks made of one injected error.

    Args:
        corruption: the error.
        caught: a new alert (error or warning) appeared.
        named: one of them is of the kind that names the error.
        messages: the new alerts' messages.
    """

    corruption: Corruption
    caught: bool
    named: bool
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FalseAlarm:
    """A clean reference and the alerts that it should not have got."""

    id: str
    text: str
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The checks on one task.

    Args:
        task: "summary" (against the article) or "translation" (against the Vietnamese).
        catches: by kind of error.
        clean: how many clean references were checked.
        alarms: those with an error or a warning.
    """

    task: str
    catches: dict[str, list[Catch]]
    clean: int
    alarms: tuple[FalseAlarm, ...]

    def caught(self, kind: str) -> float:
        """Share of the errors of a kind that were caught, 0 to 1."""
        found = self.catches[kind]
        return sum(c.caught for c in found) / len(found)

    @property
    def caught_all(self) -> float:
        """Share of all errors that were caught, 0 to 1."""
        found = [c for group in self.catches.values() for c in group]
        return sum(c.caught for c in found) / len(found)

    def alarm_rate(self, *severities: str) -> float:
        """Share of the clean references with an alert of one of these severities, 0 to 1."""
        return sum(any(a.severity in severities for a in f.alerts) for f in self.alarms) / self.clean

    def to_json(self) -> dict[str, Any]:
        """Everything, with examples of what was missed and of what was alarmed about."""
        return {
            "task": self.task,
            "errors": sum(map(len, self.catches.values())),
            "caught": round(100 * self.caught_all, 4),
            "kinds": {
                kind: {
                    "n": len(found),
                    "caught_n": sum(c.caught for c in found),
                    "caught": round(100 * self.caught(kind), 4),
                    "named": round(100 * sum(c.named for c in found) / len(found), 4),
                    "missed": [
                        {"id": c.id, "before": c.before, "after": c.after, "text": c.text}
                        for c in [catch.corruption for catch in found if not catch.caught][:EXAMPLES]
                    ],
                }
                for kind, found in self.catches.items()
            },
            "clean": self.clean,
            "false_errors": round(100 * self.alarm_rate("error"), 4),
            "false_alarms": round(100 * self.alarm_rate("error", "warning"), 4),
            "false_by_kind": dict(sorted(Counter(a.kind for f in self.alarms for a in f.alerts).items())),
            "alarms": [
                {"id": f.id, "text": f.text, "alerts": [_shown(a) for a in f.alerts]} for f in self.alarms
            ],
        }


def run_calibration(draw: int = 0) -> Result:
    """Inject errors into our own references and see what the shipped checks say.

    Args:
        draw: which draw of errors; the floors are pinned on draw 0.

    Raises:
        DataError: the evaluation set is missing or malformed.
    """
    articles = choose_articles(quick=False)
    start = time.perf_counter()
    checker = Checker(Glossary.official())
    found = calibrate(articles, checker, draw)
    clean = clean_groups([*read_clean_pairs(), *reference_pairs(articles)], checker)
    return Result(
        suite="calibration" if draw == 0 else f"calibration draw {draw}",
        corpus=corpus_of(articles, quick=False),
        system=f"checks {checker.glossary.signature}",
        extra={
            "calibration": [one.to_json() for one in found],
            "clean": {group.name: group.to_json() for group in clean},
        },
        timings={"seconds": time.perf_counter() - start},
    )


def calibrate(
    articles: Sequence[EvalArticle], checker: Checker, draw: int = 0
) -> tuple[Calibration, Calibration]:
    """The checks on summaries (against articles) and on translations (against the Vietnamese summary).

    Args:
        articles: the evaluation set.
        checker: as shipped.
        draw: which draw of errors.
    """
    summaries = _calibrate(
        "summary",
        articles,
        "vi",
        lambda a: (a.summary_vi,),
        lambda a, text: checker.check_summary(a.article, text),
        # A summary leaves out most of the article: a sentence less is no error.
        [kind for kind in KINDS if kind != "sentence"],
        draw,
    )
    translations = _calibrate(
        "translation",
        articles,
        "en",
        lambda a: a.references_en,
        lambda a, text: checker.check_translation(a.summary_vi, text),
        list(KINDS),
        draw,
    )
    return summaries, translations


def _calibrate(
    task: str,
    articles: Sequence[EvalArticle],
    lang: Lang,
    references: Callable[[EvalArticle], tuple[str, ...]],
    check: Callable[[EvalArticle, str], list[Alert]],
    kinds: Sequence[str],
    draw: int,
) -> Calibration:
    cast = Cast.of(articles, lang)
    catches: dict[str, list[Catch]] = {kind: [] for kind in kinds}
    alarms: list[FalseAlarm] = []
    clean = 0
    for article in articles:
        first = references(article)[0]
        before = Counter(map(_said, _serious(check(article, first))))
        for text in references(article):
            clean += 1
            if alerts := _serious(check(article, text)):
                alarms.append(FalseAlarm(article.id, text, tuple(alerts)))
        for kind in kinds:
            for error in corrupt(article, first, lang, kind, cast, draw):
                new = Counter(map(_said, _serious(check(article, error.text)))) - before
                named = any(alert_kind in expected_alerts(kind) for alert_kind, _ in new)
                catches[kind].append(Catch(error, bool(new), named, tuple(m for _, m in new)))
    return Calibration(task, {k: found for k, found in catches.items() if found}, clean, tuple(alarms))


def _serious(alerts: Sequence[Alert]) -> list[Alert]:
    return [a for a in alerts if a.severity != "info"]


def _said(alert: Alert) -> tuple[str, str]:
    return alert.kind, alert.message


def _shown(alert: Alert) -> str:
    return f"{alert.severity} {alert.kind}: {alert.message}"
