"""A report as HTML. Everything that comes from a text is escaped here, and only here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape as escape_markup

from ntmsum.alerts import Alert, Language, Part
from ntmsum.app.marks import Kind, Mark, Marks
from ntmsum.app.messages import in_language, kind_name, message
from ntmsum.article import Span
from ntmsum.glossary import Term, TermUse
from ntmsum.report import Report

_KINDS: tuple[Kind, ...] = ("number", "date", "name", "term")
# Overrides and isolates of writing direction: they can make a text read otherwise than it is stored.
_DIRECTIONS = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def escape(text: str) -> str:
    """The text as it may stand in HTML, inside an element or a quoted attribute."""
    shown = escape_markup(text.translate(_DIRECTIONS), quote=True)
    # The page's own templates read these two.
    return shown.replace("$", "&#36;").replace("{", "&#123;")


def render_notice(severity: str, text: str) -> str:
    """One message, as an alert of this severity."""
    role = "alert" if severity == "error" else "status"
    return f'<p class="notice {escape(severity)}" role="{role}">{escape(text)}</p>'


def render_stage(text: str) -> str:
    """What is going on."""
    return f'<p class="stage" role="status">{escape(text)}</p>'


def render_empty(language: Language) -> str:
    """What stands where the result will be."""
    title, text = message("empty_title", language), message("empty_text", language)
    return f'<div class="empty"><p class="title">{escape(title)}</p><p>{escape(text)}</p></div>'


def render_result(report: Report, marks: Marks, language: Language) -> str:
    """Alerts, then summary and translation sentence by sentence; each alert stands above what it concerns."""
    if report.summary is None:
        return ""
    parts = [_overview(report, language)] if "check" in report.timings else []
    parts += [_alert(a, language) for a in report.alerts if _sentence(a) is None]
    english = report.translation.sentences if report.translation else ()
    rows = [f'<div class="pair heads">{_head("summary", language)}{_head("translation", language)}</div>']
    for i, sentence in enumerate(report.summary.sentences):
        rows += [_alert(a, language) for a in report.alerts if _sentence(a) == i]
        evidence = " ".join(map(str, sentence.evidence))
        frame = f'class="sentence" data-sentence="{i}" data-evidence="{evidence}" tabindex="0" role="button"'
        vietnamese = render_marked(sentence.text, _all_marks("summary", i, report, marks))
        if i < len(english):
            translated = render_marked(english[i].text, _all_marks("translation", i, report, marks))
        else:
            translated = f'<em class="pending">{escape(message("pending", language))}</em>'
        rows.append(
            f'<div class="pair"><p lang="vi" data-part="summary" {frame}>{vietnamese}</p>'
            f'<p lang="en" data-part="translation" {frame}>{translated}</p></div>'
        )
    return "\n".join([*parts, '<div class="pairs">', *rows, "</div>", _legend(language)])


def render_article(report: Report, marks: Marks, language: Language) -> str:
    """The article with its evidence, and what was mended in it."""
    evidence = {i for s in report.summary.sentences for i in s.evidence} if report.summary else set()
    index = 0
    paragraphs: list[str] = []
    for group in report.article.paragraphs():
        pieces = []
        for sentence in group:
            kind = ' class="evidence"' if index in evidence else ""
            text = render_marked(sentence.text, _all_marks("source", index, report, marks))
            pieces.append(f'<span data-source="{index}"{kind}>{text}</span>')
            index += 1
        tag = "h3" if len(group) == 1 and not paragraphs and group[0].text == report.article.title else "p"
        paragraphs.append(f"<{tag}>{' '.join(pieces)}</{tag}>")
    label = escape(message("source", language))
    notes = "".join(
        f"<li>{escape(in_language(note.message, language))}</li>" for note in report.article.notes
    )
    if notes:
        notes = f"<details><summary>{escape(message('mended', language))}</summary><ul>{notes}</ul></details>"
    return (
        f'<div class="article" lang="vi" tabindex="0" role="region" aria-label="{label}">'
        f"{''.join(paragraphs)}</div><p class='hint'>{label}</p>{notes}"
    )


def render_terms(terms: Sequence[Term], total: int, language: Language) -> str:
    """Glossary entries as a table."""
    if not terms:
        return f'<p class="hint" role="status">{escape(message("terms_none", language))}</p>'
    heads = "".join(
        f'<th scope="col">{escape(message(f"column_{c}", language))}</th>'
        for c in ("vi", "en", "also", "source")
    )
    rows = "".join(
        f'<tr><td lang="vi">{escape(" · ".join((t.vi, *t.abbr)))}</td><td lang="en">{escape(t.en)}</td>'
        f'<td lang="en">{escape(", ".join(t.variants))}</td><td>{escape(t.source)}</td></tr>'
        for t in terms
    )
    count = escape(message("terms_found", language, shown=len(terms), n=total))
    return (
        f'<p class="hint" role="status">{count}</p><div class="scroll" tabindex="0" role="region" aria-label="{count}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def render_trial(vietnamese: str, english: str, uses: Sequence[TermUse], language: Language) -> str:
    """A sentence and its translation with the terms of both marked."""
    sources = [Mark(span, "term", i) for i, use in enumerate(uses) for span in use.source]
    targets = [Mark(use.target, "term", i) for i, use in enumerate(uses) if use.target]
    rows = "".join(
        f"<li>{escape(use.term.vi)} → {escape(use.rendering or use.term.en)} "
        f"({escape(message(f'term_{use.status}', language))})</li>"
        for use in uses
    )
    return (
        f'<p lang="vi">{render_marked(vietnamese, [(m.span, _shared(m)) for m in sources])}</p>'
        f'<p lang="en">{render_marked(english, [(m.span, _shared(m)) for m in targets])}</p><ul>{rows}</ul>'
    )


def _head(part: Part, language: Language) -> str:
    """The name of a text, and the button that copies it."""
    name, copy, label, done = (message(k, language) for k in (part, "copy", f"copy_{part}", "copied"))
    button = (
        f'<button type="button" class="copy" data-copy="{part}" data-done="{escape(done)}" '
        f'aria-label="{escape(label)}">{escape(copy)}</button>'
    )
    return f"<h3>{escape(name)} {button}</h3>"


def _overview(report: Report, language: Language) -> str:
    if not report.alerts:
        return f'<p class="notice clean" role="status">✓ {escape(message("clean", language))}</p>'
    counts = {
        f"{severity}s": sum(a.severity == severity for a in report.alerts)
        for severity in ("error", "warning", "info")
    }
    worst = min((a.severity for a in report.alerts), key=["error", "warning", "info"].index)
    return f'<p class="overview {worst}" role="status">{escape(message("alerts", language, **counts))}</p>'


def _alert(alert: Alert, language: Language) -> str:
    severity, kind = message(alert.severity, language), kind_name(alert.kind, language)
    place = "" if _sentence(alert) is None else f' data-concerns="{_sentence(alert)}"'
    return (
        f'<p class="notice {alert.severity}"{place}><b>{escape(severity)} · {escape(kind)}</b> '
        f"{escape(alert.message)}</p>"
    )


def _sentence(alert: Alert) -> int | None:
    """Index of the summary sentence that an alert concerns; None when it concerns the whole."""
    if alert.where is None or alert.where.part == "source":
        return None
    return alert.where.sentence


def _legend(language: Language) -> str:
    items = " ".join(
        f'<mark class="{kind}">{escape(message(f"kind_{kind}", language))}</mark>' for kind in _KINDS
    )
    return f'<p class="hint">{escape(message("legend", language))} {items}</p>'


def _all_marks(part: Part, sentence: int, report: Report, marks: Marks) -> list[tuple[Span, str]]:
    """Spans to mark and the attributes of their elements: what alerts doubt first, then what is shared."""
    found = []
    for alert in report.alerts:
        for place in (alert.where, alert.against):
            if place and place.span and (place.part, place.sentence) == (part, sentence):
                attributes = f'class="doubt {alert.severity}" title="{escape(alert.message)}"'
                found.append((place.span, attributes))
    return found + [(mark.span, _shared(mark)) for mark in marks.of(part, sentence)]


def _shared(mark: Mark) -> str:
    return f'class="{mark.kind}" data-fact="{mark.group}"'


def render_marked(text: str, marks: Sequence[tuple[Span, str]]) -> str:
    """The text with elements of these attributes around spans; of two that overlap, the earlier in the list wins."""
    chosen: list[tuple[Span, str]] = []
    for span, attributes in marks:
        if len(span) and span.end <= len(text) and not any(span.overlaps(other) for other, _ in chosen):
            chosen.append((span, attributes))
    pieces = []
    done = 0
    for span, attributes in sorted(chosen, key=lambda m: m[0].start):
        pieces.append(escape(text[done : span.start]))
        pieces.append(f"<mark {attributes}>{escape(text[span.start : span.end])}</mark>")
        done = span.end
    return "".join([*pieces, escape(text[done:])])
