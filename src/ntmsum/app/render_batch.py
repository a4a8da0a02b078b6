"""A batch as HTML: how far it is, and its results with what an editor must look at first."""

from __future__ import annotations

from collections.abc import Sequence

from ntmsum.alerts import Language
from ntmsum.app.jobs import Job
from ntmsum.app.messages import decimal, kind_name, message
from ntmsum.app.outcomes import SEVERITIES, Outcome, told
from ntmsum.app.render import escape, render_notice
from ntmsum.batch.command import clock

# A longer table is of no use on a page; the downloads hold every row.
MOST_SHOWN = 500


def render_job(job: Job, ahead: int, language: Language) -> str:
    """Status, rate and time left.

    Args:
        job: the batch.
        ahead: how many batches are worked on before it.
        language: of the words.
    """
    if job.status == "failed":
        return render_notice("error", job.fault)
    words = [message(f"batch_{job.status}", language, i=job.done, n=job.rows, a=ahead)]
    if job.status == "waiting" and ahead:
        words.append(message("batch_ahead", language, n=ahead))
    if job.status == "running" and not job.rate:
        words = [message("batch_loading", language, n=job.rows)]
    elif job.status == "running":
        words.append(message("batch_rate", language, n=decimal(job.rate * 60, language)))
        if job.seconds_left is not None:
            words.append(message("batch_left", language, t=clock(job.seconds_left)))
    if job.failed:
        words.append(message("batch_failures", language, n=job.failed))
    label = escape(message("batch_progress", language))
    bar = f'<progress max="{job.rows}" value="{job.done}" aria-label="{label}"></progress>'
    return f'<div class="job {job.status}">{bar}<p class="stage">{escape(" · ".join(words))}</p></div>'


def render_outcomes(outcomes: Sequence[Outcome], language: Language) -> str:
    """The results as a table, alerts first."""
    first = sorted(outcomes, key=lambda outcome: outcome.order)[:MOST_SHOWN]
    heads = ("column_alerts", "column_article", "summary", "translation", "column_open")
    cells = "".join(f'<th scope="col">{escape(message(head, language))}</th>' for head in heads)
    rows = "".join(_row(outcome, language) for outcome in first)
    hidden = len(outcomes) - len(first)
    more = f'<p class="hint">{escape(message("batch_more", language, n=hidden))}</p>' if hidden else ""
    return (
        f"{_tally(outcomes, language)}<table class='outcomes'><thead><tr>{cells}</tr></thead>"
        f"<tbody>{rows}</tbody></table>{more}"
    )


def render_batch_empty(language: Language) -> str:
    """What stands where the results will be."""
    title, text = message("batch_empty_title", language), message("batch_empty_text", language)
    return f'<div class="empty"><p class="title">{escape(title)}</p><p>{escape(text)}</p></div>'


def _tally(outcomes: Sequence[Outcome], language: Language) -> str:
    failed = sum(bool(o.fault) for o in outcomes)
    wrong = sum(not o.fault and o.count("error") > 0 for o in outcomes)
    clean = sum(not o.fault and not o.count("error") and not o.count("warning") for o in outcomes)
    text = message("batch_tally", language, n=len(outcomes), w=wrong, c=clean, f=failed)
    return f'<p class="hint" role="status">{escape(text)}</p>'


def _row(outcome: Outcome, language: Language) -> str:
    title = escape(outcome.title or outcome.summary.partition(". ")[0] or outcome.id)
    name = f'<span class="title" lang="vi">{title}</span><span class="hint">{escape(outcome.id)}</span>'
    label = escape(message("open_row", language, n=outcome.id))
    button = (
        f'<button type="button" class="copy" data-open="{outcome.row}" aria-label="{label}">'
        f"{escape(message('open', language))}</button>"
    )
    if outcome.fault:
        texts = f'<td colspan="2">{escape(told(outcome.fault, language))}</td>'
        badges = _badge("error", message("row_failed", language))
    else:
        texts = (
            f'<td lang="vi">{escape(outcome.summary)}</td><td lang="en">{escape(outcome.translation)}</td>'
        )
        badges = _badges(outcome, language)
    return f"<tr><td>{badges}</td><td>{name}</td>{texts}<td>{button}</td></tr>"


def _badges(outcome: Outcome, language: Language) -> str:
    counts = [(severity, outcome.count(severity)) for severity in SEVERITIES]
    badges = [_badge(s, message(f"count_{s}", language, n=n)) for s, n in counts if n]
    if not badges:
        return _badge("clean", message("row_clean", language))
    severity, kind, text = outcome.alerts[0]
    worst = "" if severity == "info" else f"{kind_name(kind, language)}: {text}"
    return f'{" ".join(badges)}<span class="hint">{escape(worst)}</span>'


def _badge(severity: str, text: str) -> str:
    return f'<span class="badge {severity}">{escape(text)}</span>'
