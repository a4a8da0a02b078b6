"""A report as HTML. Everything that comes from a text is escaped here, and only here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ntmsum.alerts import Alert, Part
from ntmsum.report import Report

_HEADINGS = {
    "alerts": "CẢNH BÁO · ALERTS",
    "texts": "TÓM TẮT · SUMMARY",
    "article": "BÀI BÁO · ARTICLE",
}
_STAGES = {
    "normalize": "Đang tóm tắt… · Summarizing…",
    "summarize": "Đang dịch… · Translating…",
    "translate": "Đang kiểm tra… · Checking…",
}


def render_error(severity: str, message: str) -> str:
    """One message in place of a report."""
    return f"<ul class='alerts'><li class='{escape(severity)}' role='status'>{escape(message)}</li></ul>"


def render_report(report: Report) -> str:
    """The report as far as it has come: alerts, sentence pairs, and the article with its evidence."""
    finished = "check" in report.timings
    parts = [_alerts(report) if finished else _stage(report)]
    if report.summary:
        parts.append(_pairs(report))
    parts.append(_article(report))
    return "\n".join(parts)


def _stage(report: Report) -> str:
    last = list(report.timings)[-1] if report.timings else ""
    return f"<p class='stage' role='status'>{_STAGES.get(last, '…')}</p>"


def _alerts(report: Report) -> str:
    seconds = sum(report.timings.values())
    heading = f"<h2>{_HEADINGS['alerts']}</h2>"
    if not report.alerts:
        text = "Số liệu, ngày tháng, tên và thuật ngữ đều khớp. · Numbers, dates, names and terms agree."
        return f"{heading}<ul class='alerts'><li class='clean'>✓ {text} ({seconds:.1f} s)</li></ul>"
    items = "".join(
        f"<li class='{a.severity}'><b>{escape(a.kind)}</b> {escape(a.message)}</li>" for a in report.alerts
    )
    return f"{heading}<ul class='alerts'>{items}</ul>"


def _pairs(report: Report) -> str:
    assert report.summary
    english = report.translation.sentences if report.translation else ()
    cells = []
    for i, sentence in enumerate(report.summary.sentences):
        evidence = " ".join(map(str, sentence.evidence))
        frame = f"data-sentence='{i}' data-evidence='{evidence}' tabindex='0' role='button'"
        text = _marked(sentence.text, "summary", i, report.alerts)
        other = _marked(english[i].text, "translation", i, report.alerts) if i < len(english) else "…"
        cells.append(f"<p lang='vi' {frame}>{text}</p><p lang='en' {frame}>{other}</p>")
    return f"<h2>{_HEADINGS['texts']}</h2><div class='pairs'>{''.join(cells)}</div>"


def _article(report: Report) -> str:
    evidence = {i for s in report.summary.sentences for i in s.evidence} if report.summary else set()
    index = 0
    paragraphs = []
    for group in report.article.paragraphs():
        pieces = []
        for sentence in group:
            kind = " class='evidence'" if index in evidence else ""
            pieces.append(f"<span data-source='{index}'{kind}>{escape(sentence.text)}</span>")
            index += 1
        paragraphs.append(f"<p>{' '.join(pieces)}</p>")
    return (
        f"<h2>{_HEADINGS['article']}</h2><div class='article' lang='vi' tabindex='0'>{''.join(paragraphs)}</div>"
        + _left_out(report)
    )


def _left_out(report: Report) -> str:
    items = [f"<li><code>{escape(r.rule)}</code> {escape(r.text)}</li>" for r in report.article.removed]
    items += [f"<li>{escape(note.message)}</li>" for note in report.article.notes]
    if not items:
        return ""
    return f"<details><summary>Đã bỏ / đã sửa · Removed or mended ({len(items)})</summary><ul>{''.join(items)}</ul></details>"


def _marked(text: str, part: Part, sentence: int, alerts: Sequence[Alert]) -> str:
    """The text with what alerts point at marked; where two overlap, the earlier one in the list wins."""
    marks: list[tuple[int, int, Alert]] = []
    for alert in alerts:
        for place in (alert.where, alert.against):
            if place and place.span and (place.part, place.sentence) == (part, sentence):
                start, end = place.span.start, place.span.end
                if all(end <= s or e <= start for s, e, _ in marks):
                    marks.append((start, end, alert))
    pieces = []
    done = 0
    for start, end, alert in sorted(marks, key=lambda m: m[0]):
        title = escape(alert.message, quote=True)
        pieces.append(escape(text[done:start]))
        pieces.append(f"<mark class='{alert.severity}' title=\"{title}\">{escape(text[start:end])}</mark>")
        done = end
    return "".join([*pieces, escape(text[done:])])
