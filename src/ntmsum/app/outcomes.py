"""A batch's results: as rows of a table, as a CSV file, and one of them as a report to open."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntmsum.alerts import Language
from ntmsum.app.downloads import fresh_folder, guarded
from ntmsum.app.messages import in_language, kind_name, message
from ntmsum.app.revise import check_again
from ntmsum.checks import Checker
from ntmsum.glossary import check_official
from ntmsum.normalize import normalize
from ntmsum.report import Report
from ntmsum.summarize import Summary, SummarySentence
from ntmsum.translate import TranslatedSentence, Translation

SEVERITIES = ("error", "warning", "info")
# What a row's unexpected failure says is meant for a developer and may name paths.
_UNEXPECTED = re.compile(r"\w+(Error|Exception|Exit|Interrupt): ")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article.

    Args:
        row, id: as in the input.
        title, summary, translation: texts; empty when there is no report.
        alerts: (severity, kind, message), worst first.
        fault: why there is no report; empty when there is one.
    """

    row: int
    id: str
    title: str = ""
    summary: str = ""
    translation: str = ""
    alerts: tuple[tuple[str, str, str], ...] = ()
    fault: str = ""

    def count(self, severity: str) -> int:
        """How many alerts of this severity."""
        return sum(alert[0] == severity for alert in self.alerts)

    @property
    def order(self) -> tuple[int, ...]:
        """Sorts what an editor must look at first to the front."""
        return (not self.fault, *(-self.count(severity) for severity in SEVERITIES), self.row)


def read_outcomes(results: Path) -> Iterator[Outcome]:
    """The rows of a results file, in the order of the input."""
    with results.open(encoding="utf-8") as stream:
        for line in stream:
            value = json.loads(line)
            report = value["report"]
            if report is None:
                yield Outcome(value["row"], value["id"], fault=value["error"])
            else:
                yield Outcome(
                    value["row"],
                    value["id"],
                    report["source"]["title"] or "",
                    report["summary"]["text"],
                    report["translation"]["text"],
                    tuple((a["severity"], a["kind"], a["message"]) for a in report["alerts"]),
                )


def find_result(results: Path, row: int) -> Mapping[str, Any]:
    """The line of one row of the input; empty when there is none."""
    with results.open(encoding="utf-8") as stream:
        for line in stream:
            value: dict[str, Any] = json.loads(line)
            if value["row"] == row:
                return value
    return {}


def revive(value: Mapping[str, Any], text: str | bytes, checker: Checker) -> Report:
    """The report that a JSON report tells of, to be shown and edited.

    Args:
        value: ``Report.to_json()``.
        text: the article it was made from.
        checker: words the alerts anew.
    """
    sentences = [s["text"] for s in value["summary"]["sentences"]]
    summary = Summary(
        tuple(SummarySentence(s["text"], tuple(s["evidence"])) for s in value["summary"]["sentences"]),
        value["summary"]["length"],
        value["source"]["tokens"] or 0,
        value["source"]["tokens_dropped"] or 0,
        read=(),
        fallback=value["summary"]["fallback"],
    )
    translation = Translation(
        tuple(
            TranslatedSentence(
                s["text"], source, check_official(source, s["text"], checker.glossary), fallback=s["fallback"]
            )
            for s, source in zip(value["translation"]["sentences"], sentences, strict=True)
        )
    )
    return check_again(Report(value["signature"], normalize(text), summary, translation), checker)


def told(fault: str, language: Language) -> str:
    """A row's fault as it may be shown."""
    return message("batch_row_failed", language) if _UNEXPECTED.match(fault) else in_language(fault, language)


def to_csv(results: Path, language: Language) -> bytes:
    """The results as CSV for a spreadsheet: UTF-8 with its mark, no cell can be a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(
        ("id", "row", "title", "summary", "translation", "errors", "warnings", "notes", "alerts", "fault")
    )
    for outcome in read_outcomes(results):
        alerts = "\n".join(
            f"{message(severity, language)} · {kind_name(kind, language)}: {text}"
            for severity, kind, text in outcome.alerts
        )
        texts = (outcome.title, outcome.summary, outcome.translation)
        counts = [outcome.count(severity) for severity in SEVERITIES]
        writer.writerow(
            [
                guarded(outcome.id),
                outcome.row,
                *map(guarded, texts),
                *counts,
                guarded(alerts),
                guarded(told(outcome.fault, language)),
            ]
        )
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")


def save_results(results: Path, language: Language) -> list[str]:
    """The results as .jsonl and .csv in a new temporary folder."""
    folder = fresh_folder()
    lines, table = folder / "ntmsum.jsonl", folder / "ntmsum.csv"
    shutil.copyfile(results, lines)
    table.write_bytes(to_csv(results, language))
    return [str(lines), str(table)]
