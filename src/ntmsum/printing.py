"""A report as plain text for the terminal."""

from __future__ import annotations

from ntmsum.report import Report

_MARKS = {"error": "✗", "warning": "!", "info": "·"}


def show(report: Report, name: str) -> str:
    """Summary with its evidence, translation, terms and alerts, as a person reads them.

    Args:
        report: a finished report.
        name: what to call the article when it has no title.
    """
    assert report.summary and report.translation
    lines = [f"── {report.article.title or name}", ""]
    for sentence in report.summary.sentences:
        sources = ", ".join(str(i + 1) for i in sentence.evidence) or "–"
        lines += [f"  {sentence.text}", f"    [sentences {sources}]"]
    lines.append("")
    lines += [f"  {sentence.text}" for sentence in report.translation.sentences]
    lines.append("")
    if not report.alerts:
        lines.append("  ✓ no alerts: numbers, dates, names and terms agree")
    lines += [f"  {_MARKS[a.severity]} {a.kind}: {a.message}" for a in report.alerts]
    if report.article.removed:
        lines.append(
            "  removed: " + ", ".join(f"{r.rule} “{_short(r.text)}”" for r in report.article.removed)
        )
    lines += [f"  note: {note.message}" for note in report.article.notes]
    seconds = sum(report.timings.values())
    return "\n".join([*lines, f"  {seconds:.1f} s", ""])


def _short(text: str, limit: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
