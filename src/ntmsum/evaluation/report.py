"""Writing a run: report.json for machines, report.html, one self-contained page, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from ntmsum.evaluation.files import write_json, write_text
from ntmsum.evaluation.metrics import Comparison
from ntmsum.evaluation.outcome import Result
from ntmsum.evaluation.plots import bars, points
from ntmsum.evaluation.previous import compare_reports
from ntmsum.tables import load_csv, load_text
from ntmsum.words import syllables

WORST = 10
# By which metric segments are ranked and groups are drawn, and what is drawn beside it.
_LEADING = {
    "summary": ("ROUGE-1", "key facts"),
    "translation": ("chrF2", "fact recall"),
    "end-to-end": ("chrF2", "key facts"),
}


def write_report(result: Result, folder: Path, previous: Mapping[str, Any] | None = None) -> list[Path]:
    """Write both files.

    Args:
        result: a run.
        folder: created when it is missing; an earlier report in it is replaced.
        previous: an earlier report to compare with on the page.

    Raises:
        DataError: a score is not a number, the earlier report is about other items, or the folder cannot be
            written; nothing is overwritten then.
    """
    report = result.to_json()
    page = render(report, previous)
    write_json(folder / "report.json", report)
    write_text(folder / "report.html", page)
    return [folder / "report.json", folder / "report.html"]


def render(report: Mapping[str, Any], previous: Mapping[str, Any] | None = None) -> str:
    """The page for a report.

    Args:
        report: its JSON.
        previous: the JSON of an earlier run, to compare with.
    """
    corpus = report["corpus"]
    title = f"ntmsum · {report['suite']} on {corpus['name']}"
    parts = [
        f'<p class="quiet">{corpus["n"]} items · SHA-256 {corpus["sha256"][:12]} · {escape(report["system"])}</p>'
    ]
    if previous is not None:
        parts.append(_comparison(compare_reports(previous, report)))
    for outcome in report["outcomes"]:
        parts.append(_outcome(outcome, report["baselines"].get(outcome["name"], {})))
    for one in report.get("calibration", ()):
        parts.append(_calibration(one))
    if "clean" in report:
        parts.append(_clean(report["clean"]))
    if "robust" in report:
        parts.append(_robust(report["robust"]))
    if report["outcomes"]:
        parts.append(_published())
    if report["timings"]:
        rows = [[k.replace("_", " "), _number(v)] for k, v in report["timings"].items()]
        parts.append("<h2>Time and memory</h2>" + _table(["", "value"], rows))
    return Template(load_text(__package__, "report.html")).substitute(
        title=escape(title), style=load_text(__package__, "report.css"), body="\n".join(parts)
    )


def _outcome(outcome: Mapping[str, Any], baselines: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    lead, second = _LEADING[outcome["task"]]
    others = {name: {s["metric"]: s["value"] for s in scores} for name, scores in baselines.items()}
    rows = [
        [
            f'<span title="{escape(s["signature"])}">{escape(s["metric"])}</span> {_arrow(s["better"])}',
            f"<b>{_number(s['value'])}</b>",
            "–" if s["low"] is None else f"{s['low']:.1f}–{s['high']:.1f}",
            *(_number(values.get(s["metric"])) for values in others.values()),
        ]
        for s in outcome["scores"]
    ]
    signatures = "".join(
        f"<li>{escape(s['metric'])}|{escape(s['signature'])}</li>" for s in outcome["scores"]
    )
    plots = [
        bars(
            f"{metric} by {tag}",
            [(value, found.get(metric), int(found["n"])) for value, found in values.items()],
        )
        for tag, values in outcome["groups"].items()
        for metric in (lead, second)
    ]
    marks = [
        (float(len(syllables(s["source"]))), s["scores"][lead], s["id"])
        for s in outcome["segments"]
        if s["scores"][lead] is not None
    ]
    plots.append(points(f"{lead} against length", "words of the source", marks))
    return (
        f"<h2>{escape(outcome['name'])}</h2><p class='quiet'>{escape(outcome['system'])}</p>"
        + _table(["metric", "value", "95% interval", *map(escape, others)], rows)
        + f"<details><summary>Signatures</summary><ul>{signatures}</ul></details>"
        + f'<div class="plots">{"".join(plots)}</div>'
        + f"<h3>The {WORST} worst by {lead}</h3>"
        + "".join(_segment(s, lead) for s in _worst(outcome["segments"], lead))
    )


def _worst(segments: Sequence[Mapping[str, Any]], metric: str) -> list[Mapping[str, Any]]:
    scored = [s for s in segments if s["scores"][metric] is not None]
    return sorted(scored, key=lambda s: (s["scores"][metric], s["id"]))[:WORST]


def _segment(segment: Mapping[str, Any], metric: str) -> str:
    tags = " · ".join(segment["tags"].values())
    references = "".join(f"<p>{escape(r)}</p>" for r in segment["references"])
    alerts = "".join(
        f'<li class="{"bad" if a.startswith("error") else ""}">{escape(a)}</li>' for a in segment["alerts"]
    )
    return (
        f'<div class="worst"><b>{escape(segment["id"])}</b> <span class="quiet">{metric} '
        f"{segment['scores'][metric]:.1f} · {escape(tags)}</span>"
        f'<div class="sides"><div><h4>Output</h4><p>{escape(segment["output"])}</p></div>'
        f"<div><h4>Reference</h4>{references}</div></div>"
        + (f"<h4>Alerts</h4><ul>{alerts}</ul>" if alerts else "")
        + f"<details><summary>Source</summary><pre>{escape(segment['source'])}</pre></details></div>"
    )


def _comparison(found: Mapping[str, Sequence[Comparison]]) -> str:
    rows = [
        [
            f"{escape(name)} / {escape(c.metric)}",
            f"{c.first:.2f}",
            f"{c.second:.2f}",
            f"{c.difference:+.2f}",
            f"{c.low:+.2f}–{c.high:+.2f}",
            f"{c.p_bootstrap:.3f}",
            f"{c.p_randomization:.3f}",
        ]
        for name, comparisons in found.items()
        for c in comparisons
    ]
    head = ["", "before", "now", "change", "95% interval", "p bootstrap", "p randomization"]
    return "<h2>Against the previous run</h2>" + _table(head, rows)


def _calibration(one: Mapping[str, Any]) -> str:
    rows = [
        [escape(kind), str(row["n"]), f"{row['caught']:.1f}", f"{row['named']:.1f}"]
        for kind, row in one["kinds"].items()
    ]
    missed = [
        [escape(kind), escape(m["id"]), escape(f"{m['before']} → {m['after']}"), escape(m["text"])]
        for kind, row in one["kinds"].items()
        for m in row["missed"]
    ]
    alarms = [[escape(a["id"]), escape(a["text"]), escape("; ".join(a["alerts"]))] for a in one["alarms"]]
    return (
        f"<h2>Checks on the {one['task']}</h2><p>{one['errors']} injected errors, {one['caught']:.1f}% caught. "
        f"Of {one['clean']} clean texts {one['false_errors']:.1f}% got an error and "
        f"{one['false_alarms']:.1f}% an error or a warning.</p>"
        + _table(["kind", "n", "caught %", "rightly named %"], rows)
        + "<details><summary>Examples of what was missed</summary>"
        + _table(["kind", "article", "change", "text"], missed, text=3)
        + "</details><details><summary>False alarms</summary>"
        + _table(["article", "text", "alerts"], alarms, text=1)
        + "</details>"
    )


def _clean(groups: Mapping[str, Any]) -> str:
    rows = [
        [escape(name), str(g["n"]), str(g["errors"]), str(g["alarms"]), f"{g['false_alarms']:.1f}"]
        for name, g in groups.items()
    ]
    alarms = [
        [escape(e["id"]), escape(e["vi"]), escape(e["en"]), escape("; ".join(e["alerts"]))]
        for g in groups.values()
        for e in g["examples"]
    ]
    return (
        "<h2>False alarms on clean sentences</h2>"
        + _table(["group", "sentences", "with an error", "with any alarm", "%"], rows)
        + "<details><summary>Sentences</summary>"
        + _table(["id", "Vietnamese", "English", "alerts"], alarms, text=1)
        + "</details>"
    )


def _robust(found: Mapping[str, Any]) -> str:
    rows = [
        [
            escape(kind),
            str(r["n"]),
            *(_number(r[k]) for k in ("kept", "extra", "numbers", "noted")),
            str(r["refused"]),
        ]
        for kind, r in found["kinds"].items()
    ]
    head = ["dirt", "n", "sentences kept %", "extra words %", "key numbers %", "user told %", "refused"]
    return "<h2>Dirty texts</h2>" + _table(head, rows)


def _published() -> str:
    rows = [
        [escape(r[k]) for k in ("system", "test set", "metric", "value", "scale", "source")]
        for r in load_csv(__package__, "published.csv")
    ]
    head = ["system", "test set", "metric", "value", "scale", "source"]
    return (
        "<h2>Published elsewhere</h2><p class='quiet'>Cited, not measured here; on other test sets, so not "
        "comparable with the figures above.</p>" + _table(head, rows, text=5)
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], text: int | None = None) -> str:
    """A table that scrolls sideways on a phone; from column ``text`` on, cells hold running text."""

    def cell(i: int, value: str) -> str:
        return f'<td class="text">{value}</td>' if text is not None and i >= text else f"<td>{value}</td>"

    top = "".join(f"<th>{h}</th>" for h in head)
    body = "".join(f"<tr>{''.join(cell(i, v) for i, v in enumerate(row))}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _arrow(better: str) -> str:
    return {"higher": "↑", "lower": "↓"}.get(better, "")
