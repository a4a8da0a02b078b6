"""What a suite found: outputs, scores, alerts and timings, and their JSON."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ntmsum.alerts import Alert
from ntmsum.errors import DataError
from ntmsum.evaluation.articles import KeyFact
from ntmsum.evaluation.files import read_json
from ntmsum.evaluation.metrics import Metric, Sample, Score, Task, metrics_for, score
from ntmsum.evaluation.metrics.base import rounded

SCHEMA = 1


@dataclass(frozen=True)
class Outcome:
    """One system on one task.

    Args:
        name: what the report calls it, such as "summary" or "translation".
        task: which metrics apply.
        system: signature of the system, or the name of a baseline.
        samples: outputs with what they were judged by.
        scores: one per metric.
        alerts: what the checks said about each output; empty when they were not asked.
        groups: tag → value → metric → corpus value over the samples with that tag.
    """

    name: str
    task: Task
    system: str
    samples: tuple[Sample, ...]
    scores: tuple[Score, ...]
    alerts: tuple[tuple[str, ...], ...] = ()
    groups: Mapping[str, Mapping[str, Mapping[str, float | None]]] = field(default_factory=dict)

    def score(self, metric: str) -> Score:
        """The score with this metric's name."""
        return next(s for s in self.scores if s.metric == metric)

    def to_json(self) -> dict[str, Any]:
        """Scores, groups and every segment."""
        alerts = self.alerts or ((),) * len(self.samples)
        return {
            "name": self.name,
            "task": self.task,
            "system": self.system,
            "n": len(self.samples),
            "scores": [s.to_json() for s in self.scores],
            "groups": self.groups,
            "segments": [
                {**_sample_json(sample), "alerts": list(lines), "scores": self._segment(i)}
                for i, (sample, lines) in enumerate(zip(self.samples, alerts, strict=True))
            ],
        }

    def _segment(self, i: int) -> dict[str, float | None]:
        return {s.metric: rounded(s.segments[i]) for s in self.scores}


@dataclass(frozen=True)
class Result:
    """A whole run.

    Args:
        suite: its name, such as "regional".
        corpus: name, size and SHA-256 of what was evaluated on.
        system: signature of the system under test.
        outcomes: the system's, one per task.
        baselines: the simple systems' scores: task → name → scores.
        extra: what a suite found beside (calibration, robustness), ready for JSON.
        timings: seconds and memory; with ``latency`` the only part that differs between two runs.
        latency: id, length in words and seconds of every item that was timed.
    """

    suite: str
    corpus: Mapping[str, Any]
    system: str
    outcomes: tuple[Outcome, ...] = ()
    baselines: Mapping[str, Mapping[str, tuple[Score, ...]]] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    timings: Mapping[str, float | None] = field(default_factory=dict)
    latency: tuple[tuple[str, int, float], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The report as documented in docs/evaluation.md."""
        return {
            "schema": SCHEMA,
            "suite": self.suite,
            "corpus": dict(self.corpus),
            "system": self.system,
            "outcomes": [o.to_json() for o in self.outcomes],
            "baselines": {
                task: {name: [s.to_json() for s in scores] for name, scores in systems.items()}
                for task, systems in self.baselines.items()
            },
            **self.extra,
            "timings": {
                **{k: None if v is None else round(v, 2) for k, v in self.timings.items()},
                "latency": [{"id": i, "words": n, "seconds": round(s, 2)} for i, n, s in self.latency],
            },
        }


def evaluate(
    name: str,
    task: Task,
    system: str,
    samples: Sequence[Sample],
    alerts: Sequence[Sequence[str]] = (),
    metrics: Sequence[Metric] | None = None,
) -> Outcome:
    """Score one system's outputs on one task, as a whole and by tag.

    Args:
        name, task, system, samples: as in ``Outcome``.
        alerts: what the checks said (``said``), one sequence per sample.
        metrics: what to measure; None takes the task's.

    Raises:
        DataError: there are no samples.
    """
    metrics = metrics_for(task) if metrics is None else metrics
    scores = score(samples, metrics)
    return Outcome(
        name,
        task,
        system,
        tuple(samples),
        tuple(scores),
        tuple(map(tuple, alerts)),
        _groups(samples, metrics, scores),
    )


def said(alerts: Sequence[Alert]) -> list[str]:
    """What the checks said about one output, as reports print it."""
    return [f"{a.severity} {a.kind}: {a.message}" for a in alerts]


def read_report(path: Path) -> dict[str, Any]:
    """A stored report.json.

    Raises:
        DataError: it is missing, malformed or of another schema.
    """
    report = read_json(path)
    if not isinstance(report, dict) or report.get("schema") != SCHEMA or "outcomes" not in report:
        raise DataError(f"{path} is not a report of schema {SCHEMA}; give a report.json of `ntmsum eval`.")
    return report


def samples_from_json(outcome: Mapping[str, Any]) -> list[Sample]:
    """The samples of an outcome in a stored report, to score or compare again."""
    return [
        Sample(
            id=s["id"],
            source=s["source"],
            hypothesis=s["output"],
            references=tuple(s["references"]),
            wanted=s["wanted"],
            key_facts=tuple(KeyFact(f["kind"], f["vi"], f["en"]) for f in s["key_facts"]),
            tags=s["tags"],
        )
        for s in outcome["segments"]
    ]


def peak_memory_mb() -> float | None:
    """The most memory this process has held, in MiB; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024) if sys.platform == "darwin" else peak / 1024


def _groups(
    samples: Sequence[Sample], metrics: Sequence[Metric], scores: Sequence[Score]
) -> dict[str, dict[str, dict[str, float | None]]]:
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, sample in enumerate(samples):
        for tag, value in sample.tags.items():
            rows[tag, value].append(i)
    groups: dict[str, dict[str, dict[str, float | None]]] = defaultdict(dict)
    for (tag, value), members in sorted(rows.items()):
        found: dict[str, float | None] = {"n": float(len(members))}
        for metric, one in zip(metrics, scores, strict=True):
            total = float(metric.value(one.statistics[members].sum(axis=0, keepdims=True))[0])
            found[metric.name] = None if total != total else rounded(total)
        groups[tag][value] = found
    return dict(groups)


def _sample_json(sample: Sample) -> dict[str, Any]:
    return {
        "id": sample.id,
        "tags": dict(sample.tags),
        "source": sample.source,
        "output": sample.hypothesis,
        "references": list(sample.references),
        "wanted": sample.wanted,
        "key_facts": [{"kind": f.kind, "vi": f.vi, "en": f.en} for f in sample.key_facts],
    }
